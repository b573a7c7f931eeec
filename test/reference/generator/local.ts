// Local volumes: many of them, several a node, and pods whose claims look for them.

import { addBoundClaim, addClaim, addDelayedClaim, type Owner, wantedFrom } from "./claims.js";
import { HOSTNAME, homeOf, RACK, ZONE } from "./nodes.js";
import { addPodObject, newPod } from "./pods.js";
import { claimSelector } from "./selectors.js";
import { addVolume, claimRefTo, type Wanted } from "./volumes.js";
import type { GeneratedNode, Json, World } from "./world.js";

/**
 * What a cluster may cost the scheduler: it looks at every volume of the class for each claim on each node, and needs
 * about 1.4 us for it.
 */
const MOST_STEPS = 400_000;
const MOST_PODS = 14;
const MOST_VERDICTS = 1500;
const MODES = ["ReadWriteOnce", "ReadOnlyMany", "ReadWriteMany"];

/** In GiB. */
const DISKS = [1, 2, 2, 4, 4, 8, 10, 16];
const REQUESTS = [1, 2, 4, 4, 8, 10, 12, 16, 16];

/** What claims and volumes have in common: few of them, so that many volumes suit a claim. */
interface Sort {
  readonly wanted: Wanted;
  readonly labels: Json;
}

export function addLocalCluster(world: World): void {
  const { random, classes, nodes } = world;
  const sorts = Array.from({ length: random.int(1, 3) }, () => sortOf(world));
  const each = nodes.length > 130 ? random.pick([2, 2, 4]) : random.pick([2, 2, 2, 3, 5]);
  const taken = random.pick([0.05, 0.2, 0.4, 0.6]);
  for (const node of nodes) {
    if (random.chance(0.1)) continue;
    for (let index = random.int(1, each * 2 - 1); index > 0; index--) {
      addLocalVolume(world, node, random.pick(sorts), taken);
    }
  }
  // A few that many nodes reach, so that columns hold both.
  if (random.chance(0.5))
    for (let index = random.int(1, 6); index > 0; index--) addWideVolume(world, random.pick(sorts));
  const ofClass = new Map<string, number>();
  for (const { spec } of world.ofKind("PersistentVolume")) {
    ofClass.set(spec.storageClassName, (ofClass.get(spec.storageClassName) ?? 0) + 1);
  }
  let steps = 0;
  const most = Math.min(MOST_PODS, Math.max(2, Math.floor(MOST_VERDICTS / Math.max(1, nodes.length))));
  for (let index = 0; index < most; index++) {
    const chosen = podSorts(world, sorts);
    steps += chosen.reduce((sum, { wanted }) => sum + (ofClass.get(wanted.className) ?? 0), 0) * nodes.length;
    if (steps > MOST_STEPS && index > 0) break;
    addLocalPod(world, chosen);
  }
  // Bound and provisioned claims too, and volumes that are taken.
  if (classes.limited.length > 0 && random.chance(0.6)) addMixedPod(world, random.pick(sorts));
}

function sortOf(world: World): Sort {
  const { random, classes } = world;
  const wanted = wantedFrom(world, random.pick(random.chance(0.9) ? classes.fixed : classes.provisioned));
  wanted.accessModes = random.weighted([
    [6, ["ReadWriteOnce"]],
    [1, ["ReadOnlyMany"]],
    [1, []],
  ]);
  return { wanted, labels: { disk: random.pick(["ssd", "hdd"]), tier: random.pick(["gold", "silver"]) } };
}

function addLocalVolume(world: World, node: GeneratedNode, { labels, wanted }: Sort, taken: number): void {
  const { random } = world;
  const values = [node.labels[HOSTNAME] ?? node.name];
  const expression = { key: HOSTNAME, operator: "In", values };
  const term = random.weighted<Json>([
    [12, { matchExpressions: [expression] }],
    [2, { matchFields: [{ key: "metadata.name", operator: "In", values: [node.name] }] }],
    [1, { matchExpressions: [expression, { key: ZONE, operator: "Exists" }] }],
  ]);
  const claimRef = random.chance(taken) ? { namespace: "default", name: "held", uid: "held-uid" } : undefined;
  const volume = addVolume(world, node, withSize(world, wanted, DISKS), {
    nodeAffinity: { required: { nodeSelectorTerms: [term] } },
    local: { path: `/mnt/${world.nextName("disk")}` },
    ...(claimRef ? { claimRef, status: { phase: "Bound" } } : {}),
  });
  volume.metadata.labels = labels;
  volume.spec.accessModes = random.chance(0.2) ? random.some(MODES, 1, 3) : ["ReadWriteOnce", "ReadOnlyMany"];
  delete volume.spec.csi;
}

