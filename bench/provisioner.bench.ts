// The topology that the provisioner asks a driver for, once it knows the nodes, and the pass over them after a change.

import type { CSINodeLike, NodeLike, TopologyMatcher } from "../lib/index.js";
import { createMatcherSync } from "../lib/index.js";
import type { Provisioner } from "../lib/provisioner.js";
import { createProvisioner } from "../lib/provisioner.js";
import { nodeLabels, nodeName } from "./fleet/nodes.js";
import type { Bench } from "./lib/bench.js";
import { clock } from "./lib/bench.js";
import type { BenchResult } from "./lib/result.js";
import { reported } from "./lib/result.js";
import { median } from "./lib/rounds.js";

const NODES = 5_000;
const QUESTIONS = 200;
const MOST_US = 50;
/** Twice the nodes take twice as long, and more where caches overflow; four times would not be linear. */
const MOST_GROWTH = 3;
const DRIVERS = {
  zones: { driver: "zonal.csi.example.com", keys: ["topology.kubernetes.io/zone"] },
  hosts: { driver: "local.csi.example.com", keys: ["kubernetes.io/hostname"] },
} as const;
type Keys = keyof typeof DRIVERS;

function clusterOf(nodes: number): TopologyMatcher {
  const matcher = createMatcherSync();
  matcher.nodes.replace(Array.from({ length: nodes }, (_, i) => node(i)));
  const drivers = Object.values(DRIVERS).map(({ driver, keys }) => ({ name: driver, topologyKeys: keys }));
  const csiNode = (i: number): CSINodeLike => ({ metadata: { name: nodeName(i) }, spec: { drivers } });
  matcher.csiNodes.replace(Array.from({ length: nodes }, (_, i) => csiNode(i)));
  for (const [name, { driver }] of Object.entries(DRIVERS)) {
    matcher.storageClasses.upsert({ metadata: { name }, provisioner: driver, volumeBindingMode: "Immediate" });
    const resources = { requests: { storage: "1Gi" } };
    matcher.persistentVolumeClaims.upsert({
      metadata: { name, uid: name },
      spec: { storageClassName: name, resources },
    });
  }
  return matcher;
}

const node = (i: number): NodeLike => ({ metadata: { name: nodeName(i), labels: nodeLabels(i) } });

let sink = 0;

function ask(provisioner: Provisioner, keys: Keys, chosen: string): void {
  const { accessibilityRequirements, refusal } = provisioner.provisioning(`default/${keys}`, { node: chosen });
  if (accessibilityRequirements === undefined) throw new Error(refusal?.reason);
  sink += accessibilityRequirements.preferred.length;
}

/** Microseconds a question. */
function warm(provisioner: Provisioner, keys: Keys, isDelayed: boolean, rounds: number): number {
  const times = Array.from({ length: rounds }, (_, round) =>
    clock(() => {
      for (let i = 0; i < QUESTIONS; i++)
        ask(provisioner, keys, isDelayed ? nodeName((round * QUESTIONS + i) % NODES) : "");
    }),
  );
  return median(times) / QUESTIONS / 1000;
}

/** Microseconds of the first question after a node has changed. */
function afterChange(nodes: number, rounds: number): number {
  const matcher = clusterOf(nodes);
  const provisioner = createProvisioner(matcher);
  ask(provisioner, "zones", "");
  const times = Array.from({ length: rounds }, (_, i) => {
    matcher.nodes.upsert(node(i));
    return clock(() => ask(provisioner, "zones", ""));
  });
  return median(times) / 1000;
}

const most = (id: string, what: string, value: number, unit: string, limit: number): BenchResult => ({
  ...reported(id, what, value, unit),
  target: `<= ${limit} ${unit}`,
  met: value <= limit,
});

export const bench: Bench = ({ quick }) => {
  const rounds = quick ? 9 : 31;
  const provisioner = createProvisioner(clusterOf(NODES));
  const rows: BenchResult[] = [];
  for (const keys of Object.keys(DRIVERS) as Keys[]) {
    for (const isDelayed of [true, false]) {
      ask(provisioner, keys, isDelayed ? nodeName(0) : "");
      const id = `provisioner-${keys}-${isDelayed ? "node" : "immediate"}`;
      const what = `a claim's topology by ${keys}, ${isDelayed ? "a node selected" : "immediate"}, ${NODES} nodes, warm`;
      rows.push(most(id, what, warm(provisioner, keys, isDelayed, rounds), "us", MOST_US));
    }
  }
  const [first, twice] = [afterChange(NODES, rounds), afterChange(2 * NODES, rounds)];
  rows.push(reported("provisioner-change", `the first question after a node has changed, ${NODES} nodes`, first, "us"));
  rows.push(most("provisioner-linear", `the same at ${2 * NODES} nodes, times that`, twice / first, "x", MOST_GROWTH));
  return sink > 0 ? rows : [];
};
