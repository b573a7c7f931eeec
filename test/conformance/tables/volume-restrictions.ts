// 18.10: disks that pods mount without a claim, and claims that one pod alone may use.

import { claim, csiNode, ephemeral, type KubeObject, owner, pod } from "../build.js";
import { by, type ConformanceCase, type Expectation, type Rejection } from "../case.js";
import { csiVolume, DISK, nodeA, nodeB, on, placedCase, RWOP } from "../limits-world.js";

const restricted = (
  name: readonly [string, string],
  rules: readonly string[],
  objects: readonly KubeObject[],
  expect: Expectation,
  more: Partial<ConformanceCase> = {},
) => placedCase("VolumeRestrictions", name, rules, [nodeA, nodeB, ...objects], expect, more);

const fits: Expectation = { feasible: ["nodeA", "nodeB"] };
const RWOP_OF_33: Rejection = {
  ...RWOP,
  reasons: ["node has pod using PersistentVolumeClaim with the same name and ReadWriteOncePod access mode"],
};
const inUse: Expectation = { infeasible: { nodeA: RWOP, nodeB: RWOP } };
const diskOnA: Expectation = { feasible: ["nodeB"], infeasible: { nodeA: DISK } };
const modes = (...accessModes: string[]) => ({ spec: { accessModes } });
const exclusive = claim("c", modes("ReadWriteOncePod"));
const gce = (readOnly?: boolean, pdName = "d1") => ({ name: "disk", gcePersistentDisk: { pdName, readOnly } });
const ebs = (volumeID: string, readOnly: boolean) => ({ name: "disk", awsElasticBlockStore: { volumeID, readOnly } });
const iscsi = (lun: number, readOnly: boolean) => ({
  name: "disk",
  iscsi: { targetPortal: `10.0.0.${lun}`, iqn: "iqn.1", lun, readOnly },
});
const rbd = (monitors: string[], more: object = {}) => ({
  name: "disk",
  rbd: { monitors, image: "i", pool: "rbd", ...more },
});

/** A disk of a pod on nodeA against a disk of the new pod. */
const pairs: readonly [id: string, title: string, theirs: object, ours: object, Expectation][] = [
  ["T-189", "a GCE disk cannot be written twice", gce(), gce(), diskOnA],
  ["T-189", "nor written by one and read by another", gce(false), gce(true), diskOnA],
  ["T-189", "reading it twice is fine", gce(true), gce(true), fits],
  ["T-189", "so is another disk", gce(), gce(false, "d2"), fits],
  ["T-190", "an EBS volume cannot even be read twice", ebs("vol-1", true), ebs("vol-1", true), diskOnA],
  ["T-190", "another EBS volume is fine", ebs("vol-1", false), ebs("vol-2", false), fits],
  ["T-190", "an iSCSI name decides, not its unit", iscsi(0, false), iscsi(1, false), diskOnA],
  ["T-190", "reading iSCSI twice is fine", iscsi(0, true), iscsi(1, true), fits],
  ["T-191", "one RBD monitor in common is enough", rbd(["a", "b"]), rbd(["b", "c"]), diskOnA],
  ["T-191", "no RBD monitor in common is fine", rbd(["a", "b"]), rbd(["c"]), fits],
  ["T-191", "another RBD pool is fine", rbd(["a"]), rbd(["a"], { pool: "other" }), fits],
  ["T-191", "another RBD image is fine", rbd(["a"]), rbd(["a"], { image: "other" }), fits],
  ["T-191", "no RBD pool is not the default one", rbd(["a"]), rbd(["a"], { pool: undefined }), fits],
  ["T-191", "without RBD monitors nothing is in common", rbd([]), rbd([]), fits],
  ["T-191", "reading an RBD image twice is fine", rbd(["a"], { readOnly: true }), rbd(["a"], { readOnly: true }), fits],
  ["T-291", "a GCE disk that only the pod on the node reads", gce(true), gce(false), diskOnA],
  ["T-291", "an iSCSI disk that only the new pod reads", iscsi(0, false), iscsi(0, true), diskOnA],
  ["T-291", "kinds are compared apart", ebs("d1", false), gce(false, "d1"), fits],
];

