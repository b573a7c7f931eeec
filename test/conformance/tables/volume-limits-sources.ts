// 18.9, second half: volumes in the tree, sources in pods, faulty pods on nodes, required drivers, and changes.

import { claim, csiDriver, ephemeral, type KubeObject, pod, storageClass, volume } from "../build.js";
import type { ConformanceCase, Expectation } from "../case.js";
import {
  csiVolume,
  DRIVER,
  disks,
  EBS,
  limitError,
  limits,
  MAX,
  nodeA,
  OTHER,
  on,
  placedCase,
  sourced,
  waiting,
  withoutDriver,
} from "../limits-world.js";

const limited = (
  name: readonly [string, string],
  rules: readonly string[],
  objects: readonly KubeObject[],
  expect: Expectation,
  more: Partial<ConformanceCase> = {},
) => placedCase("NodeVolumeLimits", name, rules, [nodeA, ...objects], expect, more);

const fits: Expectation = { feasible: ["nodeA"] };
const full: Expectation = { infeasible: { nodeA: MAX } };
const oneOf = limits("nodeA", { [DRIVER]: 1 });
const noEbs = limits("nodeA", { [EBS]: 0 });
const oneEbs = limits("nodeA", { [EBS]: 1 });
const tree = [claim("t", { boundTo: "pv-t" }), sourced("pv-t", { awsElasticBlockStore: { volumeID: "vol-1" } })];
const ebs = (volumeID: string) => ({ name: "own", awsElasticBlockStore: { volumeID } });
const azureFile = { name: "files", azureFile: { shareName: "s" } };
const vsphere = { name: "disk", vsphereVolume: { volumePath: "[d] p" } };
const gce = (pdName: string) => ({ name: "own", gcePersistentDisk: { pdName } });
const required = (name: string) => csiDriver(name, { preventPodSchedulingIfMissing: true });
const migrated = (plugins: string) => {
  const csiNode = limits("nodeA", { "pxd.portworx.com": 0 });
  const annotations = { "storage.alpha.kubernetes.io/migrated-plugins": plugins };
  return { ...csiNode, metadata: { ...csiNode.metadata, annotations } };
};
const portworx = [claim("p", { boundTo: "pv-p" }), sourced("pv-p", { portworxVolume: { volumeID: "p1" } }), pod("p")];
const older = (kubernetes: string) => ({ options: { filters: ["NodeVolumeLimits"] as const, kubernetes } });

