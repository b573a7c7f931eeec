// 20.7, NodeResourcesFit: what nodes have and what they lack.

import { podOf } from "../build.js";
import type { ConformanceCase } from "../case.js";
import { asking, container, FIT, needs, nodeWith, running, short, spec, tooSmall } from "../resources.js";

const TOO_MANY = "Too many pods";
const CPU = "Insufficient cpu";
const MEMORY = "Insufficient memory";
const GPU = "example.com/gpu";
const NO_GPU = `Insufficient ${GPU}`;
/** With `requests.` in front it is longer than a domain may be. */
const LONG = `${"x".repeat(61)}.${"y".repeat(183)}/z`;
const busy = spec({ cpu: "1", memory: "1Gi", [GPU]: "1" });

export const cases: readonly ConformanceCase[] = [
  {
    id: "T-333",
    title: "what is left fits exactly, a thousandth more does not, and more than all can never fit",
    rules: ["R-NOD-34", "R-NOD-37", "R-NOD-31"],
    options: FIT,
    objects: [
      nodeWith("exact", { cpu: "2" }),
      running("other", "exact", spec({ cpu: "500m" })),
      nodeWith("full", { cpu: "2" }),
      running("another", "full", spec({ cpu: "501m" })),
      nodeWith("small", { cpu: "1499m" }),
      asking({ cpu: "1500m" }),
    ],
    expect: { feasible: ["exact"], infeasible: { full: short(CPU), small: tooSmall(CPU) } },
  },
  {
    id: "T-333",
    title: "in 1.33 a node that is too small says no more than a full one",
    rules: ["R-NOD-37"],
    options: { ...FIT, kubernetes: "1.33" },
    objects: [nodeWith("small", { cpu: "1" }), asking({ cpu: "1001m" })],
    expect: { infeasible: { small: short(CPU) } },
  },
  {
    id: "T-333",
    title: "capacity is not looked at, and what allocatable lacks is nothing",
    rules: ["R-NOD-31"],
    options: FIT,
    objects: [
      { ...nodeWith("n1", {}), status: { capacity: { cpu: "9", pods: "9" }, allocatable: { pods: "9" } } },
      asking({ cpu: "1m" }),
    ],
    expect: { infeasible: { n1: tooSmall(CPU) } },
  },
  {
    id: "T-334",
    title: "the number of pods counts those that are deleted, and not those that have ended",
    rules: ["R-NOD-32", "R-NOD-4"],
    options: FIT,
    objects: [
      nodeWith("ended", { pods: "1" }),
      running("succeeded", "ended", {}, { phase: "Succeeded" }),
      running("failed", "ended", {}, { phase: "Failed" }),
      nodeWith("leaving", { pods: "1" }),
      {
        ...running("deleting", "leaving", {}),
        metadata: { name: "deleting", namespace: "default", deletionTimestamp: "2026-01-01T00:00:00Z" },
      },
      nodeWith("missing", { pods: null }),
      nodeWith("none", { pods: "0" }),
      podOf({}),
    ],
    expect: {
      feasible: ["ended"],
      infeasible: { leaving: short(TOO_MANY), missing: short(TOO_MANY), none: short(TOO_MANY) },
    },
  },
  {
    id: "T-334",
    title: "a pod of a node that is not there counts nowhere until the node comes",
    rules: ["R-NOD-4"],
    options: FIT,
    objects: [nodeWith("here", { pods: "1" }), running("early", "later", {}), podOf({})],
    updates: [nodeWith("later", { pods: "1" })],
    expect: { feasible: ["here"], infeasible: { later: short(TOO_MANY) } },
  },
  {
    id: "T-334",
    title: "a pod that is on a node is taken off it when it is asked about",
    rules: ["R-NOD-4"],
    options: FIT,
    objects: [
      nodeWith("n1", { cpu: "1", pods: "1" }),
      nodeWith("n2", { cpu: "1", pods: "1" }),
      running("pod", "n1", spec({ cpu: "1" })),
      running("other", "n2", spec({ cpu: "1" })),
    ],
    expect: { feasible: ["n1"], infeasible: { n2: short(TOO_MANY, CPU) } },
  },
  {
    id: "T-335",
    title: "all that is short is told, in one order, and one that can never fit decides the code",
    rules: ["R-NOD-32", "R-NOD-34", "R-NOD-37"],
    options: FIT,
    objects: [
      nodeWith("n1", { cpu: "2", memory: "2Gi", pods: "1", "ephemeral-storage": "0" }),
      running("one", "n1", busy),
      nodeWith("n2", { cpu: "2", memory: "1Gi", pods: "1", "ephemeral-storage": "9" }),
      running("two", "n2", busy),
      asking({ memory: "1025Mi", cpu: "1001m", "ephemeral-storage": "9" }),
    ],
    expect: {
      infeasible: {
        n1: tooSmall(TOO_MANY, CPU, MEMORY, "Insufficient ephemeral-storage"),
        n2: tooSmall(TOO_MANY, CPU, MEMORY),
      },
      message:
        "0/2 nodes are available: 1 Insufficient ephemeral-storage, 2 Insufficient cpu, 2 Insufficient memory, " +
        "2 Too many pods.",
    },
  },
  {
    id: "T-336",
    title: "a pod without requests fits a node that holds too much",
    rules: ["R-NOD-33"],
    options: FIT,
    objects: [nodeWith("n1", { cpu: "1" }), running("one", "n1", spec({ cpu: "2" })), asking({ cpu: "0" })],
    expect: { feasible: ["n1"] },
  },
  {
    id: "T-336",
    title: "what a pod does not ask for is not told",
    rules: ["R-NOD-34"],
    options: FIT,
    objects: [
      nodeWith("n1", { cpu: "1", memory: "2Gi" }),
      running("one", "n1", spec({ cpu: "2", memory: "1Gi" })),
      nodeWith("n2", { cpu: "1", memory: "1Gi" }),
      running("two", "n2", spec({ cpu: "2", memory: "1Gi" })),
      asking({ memory: "1Gi" }),
    ],
    expect: { feasible: ["n1"], infeasible: { n2: short(MEMORY) } },
  },
  {
    id: "T-342",
    title: "an extended resource may be missing, in use or not asked for",
    rules: ["R-NOD-35", "R-NOD-37"],
    options: FIT,
    objects: [
      nodeWith("all", { [GPU]: "2" }),
      nodeWith("missing", {}),
      nodeWith("used", { [GPU]: "2" }),
      running("one", "used", spec({ [GPU]: "1" })),
      asking({ [GPU]: "2" }),
    ],
    expect: { feasible: ["all"], infeasible: { missing: tooSmall(NO_GPU), used: short(NO_GPU) } },
  },
  {
    id: "T-342",
    title: "a request of nothing needs no node that has the resource",
    rules: ["R-NOD-35"],
    options: FIT,
    objects: [nodeWith("n1", {}), asking({ [GPU]: "0", "example.com/nic": "-1" })],
    expect: { feasible: ["n1"] },
  },
  {
    id: "T-342",
    title: "a negative request never fails, on no node",
    rules: ["R-NOD-34", "R-NOD-35"],
    options: FIT,
    objects: [
      nodeWith("n1", { cpu: "1" }),
      running("one", "n1", spec({ cpu: "5", [GPU]: "5" })),
      asking({ cpu: "-1", [GPU]: "-1" }),
    ],
    expect: { feasible: ["n1"] },
  },
  {
    id: "T-342",
    title: "nor does it in 1.36, which raises it to nothing before it compares",
    rules: ["R-NOD-35"],
    options: { ...FIT, kubernetes: "1.36" },
    objects: [
      nodeWith("n1", { cpu: "1" }),
      running("one", "n1", spec({ cpu: "5", [GPU]: "5" })),
      asking({ cpu: "-1", [GPU]: "-1" }),
    ],
    expect: { feasible: ["n1"] },
  },
  {
    id: "T-343",
    title: "hugepages- and attachable-volumes- need nothing behind the dash",
    rules: ["R-NOD-29"],
    options: FIT,
    objects: [
      nodeWith("n1", { "hugepages-2Mi": "2Mi", "attachable-volumes-": "1" }),
      nodeWith("n2", { "hugepages-2Mi": "4Mi", "hugepages-": "1" }),
      nodeWith("n3", { "hugepages-2Mi": "4Mi", "hugepages-": "1", "attachable-volumes-": "1" }),
      asking({ "hugepages-2Mi": "4Mi", "hugepages-": "1", "attachable-volumes-": "1" }),
    ],
    expect: {
      feasible: ["n3"],
      infeasible: {
        n1: tooSmall("Insufficient hugepages-", "Insufficient hugepages-2Mi"),
        n2: tooSmall("Insufficient attachable-volumes-"),
      },
    },
  },
  ...["hugepages", "foo", "storage", "pods", "requests.example.com/gpu", "Example.com/gpu", "a/b/c", LONG].map(
    (name): ConformanceCase => ({
      id: "T-343",
      title: `no account is kept of ${name}`,
      rules: ["R-NOD-29"],
      options: FIT,
      objects: [nodeWith("n1", {}), asking({ [name]: "1000" })],
      expect: { feasible: ["n1"] },
    }),
  ),
  needs("T-343", "a name that holds kubernetes.io/ is scalar", ["R-NOD-29"], spec({ "x.kubernetes.io/Y Z": "2" }), {
    "x.kubernetes.io/Y Z": 2,
  }),
  needs(
    "T-343",
    "the name of an extended resource may have 244 characters before the slash",
    ["R-NOD-29"],
    spec({ [`${"x".repeat(60)}.${"y".repeat(183)}/z`]: "2" }),
    { [`${"x".repeat(60)}.${"y".repeat(183)}/z`]: 2 },
  ),
  {
    id: "T-345",
    title: "scalar resources that are short are told by name",
    rules: ["R-NOD-35"],
    options: FIT,
    objects: [
      nodeWith("n1", { "example.com/a": "1" }),
      nodeWith("n2", { "example.com/b": "9", "example.com/a": "2" }),
      asking({ "example.com/b": "1", "hugepages-1Gi": "1", "example.com/a": "2" }),
    ],
    expect: {
      infeasible: {
        n1: tooSmall("Insufficient example.com/a", "Insufficient example.com/b", "Insufficient hugepages-1Gi"),
        n2: tooSmall("Insufficient hugepages-1Gi"),
      },
      message:
        "0/2 nodes are available: 1 Insufficient example.com/a, 1 Insufficient example.com/b, " +
        "2 Insufficient hugepages-1Gi.",
    },
  },
  {
    id: "T-347",
    title: "limits ask for nothing, of the candidate and of others",
    rules: ["R-NOD-24"],
    options: FIT,
    objects: [
      nodeWith("n1", { cpu: "1" }),
      running("one", "n1", { containers: [{ name: "c", resources: { limits: { cpu: "1" } } }] }),
      podOf({
        containers: [container("c", { cpu: "1" }, { resources: { requests: { cpu: "1" }, limits: { cpu: "9" } } })],
      }),
    ],
    expect: { feasible: ["n1"] },
  },
];
