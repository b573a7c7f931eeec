// 18.9: what was counted follows whatever the counts depend on.

import { claim, csiNode, ephemeral, type KubeObject, owner, pod, storageClass } from "../build.js";
import type { ConformanceCase, Expectation } from "../case.js";
import {
  attachment,
  csiVolume,
  DRIVER,
  disks,
  EBS,
  limitError,
  limits,
  MAX,
  nodeA,
  nodeB,
  OTHER,
  on,
  placedCase,
  sourced,
  waiting,
} from "../limits-world.js";

const fits: Expectation = { feasible: ["nodeA"] };
const full: Expectation = { infeasible: { nodeA: MAX } };
const oneOf = limits("nodeA", { [DRIVER]: 1 });
const bound = [...disks("c", "d"), on("nodeA", "one", "c"), pod("d")];
const late = [waiting, claim("w", { class: "waiting" }), on("nodeA", "one", "w"), ...disks("d"), pod("d")];
const changes: [title: string, objects: KubeObject[], updates: KubeObject[], expect: Expectation][] = [
  ["a pod comes to the node", [oneOf, ...disks("c", "d"), pod("d")], [on("nodeA", "one", "c")], full],
  ["a pod on the node ends", [oneOf, ...bound], [{ ...on("nodeA", "one", "c"), status: { phase: "Failed" } }], fits],
  ["a pod moves to a node that is not there", [oneOf, ...bound], [on("nodeZ", "one", "c")], fits],
  ["the volume of a pod on the node gets another driver", [oneOf, ...bound], [csiVolume("pv-c", "c", OTHER)], fits],
  ["it becomes the new pod's volume", [oneOf, ...bound], [csiVolume("pv-c", "c", DRIVER, "pv-d")], fits],
  ["a claim on the node is bound to the new pod's volume", [oneOf, ...late], [claim("w", { boundTo: "pv-d" })], fits],
  [
    "a class on the node gets another provisioner",
    [oneOf, ...late],
    [storageClass("waiting", { provisioner: OTHER })],
    fits,
  ],
  ["the class of a claim on the node comes", [oneOf, ...late.slice(1)], [waiting], full],
  ["the limit grows", [oneOf, ...bound], [limits("nodeA", { [DRIVER]: 2 })], fits],
  ["the node comes last", [oneOf, ...bound], [nodeA], full],
  [
    "a volume that was attached twice to the node is attached once",
    [
      limits("nodeA", { [DRIVER]: 2 }),
      ...disks("c", "d"),
      attachment("a", "nodeA", "pv-c"),
      attachment("b", "nodeA", "pv-c"),
      pod("d"),
    ],
    [attachment("b", "nodeZ", "pv-c")],
    fits,
  ],
  [
    "a volume of a pod that names a source beside its claim counts by its claim alone",
    [
      limits("nodeA", { [EBS]: 1 }),
      claim("n", { boundTo: "pv-n" }),
      sourced("pv-n", { nfs: { server: "s", path: "/x" } }),
      claim("t", { boundTo: "pv-t" }),
      sourced("pv-t", { awsElasticBlockStore: { volumeID: "vol-1" } }),
      pod("t"),
    ],
    [
      on("nodeA", "one", {
        name: "v",
        persistentVolumeClaim: { claimName: "n" },
        awsElasticBlockStore: { volumeID: "vol-9" },
      }),
    ],
    fits,
  ],
  [
    "of several entries of a driver the last one counts",
    [oneOf, ...bound],
    [
      csiNode(
        "nodeA",
        [1, 2].map((count) => ({ name: DRIVER, nodeID: "nodeA", allocatable: { count } })),
      ),
    ],
    fits,
  ],
  ["the handle of a volume on the node is taken away", [oneOf, ...bound], [csiVolume("pv-c", "c", DRIVER, "")], fits],
  [
    "the first of two volumes on the node loses its claim's name",
    [oneOf, ...disks("c", "d"), on("nodeA", "one", "c"), pod("d")],
    [on("nodeA", "one", { name: "v", persistentVolumeClaim: {} }, "c")],
    limitError("PersistentVolumeClaim had no name"),
  ],
  ["a volume is attached", [oneOf, ...disks("c", "d"), pod("d")], [attachment("a", "nodeA", "pv-c")], full],
  [
    "an attachment moves",
    [oneOf, ...disks("c", "d"), attachment("a", "nodeA", "pv-c"), pod("d")],
    [attachment("a", "nodeZ", "pv-c")],
    fits,
  ],
  [
    "the volume of an attachment comes",
    [oneOf, ...disks("d"), attachment("a", "nodeA", "pv-c"), pod("d")],
    [csiVolume("pv-c", "c")],
    full,
  ],
  [
    "an ephemeral claim on the node turns out to be another pod's",
    [
      oneOf,
      claim("one-vol", { owners: [{ ...owner, uid: "uid-one" }] }),
      on("nodeA", "one", ephemeral),
      ...disks("d"),
      pod("d"),
    ],
    [claim("one-vol", { owners: [owner] })],
    limitError("PVC default/one-vol was not created for pod default/one (pod is not owner)"),
  ],
];

const attached = [...disks("c", "d"), attachment("a", "nodeA", "pv-c")];

export const cases: readonly ConformanceCase[] = [
  ...changes.map(([title, objects, updates, expect]) =>
    placedCase("NodeVolumeLimits", ["T-170", title], ["R-LIM-11"], [nodeA, ...objects], expect, { updates }),
  ),
  placedCase(
    "NodeVolumeLimits",
    ["T-170", "another node comes, full"],
    ["R-LIM-13"],
    [nodeA, oneOf, limits("nodeB", { [DRIVER]: 1 }), ...disks("c", "d"), on("nodeB", "one", "c"), pod("d")],
    { feasible: ["nodeA"], infeasible: { nodeB: MAX } },
    { updates: [nodeB] },
  ),
  placedCase(
    "NodeVolumeLimits",
    ["T-170", "a pod taken off its node finds its volume new there"],
    ["R-LIM-11"],
    [nodeA, oneOf, ...disks("c", "d"), on("nodeA", "one", "c"), on("nodeA", "two", "d")],
    { ...full, pod: "default/two" },
  ),
  placedCase(
    "NodeVolumeLimits",
    ["T-176", "a pod comes that uses an attached volume"],
    ["R-LIM-12"],
    [nodeA, limits("nodeA", { [DRIVER]: 2 }), ...attached, pod("d")],
    fits,
    { updates: [on("nodeA", "one", "c")] },
  ),
  placedCase(
    "NodeVolumeLimits",
    ["T-176", "an attached volume is new beside one that a pod uses"],
    ["R-LIM-15"],
    [nodeA, limits("nodeA", { [DRIVER]: 2 }), ...attached, on("nodeA", "one", "d"), pod("c", "d")],
    full,
  ),
  placedCase(
    "NodeVolumeLimits",
    ["T-170", "two full nodes, one by two pods and one by an attachment"],
    ["R-LIM-13"],
    [
      nodeA,
      nodeB,
      limits("nodeA", { [DRIVER]: 2 }),
      limits("nodeB", { [DRIVER]: 1 }),
      ...disks("c", "d", "e", "f"),
      on("nodeA", "one", "c"),
      on("nodeA", "two", "d"),
      attachment("a", "nodeB", "pv-e"),
      pod("f"),
    ],
    {
      infeasible: { nodeA: MAX, nodeB: MAX },
      message: "0/2 nodes are available: 2 node(s) exceed max volume count.",
    },
  ),
];
