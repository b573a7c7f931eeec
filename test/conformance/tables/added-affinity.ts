// 20.7, what NodeAffinity's arguments add to every pod's affinity, and arguments that kube-scheduler does not start with.

import type { PluginConfig } from "../../../lib/index.js";
import { pod, podOf, type Term, termOf } from "../build.js";
import { by, type ConformanceCase, type Expectation } from "../case.js";
import {
  affine,
  CONFLICT,
  CORDONED,
  NARROWED,
  NODE_FILTERS,
  n1,
  n2,
  n3,
  named,
  OK,
  outcome,
  TAINTED,
  three,
  UNMATCHED,
} from "../node-filters.js";

const ENFORCED = by("NodeAffinity", "node(s) didn't match scheduler-enforced node affinity");

type Added = NonNullable<Extract<PluginConfig, { name: "NodeAffinity" }>["args"]>["addedAffinity"];

const adding = (addedAffinity: Added): readonly PluginConfig[] => [{ name: "NodeAffinity", args: { addedAffinity } }];
const requiring = (...terms: readonly Term[]): readonly PluginConfig[] =>
  adding({ requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: terms.map(termOf) } });
const zoneA = requiring([["zone", "In", "a"]]);

/** n1 is in zone a, n2 and n3 are not. */
function enforced(
  title: string,
  rules: readonly string[],
  pluginConfig: readonly PluginConfig[],
  of: object,
  expect: Expectation,
  objects = three,
): ConformanceCase {
  return {
    id: "T-332",
    title,
    rules,
    options: { filters: NODE_FILTERS, pluginConfig },
    objects: [...objects, podOf(of)],
    expect,
  };
}

function refused(title: string, pluginConfig: unknown, text: string): ConformanceCase {
  return {
    id: "T-332",
    title: `refused: ${title}`,
    rules: ["R-NOD-22"],
    options: { pluginConfig: pluginConfig as readonly PluginConfig[] },
    objects: [pod()],
    expect: { refused: { code: "BadOption", text } },
  };
}

const required = "pluginConfig[0].args.addedAffinity.requiredDuringSchedulingIgnoredDuringExecution";
const taints = [{ key: "k", effect: "NoSchedule" }];

