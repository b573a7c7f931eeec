// Claims that are cloned from others, or filled from another namespace, by hand from their rules.

import type { ClaimSpec } from "./objects.js";
import { SNAPSHOTS } from "./objects.js";
import type { SourceCase } from "./source-objects.js";
import { cloned, content, disk, snapshot, source } from "./source-objects.js";

const clone = (spec: object = {}): ClaimSpec => ({
  spec: { dataSource: { kind: "PersistentVolumeClaim", name: "src" }, ...spec },
});
const INVALID = "R-CLN-4 NoChange: ... claim in dataSource not bound or invalid";
const MODE = "R-CLN-5 NoChange: ... the source PVC and destination PVCs must have the same volume mode for cloning.  ";

export const CLONES: readonly SourceCase[] = [
  { title: "T-231: a clone that is in order", claim: clone(), expected: "ready" },
  {
    title: "T-231 R-CLN-1: there is no such claim",
    claim: clone(),
    objects: {},
    expected: `R-CLN-1 NoChange: ... error getting PVC src (namespace "default") from api server: persistentvolumeclaim "src" not found`,
  },
  {
    title: "T-231 R-CLN-1: the source is not bound",
    claim: clone(),
    objects: cloned(source({ phase: "Pending", deleting: true })),
    expected:
      "R-CLN-1 NoChange: ... the PVC DataSource src must have a status of Bound.  Got {Pending [] map[] [] map[] map[] <nil> nil}",
  },
  {
    title: "T-232 R-CLN-1: the source is being deleted",
    claim: clone(),
    objects: cloned(source({ deleting: true })),
    expected: "R-CLN-1 NoChange: ... the PVC DataSource src is currently being deleted",
  },
  {
    title: "T-233 R-CLN-2: the source names no class",
    claim: { ...clone(), annotations: {} },
    objects: cloned(source({ class: null })),
    expected: "R-CLN-2 NoChange: ... the source PVC (src) storageclass cannot be empty",
  },
  {
    title: "T-233 R-CLN-2: the beta annotation is no class of the claim's",
    claim: { ...clone(), class: null, annotations: { "volume.beta.kubernetes.io/storage-class": "fast" } },
    expected: "R-CLN-2 NoChange: ... the requested PVC (pvc) storageclass cannot be empty",
  },
  {
    title: "T-234 R-CLN-2: the classes may differ",
    claim: clone(),
    objects: cloned(source({ class: "" })),
    expected: "ready",
  },
  {
    title: "T-235 R-CLN-3: less than the source asked for",
    claim: { ...clone(), size: "4Gi" },
    expected:
      "R-CLN-3 NoChange: ... error, new PVC request must be greater than or equal in size to the specified PVC data source, requested 4294967296 but source is 5368709120",
  },
  { title: "T-236 R-CLN-3: more than the source asked for", claim: { ...clone(), size: "6Gi" }, expected: "ready" },
  {
    title: "T-237 R-CLN-3: what the source's volume holds is not looked at",
    claim: clone(),
    objects: cloned(source(), disk({ capacity: { storage: "100Gi" } })),
    expected: "ready",
  },
  {
    title: "T-238 R-CLN-4: the source names no volume",
    claim: clone(),
    objects: cloned(source({ spec: { volumeName: "" } })),
    expected: "R-CLN-4 NoChange: ... volume name is empty in source PVC src",
  },
  ...(
    [
      ["its volume is not there", { ...cloned(source()), persistentVolumes: [] }],
      ["its volume is of no CSI driver", cloned(source(), disk({ csi: null }))],
      ["its volume is of another driver", cloned(source(), disk({ csi: { driver: "x" } }))],
      ["its volume is nobody's", cloned(source(), disk({ claimRef: null }))],
      [
        "its volume is of an older claim",
        cloned(source(), disk({ claimRef: { namespace: "default", name: "src", uid: "old" } })),
      ],
      [
        "its volume is of another claim",
        cloned(source(), disk({ claimRef: { namespace: "default", name: "x", uid: "uid-src" } })),
      ],
      [
        "its volume is of another namespace",
        cloned(source(), disk({ claimRef: { namespace: "x", name: "src", uid: "uid-src" } })),
      ],
      ["its volume is Released", cloned(source(), disk({}, "Released"))],
    ] as const
  ).map(([what, objects]) => ({ title: `T-238 R-CLN-4: ${what}`, claim: clone(), objects, expected: INVALID })),
  {
    title: "T-373 R-CLN-4: an in-tree class cannot clone",
    claim: clone(),
    class: { provisioner: "kubernetes.io/gce-pd" },
    objects: cloned(source(), disk({ csi: { driver: "pd.csi.storage.gke.io" } })),
    expected: INVALID,
  },
  {
    title: "T-296 R-CLN-5: the mode of the source's volume counts",
    claim: clone(),
    objects: cloned(source(), disk({ volumeMode: "Block" })),
    expected: `${MODE}Source is Block, but new PVC requested Filesystem`,
  },
  {
    title: "T-238 R-CLN-5: the other way round",
    claim: clone({ volumeMode: "Block" }),
    objects: cloned(source({ spec: { volumeMode: "Block" } })),
    expected: `${MODE}Source is Filesystem, but new PVC requested Block`,
  },
];

