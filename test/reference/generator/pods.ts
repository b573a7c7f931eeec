// Pods: mostly pending ones whose claims lie near one node, some already placed or ended.

import { addBoundClaim, addClaim, addDelayedClaim, type DelayedKind, type Owner, wantedFrom } from "./claims.js";
import { faultyVolume } from "./faults.js";
import { homeOf } from "./nodes.js";
import { addVolume } from "./volumes.js";
import type { GeneratedNode, Json, World } from "./world.js";

/** So that no cluster gives more than about 2,000 verdicts. */
const MOST_VERDICTS = 2000;

export function addPods(world: World): void {
  const { random, knobs, nodes } = world;
  const most = Math.max(1, Math.floor(MOST_VERDICTS / Math.max(1, nodes.length)));
  const count = knobs.pods ?? Math.min(random.int(3, 10), most);
  for (let index = 0; index < count; index++) {
    if (random.chance(knobs.placedPods)) addPlacedPod(world);
    else addPendingPod(world);
  }
}

function addPendingPod(world: World): void {
  const { random, knobs } = world;
  const pod = newPod(world);
  const home = homeOf(world);
  const volumes = podVolumes(world, pod, home);
  if (volumes.length > 0 && random.chance(knobs.podFaults)) {
    volumes.splice(random.int(0, volumes.length), 0, faultyVolume(world, pod));
  }
  if (random.chance(0.15)) volumes.splice(random.int(0, volumes.length), 0, irrelevantVolume(world));
  const phase = random.pick<Json>([{}, { status: {} }, { status: { phase: "Pending" } }]);
  addPodObject(world, pod, { volumes, ...(random.chance(0.05) ? { schedulerName: "other" } : {}) }, phase);
}

function addPlacedPod(world: World): void {
  const { random } = world;
  const pod = newPod(world);
  const home = homeOf(world);
  const { volume } = addBoundClaim(world, pod, home);
  const running = { status: { phase: "Running" } };
  const deletionTimestamp = "2026-11-01T10:00:00Z";
  random.branch<unknown>([
    [5, () => addPodObject(world, pod, { nodeName: home.name, volumes: [volume] }, running)],
    [1, () => addPodObject(world, pod, { nodeName: "gone-node", volumes: [volume] }, running)],
    [1, () => addPodObject(world, pod, { nodeName: home.name, volumes: [volume] }, { status: { phase: "Succeeded" } })],
    [
      1,
      () =>
        addPodObject(world, pod, { volumes: [volume] }, { status: { phase: random.pick(["Succeeded", "Failed"]) } }),
    ],
    [1, () => addPodObject(world, { ...pod, deletionTimestamp }, { volumes: [volume] }, {})],
  ]);
}

function podVolumes(world: World, pod: Owner, home: GeneratedNode): Json[] {
  const { random, knobs } = world;
  if (random.chance(knobs.podsWithoutClaims)) {
    return random.pick<Json>([null, [], [irrelevantVolume(world), irrelevantVolume(world)]]) ?? [];
  }
  if (random.chance(knobs.manyClaims)) return manyClaims(world, pod, home);
  const several = random.weighted([
    [42, 1],
    [32, 2],
    [16, 3],
    [7, 4],
    [2, 5],
    [1, 6],
  ]);
  const count = random.chance(knobs.singleClaims) ? 1 : several;
  const volumes: Json[] = [];
  // Claims of one pod often come from one class and compete for the same volumes.
  const same = random.chance(0.3) ? claimKind(world) : undefined;
  for (let index = 0; index < count; index++) volumes.push(claimVolume(world, pod, home, same ?? claimKind(world)));
  if (random.chance(knobs.claimTwice)) {
    const again = random.pick(volumes);
    if (again.persistentVolumeClaim) volumes.push({ ...again, name: world.nextName("again") });
  }
  return volumes;
}

function claimKind(world: World): DelayedKind | "bound" {
  const { bound, fixed, provisioned, limited } = world.knobs.claimKinds;
  return world.random.weighted<DelayedKind | "bound">([
    [bound, "bound"],
    [fixed, "fixed"],
    [provisioned, "provisioned"],
    [limited, "limited"],
  ]);
}

function claimVolume(world: World, pod: Owner, home: GeneratedNode, kind: DelayedKind | "bound"): Json {
  const shared = world.random.chance(0.06) ? claimInUse(world, pod.namespace) : undefined;
  if (shared) return { name: world.nextName("v"), persistentVolumeClaim: { claimName: shared } };
  return (kind === "bound" ? addBoundClaim(world, pod, home) : addDelayedClaim(world, pod, home, kind)).volume;
}

/** A claim of another pod in the same namespace that more pods may use. */
function claimInUse(world: World, namespace: string): string | undefined {
  const used = world
    .ofKind("Pod")
    .filter(({ metadata, spec }) => metadata.namespace === namespace && spec.volumes?.length < 8)
    .flatMap(({ spec }) => spec.volumes as Json[])
    .flatMap(({ persistentVolumeClaim }) => persistentVolumeClaim?.claimName ?? [])
    .filter((name) =>
      world.objects.some(({ kind, metadata }) => kind === "PersistentVolumeClaim" && metadata.name === name),
    );
  return used.length > 0 ? world.random.pick(used) : undefined;
}

/** More than 12 claims: Go sorts them by size with an algorithm that moves equal ones (R-MAT-1). */
function manyClaims(world: World, pod: Owner, home: GeneratedNode): Json[] {
  const { random, classes } = world;
  const kinds = [random.pick(classes.provisioned), random.pick(classes.fixed)];
  const count = random.branch([
    [9, () => random.int(13, 19)],
    [1, () => random.int(50, 70)],
  ]);
  // All equal, a few sizes, all different; most exist as volumes, so that the order decides who gets which.
  const sizes = random.pick([1, 2, 3, 4, 6, count]);
  const existing = random.pick([0.15, 0.8, 1]);
  const volumes: Json[] = [];
  for (let index = 0; index < count; index++) {
    const wanted = wantedFrom(world, kinds[Number(random.chance(existing))]);
    wanted.bytes = BigInt(random.int(1, sizes)) << 30n;
    volumes.push(addClaim(world, pod, wanted).volume);
    if (random.chance(existing)) addVolume(world, home, wanted);
  }
  return random.shuffle(volumes);
}

export function newPod(world: World): Owner {
  const { random, namespaces } = world;
  const name = world.nextName(random.pick(["web", "db", "job"]));
  return { namespace: random.chance(0.75) ? "default" : random.pick(namespaces), name, uid: world.uid() };
}

export function addPodObject(world: World, metadata: Json, spec: Json, fields: Json): void {
  const containers = [{ name: "main", image: "example.com/app:1" }];
  world.add("v1", "Pod", { labels: { app: metadata.name }, ...metadata }, { spec: { ...spec, containers }, ...fields });
}

function irrelevantVolume(world: World): Json {
  const name = world.nextName("other");
  return world.random.pick<Json>([
    { name, emptyDir: {} },
    { name, configMap: { name: "settings" } },
    { name, csi: { driver: "secrets.example.com" } },
    { name, persistentVolumeClaim: null, emptyDir: {} },
    { name },
  ]);
}
