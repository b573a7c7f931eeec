// Claims of the PV controller's random inputs: open, naming a volume, bound, half bound and Lost.

import type { Random } from "../../reference/generator/random.js";
import type { Setting, Written } from "./generate.js";
import { attributesOf, BETA_CLASS, BY_CONTROLLER, classOf, modeOf, modesOf, sizeOf } from "./volumes.js";

const COMPLETED = "pv.kubernetes.io/bind-completed";
const SELECTED_NODE = "volume.kubernetes.io/selected-node";
const PROVISIONER = "volume.kubernetes.io/storage-provisioner";
const BETA_PROVISIONER = "volume.beta.kubernetes.io/storage-provisioner";
const MIGRATED_TO = "pv.kubernetes.io/migrated-to";

const PROVISIONERS = ["csi.example.com", "kubernetes.io/aws-ebs", "ebs.csi.aws.com", "kubernetes.io/odd", ""];

export function claimOf(setting: Setting, key: Setting["claims"][number]): Written {
  const { plain, random, volumes } = setting;
  const named = random.chance(0.3) ? (volumes.length > 0 && random.chance(0.85) ? random.pick(volumes) : "absent") : "";
  const annotations = annotationsOf(setting, named !== "");
  const modes = modesOf(random, plain);
  return {
    kind: "PersistentVolumeClaim",
    metadata: {
      ...key,
      resourceVersion: String(random.int(1, 999)),
      ...(Object.keys(annotations).length > 0 || random.chance(0.1) ? { annotations } : {}),
      ...(random.chance(0.05) && { deletionTimestamp: "2026-02-01T00:00:00Z" }),
    },
    spec: {
      ...(modes && { accessModes: modes }),
      ...(random.chance(0.96) && {
        resources: { requests: random.chance(0.97) ? { storage: sizeOf(random, plain) } : {} },
      }),
      ...(random.chance(0.75) && { storageClassName: random.chance(0.97) ? classOf(setting) : null }),
      ...(random.chance(0.2) && { selector: selectorOf(random) }),
      ...(named !== "" || random.chance(0.05) ? { volumeName: named } : {}),
      ...(random.chance(0.05) && { dataSource: { kind: "PersistentVolumeClaim", name: "c0" } }),
      ...attributesOf(random),
      ...modeOf(random),
    },
    ...(random.chance(0.97) && { status: statusOf(random, plain) }),
  };
}

function annotationsOf(setting: Setting, named: boolean): Record<string, string> {
  const { random } = setting;
  return {
    ...(random.chance(named ? 0.35 : 0.04) && { [COMPLETED]: "yes" }),
    ...(random.chance(named ? 0.3 : 0.05) && { [BY_CONTROLLER]: random.pick(["yes", ""]) }),
    ...(random.chance(0.15) && { [SELECTED_NODE]: "n1" }),
    ...(random.chance(0.12) && { [PROVISIONER]: random.pick(PROVISIONERS) }),
    ...(random.chance(0.1) && { [BETA_PROVISIONER]: random.pick(PROVISIONERS) }),
    ...(random.chance(0.08) && { [MIGRATED_TO]: random.pick(["ebs.csi.aws.com", "old.example.com", ""]) }),
    ...(random.chance(0.06) && { [BETA_CLASS]: classOf(setting) }),
    ...(random.chance(0.1) && { other: "kept" }),
  };
}

function selectorOf(random: Random): Written {
  return random.branch<Written>([
    [6, () => ({ matchLabels: { disk: random.pick(["ssd", "hdd"]) } })],
    [3, () => ({ matchExpressions: [{ key: "disk", operator: random.pick(["In", "NotIn"]), values: ["ssd"] }] })],
    [2, () => ({ matchExpressions: [{ key: "row", operator: random.pick(["Exists", "DoesNotExist"]) }] })],
    [
      2,
      () => ({ matchLabels: { disk: "ssd" }, matchExpressions: [{ key: "row", operator: "In", values: ["a", "b"] }] }),
    ],
    [1, () => ({})],
    [1, () => ({ matchExpressions: [{ key: "disk", operator: random.pick(["Gt", "In"]), values: [] }] })],
  ]);
}

function statusOf(random: Random, plain: boolean): Written {
  return {
    ...(random.chance(0.97) && {
      phase: random.weighted([
        [10, "Pending"],
        [4, "Bound"],
        [2, "Lost"],
        [1, ""],
      ]),
    }),
    ...(random.chance(0.3) && { accessModes: modesOf(random, plain) ?? [] }),
    ...(random.chance(0.3) && { capacity: random.chance(0.9) ? { storage: sizeOf(random, plain) } : {} }),
    ...(random.chance(0.12) && { currentVolumeAttributesClassName: random.pick(["gold", "silver", ""]) }),
    ...(random.chance(0.05) && { conditions: [{ type: "Resizing", status: "True" }] }),
  };
}

/** Makes a volume and a claim a bound pair, wholly or but for some parts. */
export function completePair(
  { random }: Setting,
  claim: Record<string, unknown>,
  volume: Record<string, unknown>,
): void {
  const metadata = claim.metadata as Record<string, unknown>;
  const spec = claim.spec as Record<string, unknown>;
  const volumeMetadata = volume.metadata as Record<string, unknown>;
  const volumeSpec = volume.spec as Record<string, unknown>;
  const kept = 0.85;
  if (random.chance(kept)) spec.volumeName = volumeMetadata.name;
  if (random.chance(kept)) metadata.annotations = { ...(metadata.annotations as object), [COMPLETED]: "yes" };
  if (random.chance(kept)) {
    const { name, namespace, uid } = metadata;
    volumeSpec.claimRef = {
      kind: "PersistentVolumeClaim",
      namespace,
      name,
      ...(random.chance(kept) && { uid: random.chance(0.9) ? uid : "uid-old" }),
    };
  }
  if (random.chance(0.5))
    volumeMetadata.annotations = { ...(volumeMetadata.annotations as object), [BY_CONTROLLER]: "yes" };
  if (random.chance(kept)) volume.status = { phase: "Bound" };
  if (random.chance(kept)) claim.status = { ...(claim.status as object), phase: "Bound" };
}
