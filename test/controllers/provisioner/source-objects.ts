// Sources of claims that are in order, and what a case changes of them.

import type { ObjectLists, ProvisionerOptions } from "../../../lib/provisioner.js";
import type { ClaimSpec, ClassSpec } from "./objects.js";
import { claimOf, classOf, DRIVER } from "./objects.js";

export interface SourceCase {
  readonly title: string;
  readonly claim?: ClaimSpec;
  readonly class?: ClassSpec;
  /** Instead of those of a restore, or of a clone, that is in order. */
  readonly objects?: ObjectLists;
  readonly options?: ProvisionerOptions;
  /** `ready`, or `RULE STATE: SENTENCE`. */
  readonly expected: string;
}

export const snapshot = (status: object = {}, metadata: object = {}) => ({
  metadata: { namespace: "default", name: "snap", uid: "uid-snap", ...metadata },
  status: { boundVolumeSnapshotContentName: "content", readyToUse: true, restoreSize: "5Gi", ...status },
});

export const content = (
  spec: object = {},
  status: object = {},
  annotations: { readonly [key: string]: string } = {},
) => ({
  metadata: { name: "content", annotations },
  spec: { driver: DRIVER, volumeSnapshotRef: { namespace: "default", name: "snap", uid: "uid-snap" }, ...spec },
  status: { snapshotHandle: "handle", ...status },
});

export const taken = (volumeSnapshot: object, volumeSnapshotContent: object = content()): ObjectLists => ({
  volumeSnapshots: [volumeSnapshot],
  volumeSnapshotContents: [volumeSnapshotContent],
});

export const source = (of: ClaimSpec = {}) =>
  claimOf({ name: "src", phase: "Bound", ...of, spec: { volumeName: "pv", ...of.spec } });

export const disk = (spec: object = {}, phase = "Bound") => ({
  metadata: { name: "pv" },
  spec: {
    csi: { driver: DRIVER, volumeHandle: "h" },
    claimRef: { namespace: "default", name: "src", uid: "uid-src" },
    ...spec,
  },
  status: { phase },
});

export const cloned = (claim: object, volume: object = disk()): ObjectLists => ({
  persistentVolumeClaims: [claim],
  persistentVolumes: [volume],
});
/** What a case finds: its own objects, or those of a restore and of a clone that are in order. */
export function listsOf({ class: of, objects }: SourceCase): ObjectLists {
  return { ...(objects ?? { ...taken(snapshot()), ...cloned(source()) }), storageClasses: [classOf(of)] };
}