function addWideVolume(world: World, { wanted }: Sort): void {
  const { random } = world;
  const home = homeOf(world);
  const key = random.pick([ZONE, RACK]);
  const terms = home.labels[key] === undefined ? [] : [home.labels[key]];
  addVolume(world, home, withSize(world, wanted, DISKS), {
    nodeAffinity: { required: { nodeSelectorTerms: [{ matchExpressions: [{ key, operator: "In", values: terms }] }] } },
  });
}

function withSize({ random }: World, wanted: Wanted, sizes: readonly number[]): Wanted {
  return { ...wanted, bytes: BigInt(random.pick(sizes)) << 30n };
}

/** One to six claims: of one sort, or of several that compete where their class and modes agree. */
function podSorts(world: World, sorts: readonly Sort[]): Sort[] {
  const { random } = world;
  const count = random.weighted([
    [2, 1],
    [10, 2],
    [5, 3],
    [2, 4],
    [1, 5],
    [1, 6],
  ]);
  const same = random.pick(sorts);
  const mixed = random.chance(0.25);
  return Array.from({ length: count }, () => (mixed ? random.pick(sorts) : same));
}

function addLocalPod(world: World, sorts: readonly Sort[]): void {
  const { random } = world;
  const pod = newPod(world);
  const home = homeOf(world);
  // Equal shapes, or claims of one class that ask for other modes or labels and so compete.
  const shapes = random.weighted<"equal" | "competing">([
    [3, "equal"],
    [7, "competing"],
  ]);
  const equalSizes = random.chance(0.3) ? withSize(world, sorts[0].wanted, REQUESTS).bytes : undefined;
  const volumes = sorts.map(({ wanted }, index) => {
    const bytes = equalSizes ?? withSize(world, wanted, REQUESTS).bytes;
    const accessModes = shapes === "competing" && index % 2 === 1 ? ["ReadOnlyMany"] : wanted.accessModes;
    const selector = shapes === "competing" && random.chance(0.3) ? { selector: claimSelector(world) } : {};
    const { claim, volume } = addClaim(world, pod, { ...wanted, bytes, accessModes }, { spec: selector });
    if (random.chance(0.04)) {
      const claimRef = claimRefTo(claim, random.pick([undefined, claim.metadata.uid]));
      const reserved = addVolume(world, home, wanted, { claimRef, status: { phase: "Available" } });
      reserved.spec.nodeAffinity = { required: { nodeSelectorTerms: [hostTerm(random.pick(world.nodes))] } };
    }
    return volume;
  });
  if (random.chance(0.06)) volumes.push({ ...random.pick(volumes), name: world.nextName("again") });
  if (random.chance(0.4)) volumes.push(addBoundClaim(world, pod, home).volume);
  addPodObject(world, pod, { volumes }, {});
}

function hostTerm({ labels, name }: GeneratedNode): Json {
  return { matchExpressions: [{ key: HOSTNAME, operator: "In", values: [labels[HOSTNAME] ?? name] }] };
}

function addMixedPod(world: World, { wanted }: Sort): void {
  const { random } = world;
  const pod: Owner = newPod(world);
  const home = homeOf(world);
  const volumes = [
    addClaim(world, pod, withSize(world, wanted, REQUESTS)).volume,
    addDelayedClaim(world, pod, home, random.pick(["limited", "provisioned"])).volume,
    ...(random.chance(0.5) ? [addBoundClaim(world, pod, home).volume] : []),
  ];
  addPodObject(world, pod, { volumes }, {});
}
