// Arguments of plugins: an affinity near the nodes of a cluster, resources that its pods ask for, a shape.

import type { Expression, NodeSelectorTerm } from "../evaluator/kinds.js";
import type { Point } from "../evaluator/settings.js";
import { SLOTS, ZONE } from "./nodes.js";
import type { Random } from "./random.js";
import type { Json, KubeObject } from "./world.js";

/** As in a profile of a KubeSchedulerConfiguration. */
export type PluginConfigs = { name: "NodeAffinity" | "NodeResourcesFit" | "VolumeBinding"; args: Json }[];

/** Valid ones, for those of the plugins that run; `scores`: whether VolumeBinding takes a shape. */
export function pluginConfigOf(
  random: Random,
  objects: readonly KubeObject[],
  filters: readonly string[],
  scores: boolean,
): PluginConfigs {
  const configs: PluginConfigs = [];
  if (filters.includes("NodeAffinity") && random.chance(0.8)) {
    configs.push({ name: "NodeAffinity", args: { addedAffinity: addedAffinity(random, objects) } });
  }
  if (filters.includes("NodeResourcesFit") && random.chance(0.8)) {
    configs.push({ name: "NodeResourcesFit", args: ignored(random, objects) });
  }
  if (filters.includes("VolumeBinding") && scores && random.chance(0.6)) {
    configs.push({ name: "VolumeBinding", args: { shape: shape(random) } });
  }
  return random.shuffle(configs);
}

function addedAffinity(random: Random, objects: readonly KubeObject[]): Json {
  if (random.chance(0.05)) return random.pick([null, {}, { requiredDuringSchedulingIgnoredDuringExecution: null }]);
  const nodes = objects.filter(({ kind }) => kind === "Node");
  const terms = Array.from({ length: random.weighted([[1, 0] as const, [60, 1], [25, 2], [5, 3]]) }, () =>
    random.chance(0.03) ? {} : term(random, nodes),
  );
  return { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: terms } };
}

function term(random: Random, nodes: readonly KubeObject[]): NodeSelectorTerm {
  const expressions = Array.from({ length: random.weighted([[10, 0] as const, [70, 1], [20, 2]]) }, () =>
    requirement(random, nodes),
  );
  const fields = random.chance(expressions.length === 0 ? 1 : 0.08) ? [field(random, nodes)] : [];
  return {
    ...(expressions.length > 0 && { matchExpressions: expressions }),
    ...(fields.length > 0 && { matchFields: fields }),
  };
}

function requirement(random: Random, nodes: readonly KubeObject[]): Expression {
  const labels: Json = nodes.length === 0 ? {} : (random.pick(nodes).metadata.labels ?? {});
  const key = random.pick([ZONE, ZONE, "disk", SLOTS, ...Object.keys(labels)].filter(isKey));
  const values = [...new Set(nodes.flatMap(({ metadata }) => metadata.labels?.[key] ?? []))].filter(isValue);
  const some = values.length === 0 ? ["a"] : random.some(values, 1, 3);
  return random.branch<Expression>([
    [60, () => ({ key, operator: "In", values: some })],
    [20, () => ({ key, operator: "NotIn", values: some.slice(0, 1) })],
    [8, () => ({ key, operator: "Exists" })],
    [4, () => ({ key, operator: "DoesNotExist" })],
    [4, () => ({ key: SLOTS, operator: random.pick(["Gt", "Lt"]), values: [random.pick(["0", "3", "4", "007"])] })],
  ]);
}

function field(random: Random, nodes: readonly KubeObject[]): Expression {
  const name = nodes.length === 0 ? "nowhere" : random.pick(nodes).metadata.name;
  const key = random.chance(0.9) ? "metadata.name" : "metadata.namespace";
  return { key, operator: random.pick(["In", "NotIn", "NotIn"]), values: [name] };
}

const isKey = (text: string): boolean => /^([a-z0-9]([-a-z0-9.]*[a-z0-9])?\/)?[A-Za-z0-9]+$/.test(text);
const isValue = (text: unknown): text is string => typeof text === "string" && /^([A-Za-z0-9]{1,60})?$/.test(text);

/** Of names that are asked for; those that cannot be ignored too. */
function ignored(random: Random, objects: readonly KubeObject[]): Json {
  const asked = objects.flatMap(({ kind, spec }) =>
    kind !== "Pod" ? [] : (spec?.containers ?? []).flatMap((c: Json) => Object.keys(c?.resources?.requests ?? {})),
  );
  const names = [...new Set<string>([...asked, "example.com/gpu"])];
  const valid = names.filter((name) =>
    /^([a-z0-9]+(\.[a-z0-9]+)*\/)?[A-Za-z0-9][-A-Za-z0-9]{0,60}[A-Za-z0-9]$/.test(name),
  );
  const groups = valid.flatMap((name) => (name.includes("/") ? [name.slice(0, name.indexOf("/"))] : []));
  return {
    ...(random.chance(0.7) && { ignoredResources: random.some(valid, 1, 3) }),
    ...(random.chance(0.4) && { ignoredResourceGroups: random.some([...new Set(groups), "example.org"], 1, 2) }),
  };
}

function shape(random: Random): Point[] {
  if (random.chance(0.05)) return [];
  const utilizations = random.some([0, 10, 25, 50, 75, 99, 100], 1, 4).sort((a, b) => a - b);
  return utilizations.map((utilization) => ({ utilization, score: random.int(0, 10) }));
}
