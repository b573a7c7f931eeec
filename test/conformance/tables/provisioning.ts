// 18.6, all but topologies: whether a claim without volume can be provisioned on a node.

import { boundPair, claim, csiDriver, csiNode, limitedClass, pod, selector, storageClass, volume } from "../build.js";
import { AFF, BIND, type ConformanceCase, SPACE } from "../case.js";
import { twoZones } from "../world.js";

const everywhere = {
  feasible: ["nodeA", "nodeB"],
  plans: { nodeA: { bind: [], provision: ["c"] }, nodeB: { bind: [], provision: ["c"] } },
};
const bindEverywhere = { infeasible: { nodeA: [BIND], nodeB: [BIND] } };
/** A claim that its topology keeps from every node, and one that finds no room. */
const unlucky = (sizes: { topology: string; room: string }) => [
  ...twoZones,
  ...limitedClass("limited"),
  storageClass("topo", { topologies: [[["zone", "z"]]] }),
  claim("c", { class: "topo", size: sizes.topology }),
  claim("d", { class: "limited", size: sizes.room }),
];

export const cases: readonly ConformanceCase[] = [
  {
    id: "T-126",
    title: "without a volume the claim is provisioned",
    rules: ["R-MAT-13", "R-PRV-6"],
    objects: [...twoZones, claim("c", { class: "wffc" }), pod("c")],
    expect: everywhere,
  },
  {
    id: "T-127",
    title: "without a volume a claim that nothing provisions is refused",
    rules: ["R-PRV-3"],
    objects: [...twoZones, claim("c"), pod("c")],
    expect: {
      ...bindEverywhere,
      message: "0/2 nodes are available: 2 node(s) didn't find available persistent volumes to bind.",
    },
  },
  {
    id: "T-127",
    title: "the empty provisioner provisions nothing",
    rules: ["R-PRV-3"],
    objects: [...twoZones, storageClass("none", { provisioner: "" }), claim("c", { class: "none" }), pod("c")],
    expect: bindEverywhere,
  },
  {
    id: "T-136",
    title: "the smaller claim is provisioned first and decides: topology",
    rules: ["R-PRV-7", "R-FLT-7"],
    objects: [...unlucky({ topology: "1Gi", room: "2Gi" }), pod("d", "c")],
    expect: bindEverywhere,
  },
  {
    id: "T-136",
    title: "the smaller claim is provisioned first and decides: room",
    rules: ["R-PRV-7", "R-FLT-7"],
    objects: [...unlucky({ topology: "2Gi", room: "1Gi" }), pod("c", "d")],
    expect: { infeasible: { nodeA: [SPACE], nodeB: [SPACE] } },
  },
  {
    id: "T-136",
    title: "of claims of equal size the pod's first decides",
    rules: ["R-PRV-7", "R-MAT-1"],
    objects: [...unlucky({ topology: "1Gi", room: "1Gi" }), pod("d", "c")],
    expect: { infeasible: { nodeA: [SPACE], nodeB: [SPACE] } },
  },
  {
    id: "T-136",
    title: "a claim with a selected node is provisioned first however large it is",
    rules: ["R-PRV-7", "R-FLT-7"],
    objects: [
      ...twoZones,
      ...limitedClass("limited"),
      storageClass("topo", { topologies: [[["zone", "z"]]] }),
      claim("c", { class: "topo", size: "1Gi" }),
      claim("d", { class: "limited", size: "9Gi", selectedNode: "nodeA" }),
      pod("c", "d"),
    ],
    expect: { infeasible: { nodeA: [SPACE], nodeB: [BIND] } },
  },
  {
    id: "T-137",
    title: "whether the driver runs on the node is not asked",
    rules: ["R-PRV-8"],
    objects: [
      ...twoZones,
      csiDriver("wffc.example.com", { storageCapacity: false }),
      csiNode("nodeA", [{ name: "other.example.com", nodeID: "nodeA", topologyKeys: [] }]),
      claim("c", { class: "wffc" }),
      pod("c"),
    ],
    expect: everywhere,
  },
  {
    id: "T-138",
    title: "a selector does not keep a claim from being provisioned",
    rules: ["R-PRV-8"],
    objects: [
      ...twoZones,
      claim("c", { class: "wffc", spec: { selector: selector(["disk", "In", "ssd"]) } }),
      pod("c"),
    ],
    expect: everywhere,
  },
  {
    id: "T-138",
    title: "a volume that the selector does not suit is passed over and the claim provisioned",
    rules: ["R-MAT-6", "R-PRV-8"],
    objects: [
      ...twoZones,
      volume("pv1", { class: "wffc", labels: { disk: "hdd" } }),
      claim("c", { class: "wffc", spec: { selector: selector(["disk", "In", "ssd"]) } }),
      pod("c"),
    ],
    expect: everywhere,
  },
  {
    id: "T-138",
    title: "neither a data source nor an attributes class keeps a claim from being provisioned",
    rules: ["R-PRV-8", "R-MAT-16"],
    objects: [
      ...twoZones,
      claim("c", {
        class: "wffc",
        spec: {
          volumeAttributesClassName: "unknown",
          dataSource: { apiGroup: "snapshot.storage.k8s.io", kind: "VolumeSnapshot", name: "gone" },
        },
      }),
      pod("c"),
    ],
    expect: everywhere,
  },
  {
    id: "T-268",
    title: "one claim is bound, one is matched, one is provisioned, and the plan lists the last two",
    rules: ["R-FLT-2", "R-MAT-11", "R-PRV-6"],
    objects: [
      ...twoZones,
      ...boundPair({ zone: "a" }),
      volume("pv2", { class: "wffc", size: "2Gi", zone: "a" }),
      claim("large", { class: "wffc", size: "5Gi" }),
      claim("small", { class: "wffc", size: "1Gi" }),
      pod("large", "c", "small"),
    ],
    expect: {
      feasible: ["nodeA"],
      infeasible: { nodeB: [AFF] },
      plans: { nodeA: { bind: [["small", "pv2"]], provision: ["large"] } },
    },
  },
  {
    id: "T-269",
    title: "beside a bound claim the plan holds only the claim whose node is selected",
    rules: ["R-FLT-6", "R-PRV-6"],
    objects: [
      ...twoZones,
      ...boundPair({ zone: "a" }),
      claim("d", { class: "wffc", selectedNode: "nodeA" }),
      pod("c", "d"),
    ],
    expect: {
      feasible: ["nodeA"],
      infeasible: { nodeB: [AFF, BIND] },
      plans: { nodeA: { bind: [], provision: ["d"] } },
    },
  },
];
