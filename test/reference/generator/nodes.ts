// Nodes and their labels: the topology that everything else refers to.

import type { GeneratedNode, Labels, World } from "./world.js";

export const ZONE = "topology.kubernetes.io/zone";
export const REGION = "topology.kubernetes.io/region";
export const ZONE_BETA = "failure-domain.beta.kubernetes.io/zone";
export const REGION_BETA = "failure-domain.beta.kubernetes.io/region";
export const HOSTNAME = "kubernetes.io/hostname";
export const RACK = "topology.example.com/rack";
export const SLOTS = "example.com/slots";
export const EMPTY = "example.com/empty";
export const EBS_ZONE = "topology.ebs.csi.aws.com/zone";
export const GKE_ZONE = "topology.gke.io/zone";

const ZONE_SETS = [
  ["a", "b", "c"],
  ["eu-west-1a", "eu-west-1b", "EU-WEST-1A"],
  ["us-west1-a", "us-west1-b", "us-west1-c", "us-west1-d"],
  ["1", "2"],
];
const SLOT_VALUES = ["0", "1", "3", "4", "5", "007", "100", "9223372036854775807", "9223372036854775808", "-5", "+5"];
const RAW_VALUES = ["é", "zone b", "日本", "\u{1f600}", "a__b", "-a", `${"x".repeat(64)}`, "\u200b", "A\u0301"];
const NAME_SETS: readonly ((index: number) => string)[] = [
  (index) => `node-${index}`,
  (index) => `worker-${index}`,
  (index) => `ip-10-0-${index >> 4}-${index & 15}.ec2.internal`,
];
/** Byte order and UTF-16 order differ between the last two. */
const UNUSUAL_PREFIXES = ["n", "nœud", "节点", "\uff5an", "\u{1f600}"];

export function addNodes(world: World): void {
  const { random, knobs } = world;
  const count =
    knobs.nodes ?? (random.chance(knobs.noNodes) ? 0 : random.chance(0.4) ? random.int(1, 12) : random.int(3, 7));
  const zones = random.some(random.pick(ZONE_SETS), 2, 4);
  const racks = ["r1", "r2", "r3"].slice(0, random.int(1, 3));
  const unusual = random.chance(knobs.unusualNames);
  const nameOf = random.pick(NAME_SETS);
  const withBeta = random.chance(0.4);
  for (let index = 0; index < count; index++) {
    const name = unusual ? `${random.pick(UNUSUAL_PREFIXES)}-${index}` : nameOf(index);
    world.nodes.push({ name: world.decorated(name), labels: labelsFor(world, name, zones, racks, withBeta) });
  }
}

export function addNodeObjects(world: World): void {
  for (const { name, labels } of world.nodes) {
    world.add("v1", "Node", { name, labels }, { spec: {}, status: {} });
  }
}

export function homeOf(world: World): GeneratedNode {
  return world.nodes.length > 0 ? world.random.pick(world.nodes) : { name: "nowhere", labels: { [ZONE]: "a" } };
}

function labelsFor(world: World, name: string, zones: string[], racks: string[], withBeta: boolean): Labels {
  const { random, knobs } = world;
  const zone = random.pick(zones);
  const labels: Labels = {};
  const set = (share: number, key: string, value: string) => {
    if (random.chance(share)) labels[key] = random.chance(knobs.rawLabels) ? random.pick(RAW_VALUES) : value;
  };
  set(0.95, ZONE, zone);
  set(0.7, REGION, `region-${(zones.indexOf(zone) % 2) + 1}`);
  set(0.95, HOSTNAME, random.chance(0.95) ? name : `host-of-${name}`);
  set(0.9, RACK, random.pick(racks));
  set(0.7, "disk", random.pick(["ssd", "hdd", "nvme"]));
  set(0.7, SLOTS, random.pick(SLOT_VALUES));
  set(0.2, EMPTY, "");
  set(withBeta ? 0.8 : 0.05, ZONE_BETA, zone);
  set(withBeta ? 0.5 : 0.05, REGION_BETA, `region-${(zones.indexOf(zone) % 2) + 1}`);
  set(0.5, EBS_ZONE, zone);
  set(0.3, GKE_ZONE, zone);
  return labels;
}
