// One upsert and one pod's verdict, beside a matcher that is built from all objects for that verdict.

import type { NodeLike, PersistentVolumeLike, TopologyMatcher } from "../lib/index.js";
import { createMatcherSync } from "../lib/index.js";
import { boundClaim, boundVolume, podWith, SHAPES, termsOf } from "./fleet/bound.js";
import { hash } from "./fleet/hash.js";
import { nodeLabels, nodeName } from "./fleet/nodes.js";
import type { Bench } from "./lib/bench.js";
import { clock } from "./lib/bench.js";
import { VOLUME_BINDING } from "./lib/filters.js";
import type { BenchResult } from "./lib/result.js";
import { asked } from "./lib/result.js";
import { median } from "./lib/rounds.js";

const NODES = 5_000;
const CLAIMS = 10_000;
const KINDS = ["node", "volume", "claim"] as const;
type Kind = (typeof KINDS)[number];
/** Upserts of a round, each with a verdict. */
const UPSERTS = 8;
const LEAST = 50;

/** The pod whose verdict is asked for: one claim of any shape, one zonal. */
const POD = podWith(0, [2, 3]);

/** What the verdicts went to. */
let sink = 0;

/** The cluster as plain objects, and a matcher that is told of every change. */
class Cluster {
  readonly #nodes = Array.from({ length: NODES }, (_, i) => node(i, nodeLabels(i)));
  readonly #volumes = Array.from({ length: CLAIMS }, (_, i) => volume(i, i));
  readonly #claims = Array.from({ length: CLAIMS }, (_, i) => boundClaim(i));
  readonly matcher = this.build();

  build(): TopologyMatcher {
    const matcher = createMatcherSync(VOLUME_BINDING);
    matcher.nodes.replace(this.#nodes);
    matcher.persistentVolumes.replace(this.#volumes);
    matcher.persistentVolumeClaims.replace(this.#claims);
    return matcher;
  }

  /** The n-th change of a kind, of something that the verdict depends on. */
  change(kind: Kind, n: number): () => void {
    const { matcher } = this;
    switch (kind) {
      case "node": {
        // Another node's labels, but for the name.
        const at = hash(n, 150) % NODES;
        const labels = { ...nodeLabels(hash(n, 151) % NODES), "kubernetes.io/hostname": nodeName(at) };
        this.#nodes[at] = node(at, labels);
        return () => matcher.nodes.upsert(this.#nodes[at]);
      }
      case "volume": {
        this.#volumes[3] = volume(3, 3 * hash(n, 152));
        return () => matcher.persistentVolumes.upsert(this.#volumes[3]);
      }
      case "claim": {
        this.#claims[2] = boundClaim(2, 3 * (hash(n, 153) % (CLAIMS / 4)) + 2);
        return () => matcher.persistentVolumeClaims.upsert(this.#claims[2]);
      }
    }
  }
}

const node = (i: number, labels: Record<string, string>): NodeLike => ({ metadata: { name: nodeName(i), labels } });

/** The i-th volume with the node affinity of the draw-th: zonal, local and mixed ones take turns. */
function volume(i: number, draw: number): PersistentVolumeLike {
  return boundVolume(i, termsOf(SHAPES[draw % SHAPES.length], draw, NODES));
}

function ask(matcher: TopologyMatcher): number {
  return matcher.evaluatePod(POD).nodes.size;
}

const reportOf = (matcher: TopologyMatcher): string => JSON.stringify(matcher.evaluatePod(POD).toReport());

interface Round {
  readonly upsert: number;
  readonly build: number;
}

/** Nanoseconds each. */
function round(cluster: Cluster, kind: Kind, number: number): Round {
  let upsert = 0;
  for (let i = 0; i < UPSERTS; i++) {
    const apply = cluster.change(kind, number * UPSERTS + i);
    upsert += clock(() => {
      apply();
      sink += ask(cluster.matcher);
    });
  }
  let built: TopologyMatcher | undefined;
  const build = clock(() => {
    built = cluster.build();
    sink += ask(built);
  });
  const [ours, theirs] = [cluster.matcher, built!].map(reportOf);
  if (ours !== theirs) throw new Error(`${kind} upserted: the verdict is ${ours}, of a matcher built anew ${theirs}`);
  return { upsert: upsert / UPSERTS, build };
}

export const bench: Bench = ({ quick }) => {
  const cluster = new Cluster();
  const rounds = new Map<Kind, Round[]>(KINDS.map((kind) => [kind, []]));
  const reports = new Set<string>();
  const [warmUp, counted] = quick ? [1, 3] : [3, 21];
  for (let number = 0; number < warmUp + counted; number++) {
    for (const kind of KINDS) {
      const found = round(cluster, kind, number);
      reports.add(reportOf(cluster.matcher));
      if (number >= warmUp) rounds.get(kind)!.push(found);
    }
  }
  if (sink === 0 || reports.size < rounds.size) throw new Error("the upserts change nothing");
  return KINDS.map((kind): BenchResult => {
    const of = rounds.get(kind)!;
    const what = `one ${kind} upserted and a pod's verdict, at ${NODES} nodes and ${CLAIMS} volumes and claims`;
    const baseline = `a matcher built from all objects and the verdict, ${(median(of.map(({ build }) => build)) / 1e6).toFixed(0)} ms`;
    const value = median(of.map(({ upsert }) => upsert)) / 1000;
    return asked(
      `upsert-${kind}`,
      what,
      value,
      "us",
      baseline,
      median(of.map(({ build, upsert }) => build / upsert)),
      LEAST,
    );
  });
};
