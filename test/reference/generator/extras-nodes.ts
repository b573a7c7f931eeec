// What other plugins than the volume ones read: taints, cordons, node affinity of pods. Off by default.

import { homeOf } from "./nodes.js";
import { BAD_KEYS, BAD_VALUES } from "./requirements.js";
import { matchField, nodeSelectorNear } from "./selectors.js";
import type { GeneratedNode, Json, KubeObject, World } from "./world.js";

const TAINT_KEYS = ["dedicated", "ebs.csi.aws.com/agent-not-ready", "node-role.kubernetes.io/control-plane"];
const UNSCHEDULABLE = "node.kubernetes.io/unschedulable";
const EFFECTS = ["NoSchedule", "NoSchedule", "NoExecute", "NoExecute", "PreferNoSchedule", "", "noSchedule"];
/** Numbers as Gt and Lt take them, and as they do not. */
const TAINT_VALUES = ["", "db", "10", "5", "0", "-3", "010", "+5", "-0", "1.5", "9223372036854775807"];
const BOUNDS = ["5", "10", "9", "-4", "0", "", "05", "+5", "9223372036854775808", "-9223372036854775808", "x"];

export function addNodeExtras(world: World): void {
  const { random, knobs } = world;
  for (const node of world.ofKind("Node")) {
    if (random.chance(knobs.taints)) node.spec.taints = several(world, () => taint(world));
    if (random.chance(knobs.unschedulable)) cordon(world, node);
  }
  for (const pod of world.ofKind("Pod")) {
    if (knobs.taints + knobs.unschedulable > 0 && random.chance(0.5)) addTolerations(world, pod);
    if (random.chance(knobs.podAffinity)) addAffinity(world, pod);
  }
}

function several<T>({ random }: World, one: () => T): T[] {
  const count = random.weighted([
    [60, 1],
    [28, 2],
    [10, 3],
    [2, 0],
  ]);
  return Array.from({ length: count }, one);
}

function cordon({ random }: World, node: KubeObject): void {
  node.spec.unschedulable = random.pick([true, true, true, false, null]);
  const taint = { key: UNSCHEDULABLE, effect: "NoSchedule", timeAdded: "2026-01-01T00:00:00Z" };
  if (random.chance(0.5)) node.spec.taints = [...(node.spec.taints ?? []), taint];
}

function taint({ random }: World): Json {
  const fields: Json = { key: random.pick(TAINT_KEYS), effect: random.pick(EFFECTS) };
  return random.chance(0.15) ? fields : { ...fields, value: random.pick(TAINT_VALUES) };
}

function addTolerations(world: World, pod: KubeObject): void {
  pod.spec.tolerations = world.random.chance(0.03) ? null : several(world, () => toleration(world));
}

function toleration({ random }: World): Json {
  const key = random.pick(TAINT_KEYS);
  return random.pick<Json>([
    { operator: "Exists" },
    { key, operator: "Exists" },
    { key, operator: "Exists", value: "db" },
    { key: key.toUpperCase(), operator: "Exists" },
    { key, operator: "Equal", value: "db", effect: random.pick(EFFECTS) },
    { key, value: random.pick(TAINT_VALUES) },
    { key: UNSCHEDULABLE, operator: random.pick(["Exists", "", "Equal"]), effect: "NoSchedule" },
    { key: UNSCHEDULABLE, operator: "Exists", effect: random.pick(["", "NoExecute"]) },
    { key: UNSCHEDULABLE, value: random.pick(["", "true"]) },
    { key: "", operator: "Equal", value: random.pick(TAINT_VALUES) },
    { key, operator: random.pick(["exists", "In", "NotIn"]), value: "5" },
    { key, operator: random.pick(["Gt", "Lt"]), value: random.pick(BOUNDS) },
    { key, operator: random.pick(["Gt", "Lt"]), value: random.pick(BOUNDS), effect: "NoSchedule" },
    { key, operator: "Exists", effect: "NoExecute", tolerationSeconds: random.pick([0, 300]) },
    { effect: random.pick(EFFECTS), operator: "Exists" },
    {},
  ]);
}

function addAffinity(world: World, pod: KubeObject): void {
  const { random } = world;
  const home = homeOf(world);
  const both = random.chance(0.15);
  if (both || random.chance(0.35)) pod.spec.nodeSelector = nodeSelector(world, home);
  else if (random.chance(0.05)) pod.spec.nodeSelector = random.pick([null, {}]);
  if (!both && pod.spec.nodeSelector) return;
  const required = random.chance(0.4)
    ? pinned(world)
    : random.chance(0.85)
      ? nodeSelectorNear(world, home)
      : odd(world);
  pod.spec.affinity = { nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: required } };
  if (random.chance(0.03)) pod.spec.affinity = random.pick([{}, null, { nodeAffinity: {} }, { podAffinity: {} }]);
}

/** One or two labels of a node, or some that no label could be. */
function nodeSelector({ random }: World, home: GeneratedNode): Json {
  const keys = random.some(Object.keys(home.labels), 0, 2);
  const labels = Object.fromEntries(keys.map((key) => [key, home.labels[key]]));
  if (random.chance(0.05)) labels[random.pick(BAD_KEYS)] = "x";
  if (random.chance(0.05)) labels[random.pick(["disk", "missing"])] = random.pick(["elsewhere", ...BAD_VALUES]);
  return labels;
}

function odd({ random }: World): Json {
  return random.pick<Json>([
    null,
    {},
    { nodeSelectorTerms: null },
    { nodeSelectorTerms: [] },
    { nodeSelectorTerms: [{}] },
  ]);
}

/** As DaemonSets ask for their node, and other terms over names. */
function pinned(world: World): Json {
  const { random } = world;
  const name = (): string => (random.chance(0.9) ? homeOf(world).name : "gone");
  const field = (): Json => ({ key: "metadata.name", operator: "In", values: [name()] });
  const fields = (): Json =>
    random.weighted<Json>([
      [50, [field()]],
      [10, [field(), field()]],
      [4, [field(), { ...field(), operator: "NotIn" }]],
      [4, [{ ...field(), values: [name(), name()] }]],
      [3, [{ ...field(), values: random.pick([[], null]) }]],
      [6, [matchField(world, homeOf(world))]],
      [6, [field(), matchField(world, homeOf(world))]],
    ]);
  const term = (): Json => {
    const { nodeSelectorTerms } = nodeSelectorNear(world, homeOf(world));
    if (random.chance(0.08)) return nodeSelectorTerms?.[0] ?? {};
    return {
      matchFields: fields(),
      ...(random.chance(0.15) ? { matchExpressions: nodeSelectorTerms?.[0]?.matchExpressions } : {}),
    };
  };
  return { nodeSelectorTerms: several(world, term) };
}
