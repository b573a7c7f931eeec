// explain: a pod that the scheduler fits -> what will keep its claims from getting a volume all the same.

import type { Context } from "../evaluate/context.js";
import { claimShape } from "../filters/volume-binding/claims-to-bind.js";
import { DelayedClaims } from "../filters/volume-binding/delayed-claims.js";
import { provisions } from "../filters/volume-binding/provisioning.js";
import { CLAIM, POD, STORAGE_CLASS } from "../intern/cluster.js";
import { EMPTY_TEXT } from "../intern/strings.js";
import type { PersistentVolumeClaimLike, VolumeSnapshotContentLike, VolumeSnapshotLike } from "../objects/types.js";
import { candidatesOf } from "./candidates.js";
import { candidatesText } from "./candidates-text.js";
import type { ObjectReference } from "./causes.js";
import type { Examination } from "./examination.js";
import { both, referenceTo, textOf } from "./examination.js";
import type { Made } from "./source-places.js";
import { sourcesOutOfReach } from "./source-places.js";
import type { Afterwards } from "./types.js";
import { counted, quoted } from "./words.js";

const ALLOW_MODE_CHANGE = "snapshot.storage.kubernetes.io/allow-volume-mode-change";
/** As Go reads a boolean. */
const TRUE = ["1", "t", "T", "TRUE", "true", "True"];

/** Others are left to a populator, or to another provisioner. */
const FINAL = ["Finished", "NoChange"];

const SHAPE = [CLAIM.volumeMode, CLAIM.volumeAttributesClassName, CLAIM.accessModes, CLAIM.selector];

type Refusal = Pick<Afterwards, "code" | "object" | "path" | "message">;

/** What happens to claims that would be provisioned on a node that the pod fits. */
export function afterwardsOf(x: Examination): Afterwards[] {
  const { accepted } = x.result;
  const { masks } = x.context;
  const step = x.result.stepOf("VolumeBinding");
  if (!(step instanceof DelayedClaims)) return [];
  const never = neverBound(x, step);
  if (never !== undefined) return [never];
  const { cluster } = x.context;
  const made: Made[] = [
    ...step.selected.map(({ claim }) => ({ claim, nodes: accepted })),
    ...step.toBind.map(({ claim }, i) => ({ claim, nodes: both(x, accepted, step.left[i]) })),
  ];
  const refused = made.flatMap(({ claim, nodes }, i) => {
    const isAgain = made.findIndex((one) => one.claim === claim) < i;
    const count = isAgain ? 0 : masks.count(nodes);
    const refusal = count === 0 ? undefined : (refusalOf(x, claim, nodes) ?? otherRefusal(x, claim));
    return refusal === undefined ? [] : [{ ...refusal, claim: cluster.claims.keyOf(claim), nodes: count }];
  });
  return [...refused, ...sourcesOutOfReach(x, made), ...contested(x, step)];
}

/** Claims of one shape that wait for a node, more than there are volumes for them: each pod alone would fit. O(claims). */
function contested(x: Examination, { toBind }: DelayedClaims): Afterwards[] {
  const { context, result } = x;
  const { claims } = context.cluster;
  const wanting = toBind.find(({ class: name, reserved }) => reserved.length === 0 && !provisions(context, name));
  if (wanting === undefined) return [];
  const { claim, list } = wanting;
  let others = 0;
  for (let row = 0; row < claims.limit; row++) {
    if (!claims.has(row) || claims.get(row, CLAIM.class) !== wanting.class) continue;
    if (claims.get(row, CLAIM.volumeName) > EMPTY_TEXT || toBind.some((one) => one.claim === row)) continue;
    if (isAlike(context, row, claim)) others++;
  }
  const all = others + toBind.filter((one) => one.list === list).length;
  let volumes = 0;
  for (const { items } of list.index.places.values()) {
    volumes += items.length;
    if (volumes >= all) break;
  }
  if (others === 0 || all <= volumes) return [];
  const key = claims.keyOf(claim);
  const message = `${counted(all, "claim")} like ${key} wait, and there ${volumes === 1 ? "is" : "are"} ${counted(volumes, "volume")} for them: each pod is judged alone`;
  const nodes = context.masks.count(result.accepted);
  return [
    {
      code: "Contested",
      object: referenceTo(claims, claim),
      path: "spec.storageClassName",
      claim: key,
      nodes,
      message,
    },
  ];
}

/** Whether two claims of one class take the same volumes, their sizes apart. Mostly they say the same in the same words. */
function isAlike(context: Context, a: number, b: number): boolean {
  const { claims } = context.cluster;
  if (SHAPE.every((column) => claims.get(a, column) === claims.get(b, column))) return true;
  const [one, other] = [claimShape(context, a), claimShape(context, b)];
  return (
    typeof one !== "string" &&
    typeof other !== "string" &&
    one.volumeMode === other.volumeMode &&
    one.volumeAttributesClassName === other.volumeAttributesClassName &&
    one.accessModes === other.accessModes &&
    one.selector === other.selector
  );
}

