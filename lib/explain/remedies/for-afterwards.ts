// explain: what comes after the scheduler -> what may be changed so that a claim gets its volume.

import { ANN_SELECTED_NODE } from "../../intern/kinds.js";
import { objectAt, textAt } from "../../objects/fields.js";
import type { PodLike } from "../../objects/types.js";
import type { ObjectReference } from "../causes.js";
import type { Afterwards } from "../types.js";
import type { PatchOperation } from "./change.js";
import { kubectl, shell } from "./change.js";
import { TEMPLATE } from "./for-nodes.js";
import { annotation, claimNamed, remadeClaim } from "./for-volumes.js";
import type { Proposal, Reader } from "./remedy.js";

/** Against what comes after the scheduler. */
export function forAfterwards(reader: Reader, pod: string, { claim, code, object }: Afterwards): Proposal[] {
  switch (code) {
    case "SelectorNotProvisioned":
      return [
        {
          ...remadeClaim(claim, "spec.selector", undefined),
          message: `make claim ${claim} again without its selector`,
        },
      ];
    case "SnapshotModeDiffers": {
      const key = "snapshot.storage.kubernetes.io/allow-volume-mode-change";
      const patch: PatchOperation[] = [{ op: "add", path: annotation(key), value: "true" }];
      const mode = textAt(reader.get(object.kind, object.name), "spec", "sourceVolumeMode");
      return [
        { ...remadeClaim(claim, "spec.volumeMode", mode), message: `let claim ${claim} ask for a ${mode} volume` },
        {
          intrusion: "class",
          message: `let snapshot content ${object.name} be restored in another mode`,
          caution: "only where what the snapshot holds can be read so",
          command: kubectl("annotate", object, `${key}=true`),
          changes: [{ object, patch }],
        },
      ];
    }
    case "NeverBound": {
      const node = textAt(reader.get(object.kind, object.name), "spec", "nodeName");
      const patch: PatchOperation[] = [{ op: "add", path: annotation(ANN_SELECTED_NODE), value: node }];
      const command = kubectl("annotate", claimNamed(claim), shell(`${ANN_SELECTED_NODE}=${node}`));
      const message = `say in claim ${claim} that it is for node ${node}; better, choose the node by a nodeSelector`;
      return [{ intrusion: "state", message, command, changes: [{ object: claimNamed(claim), patch }] }];
    }
    case "SourceOutOfReach":
      return kept(reader, pod, object);
    default:
      return [];
  }
}

/** The pod stays where a volume can be used; it may ask nothing else of its node. */
function kept(reader: Reader, pod: string, volume: ObjectReference): Proposal[] {
  const object = { kind: "Pod", name: pod };
  const { spec } = (reader.get(object.kind, pod) ?? {}) as PodLike;
  const required = objectAt(reader.get(volume.kind, volume.name), "spec", "nodeAffinity", "required");
  if (spec?.affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution != null) return [];
  const path = "/spec/affinity/nodeAffinity/requiredDuringSchedulingIgnoredDuringExecution";
  const patch: PatchOperation[] = [{ op: "add", path, value: required }];
  const message = `let the pod's own affinity ask for what volume ${volume.name} asks of its nodes`;
  return [{ intrusion: "pod", message, caution: TEMPLATE, changes: [{ object, patch }] }];
}