export const cases: readonly ConformanceCase[] = [
  enforced(
    "a pod without affinity is not skipped",
    ["R-NOD-22", "R-NOD-14"],
    zoneA,
    {},
    {
      ...outcome({ n1: OK, n2: ENFORCED, n3: ENFORCED }),
    },
  ),
  enforced(
    "what is added comes before the pod's own affinity",
    ["R-NOD-15"],
    zoneA,
    affine([["zone", "In", "elsewhere"]]),
    outcome({ n1: UNMATCHED, n2: ENFORCED, n3: ENFORCED }),
  ),
  enforced(
    "what is added comes before the pod's nodeSelector",
    ["R-NOD-15"],
    zoneA,
    { nodeSelector: { zone: "elsewhere" } },
    {
      ...outcome({ n1: UNMATCHED, n2: ENFORCED, n3: ENFORCED }),
      message:
        "0/3 nodes are available: 1 node(s) didn't match Pod's node affinity/selector, " +
        "2 node(s) didn't match scheduler-enforced node affinity.",
    },
  ),
  enforced(
    "what is added and the pod's own affinity must both hold",
    ["R-NOD-22"],
    requiring([["zone", "In", "a", "b"]]),
    affine([["zone", "In", "b"]]),
    outcome({ n1: UNMATCHED, n2: OK, n3: ENFORCED }),
  ),
  enforced(
    "terms are alternatives, and see the node's name",
    ["R-NOD-22"],
    requiring([["zone", "In", "a"]], named("n3")),
    {},
    {
      ...outcome({ n1: OK, n2: ENFORCED, n3: OK }),
    },
  ),
  enforced(
    "a name in what is added does not narrow",
    ["R-NOD-19"],
    requiring(named("n1")),
    {},
    {
      ...outcome({ n1: OK, n2: ENFORCED, n3: ENFORCED }),
    },
  ),
  enforced(
    "the pod's own name narrows before what is added is looked at",
    ["R-NOD-21"],
    zoneA,
    affine(named("n2")),
    outcome({ n1: NARROWED, n2: ENFORCED, n3: NARROWED }),
  ),
  enforced(
    "terms of the pod that conflict come before what is added",
    ["R-NOD-20"],
    zoneA,
    affine({ fields: [...named("n1").fields, ...named("n2").fields] }),
    { preFilter: CONFLICT },
  ),
  enforced(
    "a taint and a cordon come before what is added",
    ["R-NOD-1"],
    zoneA,
    {},
    outcome({ n1: OK, n2: TAINTED, n3: CORDONED }),
    [n1, { ...n2, spec: { taints } }, { ...n3, spec: { unschedulable: true } }],
  ),
  enforced(
    "no terms match no node",
    ["R-NS-1"],
    requiring(),
    {},
    outcome({ n1: ENFORCED, n2: ENFORCED, n3: ENFORCED }),
  ),
  enforced(
    "an empty term matches no node, and the others count",
    ["R-NS-2"],
    requiring([], [["zone", "In", "b"]]),
    {},
    {
      ...outcome({ n1: ENFORCED, n2: OK, n3: ENFORCED }),
    },
  ),
  enforced("nothing that is required is nothing", ["R-NOD-14"], adding({}), {}, outcome({ n1: OK, n2: OK, n3: OK })),
  enforced(
    "what is preferred turns no node down",
    ["R-NOD-22"],
    adding({
      preferredDuringSchedulingIgnoredDuringExecution: [{ weight: 1, preference: termOf([["zone", "In", "a"]]) }],
    }),
    {},
    outcome({ n1: OK, n2: OK, n3: OK }),
  ),
  {
    id: "T-332",
    title: "a node that moves into the zone, and one that leaves it",
    rules: ["R-NOD-22"],
    options: { filters: NODE_FILTERS, pluginConfig: zoneA },
    objects: [...three, podOf({})],
    updates: [
      { ...n1, metadata: { ...n1.metadata, labels: { zone: "b" } } },
      { ...n2, metadata: { ...n2.metadata, labels: { zone: "a" } } },
    ],
    expect: outcome({ n1: ENFORCED, n2: OK, n3: ENFORCED }),
  },
  refused(
    "a key that is none",
    requiring([["zo ne", "In", "a"]]),
    `${required}.nodeSelectorTerms[0].matchExpressions[0].key must be the key of a label, but is "zo ne"`,
  ),
  refused(
    "a value that is none",
    requiring([["zone", "NotIn", "a", "b c"]]),
    `${required}.nodeSelectorTerms[0].matchExpressions[0].values[1] must be the value of a label, but is "b c"`,
  ),
  refused("no value", requiring([["zone", "In"]]), "matchExpressions[0].values must have a value for In, but is []"),
  refused("a value too many", requiring([["zone", "Exists", "a"]]), 'values must be empty for Exists, but is ["a"]'),
  refused(
    "a bound that is no number",
    requiring([["n", "Gt", "x"]]),
    'values must be one integer for Gt, but is ["x"]',
  ),
  refused(
    "an operator in the wrong case, in a later term",
    requiring([["zone", "In", "a"]], [["zone", "in", "a"]]),
    `${required}.nodeSelectorTerms[1].matchExpressions[0].operator must be one of In, NotIn, Exists, DoesNotExist, Gt, Lt`,
  ),
  refused(
    "two values of a field",
    requiring({ fields: [["metadata.name", "In", "n1", "n2"]] }),
    'matchFields[0].values must have one value for In of a field, but is ["n1","n2"]',
  ),
  refused(
    "an operator that fields do not have",
    requiring({ fields: [["metadata.name", "Exists"]] }),
    "matchFields[0].operator must be one of In, NotIn",
  ),
  refused(
    "a preference that does not parse",
    adding({
      preferredDuringSchedulingIgnoredDuringExecution: [{ weight: 1, preference: termOf([["zone", "Near"]]) }],
    }),
    "preferredDuringSchedulingIgnoredDuringExecution[0].preference.matchExpressions[0].operator must be one of",
  ),
  refused("a field that is unknown", adding({ required: {} } as Added), "args.addedAffinity.required is unknown"),
  refused(
    "a plugin twice",
    [{ name: "NodeAffinity" }, { name: "NodeAffinity", args: {} }],
    "pluginConfig[1].name must be another plugin each time",
  ),
  refused("a plugin that there is not", [{ name: "NodeAfinity" }], "pluginConfig[0].name must be a plugin"),
];