/** A pod that names its node passes by the scheduler, for which its claims wait. */
function neverBound(x: Examination, step: DelayedClaims): Afterwards | undefined {
  const { candidate, context } = x;
  const { claims, pods } = context.cluster;
  if (candidate.pod < 0) return undefined;
  const node = textOf(context.cluster, pods.get(candidate.pod, POD.nodeName));
  const waiting = step.toBind.find(({ reserved }) => reserved.length === 0);
  if (node === "" || waiting === undefined) return undefined;
  const claim = claims.keyOf(waiting.claim);
  const storageClass = textOf(context.cluster, waiting.class);
  return {
    code: "NeverBound",
    object: referenceTo(pods, candidate.pod),
    path: "spec.nodeName",
    claim,
    nodes: 1,
    message: `the pod names its node ${node} and passes by the scheduler, for which class ${storageClass} waits: nobody will bind claim ${claim}`,
  };
}

/** Why the provisioner would make no volume for a claim. */
function refusalOf(x: Examination, claim: number, nodes: number): Refusal | undefined {
  const { claims } = x.context.cluster;
  const { spec } = claims.read(claim) as PersistentVolumeClaimLike;
  const source = spec?.dataSource ?? spec?.dataSourceRef;
  if (source?.kind === "VolumeSnapshot") {
    const refusal = snapshotRefusal(x, claim, source.name ?? "");
    if (refusal !== undefined) return refusal;
  }
  if (claims.get(claim, CLAIM.selector) === 0) return undefined;
  const existing = candidatesText(candidatesOf(x, claim, nodes));
  return {
    code: "SelectorNotProvisioned",
    object: referenceTo(claims, claim),
    path: "spec.selector",
    message: `no provisioner makes a volume for claim ${claims.keyOf(claim)}, because it has a selector: ${existing}`,
  };
}

/** Whatever else the provisioner says; nothing where it reads a kind of which there is no object at all. */
function otherRefusal(x: Examination, claim: number): Refusal | undefined {
  const { claims, tables } = x.context.cluster;
  const key = claims.keyOf(claim);
  const refusal = x.provisioner().claimRefusal(key);
  if (refusal === undefined || !FINAL.includes(refusal.state)) return undefined;
  const unread =
    (refusal.rule.startsWith("R-SNP") && tables.volumeSnapshots.size === 0) ||
    (refusal.rule === "R-TOP-4" && tables.volumeAttributesClasses.size === 0);
  if (unread) return undefined;
  const path = /^R-(SNP|CLN|DS|XNS)-/.test(refusal.rule) ? "spec.dataSource" : "spec";
  const message = `the provisioner refuses claim ${key}: ${refusal.reason}`;
  return { code: "ProvisionerRefuses", object: referenceTo(claims, claim), path, message };
}

function snapshotRefusal(x: Examination, claim: number, name: string): Refusal | undefined {
  const { cluster } = x.context;
  const { claims, strings, tables } = cluster;
  const { volumeSnapshots, volumeSnapshotContents } = tables;
  const key = claims.keyOf(claim);
  const row = volumeSnapshots.find(claims.get(claim, CLAIM.namespace), strings.find(name));
  const ofClaim = referenceTo(claims, claim);
  if (row < 0) {
    if (volumeSnapshots.size === 0) return undefined;
    const message = `claim ${key} is to be restored from snapshot ${quoted(name)}, which does not exist`;
    return { code: "SnapshotMissing", object: ofClaim, path: "spec.dataSource.name", message };
  }
  const { status } = volumeSnapshots.read(row) as VolumeSnapshotLike;
  const snapshot = referenceTo(volumeSnapshots, row);
  const contentRow = volumeSnapshotContents.find(
    EMPTY_TEXT,
    strings.find(status?.boundVolumeSnapshotContentName ?? ""),
  );
  if (status?.readyToUse !== true || contentRow < 0) {
    const message = `claim ${key} is to be restored from snapshot ${name}, which is not ready`;
    return { code: "SnapshotNotReady", object: snapshot, path: "status.readyToUse", message };
  }
  return contentRefusal(x, claim, contentRow, referenceTo(volumeSnapshotContents, contentRow));
}

function contentRefusal(x: Examination, claim: number, row: number, object: ObjectReference): Refusal | undefined {
  const { cluster } = x.context;
  const { claims, storageClasses, tables } = cluster;
  const { metadata, spec } = tables.volumeSnapshotContents.read(row) as VolumeSnapshotContentLike;
  const key = claims.keyOf(claim);
  const storageClass = storageClasses.find(EMPTY_TEXT, claims.get(claim, CLAIM.class));
  const provisioner = textOf(cluster, storageClasses.get(storageClass, STORAGE_CLASS.provisioner));
  const driver = spec?.driver ?? "";
  if (driver !== provisioner) {
    const message = `claim ${key} is to be restored from a snapshot of driver ${quoted(driver)}, but its class is of ${provisioner}`;
    return { code: "SnapshotOfAnotherDriver", object, path: "spec.driver", message };
  }
  const mode = textOf(cluster, claims.get(claim, CLAIM.volumeMode));
  const source = spec?.sourceVolumeMode ?? "";
  const allowed = TRUE.includes(metadata?.annotations?.[ALLOW_MODE_CHANGE] ?? "");
  if (mode === "" || source === "" || mode === source || allowed) return undefined;
  const message = `claim ${key} asks for a ${mode} volume, but its snapshot is of a ${source} one, and ${object.name} does not allow the change`;
  return { code: "SnapshotModeDiffers", object, path: "spec.sourceVolumeMode", message };
}
