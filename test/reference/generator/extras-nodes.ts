// What other plugins than the volume ones read: taints, cordons, node affinity of pods, resources. Off by default.

import { homeOf } from "./nodes.js";
import { matchField, nodeSelectorNear } from "./selectors.js";
import type { Json, KubeObject, World } from "./world.js";

const TAINT_KEYS = ["dedicated", "ebs.csi.aws.com/agent-not-ready", "node-role.kubernetes.io/control-plane"];
const EFFECTS = ["NoSchedule", "NoExecute", "PreferNoSchedule", ""];
const GPU = "example.com/gpu";

export function addNodeExtras(world: World): void {
  const { random, knobs } = world;
  for (const node of world.ofKind("Node")) {
    if (random.chance(knobs.taints)) node.spec.taints = [taint(world), ...(random.chance(0.3) ? [taint(world)] : [])];
    if (random.chance(knobs.unschedulable)) node.spec.unschedulable = true;
    if (knobs.resources > 0) node.status.allocatable = allocatable(world);
  }
  for (const pod of world.ofKind("Pod")) {
    if (knobs.taints + knobs.unschedulable > 0 && random.chance(0.3)) pod.spec.tolerations = [toleration(world)];
    if (random.chance(knobs.podAffinity)) addAffinity(world, pod);
    if (random.chance(knobs.resources)) addRequests(world, pod);
  }
}

function taint(world: World): Json {
  const { random } = world;
  return { key: random.pick(TAINT_KEYS), value: random.pick(["", "db", "10"]), effect: random.pick(EFFECTS) };
}

function toleration(world: World): Json {
  const { random } = world;
  return random.pick<Json>([
    { operator: "Exists" },
    { key: random.pick(TAINT_KEYS), operator: "Exists" },
    { key: random.pick(TAINT_KEYS), operator: "Equal", value: "db", effect: random.pick(EFFECTS) },
    { key: random.pick(TAINT_KEYS), value: "10" },
    { key: "node.kubernetes.io/unschedulable", operator: "Exists", effect: "NoSchedule" },
    { key: "", operator: "Equal", value: "db" },
    { key: random.pick(TAINT_KEYS), operator: random.pick(["exists", "Gt", "Lt"]), value: "5" },
    { key: random.pick(TAINT_KEYS), operator: "Exists", effect: "NoExecute", tolerationSeconds: 0 },
  ]);
}

function addAffinity(world: World, pod: KubeObject): void {
  const { random } = world;
  const home = homeOf(world);
  const required = nodeSelectorNear(world, home);
  const pinned = { nodeSelectorTerms: [{ matchFields: [matchField(world, home)] }] };
  const odd = random.pick<Json>([{}, { nodeSelectorTerms: [] }, { nodeSelectorTerms: [{}] }, pinned, pinned, pinned]);
  const key = random.pick(Object.keys(home.labels));
  if (random.chance(0.4)) pod.spec.nodeSelector = key ? { [key]: home.labels[key] } : {};
  else {
    const chosen = random.chance(0.3) ? odd : required;
    pod.spec.affinity = { nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: chosen } };
  }
}

function allocatable(world: World): Json {
  const { random } = world;
  return {
    cpu: random.pick(["1", "2", "4", "1500m", "0.5"]),
    memory: random.pick(["1Gi", "4Gi", "8G", "512Mi"]),
    "ephemeral-storage": random.pick(["10Gi", "100Gi"]),
    ...(random.chance(0.93) ? { pods: random.pick(["110", "1", "2", 3]) } : {}),
    // One scalar name only: several failing ones come in random order upstream (R-NOD-35).
    ...(random.chance(0.3) ? { [GPU]: random.pick(["1", "2"]) } : {}),
  };
}

function addRequests(world: World, pod: KubeObject): void {
  const { random } = world;
  const container = (name: string, more: Json = {}) => ({
    name,
    image: "example.com/app:1",
    resources: { requests: requests(world) },
    ...more,
  });
  pod.spec.containers = [container("main"), ...(random.chance(0.3) ? [container("side")] : [])];
  if (random.chance(0.3)) {
    const restartPolicy = random.pick<Json>([{}, { restartPolicy: "Always" }]);
    pod.spec.initContainers = [container("first"), container("second", restartPolicy)];
  }
  if (random.chance(0.1)) pod.spec.overhead = { cpu: "250m", memory: "64Mi" };
  if (random.chance(0.1)) pod.spec.resources = { requests: random.pick<Json>([{ cpu: "1" }, { memory: "1Gi" }]) };
}

function requests(world: World): Json {
  const { random } = world;
  return {
    ...(random.chance(0.8) ? { cpu: random.pick(["100m", "500m", "1", "2", "100u", "0"]) } : {}),
    ...(random.chance(0.7) ? { memory: random.pick(["128Mi", "1Gi", "0.5", "2G"]) } : {}),
    ...(random.chance(0.1) ? { "ephemeral-storage": random.pick(["1Gi", "50Gi"]) } : {}),
    ...(random.chance(0.07) ? { [GPU]: "1" } : {}),
  };
}
