// A cluster of local volumes, and the naive evaluator's verdicts on a sample of its nodes.

import * as assert from "uvu/assert";
import { createMatcherSync, type EngineName, type Feasibility } from "../../lib/index.js";
import { evaluateCluster } from "../reference/evaluator/evaluate.js";
import { Random } from "../reference/generator/random.js";
import { claim, type KubeObject, node, pod, podOf, selector, volume } from "./build.js";
import { upsertAll } from "./library-judge.js";
import { classes } from "./world.js";

export interface Shape {
  readonly nodes: number;
  readonly sample: number;
  readonly seed: number;
}

export interface LocalVolumes {
  readonly objects: readonly KubeObject[];
  /** The nodes that the naive evaluator was asked about. */
  readonly sample: readonly string[];
  readonly expected: ReturnType<typeof evaluateCluster>["pods"];
}

const HOSTNAME = "kubernetes.io/hostname";

/** Three claims of volumes that are there; two and one to provision; three of which one wants a certain disk. */
const claimsAndPods: readonly KubeObject[] = [
  ...classes,
  claim("small", { size: "2Gi" }),
  claim("middle", { size: "8Gi" }),
  claim("large", { size: "24Gi" }),
  claim("ssd", { size: "4Gi", spec: { selector: selector(["disk", "In", "ssd"]) } }),
  claim("new", { class: "wffc" }),
  named("static", "large", "small", "middle"),
  named("mixed", "new", "large", "small"),
  named("choosy", "middle", "ssd", "small"),
];

function named(name: string, ...claims: string[]): KubeObject {
  return podOf(pod(...claims).spec as object, "default", name);
}

export function localVolumes(shape: Shape): LocalVolumes {
  const random = new Random(shape.seed);
  const homes = Array.from({ length: shape.nodes }, () => random.int(0, shape.nodes - 1));
  const volumes = volumesOn(homes, random);
  const nodes = Array.from(homes, (_, index) => node(`node-${index}`, { [HOSTNAME]: `node-${index}` }));
  const sample = sampleOf(homes, shape);
  const sampled = sample.map((index) => nodes[index]);
  // What a node does not reach is nothing to it, so some of the volumes elsewhere are enough for the naive evaluator.
  const isNear = new Set(sample);
  const near = volumes.filter((_, index) => isNear.has(homes[index]) || index % 20 === 0);
  return {
    objects: [...nodes, ...volumes, ...claimsAndPods],
    sample: sampled.map(({ metadata }) => metadata.name),
    expected: evaluateCluster([...sampled, ...near, ...claimsAndPods], { plans: true }).pods,
  };
}

export function checkLocalVolumes(engine: EngineName, { expected, objects, sample }: LocalVolumes): void {
  const matcher = createMatcherSync({ engine });
  upsertAll(matcher, objects);
  for (const { pod: key, feasible, plans = {} } of expected) {
    assert.ok(feasible.length > 0 && feasible.length < sample.length, `${key} fits some nodes of the sample`);
    const { nodes, plan } = planned(matcher.evaluatePod(key), sample);
    assert.equal(nodes, [...feasible].sort(), key);
    assert.equal(plan, plans, key);
  }
}

function planned(answer: Feasibility, sample: readonly string[]) {
  const nodes = sample.filter((name) => answer.nodes.has(name)).sort();
  return { nodes, plan: Object.fromEntries(nodes.map((name) => [name, answer.plan(name)])) };
}

/** As many volumes as nodes, each on a node drawn by lot: some nodes have none, some have four or more. */
function volumesOn(homes: readonly number[], random: Random): KubeObject[] {
  return homes.map((home, index) =>
    volume(`local-${index}`, {
      size: `${random.int(1, 64)}Gi`,
      terms: [[[HOSTNAME, "In", `node-${home}`]]],
      labels: { disk: random.pick(["ssd", "hdd"]) },
      ...(random.chance(0.05) && { phase: "Released" }),
    }),
  );
}

/** Mostly nodes with several volumes, where claims compete, and some drawn by lot. */
function sampleOf(homes: readonly number[], { nodes, sample, seed }: Shape): number[] {
  const random = new Random(seed + 1);
  const counts = new Uint8Array(nodes);
  for (const home of homes) counts[home]++;
  const crowded = Array.from(counts.keys()).filter((index) => counts[index] >= 3);
  const chosen = new Set(random.shuffle(crowded).slice(0, Math.ceil(sample * 0.75)));
  while (chosen.size < sample) chosen.add(random.int(0, nodes - 1));
  return [...chosen];
}
