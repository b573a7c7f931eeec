// Selectors of generated objects: node affinity of volumes, selectors of claims, topology of capacity and classes.

import type { Expression, LabelSelector, NodeSelector, NodeSelectorTerm, TopologyTerm } from "../evaluator/kinds.js";
import { EMPTY, HOSTNAME, RACK, REGION, ZONE } from "./nodes.js";
import type { Weighted } from "./random.js";
import {
  BAD_KEYS,
  BAD_VALUES,
  invalidLabelRequirement,
  invalidNodeRequirement,
  LONG,
  requirementNear,
} from "./requirements.js";
import type { GeneratedNode, Json, World } from "./world.js";

/** The nodeAffinity field of a volume, as an object to spread; {} where it is absent. */
export function nodeAffinityNear(world: World, home: GeneratedNode): Json {
  const { random, knobs } = world;
  if (random.chance(0.08)) return {};
  if (random.chance(knobs.emptyTerms)) {
    return random.weighted<Json>([
      [2, { nodeAffinity: {} }],
      [1, { nodeAffinity: null }],
      [1, { nodeAffinity: { required: null } }],
      [1, { nodeAffinity: { required: {} } }],
      [1, { nodeAffinity: { required: { nodeSelectorTerms: null } } }],
      [1, { nodeAffinity: { required: { nodeSelectorTerms: [] } } }],
      [2, { nodeAffinity: { required: { nodeSelectorTerms: [{}] } } }],
      [1, { nodeAffinity: { required: { nodeSelectorTerms: [null, { matchExpressions: [], matchFields: null }] } } }],
    ]);
  }
  return { nodeAffinity: { required: nodeSelectorNear(world, home) } };
}

export function nodeSelectorNear(world: World, home: GeneratedNode): NodeSelector {
  const { random } = world;
  const more = 100 * world.knobs.moreTerms;
  const count = random.weighted([
    [100 - more, 1],
    [0.8 * more, 2],
    [0.2 * more, 3],
  ]);
  const terms: NodeSelectorTerm[] = [];
  for (let index = 0; index < count; index++) terms.push(termNear(world, home));
  if (random.chance(0.03)) terms.splice(random.int(0, terms.length), 0, {});
  return { nodeSelectorTerms: terms };
}

/** The selector of a claim over the labels of volumes. */
export function claimSelector(world: World): LabelSelector {
  const { random } = world;
  return random.branch<LabelSelector>([
    [4, () => ({ matchLabels: { disk: random.pick(["ssd", "hdd"]) } })],
    [3, () => ({ matchExpressions: [volumeRequirement(world)] })],
    [1, () => ({ matchLabels: { disk: "ssd" }, matchExpressions: [volumeRequirement(world)] })],
    [1, () => ({ matchExpressions: [volumeRequirement(world), volumeRequirement(world)] })],
    [1, () => random.pick([{}, { matchLabels: {} }, { matchLabels: null, matchExpressions: [] }])],
  ]);
}

/** Requirements that are wrong in ways of their own, and some in as many ways as there are. */
const TELLING: Weighted<(key: string) => Expression> = [
  [13, (key) => ({ key, operator: "Gt", values: ["1"] })],
  [14, (key) => ({ key: `${key}/b/c`, operator: "In", values: [LONG] })],
  [13, () => ({ key: `${"a".repeat(254)}B/${LONG}-`, operator: "NotIn", values: [] })],
  [14, () => ({ key: "/", operator: "Exists", values: [`-${LONG}`] })],
  [3, (key) => ({ key, operator: "In" })],
  [3, (key) => ({ key, operator: "DoesNotExist", values: ["x"] })],
];

/** At most one bad matchLabels entry: which of several is reported is random upstream (R-ND-4). */
export function invalidClaimSelector(world: World): LabelSelector {
  const { random } = world;
  const key = random.pick(["disk", "tier"]);
  const bad = () => invalidLabelRequirement(world, key);
  return random.branch<LabelSelector>([
    [1, () => ({ matchExpressions: [bad()] })],
    [26, () => ({ matchExpressions: [random.weighted(TELLING)(key)] })],
    [2, () => ({ matchExpressions: [volumeRequirement(world), bad(), bad()] })],
    [2, () => ({ matchLabels: { disk: "ssd", [random.pick(BAD_KEYS)]: "x" } })],
    [2, () => ({ matchLabels: { disk: random.pick(BAD_VALUES) }, matchExpressions: [bad()] })],
    [1, () => ({ matchLabels: { [random.pick(BAD_KEYS)]: random.pick(BAD_VALUES) } })],
  ]);
}