export const cases: readonly ConformanceCase[] = [
  restricted(
    ["T-185", "a claim for one pod that a pod uses keeps all others away"],
    ["R-RST-5"],
    [exclusive, on("nodeB", "one", "c"), pod("c")],
    {
      ...inUse,
      message:
        "0/2 nodes are available: 2 node(s) unavailable due to PersistentVolumeClaim with ReadWriteOncePod access mode " +
        "already in-use by another pod.",
    },
  ),
  restricted(
    ["T-185", "1.33 has another sentence for it"],
    ["R-RST-5"],
    [exclusive, on("nodeB", "one", "c"), pod("c")],
    {
      infeasible: { nodeA: RWOP_OF_33, nodeB: RWOP_OF_33 },
      message:
        "0/2 nodes are available: 2 node has pod using PersistentVolumeClaim with the same name and ReadWriteOncePod " +
        "access mode.",
    },
    { options: { kubernetes: "1.33" } },
  ),
  restricted(["T-185", "its own pod it does not"], ["R-RST-2"], [exclusive, on("nodeB", "one", "c")], {
    ...fits,
    pod: "default/one",
  }),
  restricted(["T-185", "nor one that names it twice"], ["R-RST-7"], [exclusive, pod("c", "c")], fits),
  restricted(
    ["T-185", "a claim of that name elsewhere is another one"],
    ["R-RST-2"],
    [exclusive, { ...on("nodeB", "one", "c"), metadata: { name: "one", namespace: "other" } }, pod("c")],
    fits,
  ),
  restricted(["T-185", "a missing claim rejects the pod"], ["R-RST-1"], [pod(gce(), "gone")], {
    preFilter: by("VolumeRestrictions", 'persistentvolumeclaim "gone" not found'),
  }),
  restricted(
    ["T-186", "the claim's modes count, not its volume's"],
    ["R-RST-1"],
    [
      claim("c", { boundTo: "pv-c", ...modes("ReadWriteOnce") }),
      { ...csiVolume("pv-c", "c"), spec: { accessModes: ["ReadWriteOncePod"] } },
      on("nodeB", "one", "c"),
      pod("c"),
    ],
    fits,
  ),
  restricted(["T-187", "a pending pod does not use it"], ["R-RST-2"], [exclusive, on("", "one", "c"), pod("c")], fits),
  restricted(
    ["T-187", "nor one that has ended"],
    ["R-RST-2"],
    [exclusive, { ...on("nodeB", "one", "c"), status: { phase: "Failed" } }, pod("c")],
    fits,
  ),
  restricted(
    ["T-187", "one that is being deleted still does"],
    ["R-RST-2"],
    [
      exclusive,
      {
        ...on("nodeB", "one", "c"),
        metadata: { name: "one", namespace: "default", deletionTimestamp: "2026-01-01T00:00:00Z" },
      },
      pod("c"),
    ],
    inUse,
  ),
  restricted(
    ["T-188", "ephemeral claims are not looked at"],
    ["R-RST-1"],
    [
      claim("pod-vol", { owners: [owner], ...modes("ReadWriteOncePod") }),
      on("nodeB", "one", "pod-vol"),
      pod(ephemeral),
    ],
    fits,
  ),
  restricted(
    ["T-188", "nor is the ephemeral volume of a pod on a node"],
    ["R-RST-2"],
    [claim("one-vol", modes("ReadWriteOncePod")), on("nodeB", "one", ephemeral), pod("one-vol")],
    fits,
  ),
  ...pairs.map(([id, title, theirs, ours, expect]) =>
    restricted([id, title], ["R-RST-4"], [on("nodeA", "one", theirs), pod(ours)], expect),
  ),
  restricted(
    ["T-192", "a node with the disk tells the disk, the others the claim"],
    ["R-RST-5"],
    [exclusive, on("nodeA", "one", gce()), on("nodeB", "two", "c"), pod("c", gce())],
    { infeasible: { nodeA: DISK, nodeB: RWOP } },
  ),
  restricted(
    ["T-289", "a pod whose node is not there does not count"],
    ["R-RST-2"],
    [exclusive, on("nodeZ", "one", "c"), pod("c")],
    fits,
  ),
  restricted(
    ["T-289", "until the node comes"],
    ["R-RST-2"],
    [exclusive, on("nodeZ", "one", "c"), csiNode("nodeZ"), pod("c")],
    { infeasible: { nodeA: RWOP, nodeB: RWOP, nodeZ: RWOP } },
    { updates: [{ ...nodeA, metadata: { name: "nodeZ" } }] },
  ),
  restricted(
    ["T-291", "a pod's own disks are not compared"],
    ["R-RST-4"],
    [pod(gce(), { ...gce(), name: "again" })],
    fits,
  ),
  restricted(["T-187", "a pod comes to a node"], ["R-RST-2"], [exclusive, pod("c")], inUse, {
    updates: [on("nodeB", "one", "c")],
  }),
  restricted(["T-187", "a pod gives the claim up"], ["R-RST-2"], [exclusive, on("nodeB", "one", "c"), pod("c")], fits, {
    updates: [on("nodeB", "one")],
  }),
  restricted(
    ["T-193", "the pod that used the claim has ended"],
    ["R-RST-2"],
    [exclusive, on("nodeB", "one", "c"), pod("c")],
    fits,
    { updates: [{ ...on("nodeB", "one", "c"), status: { phase: "Succeeded" } }] },
  ),
  restricted(
    ["T-290", "one pod has both a disk and the claim"],
    ["R-RST-4", "R-RST-5"],
    [exclusive, on("nodeA", "one", "c", gce()), pod("c", gce())],
    { infeasible: { nodeA: DISK, nodeB: RWOP } },
  ),
  restricted(
    ["T-290", "and when it has ended both vanish"],
    ["R-RST-2"],
    [exclusive, on("nodeA", "one", "c", gce()), pod("c", gce())],
    fits,
    { updates: [{ ...on("nodeA", "one", "c", gce()), status: { phase: "Failed" } }] },
  ),
  restricted(["T-189", "a disk comes to a node"], ["R-RST-4"], [pod(gce())], diskOnA, {
    updates: [on("nodeA", "one", gce())],
  }),
  restricted(["T-192", "an access mode changes"], ["R-RST-1"], [exclusive, on("nodeB", "one", "c"), pod("c")], fits, {
    updates: [claim("c", modes("ReadWriteMany"))],
  }),
];
