// explain: a cause -> one line for people: what is wrong, what was wanted, what was found.

import { bytesText } from "./amount-text.js";
import { candidatesText, faultText } from "./candidates-text.js";
import type { Cause } from "./causes.js";
import { requirementText, selectorText } from "./selector-text.js";
import { counted, nodesText, offered, quoted } from "./words.js";

/** So many capacity objects are told. */
const TOLD = 3;

export function sentenceOf(cause: Cause): string {
  switch (cause.code) {
    case "VolumeNodeAffinity": {
      const { claim, reserved, terms, translated, volume } = cause;
      const which = reserved ? `reserved for claim ${claim}` : `of claim ${claim}`;
      const how = translated === undefined ? "" : `, as its CSI driver reads it,`;
      return `volume ${volume} ${which}${how} is reached only with ${selectorText(terms)}`;
    }
    case "VolumeMissing":
      return `claim ${cause.claim} names volume ${cause.volume}, which is not there${offered(cause.near)}`;
    case "NamedVolumeUnfit":
      return `claim ${cause.claim} names volume ${cause.faults[0].volume}, which ${cause.faults.map(faultText).join("; ")}`;
    case "ClaimMissing": {
      const there = cause.elsewhere.length > 0 ? `; there is one of that name in ${cause.elsewhere.join(", ")}` : "";
      return `there is no claim ${cause.claim}${there}${offered(cause.near)}`;
    }
    case "ClaimNotCreated":
      return `claim ${cause.claim} of an ephemeral volume has not been created yet`;
    case "ClaimNotOwned":
      return `claim ${cause.claim} is not controlled by the pod, whose ephemeral volume it has the name of`;
    case "ClaimNameMissing":
      return "a volume of the pod uses a claim without naming one";
    case "ClaimDeleting":
      return `claim ${cause.claim} is being deleted`;
    case "ClaimLost":
      return cause.exists
        ? `claim ${cause.claim} is Lost: volume ${cause.volume} is no longer its own`
        : `claim ${cause.claim} is Lost: its volume ${quoted(cause.volume)} is gone`;
    case "BindingIncomplete":
      return `claim ${cause.claim} is not bound yet, though volume ${cause.volume} fits: the volume controller binds them`;
    case "ClassMissing":
      return `claim ${cause.claim} is of class ${cause.storageClass}, which does not exist${offered(cause.near)}`;
    case "ClassWithoutMode":
      return `class ${cause.storageClass} of claim ${cause.claim} has no volumeBindingMode`;
    case "NoVolume":
    case "NotProvisioned":
    case "SelectedNode":
    case "AllowedTopologies":
    case "NotEnoughCapacity":
    case "NoCapacityObject":
    case "Overbooked":
      return unservedText(cause);
    case "VolumeZone":
      return `volume ${cause.volume} of claim ${cause.claim} has the label ${requirementText(cause.requirement)}`;
    default:
      return nodeText(cause);
  }
}

type Unserved = Extract<
  Cause,
  {
    readonly code:
      | "NoVolume"
      | "NotProvisioned"
      | "SelectedNode"
      | "AllowedTopologies"
      | "NotEnoughCapacity"
      | "NoCapacityObject"
      | "Overbooked";
  }
>;