const CROSS = { crossNamespaceDataSources: true };
const far = (ref: object = {}): ClaimSpec => ({
  spec: { dataSourceRef: { apiGroup: SNAPSHOTS, kind: "VolumeSnapshot", name: "snap", namespace: "far", ...ref } },
});
const FROM = { group: "", kind: "PersistentVolumeClaim", namespace: "default" };
const TO = { group: SNAPSHOTS, kind: "VolumeSnapshot" };
const grant = (from: object, to: object, namespace = "far") => ({
  metadata: { namespace, name: `g-${JSON.stringify([from, to]).length}` },
  spec: { from: [from], to: [to] },
});
const FAR = {
  volumeSnapshots: [snapshot({}, { namespace: "far" })],
  volumeSnapshotContents: [content({ volumeSnapshotRef: { namespace: "far", name: "snap", uid: "uid-snap" } })],
};
const DENIED = "R-XNS-1 Finished: accessing far/snap of VolumeSnapshot dataSource from default/pvc isn't allowed";

export const FROM_AFAR: readonly SourceCase[] = [
  {
    title: "T-239 R-DS-2: the gate is off",
    claim: far(),
    objects: { ...FAR, referenceGrants: [grant(FROM, TO)] },
    expected:
      "R-DS-2 Finished: dataSourceRef namespace specified but the CrossNamespaceVolumeDataSource feature is disabled",
  },
  { title: "T-239 R-XNS-1: no grant", claim: far(), objects: FAR, options: CROSS, expected: DENIED },
  ...(
    [
      ["namespace of the grant", grant(FROM, TO, "default")],
      ["group of from", grant({ ...FROM, group: "x" }, TO)],
      ["kind of from", grant({ ...FROM, kind: "Pod" }, TO)],
      ["namespace of from", grant({ ...FROM, namespace: "x" }, TO)],
      ["group of to", grant(FROM, { ...TO, group: "x" })],
      ["kind of to", grant(FROM, { ...TO, kind: "PersistentVolumeClaim" })],
      ["name of to", grant(FROM, { ...TO, name: "x" })],
    ] as const
  ).map(([what, wrong]) => ({
    title: `T-239 R-XNS-1: wrong ${what}`,
    claim: far(),
    objects: { ...FAR, referenceGrants: [wrong] },
    options: CROSS,
    expected: DENIED,
  })),
  ...[{}, { name: "" }, { name: "snap" }].map((name) => ({
    title: `T-239 R-XNS-1: a grant to ${JSON.stringify(name)}`,
    claim: far(),
    objects: { ...FAR, referenceGrants: [grant(FROM, { ...TO, ...name })] },
    options: CROSS,
    expected: "ready",
  })),
  {
    title: "T-240 R-XNS-1: a claim of the core group, named by null, needs an empty group",
    claim: far({ apiGroup: null, kind: "PersistentVolumeClaim", name: "src" }),
    objects: { referenceGrants: [grant(FROM, { group: "", kind: "PersistentVolumeClaim" })] },
    options: CROSS,
    expected: `R-CLN-1 NoChange: ... error getting PVC src (namespace "default") from api server: persistentvolumeclaim "src" not found`,
  },
  {
    title: "T-240 R-XNS-1: and not that of apps",
    claim: far({ apiGroup: null, kind: "PersistentVolumeClaim", name: "src" }),
    objects: { referenceGrants: [grant(FROM, { group: "apps", kind: "PersistentVolumeClaim" })] },
    options: CROSS,
    expected: "R-XNS-1 Finished: accessing far/src of PersistentVolumeClaim dataSource from default/pvc isn't allowed",
  },
  {
    title: "T-241 R-XNS-1: from in one grant and to in another",
    claim: far(),
    objects: { ...FAR, referenceGrants: [grant(FROM, { ...TO, kind: "x" }), grant({ ...FROM, kind: "x" }, TO)] },
    options: CROSS,
    expected: DENIED,
  },
  {
    title: "R-XNS-2: the claim's own namespace, named",
    claim: far({ namespace: "default" }),
    options: CROSS,
    expected: "ready",
  },
  {
    title: "R-DS-3: a kind that nobody knows needs its grant first",
    claim: far({ kind: "Foo" }),
    objects: {},
    options: CROSS,
    expected: "R-XNS-1 Finished: accessing far/snap of Foo dataSource from default/pvc isn't allowed",
  },
];
