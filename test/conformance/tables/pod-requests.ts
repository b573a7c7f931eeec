// 20.7, NodeResourcesFit: what pods ask for, and what they use where they run.

import type { ConformanceCase } from "../case.js";
import { asking, container, FIT, needs, nodeWith, running, short, spec, uses } from "../resources.js";

const always = { restartPolicy: "Always" };
const cpu = (name: string, amount: string, more: object = {}) => container(name, { cpu: amount }, more);
const one = spec({ cpu: "1" });
const resized = (entry: object) => ({ containerStatuses: [{ name: "c0", ...entry }] });
const pending = (...reasons: string[]) => ({
  conditions: reasons.map((reason) => ({ type: "PodResizePending", status: "True", reason })),
});
const wholePod = { resources: { requests: { cpu: "2" } } };
const OLD = { kubernetes: "1.36" };
const NO_RESIZE = { gates: { InPlacePodLevelResourcesVerticalScaling: false } };
const NO_POD_LEVEL = { gates: { InPlacePodLevelResourcesVerticalScaling: false, PodLevelResources: false } };
const initOf = (...initContainers: object[]) => ({ containers: [cpu("main", "1")], initContainers });

export const cases: readonly ConformanceCase[] = [
  needs(
    "T-337",
    "init containers run one after another, before the others",
    ["R-NOD-25", "R-NOD-26"],
    {
      containers: [container("a", { cpu: "2", memory: "1G" }), container("b", { cpu: "1", memory: "1G" })],
      initContainers: [container("c", { cpu: "2", memory: "1G" }), container("d", { cpu: "2", memory: "3G" })],
    },
    { cpu: 3000, memory: 3_000_000_000 },
  ),
  needs(
    "T-338",
    "a sidecar adds to later init containers only",
    ["R-NOD-25", "R-NOD-26"],
    initOf(cpu("i1", "1", always), cpu("i2", "3"), cpu("i3", "2", always)),
    { cpu: 4000 },
  ),
  needs(
    "T-338",
    "sidecars after an init container run beside the containers",
    ["R-NOD-25", "R-NOD-26"],
    initOf(cpu("i1", "3"), cpu("i2", "1", always), cpu("i3", "2", always)),
    { cpu: 4000 },
  ),
  needs(
    "T-338",
    "an init container runs beside all sidecars before it",
    ["R-NOD-25", "R-NOD-26"],
    initOf(cpu("i1", "2", always), cpu("i2", "1", always), cpu("i3", "3")),
    { cpu: 6000 },
  ),
  needs(
    "T-339",
    "overhead counts, also of a resource that no container names",
    ["R-NOD-28"],
    { ...one, overhead: { cpu: "250m", "example.com/x": "1" } },
    { cpu: 1250, "example.com/x": 1 },
  ),
  uses("T-339", "overhead of a pod on a node", { ...one, overhead: { cpu: "250m" } }, {}, { cpu: 1250 }),
  needs(
    "T-340",
    "what is said about the whole pod replaces the sum, and gets the overhead on top",
    ["R-NOD-27", "R-NOD-28"],
    { ...spec({ cpu: "1" }, { cpu: "2" }), ...wholePod, overhead: { cpu: "1" } },
    { cpu: 3000 },
  ),
  needs(
    "T-340",
    "memory of the whole pod leaves cpu to the containers",
    ["R-NOD-27"],
    { ...spec({ cpu: "1", memory: "7" }, { cpu: "2" }), resources: { requests: { memory: "5" } } },
    { cpu: 3000, memory: 5 },
  ),
  needs(
    "T-340",
    "an extended resource of the whole pod is ignored, hugepages are not",
    ["R-NOD-27"],
    {
      ...spec({ "example.com/x": "3", "hugepages-2Mi": "4" }),
      resources: { requests: { "example.com/x": "1", "hugepages-2Mi": "8" } },
    },
    { "example.com/x": 3, "hugepages-2Mi": 8 },
  ),
  needs(
    "T-340",
    "without the gate the containers count",
    ["R-NOD-27", "R-GATE-24"],
    { ...spec({ cpu: "1" }, { cpu: "2" }), ...wholePod },
    { cpu: 3000 },
    NO_POD_LEVEL,
  ),
  needs(
    "T-340",
    "limits of the whole pod say nothing",
    ["R-NOD-27", "R-NOD-24"],
    { ...one, resources: { limits: { cpu: "9" } } },
    { cpu: 1000 },
  ),
  needs(
    "T-341",
    "containers are added up before anything is rounded",
    ["R-NOD-28", "R-QTY-11"],
    spec({ cpu: "100u", memory: "0.5" }, { cpu: "100u", memory: "0.5" }, { cpu: "100u" }),
    { cpu: 1, memory: 1 },
  ),
  {
    id: "T-341",
    title: "pods on the node are rounded one by one",
    rules: ["R-NOD-30", "R-QTY-11"],
    options: FIT,
    objects: [
      nodeWith("n1", { cpu: "3m" }),
      nodeWith("n2", { cpu: "4m" }),
      ...["n1", "n2"].flatMap((name) =>
        ["a", "b", "c"].map((pod) => running(`${name}-${pod}`, name, spec({ cpu: "100u" }))),
      ),
      asking({ cpu: "1m" }),
    ],
    expect: { feasible: ["n2"], infeasible: { n1: short("Insufficient cpu") } },
  },
  {
    id: "T-341",
    title: "a request that overflows to zero fits everywhere",
    rules: ["R-NOD-39", "R-QTY-6"],
    options: FIT,
    objects: [nodeWith("n1", {}), asking({ memory: "10E" })],
    expect: { feasible: ["n1"] },
  },
  {
    id: "T-341",
    title: "what the pods of a node use together wraps around",
    rules: ["R-NOD-39"],
    options: FIT,
    objects: [
      nodeWith("n1", { memory: "5" }),
      running("a", "n1", spec({ memory: "8Ei" })),
      running("b", "n1", spec({ memory: "8Ei" })),
      asking({ memory: "7" }),
    ],
    // Twice 2^63 - 1 is -2: there are seven left of five, more than the node has.
    expect: { feasible: ["n1"] },
  },
  uses(
    "T-346",
    "the greatest of spec and reported states",
    one,
    resized({ resources: { requests: { cpu: "2" } }, allocatedResources: { cpu: "1" } }),
    { cpu: 2000 },
  ),
  uses(
    "T-346",
    "what is allocated counts without a report of what is used",
    one,
    resized({ allocatedResources: { cpu: "3" } }),
    { cpu: 3000 },
  ),
  uses("T-346", "up to 1.36 it does not", one, resized({ allocatedResources: { cpu: "3" } }), { cpu: 1000 }, OLD),
  uses(
    "T-346",
    "up to 1.36 it does beside a report",
    one,
    resized({ allocatedResources: { cpu: "3" }, resources: {} }),
    { cpu: 3000 },
    OLD,
  ),
  uses(
    "T-346",
    "a spec that is greater than both",
    spec({ cpu: "3" }),
    resized({ resources: { requests: { cpu: "2" } }, allocatedResources: { cpu: "1" } }),
    { cpu: 3000 },
  ),
  ...[{}, OLD].map((options) =>
    uses(
      "T-346",
      `a resize that cannot be leaves the spec out${options === OLD ? ", in 1.36 too" : ""}`,
      spec({ cpu: "5" }),
      {
        ...pending("Infeasible"),
        ...resized({ resources: { requests: { cpu: "2" } }, allocatedResources: { cpu: "1" } }),
      },
      { cpu: 2000 },
      options,
    ),
  ),
  uses("T-346", "a resize that cannot be, without a status", spec({ cpu: "5", memory: "1" }), pending("Infeasible"), {
    cpu: 0,
  }),
  uses(
    "T-346",
    "up to 1.36 the spec counts then",
    spec({ cpu: "5", memory: "1" }),
    pending("Infeasible"),
    { cpu: 5000 },
    OLD,
  ),
  uses("T-346", "an empty list of what is allocated", one, resized({ allocatedResources: {} }), { cpu: 1000 }),
  uses(
    "T-346",
    "an ordinary init container has states too",
    initOf(cpu("i1", "1")),
    { initContainerStatuses: [{ name: "i1", allocatedResources: { cpu: "3" } }] },
    { cpu: 3000 },
  ),
  uses("T-346", "the first condition decides", spec({ cpu: "5" }), pending("Deferred", "Infeasible"), { cpu: 5000 }),
  ...[{}, NO_RESIZE].map((options) =>
    uses(
      "T-346",
      `what is reported of the whole pod ${options === NO_RESIZE ? "is not looked at without the gate" : "replaces the states of its containers"}`,
      one,
      { allocatedResources: { cpu: "4" }, resources: { requests: { cpu: "2" } } },
      { cpu: options === NO_RESIZE ? 1000 : 4000 },
      options,
    ),
  ),
  uses(
    "T-346",
    "of a whole pod that is resized the greatest state replaces the sum",
    { ...spec({ cpu: "1", memory: "3" }), ...wholePod },
    { allocatedResources: { cpu: "1", memory: "9" }, resources: { requests: { cpu: "3" } } },
    { cpu: 3000, memory: 9 },
  ),
  uses(
    "T-346",
    "up to 1.36 for the names of its spec alone, where nothing reported is nothing",
    { ...spec({ cpu: "1", memory: "3" }), ...wholePod },
    { ...pending("Infeasible"), allocatedResources: { memory: "9" }, resources: { requests: {} } },
    { cpu: 0, memory: 3 },
    OLD,
  ),
  uses(
    "T-346",
    "where the resize cannot be, what is reported is all",
    { ...spec({ cpu: "1" }), ...wholePod },
    { ...pending("Infeasible"), allocatedResources: { cpu: "1" }, resources: { requests: { cpu: "500m" } } },
    { cpu: 1000 },
  ),
];