function unservedText(cause: Unserved): string {
  switch (cause.code) {
    case "NoVolume": {
      const ofClass = cause.storageClass === "" ? "without a class" : `of class ${cause.storageClass}`;
      if (cause.path.startsWith("metadata.annotations")) {
        return `claim ${cause.claim} ${ofClass} is to be provisioned, for it has a selected node, and its class provisions nothing`;
      }
      return `claim ${cause.claim} ${ofClass} asks for ${cause.requested}: ${candidatesText(cause.candidates)}`;
    }
    case "NotProvisioned":
      return cause.selector
        ? `claim ${cause.claim} has a selector, and ${cause.provisioner} makes no volume for such a claim: ${candidatesText(cause.candidates)}`
        : `claim ${cause.claim} waits for ${cause.provisioner}, which binds class ${cause.storageClass} at once, to make its volume${cause.candidates.volumes === 0 ? "" : `; ${candidatesText(cause.candidates)}`}`;
    case "SelectedNode": {
      const gone = cause.exists ? "" : cause.node === "" ? ", which is no name" : ", which does not exist";
      return `claim ${cause.claim} is to be provisioned on node ${quoted(cause.node)}${gone}`;
    }
    case "AllowedTopologies": {
      const or = cause.candidates === undefined ? "" : `; existing volumes: ${candidatesText(cause.candidates)}`;
      return `class ${cause.storageClass} of claim ${cause.claim} allows only ${selectorText(cause.terms)}${or}`;
    }
    case "NotEnoughCapacity": {
      const { claim, reachable, requested, storageClass } = cause;
      const told = reachable
        .slice(0, TOLD)
        .map(({ limit, name, nodes }) => `${sizeText(limit)} (${name}, ${counted(nodes, "node")})`);
      const more = reachable.length > TOLD ? ", others less" : "";
      return `claim ${claim} asks for ${requested} of class ${storageClass}, and the most there is room for is ${told.join(", ")}${more}`;
    }
    case "NoCapacityObject": {
      const { claim, driver, objects, requested, storageClass } = cause;
      const none =
        objects === 0 ? "there is none at all" : `none of ${counted(objects, "object")} is about these nodes`;
      return `claim ${claim} asks for ${requested}, and ${driver} reports no CSIStorageCapacity of class ${storageClass} here: ${none}`;
    }
    default: {
      const [first, ...rest] = cause.claims;
      const together = rest.length === 0 ? `claim ${first}` : `${cause.claims.length} claims together`;
      return `${together} and what others have been promised want more of class ${cause.storageClass} than there is: ${cause.requested} for this pod`;
    }
  }
}

function nodeText(cause: Exclude<Cause, Unserved>): string {
  switch (cause.code) {
    case "NodeSelector":
      return `${cause.enforced ? "NodeAffinity's own arguments ask" : "the pod asks"} for ${selectorText(cause.terms)}`;
    case "Taint": {
      const { effect, key, value } = cause.taint;
      return `the pod does not tolerate the taint ${key}${value === "" ? "" : `=${value}`}:${effect}`;
    }
    case "Cordoned":
      return "the pod does not tolerate nodes that are cordoned";
    case "InsufficientResource": {
      const { never, nodes, requested, resource, roomiest } = cause;
      if (roomiest.allocatable === "0") return `the pod asks for ${requested} of ${resource}, and there is none`;
      const most = `at most ${roomiest.free} of ${roomiest.allocatable} is free (${roomiest.node}, ${roomiest.used} used)`;
      const hopeless =
        never === nodes
          ? "; not even empty would they do"
          : never > 0
            ? `; ${nodesText(never, "has", "have")} less even when empty`
            : "";
      return `the pod asks for ${requested} of ${resource}, and ${most}${hopeless}`;
    }
    case "TooManyPods": {
      const { allocatable, node, used } = cause.roomiest;
      if (allocatable === "0") return `node ${node} says of no pod that it has room for it`;
      return `${used} of ${allocatable} pods are on ${node}${cause.nodes > 1 ? ", and the others are as full" : ""}`;
    }
    case "AttachLimit": {
      const { driver, nearest, wanted } = cause;
      return `${counted(wanted, "new volume")} of ${driver} would be too many: ${nearest.attached} of ${nearest.limit} are attached to ${nearest.node}`;
    }
    case "DriverMissing":
      return `the driver ${cause.driver} is not on the node, and no pod is to go where it is missing`;
    case "DiskInUse":
      return `pod ${cause.pod} on ${cause.node} has disk ${quoted(cause.disk)}, which cannot be mounted twice`;
    case "ClaimInUse":
      return `claim ${cause.disk} is ReadWriteOncePod, and pod ${cause.pod} on ${cause.node} uses it`;
    case "Fault":
      return cause.reason;
    case "NoNodes":
      return "there are no nodes";
    case "AffinityConflict":
      return `the pod's affinity leaves no name that a node could have (${cause.reasons.join(", ")})`;
    default:
      return "reasons" in cause ? cause.reasons.join(", ") : cause.code;
  }
}

/** A size that was written as a bare number of bytes, with a suffix. */
function sizeText(quantity: string): string {
  return /^\d+$/.test(quantity) ? bytesText(BigInt(quantity)) : quantity;
}
