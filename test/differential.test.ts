// The library against the reference evaluator, which was written apart from it: random clusters, both engines.

import { test } from "uvu";
import * as assert from "uvu/assert";
import type { EngineName, FilterName, MatcherOptions } from "../lib/index.js";
import { evaluateCluster } from "./reference/evaluator/evaluate.js";
import { generateCluster } from "./reference/generator/generate.js";
import type { Knobs } from "./reference/generator/knobs.js";
import type { KubeObject } from "./support/load.js";
import { matcherOf, reportOf } from "./support/load.js";

interface Compared {
  readonly knobs: Partial<Knobs>;
  /** VolumeBinding alone unless given. */
  readonly filters?: readonly FilterName[];
}

interface Family extends Compared {
  readonly name: string;
  readonly seeds: readonly [from: number, to: number];
}

const NODE_FILTERS: readonly FilterName[] = ["NodeName", "NodeUnschedulable", "TaintToleration", "NodeAffinity"];
const LIMITS = ["VolumeRestrictions", "NodeVolumeLimits"] as const;
const LIMIT_KNOBS: Partial<Knobs> = {
  placedPods: 0.5,
  attachLimits: 0.7,
  volumeAttachments: 0.3,
  sharedClaims: 0.5,
  rawDisks: 0.25,
  inTreeVolumes: 0.3,
  attachOddities: 0.3,
};
const NODE_KNOBS: Partial<Knobs> = { taints: 0.4, unschedulable: 0.15, podAffinity: 0.6, matchFields: 0.3 };

const FAMILIES: readonly Family[] = [
  { name: "small clusters of every kind", seeds: [0, 200], knobs: {} },
  {
    name: "equal capacities and several reserved volumes, in canonical order",
    seeds: [200, 280],
    knobs: { ties: true },
  },
  { name: "claims used twice and reserved volumes", seeds: [280, 340], knobs: { claimTwice: 0.4, reserved: 0.5 } },
  {
    name: "selectors that do not parse",
    seeds: [340, 380],
    knobs: { invalidRequirements: 0.3, claimSelectorErrors: 0.2 },
  },
  { name: "exotic quantities", seeds: [380, 420], knobs: { exoticQuantities: 0.8 } },
  { name: "pods of many claims", seeds: [420, 450], knobs: { manyClaims: 0.5 } },
  { name: "1.33 with its texts and gates", seeds: [450, 490], knobs: { kubernetes: "1.33", gates: 0.5 } },
  {
    name: "taints, cordons and affinities of pods",
    seeds: [520, 600],
    knobs: NODE_KNOBS,
    filters: [...NODE_FILTERS, "VolumeBinding"],
  },
  {
    name: "1.33 with taints, cordons and affinities of pods",
    seeds: [600, 640],
    knobs: { ...NODE_KNOBS, kubernetes: "1.33" },
    filters: NODE_FILTERS,
  },
  { name: "volumes that are limited, shared and attached", seeds: [640, 700], knobs: LIMIT_KNOBS, filters: LIMITS },
  {
    name: "1.35 with volumes that are limited, shared and attached",
    seeds: [700, 730],
    knobs: { ...LIMIT_KNOBS, kubernetes: "1.35", gates: 0.5 },
    filters: LIMITS,
  },
  { name: "1.35 with its texts and gates", seeds: [490, 520], knobs: { kubernetes: "1.35", gates: 0.5 } },
  {
    name: "StrictCapacity, with claims whose nodes are selected",
    seeds: [730, 830],
    knobs: {
      selectedNode: 0.3,
      manyClaims: 0.3,
      claimTwice: 0.1,
      claimKinds: { limited: 60, fixed: 10, provisioned: 5, bound: 5 },
    },
    filters: ["VolumeBinding", "StrictCapacity"],
  },
];

/** Sizes around the words, lanes and chunks of a row. */
const SIZES = [31, 32, 33, 63, 64, 65, 127, 128, 129, 511, 512, 513];

const ENGINES: readonly EngineName[] = ["wasm", "javascript"];

/** Compares both engines with the reference evaluator; returns how many verdicts it gave. */
function compare(seed: number, { filters = ["VolumeBinding"], knobs }: Compared): number {
  const { objects, gates } = generateCluster(seed, knobs);
  const kubernetes = knobs.kubernetes ?? "1.37";
  const options = { filters, kubernetes, ...(gates === undefined ? {} : { gates }) };
  const expected = evaluateCluster(objects, { ...options, plans: true });
  for (const engine of ENGINES) {
    const matcher = matcherOf(objects as KubeObject[], { engine, ...options } as MatcherOptions);
    assert.is(matcher.nodes.size, expected.nodes);
    for (const report of expected.pods) {
      const hint = `${engine}, seed ${seed}, pod ${report.pod}`;
      assert.equal(reportOf(matcher, report.pod), JSON.parse(JSON.stringify(report)), hint);
    }
  }
  return expected.pods.length * expected.nodes;
}

for (const family of FAMILIES) {
  const { name, seeds } = family;
  test(`both engines: ${name}`, () => {
    let verdicts = 0;
    for (let seed = seeds[0]; seed < seeds[1]; seed++) verdicts += compare(seed, family);
    assert.ok(verdicts > 500, `${verdicts} verdicts are too few to be evidence`);
  });
}

for (const nodes of SIZES) {
  test(`both engines: ${nodes} nodes`, () => {
    for (let seed = 0; seed < 3; seed++) compare(1000 + nodes * 10 + seed, { knobs: { nodes } });
  });
}

test.run();
