// What NodeResourcesFit reads: allocatable of nodes; requests of pods, their overhead, and the statuses of a resize.

import type { Random } from "./random.js";
import type { Json, KubeObject, World } from "./world.js";

const GPU = "example.com/gpu";
const SCALARS = [GPU, "hugepages-2Mi", "example.com/nic", "attachable-volumes-x", "a.kubernetes.io/b", "hugepages-"];
/** No account is kept of these. */
const IGNORED = [
  "pods",
  "storage",
  "foo",
  "hugepages",
  "requests.example.com/x",
  "Example.com/x",
  `${"x".repeat(245)}/y`,
];
/** Sums of these need care: parts of a unit, more than an integer holds, both forms of a quantity. */
const ODD_AMOUNTS = [
  ...["0", "-1", "-0.5", "100u", "1n", "1e-7", "0.0001", "1500u", "0.1", "1.1Ki", "-1.1Ki", "1e3", "1k", null, 3],
  ...["10E", "9E", "9300000000G", "9300000000000M", "8Ei", "9223372036854775807", "9223372036854775808", "-9Ei"],
  ...["100000000000000000000", "-9300P", "9300P", "5E", "4Ei", "-5E"],
];

export function addResourceExtras(world: World): void {
  const { random, knobs } = world;
  if (knobs.resources === 0) return;
  // In some clusters amounts are such that several pods fill a node, in some they are odd.
  const odd = random.chance(0.25) ? 0.15 : 0.01;
  for (const node of world.ofKind("Node")) {
    if (random.chance(0.02)) node.status = random.pick([null, {}, { allocatable: null }]);
    else node.status.allocatable = allocatable(random, odd);
  }
  for (const pod of world.ofKind("Pod")) if (random.chance(knobs.resources)) addRequests(random, pod, odd);
}

function allocatable(random: Random, odd: number): Json {
  return {
    ...(random.chance(0.97) ? { cpu: amount(random, ["1", "2", "4", "1500m", "0.5"], odd) } : {}),
    ...(random.chance(0.97) ? { memory: amount(random, ["1Gi", "4Gi", "8G", "512Mi"], odd) } : {}),
    ...(random.chance(0.9) ? { "ephemeral-storage": amount(random, ["10Gi", "100Gi"], odd) } : {}),
    ...(random.chance(0.95) ? { pods: amount(random, ["110", "1", "2", 3, "250"], odd / 3) } : {}),
    ...scalars(random, odd, 0.35, ["1", "2", "4"]),
  };
}

/** In the order of the containers: requests, sidecars, overhead, requests of the whole pod, and statuses. */
function addRequests(random: Random, pod: KubeObject, odd: number): void {
  const container = (name: string, more: Json = {}) => ({
    name,
    image: "example.com/app:1",
    ...random.pick<Json>([{}, ...Array.from({ length: 9 }, () => ({ resources: resources(random, odd) }))]),
    ...more,
  });
  const names = random.chance(0.05) ? ["main", "main"] : ["main", "side", "third"];
  pod.spec.containers = names.slice(0, random.int(1, 3)).map((name) => container(name));
  if (random.chance(0.35)) {
    const policies: Json[] = [
      {},
      {},
      { restartPolicy: "Always" },
      { restartPolicy: "always" },
      { restartPolicy: null },
    ];
    pod.spec.initContainers = ["first", "second", "last"]
      .slice(0, random.int(1, 3))
      .map((name) => container(name, random.pick(policies)));
  }
  if (random.chance(0.12)) pod.spec.overhead = requests(random, odd);
  if (random.chance(0.2)) pod.spec.resources = random.pick<Json>([resources(random, odd), podLevel(random, odd)]);
  if (pod.spec.nodeName && random.chance(0.5)) addStatuses(random, pod, odd);
}

function podLevel(random: Random, odd: number): Json {
  const limits = { cpu: "4", memory: "8Gi" };
  return random.pick<Json>([
    { requests: { cpu: amount(random, ["1", "2"], odd) } },
    { requests: { memory: amount(random, ["1Gi", "2Gi"], odd) }, limits },
    { requests: { "hugepages-2Mi": "2" } },
    { requests: { [GPU]: "1" } },
    { requests: {}, limits },
    { requests: null },
    { limits },
  ]);
}

/** What the kubelet reports of a pod that was, or is being, resized. */
function addStatuses(random: Random, pod: KubeObject, odd: number): void {
  pod.status ??= {};
  const entry = ({ name }: Json): Json => ({
    name,
    ...random.pick<Json>([{}, { allocatedResources: requests(random, odd) }, { allocatedResources: {} }]),
    ...random.pick<Json>([{}, { resources: resources(random, odd) }, { resources: resources(random, odd) }]),
  });
  const entries = (containers: Json[]) => containers.flatMap((item) => (random.chance(0.8) ? [entry(item)] : []));
  pod.status.containerStatuses = entries(pod.spec.containers);
  if (random.chance(0.1)) pod.status.containerStatuses.push(entry(random.pick(pod.spec.containers)));
  if (pod.spec.initContainers) pod.status.initContainerStatuses = entries(pod.spec.initContainers);
  if (random.chance(0.05)) pod.status.initContainerStatuses = entries([...pod.spec.containers]);
  if (random.chance(0.35)) {
    const condition = (): Json => ({
      type: random.pick(["PodResizePending", "PodResizePending", "PodResizeInProgress", "Ready"]),
      status: random.pick(["True", "False"]),
      reason: random.pick(["Infeasible", "Infeasible", "Deferred", "Error"]),
    });
    pod.status.conditions = Array.from({ length: random.int(1, 2) }, condition);
  }
  if (random.chance(0.35)) pod.status.allocatedResources = random.pick([requests(random, odd), {}]);
  if (random.chance(0.45)) pod.status.resources = random.pick([resources(random, odd), { requests: {} }]);
}

function resources(random: Random, odd: number): Json {
  return random.weighted<Json>([
    [20, { requests: requests(random, odd) }],
    [3, { requests: requests(random, odd), limits: { cpu: "8" } }],
    [1, { limits: { cpu: "1", memory: "1Gi" } }],
    [1, {}],
    [1, { requests: null }],
  ]);
}

function requests(random: Random, odd: number): Json {
  return {
    ...(random.chance(0.8) ? { cpu: amount(random, ["100m", "250m", "500m", "1", "2", "100u", "0"], odd) } : {}),
    ...(random.chance(0.7) ? { memory: amount(random, ["128Mi", "256Mi", "1Gi", "0.5", "2G"], odd) } : {}),
    ...(random.chance(0.12) ? { "ephemeral-storage": amount(random, ["1Gi", "8Gi", "50Gi"], odd) } : {}),
    ...scalars(random, odd, 0.06, ["1", "1", "2", "0"]),
  };
}

function scalars(random: Random, odd: number, share: number, usual: readonly (string | number)[]): Json {
  const names = SCALARS.filter((name) => random.chance(name === GPU ? share : share / 2));
  if (random.chance(0.03)) names.push(random.pick(IGNORED));
  return Object.fromEntries(names.map((name) => [name, amount(random, usual, odd)]));
}

function amount(random: Random, usual: readonly (string | number)[], odd: number): string | number | null {
  return random.chance(odd) ? random.pick(ODD_AMOUNTS) : random.pick(usual);
}
