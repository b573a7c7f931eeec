// B9: one event at 131,072 nodes, until every affected claim's count and one pod's verdict are there.

import { createMatcher } from "../lib/index.js";
import { boundClaim, podKey, podWith } from "./fleet/bound.js";
import { EventCluster } from "./fleet/event-cluster.js";
import { hash } from "./fleet/hash.js";
import { nodeLabels, nodeName, POOLS, poolName } from "./fleet/nodes.js";
import { freeLocal } from "./fleet/selectors.js";
import type { Bench } from "./lib/bench.js";
import { clock } from "./lib/bench.js";
import { VOLUME_BINDING } from "./lib/filters.js";
import { asked } from "./lib/result.js";
import { median } from "./lib/rounds.js";

const NODES = 131_072;
const SELECTORS = 10_000;
const CLAIMS = 100_000;
const KINDS = ["node relabelled", "node added", "node removed", "volume bound", "claim created"] as const;
type Kind = (typeof KINDS)[number];

/** Something that happens: what is affected (claims, in the model's numbers), and the upserts that tell the matcher. */
interface Event {
  readonly affected: readonly number[];
  apply(): void;
  /** Pods that came with it. */
  readonly ids?: () => Uint32Array;
  readonly counts?: readonly number[];
}

function eventOf(kind: Kind, cluster: EventCluster, n: number): Event {
  const { matcher } = cluster;
  switch (kind) {
    case "node relabelled": {
      const node = hash(n, 100) % NODES;
      const labels = {
        ...(cluster.labelsOf(node) ?? nodeLabels(node)),
        "example.com/pool": poolName(hash(n, 101) % POOLS),
      };
      return { affected: cluster.relabel(node, labels), apply: () => matcher.nodes.upsert(cluster.node(node, labels)) };
    }
    case "node added": {
      const node = NODES + n;
      const labels = nodeLabels(node);
      return { affected: cluster.relabel(node, labels), apply: () => matcher.nodes.upsert(cluster.node(node, labels)) };
    }
    case "node removed": {
      const node = hash(n, 102) % NODES;
      return { affected: cluster.relabel(node, undefined), apply: () => matcher.nodes.delete(nodeName(node)) };
    }
    case "volume bound": {
      const claim = cluster.bound + n;
      const bound = cluster.bind(claim);
      if (bound === undefined) throw new Error("no free volume is left");
      const free = freeLocal(bound.volume, bound.node, bound.gi);
      const { metadata, spec } = boundClaim(claim);
      return {
        affected: bound.affected,
        apply: () => {
          const claimRef = { namespace: metadata?.namespace, name: metadata?.name };
          matcher.persistentVolumes.upsert({ ...free, spec: { ...free.spec, claimRef }, status: { phase: "Bound" } });
          matcher.persistentVolumeClaims.upsert({
            metadata,
            spec: { ...spec, storageClassName: "local", volumeName: free.metadata?.name },
          });
        },
      };
    }
    case "claim created": {
      const claim = CLAIMS + n;
      return {
        affected: [],
        apply: () => {
          matcher.persistentVolumeClaims.upsert(cluster.pendingClaim(claim));
          matcher.pods.upsert(podWith(claim, [claim]));
        },
        ids: () => Uint32Array.of(matcher.podId(podKey(claim))),
        counts: [cluster.reach(claim)],
      };
    }
  }
}

class Clocks {
  readonly #counts: Uint32Array;
  readonly #verdict;
  readonly #probe: number;
  #asked = 0;

  constructor(readonly cluster: EventCluster) {
    this.#counts = new Uint32Array(cluster.claims);
    this.#verdict = cluster.matcher.createVerdict();
    this.#probe = cluster.ids[1];
  }

  everything(first = false): number {
    const { cluster } = this;
    const time = clock(() => {
      cluster.matcher.trim();
      cluster.matcher.countFeasible(cluster.ids, this.#counts);
      this.#ask();
    });
    if (first) cluster.begin(this.#counts);
    this.#compare([...this.#counts, this.#asked], [...cluster.counts, cluster.counts[1]], "evaluated again");
    return time;
  }

  event(kind: Kind, n: number): { readonly time: number; readonly affected: number } {
    const { cluster } = this;
    const event = eventOf(kind, cluster, n);
    let ids = Uint32Array.from(event.affected, (claim) => cluster.ids[claim]);
    const expected = event.counts ?? event.affected.map((claim) => cluster.counts[claim]);
    const counts = new Uint32Array(expected.length);
    const time = clock(() => {
      event.apply();
      if (event.ids !== undefined) ids = new Uint32Array(event.ids());
      cluster.matcher.countFeasible(ids, counts);
      this.#ask();
    });
    this.#compare([...counts, this.#asked], [...expected, cluster.counts[1]], kind);
    return { time, affected: expected.length };
  }

  #ask(): void {
    this.#asked = this.#verdict.evaluatePod(this.#probe).feasibleCount;
  }

  #compare(ours: ArrayLike<number>, expected: ArrayLike<number>, what: string): void {
    for (let i = 0; i < expected.length; i++) {
      if (ours[i] !== expected[i]) throw new Error(`${what}: answer ${i} is ${ours[i]}, expected ${expected[i]}`);
    }
  }
}

export const bench: Bench = async ({ quick }) => {
  const matcher = await createMatcher(VOLUME_BINDING);
  const cluster = new EventCluster(matcher, NODES, CLAIMS, SELECTORS);
  const clocks = new Clocks(cluster);
  clocks.everything(true);
  const ratios = new Map<Kind, number[]>(KINDS.map((kind) => [kind, []]));
  const times = new Map<Kind, number[]>(KINDS.map((kind) => [kind, []]));
  const affected = new Map<Kind, number>(KINDS.map((kind) => [kind, 0]));
  const [rounds, events] = quick ? [4, 8] : [12, 24];
  const baselines: number[] = [];
  for (let round = 0; round <= rounds; round++) {
    const baseline = clocks.everything();
    for (const kind of KINDS) {
      const found = Array.from({ length: events }, (_, i) => clocks.event(kind, round * events + i));
      // The first round warms up.
      if (round === 0) continue;
      const time = median(found.map((event) => event.time));
      times.get(kind)?.push(time);
      ratios.get(kind)?.push(baseline / time);
      affected.set(kind, Math.max(affected.get(kind) ?? 0, ...found.map((event) => event.affected)));
    }
    baselines.push(baseline);
  }
  const baseline = `all masks dropped, all evaluated again: ${(median(baselines) / 1e6).toFixed(0)} ms`;
  return KINDS.map((kind) => {
    const what = `${kind} at ${NODES} nodes, ${SELECTORS} selectors, ${CLAIMS} claims (up to ${affected.get(kind)} affected)`;
    const least = kind.startsWith("node") ? 100 : 1_000;
    return asked(
      `B9-${kind.replace(" ", "-")}`,
      what,
      median(times.get(kind)!) / 1000,
      "us",
      baseline,
      median(ratios.get(kind)!),
      least,
    );
  });
};
