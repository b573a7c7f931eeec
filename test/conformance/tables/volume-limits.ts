// 18.9, first half: volumes of pods on a node, of VolumeAttachments and of the new pod, and their sum.

import {
  claim,
  csiDriver,
  csiNode,
  ephemeral,
  type KubeObject,
  NO_PROVISIONER,
  owner,
  pod,
  storageClass,
} from "../build.js";
import { by, type ConformanceCase, type Expectation } from "../case.js";
import {
  attachment,
  csiVolume,
  DRIVER,
  disks,
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
const twoOf = limits("nodeA", { [DRIVER]: 2 });
const oneOf = limits("nodeA", { [DRIVER]: 1 });
const both = [...disks("c", "d", "e"), on("nodeA", "one", "c"), on("nodeA", "two", "d")];

export const cases: readonly ConformanceCase[] = [
  limited(["T-170", "a third volume is one too many where two are allowed"], ["R-LIM-13"], [twoOf, ...both, pod("e")], {
    ...full,
    message: "0/1 nodes are available: 1 node(s) exceed max volume count.",
  }),
  limited(["T-170", "a volume that a pod on the node uses is not new"], ["R-LIM-11"], [twoOf, ...both, pod("d")], fits),
  limited(["T-170", "the second of two is allowed"], ["R-LIM-13"], [twoOf, ...both.slice(0, -1), pod("e")], fits),
  limited(["T-170", "the limit of one node is not that of another"], ["R-LIM-13"], [nodeB, twoOf, ...both, pod("e")], {
    feasible: ["nodeB"],
    infeasible: { nodeA: MAX },
  }),
  limited(
    ["T-170", "a pod on a node that has ended has no volumes there"],
    ["R-NOD-4"],
    [twoOf, ...both.slice(0, -1), { ...on("nodeA", "two", "d"), status: { phase: "Succeeded" } }, pod("e")],
    fits,
  ),
  limited(["T-170", "the pod itself is taken off its node"], ["R-LIM-11"], [twoOf, ...both], fits, {
    expect: { ...fits, pod: "default/two" },
  }),
  limited(
    ["T-171", "a limit of 0 is a limit"],
    ["R-LIM-10"],
    [limits("nodeA", { [DRIVER]: 0 }), ...disks("c"), pod("c")],
    full,
  ),
  limited(
    ["T-171", "no limit is none"],
    ["R-LIM-10"],
    [limits("nodeA", { [DRIVER]: null }), ...disks("c"), pod("c")],
    fits,
  ),
  limited(
    ["T-172", "another driver's limit counts where the pod adds one of its volumes"],
    ["R-LIM-13"],
    [
      limits("nodeA", { [DRIVER]: 5, [OTHER]: 0 }),
      ...disks("c"),
      claim("d", { boundTo: "pv-d" }),
      csiVolume("pv-d", "d", OTHER),
      pod("c", "d"),
    ],
    full,
  ),
  limited(
    ["T-172", "another driver's limit does not count otherwise"],
    ["R-LIM-14"],
    [limits("nodeA", { [DRIVER]: 5, [OTHER]: 0 }), ...disks("c"), pod("c")],
    fits,
  ),
  limited(
    ["T-173", "a node over its limit takes a pod that adds nothing"],
    ["R-LIM-14"],
    [oneOf, ...both, pod("c", "d")],
    fits,
  ),
  limited(
    ["T-174", "a claim that waits counts by its class"],
    ["R-LIM-5"],
    [oneOf, waiting, claim("c", { class: "waiting" }), pod("c")],
    fits,
  ),
  limited(
    ["T-174", "two claims that wait are two volumes"],
    ["R-LIM-5"],
    [oneOf, waiting, claim("c", { class: "waiting" }), claim("d", { class: "waiting" }), pod("c", "d")],
    full,
  ),
  limited(
    ["T-174", "one claim used twice is one volume"],
    ["R-LIM-3"],
    [oneOf, waiting, claim("c", { class: "waiting" }), pod("c", "c")],
    fits,
  ),
  limited(
    ["T-175", "a missing claim of a pod on the node is passed over"],
    ["R-LIM-11"],
    [oneOf, ...disks("c"), on("nodeA", "one", "gone"), pod("c")],
    fits,
  ),
  limited(
    ["T-175", "a missing claim of the new pod rejects it on each node"],
    ["R-LIM-3"],
    [nodeB, oneOf, pod("gone")],
    {
      infeasible: {
        nodeA: by("NodeVolumeLimits", 'looking up PVC default/gone: persistentvolumeclaim "gone" not found'),
        nodeB: by("NodeVolumeLimits", 'looking up PVC default/gone: persistentvolumeclaim "gone" not found'),
      },
    },
  ),
  limited(
    ["T-176", "an attached volume that no pod uses counts"],
    ["R-LIM-12"],
    [oneOf, ...disks("c", "d"), attachment("a", "nodeA", "pv-d"), pod("c")],
    full,
  ),
  limited(
    ["T-176", "an attached volume that a pod on the node uses counts once"],
    ["R-LIM-12"],
    [twoOf, ...disks("c", "d"), on("nodeA", "one", "d"), attachment("a", "nodeA", "pv-d"), pod("c")],
    fits,
  ),
  limited(
    ["T-176", "the attached volume of the new pod counts twice"],
    ["R-LIM-15"],
    [oneOf, ...disks("c"), attachment("a", "nodeA", "pv-c"), pod("c")],
    full,
  ),
  ...(
    [
      ["of a source in a pod", { source: { inlineVolumeSpec: {} } }],
      ["of a missing volume", { source: { persistentVolumeName: "gone" } }],
      ["of a volume in the tree", { source: { persistentVolumeName: "pv-tree" } }],
      ["without an attacher", { attacher: "" }],
    ] as const
  ).map(([what, spec]) =>
    limited(
      ["T-177", `an attachment ${what} is ignored`],
      ["R-LIM-12"],
      [
        oneOf,
        ...disks("c", "d"),
        sourced("pv-tree", { awsElasticBlockStore: { volumeID: "vol-1" } }),
        attachment("a", "nodeA", "pv-d", spec),
        pod("c"),
      ],
      fits,
    ),
  ),
  limited(["T-180", "without a CSINode there is no limit"], ["R-LIM-2"], [...disks("c"), pod("c")], fits),
  limited(
    ["T-180", "without a CSINode a required driver is missing"],
    ["R-LIM-9"],
    [...disks("c"), csiDriver(DRIVER, { preventPodSchedulingIfMissing: true }), pod("c")],
    { infeasible: { nodeA: withoutDriver(DRIVER) } },
  ),
  limited(
    ["T-180", "with the gate off no driver is required"],
    ["R-GATE-2"],
    [...disks("c"), csiDriver(DRIVER, { preventPodSchedulingIfMissing: true }), pod("c")],
    fits,
    { options: { filters: ["NodeVolumeLimits"], gates: { VolumeLimitScaling: false } } },
  ),
  limited(
    ["T-180", "up to 1.36 the gate is off"],
    ["R-GATE-2"],
    [...disks("c"), csiDriver(DRIVER, { preventPodSchedulingIfMissing: true }), pod("c")],
    fits,
    { options: { filters: ["NodeVolumeLimits"], kubernetes: "1.36" } },
  ),
  limited(
    ["T-181", "a required driver without a limit is enough"],
    ["R-LIM-9"],
    [
      limits("nodeA", { [DRIVER]: null }),
      ...disks("c"),
      csiDriver(DRIVER, { preventPodSchedulingIfMissing: true }),
      pod("c"),
    ],
    fits,
  ),
  limited(
    ["T-181", "a driver without a CSIDriver is not required"],
    ["R-LIM-9"],
    [csiNode("nodeA"), ...disks("c"), pod("c")],
    fits,
  ),
  limited(
    ["T-181", "in 1.35 with the gate on a CSIDriver does not have to say anything"],
    ["R-GATE-2"],
    [csiNode("nodeA"), ...disks("c"), csiDriver(DRIVER, { preventPodSchedulingIfMissing: false }), pod("c")],
    { infeasible: { nodeA: withoutDriver(DRIVER) } },
    { options: { filters: ["NodeVolumeLimits"], kubernetes: "1.35", gates: { VolumeLimitScaling: true } } },
  ),
  limited(
    ["T-181", "nor is one whose CSIDriver says false"],
    ["R-LIM-9"],
    [csiNode("nodeA"), ...disks("c"), csiDriver(DRIVER, { preventPodSchedulingIfMissing: false }), pod("c")],
    fits,
  ),
  limited(
    ["T-182", "a claim whose volume is missing counts by its class"],
    ["R-LIM-4"],
    [limits("nodeA", { [DRIVER]: 0 }), waiting, claim("c", { class: "waiting", boundTo: "gone" }), pod("c")],
    full,
  ),
  limited(
    ["T-183", "a claim that only names its volume has that volume's handle"],
    ["R-LIM-4"],
    [
      oneOf,
      claim("c", { volumeName: "pv-c" }),
      csiVolume("pv-c", "c"),
      claim("d", { boundTo: "pv-c" }),
      on("nodeA", "one", "d"),
      pod("c"),
    ],
    fits,
  ),
  limited(
    ["T-184", "a class that nothing provisions is a driver without a limit"],
    ["R-LIM-5"],
    [
      limits("nodeA", { [DRIVER]: 0 }),
      storageClass("none", { provisioner: NO_PROVISIONER }),
      claim("c", { class: "none" }),
      pod("c"),
    ],
    fits,
  ),
  limited(
    ["T-277", "of two attached volumes the pod's own is one too many"],
    ["R-LIM-15"],
    [twoOf, ...disks("c", "d"), attachment("a", "nodeA", "pv-c"), attachment("b", "nodeA", "pv-d"), pod("c")],
    full,
  ),
  limited(
    ["T-277", "where it alone is attached the two are allowed"],
    ["R-LIM-15"],
    [twoOf, ...disks("c", "d"), attachment("a", "nodeA", "pv-c"), pod("c")],
    fits,
  ),
  limited(["T-281", "a missing ephemeral claim rejects the pod"], ["R-LIM-3"], [oneOf, pod(ephemeral)], {
    infeasible: {
      nodeA: by("NodeVolumeLimits", 'looking up PVC default/pod-vol: persistentvolumeclaim "pod-vol" not found'),
    },
  }),
  limited(
    ["T-281", "an ephemeral claim of another pod ends the cycle"],
    ["R-LIM-3"],
    [oneOf, claim("pod-vol", { class: "waiting" }), pod(ephemeral)],
    limitError("PVC default/pod-vol was not created for pod default/pod (pod is not owner)"),
  ),
  limited(
    ["T-281", "one of its own counts by its class"],
    ["R-LIM-5"],
    [
      limits("nodeA", { [DRIVER]: 0 }),
      waiting,
      claim("pod-vol", { class: "waiting", owners: [owner] }),
      pod(ephemeral),
    ],
    full,
  ),
];