export const cases: readonly ConformanceCase[] = [
  limited(
    ["T-178", "an EBS volume in the tree counts under its driver"],
    ["R-LIM-6"],
    [noEbs, ...tree, pod("t")],
    full,
  ),
  limited(["T-178", "not without a CSINode"], ["R-LIM-6"], [...tree, pod("t")], fits),
  limited(["T-178", "nor does it need its driver there"], ["R-LIM-6"], [required(EBS), ...tree, pod("t")], fits),
  limited(["T-178", "Portworx is asked for no annotation"], ["R-LIM-6"], [migrated(""), ...portworx], full),
  limited(
    ["T-178", "but up to 1.35 it is"],
    ["R-GATE-7"],
    [migrated("kubernetes.io/aws-ebs"), ...portworx],
    fits,
    older("1.35"),
  ),
  limited(
    ["T-178", "where the annotation names Portworx it counts in 1.35 too"],
    ["R-GATE-7"],
    [migrated("kubernetes.io/aws-ebs,kubernetes.io/portworx-volume"), ...portworx],
    full,
    older("1.35"),
  ),
  limited(["T-179", "an EBS volume in the pod counts"], ["R-LIM-7"], [noEbs, pod(ebs("vol-1"))], full),
  limited(["T-179", "not without a CSINode"], ["R-LIM-7"], [pod(ebs("aws://x"))], fits),
  limited(["T-179", "nor a source that is not translated"], ["R-LIM-7"], [oneOf, pod(azureFile, vsphere)], fits),
  limited(
    ["T-179", "a GCE disk in the pod and the same one of a claim are two"],
    ["R-MIG-8"],
    [
      limits("nodeA", { "pd.csi.storage.gke.io": 1 }),
      claim("t", { boundTo: "pv-t" }),
      sourced("pv-t", { gcePersistentDisk: { pdName: "d1" } }, { labels: { "topology.kubernetes.io/zone": "a" } }),
      pod("t", gce("d1")),
    ],
    full,
  ),
  limited(
    ["T-179", "without a zone label they are one"],
    ["R-MIG-8"],
    [
      limits("nodeA", { "pd.csi.storage.gke.io": 1 }),
      claim("t", { boundTo: "pv-t" }),
      sourced("pv-t", { gcePersistentDisk: { pdName: "d1" } }),
      pod("t", gce("d1")),
    ],
    fits,
  ),
  limited(
    ["T-179", "a source that does not translate ends the cycle"],
    ["R-LIM-7"],
    [limits("nodeA", {}), pod(ebs("aws://a/disk-1"))],
    limitError(
      "converting volume(own) from inline to csi: failed to translate Kubernetes ID to EBS Volume ID " +
        "Invalid format for AWS volume (aws://a/disk-1)",
    ),
  ),
  ...(["new", "placed"] as const).flatMap((whose) =>
    ([null, "missing-class"] as const).map((className) => {
      const lone = claim("c", { class: className });
      const asked = whose === "new" ? [pod("c")] : [on("nodeA", "one", "c"), ...disks("d"), pod("d")];
      const count = whose === "new" ? 0 : 1;
      return limited(
        ["T-278", `a claim of class ${className} without a volume does not count in a ${whose} pod`],
        ["R-LIM-5"],
        [limits("nodeA", { [DRIVER]: count }), lone, ...asked],
        fits,
      );
    }),
  ),
  limited(
    ["T-279", "an EBS volume in the pod is the CSI volume of that handle"],
    ["R-LIM-7"],
    [
      oneEbs,
      claim("c", { boundTo: "pv-c" }),
      csiVolume("pv-c", "c", EBS, "vol-1"),
      on("nodeA", "one", "c"),
      pod(ebs("vol-1")),
    ],
    fits,
  ),
  limited(
    ["T-279", "in its form of a URL too"],
    ["R-MIG-8"],
    [
      oneEbs,
      claim("c", { boundTo: "pv-c" }),
      csiVolume("pv-c", "c", EBS, "vol-1"),
      on("nodeA", "one", "c"),
      pod(ebs("aws://a/%76ol-1")),
    ],
    fits,
  ),
  limited(
    ["T-280", "local and NFS volumes do not count"],
    ["R-LIM-4"],
    [
      limits("nodeA", { [DRIVER]: 0, [EBS]: 0 }),
      claim("c", { boundTo: "pv-c" }),
      volume("pv-c", { spec: { local: { path: "/x" } } }),
      claim("d", { boundTo: "pv-d" }),
      volume("pv-d", { spec: { nfs: { server: "s", path: "/x" } } }),
      pod("c", "d", { name: "h", hostPath: { path: "/x" } }),
    ],
    fits,
  ),
  limited(
    ["T-282", "the ephemeral claim of another pod on the node ends the cycle"],
    ["R-LIM-11"],
    [oneOf, claim("one-vol", { class: "waiting" }), on("nodeA", "one", ephemeral), ...disks("c"), pod("c")],
    limitError("PVC default/one-vol was not created for pod default/one (pod is not owner)"),
  ),
  limited(
    ["T-282", "not where the node has no limit"],
    ["R-LIM-10"],
    [limits("nodeA", { [DRIVER]: null }), claim("one-vol", {}), on("nodeA", "one", ephemeral), ...disks("c"), pod("c")],
    fits,
  ),
  limited(
    ["T-282", "nor where the new pod has nothing that counts"],
    ["R-LIM-8"],
    [oneOf, claim("one-vol", {}), on("nodeA", "one", ephemeral), claim("c", { class: null }), pod("c")],
    fits,
  ),
  limited(
    ["T-282", "an empty claim name on the node ends it too"],
    ["R-LIM-11"],
    [oneOf, on("nodeA", "one", { name: "v", persistentVolumeClaim: {} }), ...disks("c"), pod("c")],
    limitError("PersistentVolumeClaim had no name"),
  ),
  limited(
    ["T-282", "so does a source on the node that does not translate"],
    ["R-LIM-11"],
    [oneOf, on("nodeA", "one", ebs("aws://x")), ...disks("c"), pod("c")],
    limitError(
      "converting volume(own) from inline to csi: failed to translate Kubernetes ID to EBS Volume ID " +
        "Invalid format for AWS volume (aws://x)",
    ),
  ),
  limited(
    ["T-282", "a bound volume on the node that does not translate does not count"],
    ["R-LIM-11"],
    [
      oneEbs,
      claim("x", { boundTo: "pv-x" }),
      sourced("pv-x", { awsElasticBlockStore: { volumeID: "aws://x" } }),
      on("nodeA", "one", "x"),
      ...tree,
      pod("t"),
    ],
    fits,
  ),
  limited(
    ["T-283", "two pods on the node share a claim that waits"],
    ["R-LIM-16"],
    [
      limits("nodeA", { [DRIVER]: 2 }),
      waiting,
      claim("w", { class: "waiting" }),
      on("nodeA", "one", "w"),
      on("nodeA", "two", "w"),
      ...disks("c"),
      pod("c"),
    ],
    fits,
  ),
  limited(
    ["T-283", "a claim of a pod on the node whose volume is missing counts by its class"],
    ["R-LIM-4"],
    [
      oneOf,
      waiting,
      claim("w", { class: "waiting", boundTo: "gone" }),
      on("nodeA", "one", "w"),
      ...disks("c"),
      pod("c"),
    ],
    full,
  ),
  ...(
    [
      ["aws-ebs", full],
      ["azure-file", fits],
      ["vsphere-volume", fits],
    ] as const
  ).map(([plugin, expect]) =>
    limited(
      ["T-284", `a claim that waits, of a class of ${plugin}`],
      ["R-LIM-5"],
      [
        limits("nodeA", { [EBS]: 0, "file.csi.azure.com": 0, "csi.vsphere.vmware.com": 0 }),
        storageClass("tree", { provisioner: `kubernetes.io/${plugin}` }),
        claim("c", { class: "tree" }),
        pod("c"),
      ],
      expect,
    ),
  ),
  limited(
    ["T-285", "a limit of another driver is none"],
    ["R-LIM-14"],
    [limits("nodeA", { [OTHER]: 0 }), ...disks("c"), pod("c")],
    fits,
  ),
  limited(
    ["T-286", "a required driver is missing though a pod on the node uses the volume"],
    ["R-LIM-9"],
    [limits("nodeA", { [OTHER]: 1 }), required(DRIVER), ...disks("c"), on("nodeA", "one", "c"), pod("c")],
    { infeasible: { nodeA: withoutDriver(DRIVER) } },
  ),
  limited(
    ["T-286", "of a class in the tree the CSI driver is required"],
    ["R-LIM-9"],
    [
      limits("nodeA", {}),
      required(EBS),
      storageClass("tree", { provisioner: "kubernetes.io/aws-ebs" }),
      claim("c", { class: "tree" }),
      pod("c"),
    ],
    { infeasible: { nodeA: withoutDriver(EBS) } },
  ),
  limited(
    ["T-286", "of two missing drivers the first by bytes is named"],
    ["R-LIM-9"],
    [
      limits("nodeA", {}),
      required(OTHER),
      required(DRIVER),
      claim("d", { boundTo: "pv-d" }),
      csiVolume("pv-d", "d", OTHER),
      ...disks("c"),
      pod("d", "c"),
    ],
    { infeasible: { nodeA: withoutDriver(DRIVER) } },
  ),
  limited(
    ["T-287", "a missing driver is told before a limit"],
    ["R-LIM-9"],
    [
      limits("nodeA", { [DRIVER]: 0 }),
      required(OTHER),
      ...disks("c"),
      claim("d", { boundTo: "pv-d" }),
      csiVolume("pv-d", "d", OTHER),
      pod("c", "d"),
    ],
    { infeasible: { nodeA: withoutDriver(OTHER) } },
  ),
];
