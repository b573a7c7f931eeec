// explain: a claim that gets no volume -> what may be changed of it, of its class, or of what it names.

import { ANN_SELECTED_NODE } from "../../intern/kinds.js";
import { textAt } from "../../objects/fields.js";
import { bytesText } from "../amount-text.js";
import type { Cause } from "../causes.js";
import { keyed } from "../written-terms.js";
import { amountOf } from "./amounts.js";
import type { PatchOperation } from "./change.js";
import { kubectl, patchCommand, pointerOf, replaceCommand } from "./change.js";
import { annotation, bound, claimNamed, emptiedClaim, forAffinity, forFault, remadeClaim } from "./for-volumes.js";
import type { Proposal, Reader } from "./remedy.js";

/** Of a claim that is not matched with volumes. */
const UNMATCHED = keyed("metadata.annotations", ANN_SELECTED_NODE);
/** So many classes are tried in place of one that is missing. */
const MOST_CLASSES = 4;

/** Nothing for a cause that is about no claim. */
export function forClaim(reader: Reader, cause: Cause): Proposal[] {
  switch (cause.code) {
    case "VolumeNodeAffinity":
      return [
        // What a driver reads into an affinity is not written there.
        ...(cause.translated === undefined ? forAffinity(cause.volume, cause.terms) : []),
        ...(cause.reserved ? [] : emptiedClaim(reader, cause.claim)),
      ];
    case "VolumeMissing": {
      const named = [...new Set([cause.fitting ?? [], cause.near].flat())].map((volume): Proposal => {
        const remade = remadeClaim(cause.claim, "spec.volumeName", volume, bound(cause.claim, volume));
        return { ...remade, message: `let claim ${cause.claim} name volume ${volume}` };
      });
      return [...named, ...emptiedClaim(reader, cause.claim)];
    }
    case "ClaimLost":
      return emptiedClaim(reader, cause.claim);
    case "NamedVolumeUnfit":
      return [
        ...(cause.faults.length === 1 ? forFault(reader, cause.claim, cause.faults[0], true) : []),
        ...emptiedClaim(reader, cause.claim),
      ];
    case "NoVolume":
    case "NotProvisioned": {
      const { nearest } = cause.candidates;
      // A class that provisions nothing, and a node that was selected for it.
      if (cause.path === UNMATCHED) return [unselected(cause.claim)];
      const immediate = cause.code === "NotProvisioned" || !waits(reader, cause.storageClass);
      return nearest === undefined ? [] : forFault(reader, cause.claim, nearest, immediate);
    }
    case "SelectedNode":
      return [unselected(cause.claim)];
    case "ClassMissing":
      return otherClasses(reader, cause.claim, cause.near);
    case "AllowedTopologies":
      return [...otherTopologies(cause), ...fromCandidates(reader, cause)];
    case "NotEnoughCapacity": {
      const size = bytesText(amountOf("storage", cause.reachable[0].limit));
      const remade = remadeClaim(cause.claim, "spec.resources.requests.storage", size);
      return [{ ...remade, message: `let claim ${cause.claim} ask for ${size}, the most there is room for` }];
    }
    case "NoCapacityObject":
      return [untracked(cause.driver)];
    case "VolumeZone":
      return [unlabelled(cause.volume, cause.requirement.key)];
    default:
      return [];
  }
}

function waits(reader: Reader, storageClass: string): boolean {
  return textAt(reader.get("StorageClass", storageClass), "volumeBindingMode") === "WaitForFirstConsumer";
}

function unselected(claim: string): Proposal {
  const object = claimNamed(claim);
  const patch: PatchOperation[] = [{ op: "remove", path: annotation(ANN_SELECTED_NODE) }];
  const command = kubectl("annotate", object, `${ANN_SELECTED_NODE}-`);
  return { intrusion: "state", message: `let claim ${claim} forget its node`, command, changes: [{ object, patch }] };
}

function otherClasses(reader: Reader, claim: string, near: readonly string[]): Proposal[] {
  const known = [...near];
  for (const name of reader.keys("StorageClass")) {
    if (known.length >= MOST_CLASSES) break;
    if (!known.includes(name)) known.push(name);
  }
  return known.map((name) => {
    return { ...remadeClaim(claim, "spec.storageClassName", name), message: `let claim ${claim} be of class ${name}` };
  });
}

/** A term of one requirement, with the values that nodes have, or with the key that the driver knows. */
function otherTopologies(cause: Cause & { readonly code: "AllowedTopologies" }): Proposal[] {
  const { object, storageClass, terms } = cause;
  return terms.flatMap(({ requirements }): Proposal[] => {
    const [only, ...more] = requirements;
    if (only === undefined || more.length > 0 || only.found.length === 0) return [];
    const values = only.found.map(({ value }) => value);
    const patch: PatchOperation[] = [{ op: "add", path: `${pointerOf(only.path)}/values`, value: values }];
    return [
      {
        intrusion: "class",
        message: `let class ${storageClass} allow ${only.key} in [${values.join(", ")}]`,
        caution: "only where its provisioner can make volumes there; the class is made again",
        command: replaceCommand(object, patch),
        changes: [{ object, patch }],
      },
    ];
  });
}

function fromCandidates(reader: Reader, cause: Cause & { readonly code: "AllowedTopologies" }): Proposal[] {
  const nearest = cause.candidates?.nearest;
  return nearest === undefined ? [] : forFault(reader, cause.claim, nearest, false);
}

function untracked(driver: string): Proposal {
  const object = { kind: "CSIDriver", name: driver };
  const patch: PatchOperation[] = [{ op: "add", path: "/spec/storageCapacity", value: false }];
  return {
    intrusion: "class",
    message: `look why ${driver} reports nothing for these nodes; until then its capacity need not be asked for`,
    caution: "volumes may then be wanted where there is no room",
    command: patchCommand(object, patch),
    changes: [{ object, patch }],
  };
}

function unlabelled(volume: string, key: string): Proposal {
  const object = { kind: "PersistentVolume", name: volume };
  const patch: PatchOperation[] = [{ op: "remove", path: pointerOf(`metadata.labels[${JSON.stringify(key)}]`) }];
  return {
    intrusion: "volume",
    message: `take the label ${key} off volume ${volume}`,
    caution: "only where the volume is not bound to that zone",
    command: kubectl("label", object, `${key}-`),
    changes: [{ object, patch }],
  };
}
