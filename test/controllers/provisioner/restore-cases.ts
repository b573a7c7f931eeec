// Claims that are restored from snapshots, by hand from their rules.

import type { ObjectLists } from "../../../lib/provisioner.js";
import type { ClaimSpec } from "./objects.js";
import { SNAPSHOTS } from "./objects.js";
import type { SourceCase } from "./source-objects.js";
import { content, snapshot, taken } from "./source-objects.js";

const restore = (spec: object = {}): ClaimSpec => ({
  spec: { dataSource: { apiGroup: SNAPSHOTS, kind: "VolumeSnapshot", name: "snap" }, ...spec },
});

const ALLOW = "snapshot.storage.kubernetes.io/allow-volume-mode-change";
const CONVERTS =
  "R-SNP-10 NoChange: ... requested volume default/pvc modifies the mode of the source volume but does not have permission to do so.";
const converting = (annotations: { readonly [key: string]: string }): ObjectLists =>
  taken(snapshot(), content({ sourceVolumeMode: "Block" }, {}, annotations));
const filesystem = restore({ volumeMode: "Filesystem" });
const deleted = { deletionTimestamp: "2026-01-01T00:00:00Z" };

export const RESTORES: readonly SourceCase[] = [
  { title: "T-217: a restore that is in order", claim: restore(), expected: "ready" },
  {
    title: "T-217 R-SNP-1: there is no such snapshot",
    claim: restore(),
    objects: {},
    expected: `R-SNP-1 NoChange: ... error getting snapshot snap from api server: volumesnapshots.snapshot.storage.k8s.io "snap" not found`,
  },
  {
    title: "T-218 T-228 R-SNP-2: the snapshot is being deleted",
    claim: restore(),
    objects: taken(snapshot({}, deleted)),
    expected: "R-SNP-2 NoChange: ... snapshot snap is being deleted",
  },
  {
    title: "T-228 R-SNP-2: the finalizer of the snapshot controller does not help",
    claim: restore(),
    objects: taken(
      snapshot({}, { ...deleted, finalizers: ["snapshot.storage.kubernetes.io/volumesnapshot-as-source-protection"] }),
    ),
    expected: "R-SNP-2 NoChange: ... snapshot snap is being deleted",
  },
  {
    title: "T-228 R-SNP-2: a restore that had begun goes on",
    claim: restore(),
    objects: taken(
      snapshot(
        {},
        { ...deleted, finalizers: ["provisioner.storage.kubernetes.io/volumesnapshot-as-source-protection"] },
      ),
    ),
    expected: "ready",
  },
  {
    title: "T-219 R-SNP-3: no content yet",
    claim: restore(),
    objects: taken(snapshot({ boundVolumeSnapshotContentName: null })),
    expected: "R-SNP-3 NoChange: ... snapshot snap not bound",
  },
  {
    title: "T-219 R-SNP-3: no status yet",
    claim: restore(),
    objects: taken({ metadata: { name: "snap" } }),
    expected: "R-SNP-3 NoChange: ... snapshot snap not bound",
  },
  {
    title: "T-220 R-SNP-4: an empty name of a content is looked up",
    claim: restore(),
    objects: taken(snapshot({ boundVolumeSnapshotContentName: "" })),
    expected: "R-SNP-4 NoChange: ... error getting snapshotcontent  for snapshot snap",
  },
  {
    title: "T-220 R-SNP-4: the content is not there",
    claim: restore(),
    objects: taken(snapshot({ boundVolumeSnapshotContentName: "lost" })),
    expected: "R-SNP-4 NoChange: ... error getting snapshotcontent lost for snapshot snap",
  },
  ...[{ uid: "old" }, { namespace: "other" }, { name: "other" }].map((ref) => ({
    title: `T-221 R-SNP-5: the content is of another snapshot: ${Object.keys(ref)}`,
    claim: restore(),
    objects: taken(
      snapshot(),
      content({ volumeSnapshotRef: { namespace: "default", name: "snap", uid: "uid-snap", ...ref } }),
    ),
    expected: "R-SNP-5 NoChange: ... snapshotcontent content for snapshot snap is bound to a different snapshot",
  })),
  {
    title: "T-222 R-SNP-6: another driver, though the snapshot be unready as well",
    claim: restore(),
    objects: taken(snapshot({ readyToUse: false }), content({ driver: "other" })),
    expected:
      "R-SNP-6 NoChange: ... snapshotcontent content for snapshot snap is not handled by CSI driver of StorageClass fast",
  },
  {
    title: "R-SNP-6: a content that names no driver",
    claim: restore(),
    objects: taken(snapshot(), content({ driver: null })),
    expected:
      "R-SNP-6 NoChange: ... snapshotcontent content for snapshot snap is not handled by CSI driver of StorageClass fast",
  },
  {
    title: "T-373 R-SNP-6: an in-tree class cannot restore, though its driver took the snapshot",
    claim: restore(),
    class: { provisioner: "kubernetes.io/aws-ebs" },
    objects: taken(snapshot(), content({ driver: "ebs.csi.aws.com" })),
    expected:
      "R-SNP-6 NoChange: ... snapshotcontent content for snapshot snap is not handled by CSI driver of StorageClass fast",
  },
  {
    title: "T-373 R-SNP-6: but Portworx' can",
    claim: restore(),
    class: { provisioner: "kubernetes.io/portworx-volume" },
    objects: taken(snapshot(), content({ driver: "pxd.portworx.com" })),
    expected: "ready",
  },
  ...[false, null].map((readyToUse) => ({
    title: `T-223 R-SNP-7: readyToUse ${readyToUse}, and no handle either`,
    claim: restore(),
    objects: taken(snapshot({ readyToUse }), content({}, { snapshotHandle: null })),
    expected: "R-SNP-7 NoChange: ... snapshot snap is not Ready",
  })),
  {
    title: "T-224 R-SNP-8: no handle",
    claim: restore(),
    objects: taken(snapshot(), content({}, { snapshotHandle: null })),
    expected: "R-SNP-8 NoChange: ... snapshot handle snap is not available",
  },
  {
    title: "T-224 R-SNP-8: an empty handle is one",
    claim: restore(),
    objects: taken(snapshot(), content({}, { snapshotHandle: "" })),
    expected: "ready",
  },
  {
    title: "T-225 R-SNP-9: too small",
    claim: restore(),
    objects: taken(snapshot({ restoreSize: "5368709121" })),
    expected:
      "R-SNP-9 NoChange: ... requested volume size 5368709120 is less than the size 5368709121 for the source snapshot snap",
  },
  {
    title: "T-227 R-SNP-9: no restoreSize",
    claim: restore(),
    objects: taken(snapshot({ restoreSize: null })),
    expected: "ready",
  },
  {
    title: "T-227 R-SNP-9: larger",
    claim: restore(),
    objects: taken(snapshot({ restoreSize: "1Gi" })),
    expected: "ready",
  },
  {
    title: "T-227 R-SNP-9: values are rounded up before they are compared",
    claim: { ...restore(), size: "1500m" },
    objects: taken(snapshot({ restoreSize: "2" })),
    expected: "ready",
  },
  {
    title: "T-297 R-SNP-9: no request",
    claim: { ...restore(), size: null },
    expected: "R-SNP-9 NoChange: ... error getting capacity for PVC pvc when creating snapshot snap",
  },
  {
    title: "T-226 T-229 R-SNP-10: another mode, and no word that allows it",
    claim: filesystem,
    objects: converting({}),
    expected: `${CONVERTS} ${ALLOW} annotation is not present on snapshotcontent content`,
  },
  ...["true", "TRUE", "t", "1"].map((value) => ({
    title: `T-229 R-SNP-10: ${value} allows it`,
    claim: filesystem,
    objects: converting({ [ALLOW]: value }),
    expected: "ready",
  })),
  {
    title: "T-229 R-SNP-10: yes is no boolean",
    claim: filesystem,
    objects: converting({ [ALLOW]: "yes" }),
    expected: `${CONVERTS} failed to convert ${ALLOW} annotation value to boolean with error: strconv.ParseBool: parsing "yes": invalid syntax`,
  },
  {
    title: "T-229 R-SNP-10: false",
    claim: filesystem,
    objects: converting({ [ALLOW]: "F" }),
    expected: `${CONVERTS} ${ALLOW} is set to false on snapshotcontent content`,
  },
  { title: "T-229 R-SNP-10: a claim that says no mode", claim: restore(), objects: converting({}), expected: "ready" },
  {
    title: "R-SNP-10: the flag is off",
    claim: filesystem,
    objects: converting({}),
    options: { preventVolumeModeConversion: false },
    expected: "ready",
  },
  {
    title: "T-230 R-DS-3: a kind that nobody here knows",
    claim: restore({ dataSource: { kind: "Foo", name: "x" } }),
    expected: "R-DS-3 Ignored: Assuming an external populator will provision the volume",
  },
  {
    title: "R-DS-3: no name, whatever the kind",
    claim: restore({ dataSource: { kind: "Foo" } }),
    expected: "R-DS-3 Finished: the PVC source not found for PVC pvc",
  },
  {
    title: "R-DS-3: an empty source is one",
    claim: restore({ dataSource: {} }),
    expected: "R-DS-3 Finished: the PVC source not found for PVC pvc",
  },
  {
    title: "R-DS-3: a snapshot of another group",
    claim: restore({ dataSource: { apiGroup: "x", kind: "VolumeSnapshot", name: "snap" } }),
    expected:
      "R-DS-3 Finished: the PVC source does not belong to the right APIGroup. Expected snapshot.storage.k8s.io, Got x",
  },
  {
    title: "R-DS-1: dataSourceRef alone",
    claim: { spec: { dataSourceRef: { apiGroup: SNAPSHOTS, kind: "VolumeSnapshot", name: "snap" } } },
    expected: "ready",
  },
  {
    title: "T-295 R-DS-1: an explicit empty namespace is another namespace",
    claim: { spec: { dataSourceRef: { apiGroup: SNAPSHOTS, kind: "VolumeSnapshot", name: "snap", namespace: "" } } },
    expected: "R-XNS-1 Finished: accessing /snap of VolumeSnapshot dataSource from default/pvc isn't allowed",
  },
  {
    title: "T-295 R-DS-1: with a dataSource it is not looked at",
    claim: restore({ dataSourceRef: { apiGroup: SNAPSHOTS, kind: "VolumeSnapshot", name: "snap", namespace: "" } }),
    expected: "ready",
  },
  { title: "R-DS-1: no source at all", claim: {}, expected: "ready" },
];
