// Pods of the PV controller's random inputs: waiting, placed, ended or on their way out.

import type { Setting, Written } from "./generate.js";

export function podOf({ claims, random }: Setting, name: string): Written {
  const volumes = Array.from({ length: random.int(0, 3) }, (_, i) => {
    if (random.chance(0.15)) return { name: `e${i}`, emptyDir: {} };
    if (random.chance(0.15)) return { name: `e${i}`, ephemeral: { volumeClaimTemplate: {} } };
    const claimName = claims.length > 0 && random.chance(0.9) ? random.pick(claims).name : "gone";
    return { name: `d${i}`, persistentVolumeClaim: { claimName } };
  });
  const statuses = (field: string): Written =>
    random.chance(0.7)
      ? {}
      : { [field]: [{ name: "x", state: { [random.pick(["running", "waiting", "terminated"])]: {} } }] };
  return {
    kind: "Pod",
    metadata: {
      name,
      namespace: random.chance(0.85) ? "default" : "other",
      uid: `uid-${name}`,
      ...(random.chance(0.25) && { deletionTimestamp: "2026-02-01T00:00:00Z" }),
    },
    spec: { volumes, ...(random.chance(0.2) && { nodeName: "n1" }) },
    status: {
      ...(random.chance(0.8) && {
        phase: random.weighted([
          [8, "Pending"],
          [1, "Succeeded"],
          [1, "Failed"],
          [2, "Running"],
        ]),
      }),
      ...statuses("containerStatuses"),
      ...statuses("initContainerStatuses"),
      ...statuses("ephemeralContainerStatuses"),
    },
  };
}