/** The nodeTopology of a capacity object for one value of a segment. */
export function nodeTopology(world: World, key: string, value: string, home: GeneratedNode): Json {
  const { random, knobs } = world;
  if (random.chance(knobs.capacityOddities / 2)) {
    return random.branch<Json>([
      [2, () => ({})],
      [1, () => ({ nodeTopology: null })],
      [2, () => ({ nodeTopology: {} })],
      [1, () => ({ nodeTopology: { matchLabels: {}, matchExpressions: [] } })],
      [3, () => ({ nodeTopology: { matchExpressions: [requirementNear(world, home, false)] } })],
      [3, () => ({ nodeTopology: { matchExpressions: [invalidLabelRequirement(world, key)] } })],
      [1, () => ({ nodeTopology: { matchLabels: { [random.pick(BAD_KEYS)]: "x" } } })],
      [1, () => ({ nodeTopology: { matchLabels: { [key]: random.pick(BAD_VALUES) } } })],
      [1, () => ({ nodeTopology: { matchLabels: { [EMPTY]: null } } })],
    ]);
  }
  return random.branch<Json>([
    [4, () => ({ nodeTopology: { matchLabels: { [key]: value } } })],
    [2, () => ({ nodeTopology: { matchExpressions: [{ key, operator: "In", values: [value] }] } })],
    [0.5, () => ({ nodeTopology: { matchExpressions: [{ key, operator: "NotIn", values: [value] }] } })],
    [
      0.7,
      () => ({
        nodeTopology: { matchLabels: { [key]: value }, matchExpressions: [requirementNear(world, home, false)] },
      }),
    ],
  ]);
}

/** The allowedTopologies of a class, as an object to spread. */
export function allowedTopologies(world: World, home: GeneratedNode): Json {
  const { random } = world;
  if (random.chance(0.45)) return random.pick<Json>([{}, {}, { allowedTopologies: null }, { allowedTopologies: [] }]);
  const terms: (TopologyTerm | null)[] = [];
  const count = random.int(1, 3) === 3 ? 2 : 1;
  for (let index = 0; index < count; index++) terms.push(topologyTerm(world, home));
  if (random.chance(0.05)) terms.push(random.pick([{}, null, { matchLabelExpressions: [] }]));
  return { allowedTopologies: random.shuffle(terms) };
}

function topologyTerm(world: World, home: GeneratedNode): TopologyTerm {
  const { random, knobs } = world;
  const expressions: Expression[] = [];
  for (let index = 0; index < (random.chance(0.25) ? 2 : 1); index++) {
    let expression = requirementNear(world, home, false);
    while (expression.operator !== "In") expression = requirementNear(world, home, false);
    expressions.push(expression);
  }
  if (random.chance(0.05)) expressions.push({ ...expressions[0], values: ["a", "b", "elsewhere"] });
  if (random.chance(knobs.invalidRequirements)) expressions.push(invalidLabelRequirement(world, ZONE));
  return { matchLabelExpressions: expressions.map(({ key, values }) => ({ key: key ?? "", values: values ?? null })) };
}

function termNear(world: World, home: GeneratedNode): NodeSelectorTerm {
  const { random, knobs } = world;
  const expressions = [requirementNear(world, home, true)];
  if (random.chance(knobs.moreRequirements)) expressions.push(requirementNear(world, home, true));
  if (random.chance(knobs.invalidRequirements)) {
    expressions.splice(random.int(0, expressions.length), 0, invalidNodeRequirement(world));
  }
  if (!random.chance(knobs.matchFields)) return { matchExpressions: expressions };
  const field = matchField(world, home);
  return random.chance(0.4) ? { matchFields: [field] } : { matchExpressions: expressions, matchFields: [field] };
}

/** Valid ones hold on every node for a volume; bad ones spoil the term. */
export function matchField(world: World, home: GeneratedNode): Expression {
  const { random } = world;
  const key = "metadata.name";
  return random.pick<Expression>([
    { key, operator: "In", values: [home.name] },
    { key, operator: "In", values: ["gone"] },
    { key, operator: "NotIn", values: [home.name] },
    { key: "metadata.namespace", operator: "In", values: [""] },
    { key: "not a key", operator: "In", values: ["not a value é"] },
    { key, operator: "In", values: [home.name, "other"] },
    { key, operator: "In", values: [] },
    { key, operator: "NotIn" },
    { key, operator: "Exists" },
    { key, operator: "Exists", values: [home.name] },
    { key, operator: "in", values: [home.name] },
    { key, operator: "Gt", values: ["1"] },
  ]);
}

function volumeRequirement(world: World): Expression {
  const { random } = world;
  return random.pick<Expression>([
    { key: "disk", operator: "In", values: ["ssd"] },
    { key: "disk", operator: "In", values: ["ssd", "hdd"] },
    { key: "disk", operator: "NotIn", values: ["hdd"] },
    { key: "disk", operator: "Exists" },
    { key: "tier", operator: "DoesNotExist" },
    { key: "tier", operator: "In", values: ["gold", ""] },
    { key: "tier", operator: "NotIn", values: ["silver"] },
  ]);
}

export const SEGMENT_KEYS = [ZONE, ZONE, HOSTNAME, HOSTNAME, RACK, REGION] as const;
