// Objects of a sequence of events: with another version, patched, and as the oracle tells of those that were written.

import type { Random } from "../../reference/generator/random.js";
import type { Json, KubeObject } from "../../reference/generator/world.js";

const UNMATCHED = "no matching NodeSelectorTerms";

export function withVersion(object: KubeObject, resourceVersion: string): KubeObject {
  const metadata: Json = { ...object.metadata, resourceVersion };
  return { ...object, metadata } as KubeObject;
}

/** What the oracle tells of an object that was written. */
export function describe({ kind, metadata, spec }: KubeObject): Json {
  const { annotations, name, namespace, resourceVersion } = metadata as Json;
  const some = annotations && Object.keys(annotations).length > 0;
  return {
    kind,
    ...(namespace && { namespace }),
    name,
    resourceVersion,
    ...(some && { annotations }),
    ...(kind === "PersistentVolume" && spec?.claimRef && { claimRef: spec.claimRef }),
  };
}

/** Without the faults of a volume's affinity that does not parse: those texts are not carried out (R-NS-8). */
export function plainly(error: string): string {
  return error.replace(
    /^(pv ".*" node affinity doesn't match node ".*": )\[?nodeSelectorTerms[\s\S]*$/,
    `$1${UNMATCHED}`,
  );
}

/** A JSON merge patch (RFC 7396). */
export function merged(target: unknown, patch: Json): unknown {
  const result: Json = typeof target === "object" && target !== null ? { ...target } : {};
  for (const [name, value] of Object.entries(patch)) {
    if (value === null) delete result[name];
    else if (typeof value === "object" && !Array.isArray(value)) result[name] = merged(result[name], value);
    else result[name] = value;
  }
  return result;
}

/** A volume that was made for a claim on a node, or near to it. */
export function madeVolume(
  claim: KubeObject,
  node: KubeObject | undefined,
  number: string,
  random: Random,
): KubeObject {
  const { metadata, spec } = claim as Json;
  const { name, namespace, uid } = metadata;
  const [entry] = random.shuffle(Object.entries(node?.metadata.labels ?? {}));
  const [key, value] = entry ?? ["kubernetes.io/hostname", "nowhere"];
  const values = random.chance(0.85) ? [value] : ["elsewhere"];
  return {
    apiVersion: "v1",
    kind: "PersistentVolume",
    metadata: { name: `made-${name}-${number}`, uid: `uid-made-${name}-${number}` },
    spec: {
      storageClassName: spec.storageClassName,
      capacity: { storage: spec.resources?.requests?.storage ?? "1Gi" },
      accessModes: spec.accessModes,
      claimRef: { kind: "PersistentVolumeClaim", apiVersion: "v1", name, namespace, uid },
      nodeAffinity: { required: { nodeSelectorTerms: [{ matchExpressions: [{ key, operator: "In", values }] }] } },
    },
    status: { phase: "Bound" },
  } as unknown as KubeObject;
}
