// B16: an event of a pod that runs at 131,072 nodes with a million pods, until one pod's verdict is there.

import type { PodLike, TopologyMatcher } from "../lib/index.js";
import { createMatcher } from "../lib/index.js";
import { zonesWithoutPools } from "./fleet/batches.js";
import { boundClaim, boundVolume, podKey, podWith } from "./fleet/bound.js";
import { hash } from "./fleet/hash.js";
import { nodeName } from "./fleet/nodes.js";
import type { Requests } from "./fleet/running.js";
import {
  candidate,
  candidateRequests,
  csiNode,
  diskClaimOf,
  diskOf,
  NODE_MEBI,
  NODE_MILLI,
  NODE_PODS,
  running,
  runningKey,
  runningPod,
  tainted,
} from "./fleet/running.js";
import type { Bench } from "./lib/bench.js";
import { clock, collectGarbage } from "./lib/bench.js";
import { atMost } from "./lib/limits.js";
import type { BenchResult } from "./lib/result.js";
import { asked, reported } from "./lib/result.js";
import { median } from "./lib/rounds.js";

const NODES = 131_072;
const PODS = 1_000_000;
const QUICK_SHARE = 8;
const DRIVER = "ebs.csi.aws.com";
/** Pods that are asked about, in turn. */
const PROBES = 64;
/** Of each kind in a round; and before the first, so that V8 has compiled what they need. */
const EVENTS = 16;
const WARM = 600;
const KINDS = ["bound", "resized", "deleted"] as const;
type Kind = (typeof KINDS)[number];

/** A resource list as an informer holds it -> thousandths of cpu and Mi of memory. */
function requestsIn(pod: PodLike): Requests {
  let [milli, mebi] = [0, 0];
  for (const container of pod.spec?.containers ?? []) {
    const { cpu = "0m", memory = "0Mi" } = (container?.resources?.requests ?? {}) as Record<string, string>;
    milli += Number(cpu.slice(0, -1));
    mebi += Number(memory.slice(0, -2));
  }
  return { milli, mebi };
}

/** What is left of a node: plain JavaScript over the objects that an informer holds. */
function countNode(pods: Iterable<PodLike | undefined>, name: string) {
  const left = { milli: NODE_MILLI, mebi: NODE_MEBI, pods: NODE_PODS };
  for (const pod of pods) {
    if (pod === undefined || pod.spec?.nodeName !== name) continue;
    const { mebi, milli } = requestsIn(pod);
    left.milli -= milli;
    left.mebi -= mebi;
    left.pods--;
  }
  return left;
}

class RunningCluster {
  objects = 0;
  readonly pods: (PodLike | undefined)[] = [];
  readonly #verdict: ReturnType<TopologyMatcher["createVerdict"]>;
  #probes: Uint32Array = new Uint32Array(0);

  constructor(
    readonly matcher: TopologyMatcher,
    readonly nodes: number,
    readonly count: number,
  ) {
    this.#verdict = matcher.createVerdict();
  }

  load(): void {
    const { matcher } = this;
    const put = (set: { upsert(object: object): void }, object: object): void => {
      set.upsert(object);
      this.objects++;
    };
    put(matcher.storageClasses, {
      metadata: { name: "standard" },
      provisioner: DRIVER,
      volumeBindingMode: "WaitForFirstConsumer",
    });
    for (let node = 0; node < this.nodes; node++) {
      put(matcher.nodes, tainted(node));
      put(matcher.csiNodes, csiNode(node, [DRIVER]));
    }
    for (let pod = 0; pod < this.count; pod++) {
      const on = runningPod(pod % this.nodes, Math.floor(pod / this.nodes));
      if (on.disk >= 0) {
        put(matcher.persistentVolumes, diskOf(on));
        put(matcher.persistentVolumeClaims, diskClaimOf(on));
      }
      put(matcher.pods, running(on));
    }
    for (let probe = 0; probe < PROBES; probe++) {
      put(matcher.persistentVolumes, boundVolume(probe, zonesWithoutPools(probe)));
      put(matcher.persistentVolumeClaims, boundClaim(probe));
      put(matcher.pods, candidate(podWith(probe, [probe]), probe, candidateRequests(probe)));
    }
    this.#probes = Uint32Array.from({ length: PROBES }, (_, probe) => matcher.podId(podKey(probe)));
  }

  /** The objects once more, as an informer holds them. */
  hold(): void {
    for (let pod = 0; pod < this.count; pod++) {
      this.pods.push(running(runningPod(pod % this.nodes, Math.floor(pod / this.nodes))));
    }
  }

  /** A pod's verdict: how many nodes it fits. */
  ask(n: number): number {
    return this.#verdict.evaluatePod(this.#probes[n % PROBES]).feasibleCount;
  }

  /** Whether a pod fits a node. */
  has(pod: PodLike, node: number): boolean {
    return this.#verdict.evaluatePod(pod).has(nodeName(node));
  }
}

/** What happens to a pod of a node; the object is what the API server sends. */
function eventOf(cluster: RunningCluster, kind: Kind, n: number): { place: number; node: number; pod: PodLike } {
  const node = hash(n, 190) % cluster.nodes;
  if (kind === "bound") {
    const pod = { ...runningPod(node, 12), name: `new-${n}`, disk: -1, number: 1e8 + n };
    return { node, place: cluster.pods.length, pod: running(pod) };
  }
  const place = node + (hash(n, 191) % Math.floor(cluster.count / cluster.nodes)) * cluster.nodes;
  const known = cluster.pods[place] ?? {};
  const requests = { cpu: `${250 + (hash(n, 192) % 11_000)}m`, memory: `${256 + (hash(n, 193) % 48_000)}Mi` };
  return {
    node,
    place,
    pod: { ...known, spec: { ...known.spec, containers: [{ name: "main", resources: { requests } }] } },
  };
}

function apply({ matcher }: RunningCluster, kind: Kind, pod: PodLike): void {
  if (kind === "deleted") matcher.pods.delete(runningKey(pod.metadata?.name ?? ""));
  else matcher.pods.upsert(pod);
}

interface Times {
  readonly ours: number;
  readonly all: number;
  readonly hand: number;
}

/** One event and a verdict; undefined where the pod is gone already. */
function happen(cluster: RunningCluster, kind: Kind, n: number): { node: number; ours: number } | undefined {
  const { node, place, pod } = eventOf(cluster, kind, n);
  if (kind !== "bound" && cluster.pods[place] === undefined) return undefined;
  if (kind === "bound") cluster.matcher.pods.upsert({ ...pod, spec: { ...pod.spec, nodeName: undefined } });
  const ours = clock(() => {
    apply(cluster, kind, pod);
    cluster.ask(n);
  });
  cluster.pods[place] = kind === "deleted" ? undefined : pod;
  return { node, ours };
}

/** Events of a kind, of which the middle one counts, and their nodes counted anew. */
function round(cluster: RunningCluster, kind: Kind, first: number): Times {
  const found = Array.from({ length: EVENTS }, (_, i) => happen(cluster, kind, first + i)).flatMap((one) => one ?? []);
  const name = nodeName(found[0].node);
  let left = { milli: 0, mebi: 0, pods: 0 };
  const all = clock(() => {
    left = countNode(cluster.pods, name);
  });
  const own = cluster.pods.filter((pod) => pod?.spec?.nodeName === name);
  let again = left;
  const hand = clock(() => {
    for (let i = 0; i < 100; i++) again = countNode(own, name);
  });
  if (again.milli !== left.milli) throw new Error(`node ${name}: counted ${again.milli}m and ${left.milli}m free`);
  check(cluster, found[0].node, left);
  return { ours: median(found.map(({ ours }) => ours)), all, hand: hand / 100 };
}

/** A pod that asks for what is left fits the node, and one that asks for a thousandth or a Mi more does not. */
function check(cluster: RunningCluster, node: number, left: Requests & { readonly pods: number }): void {
  const fits = (milli: number, mebi: number): boolean => {
    const requests = { cpu: `${milli}m`, memory: `${mebi}Mi` };
    const spec = {
      tolerations: [{ operator: "Exists" }],
      containers: [{ name: "main", resources: { requests } }],
    };
    return cluster.has({ metadata: { name: "exact", namespace: "probes" }, spec }, node);
  };
  const [milli, mebi] = [Math.max(0, left.milli), Math.max(0, left.mebi)];
  const wrong =
    (left.milli >= 0 && left.mebi >= 0 && left.pods > 0 && !fits(milli, mebi)) ||
    fits(milli + 1, mebi) ||
    fits(milli, mebi + 1);
  if (wrong)
    throw new Error(`node ${node}: ${left.milli}m, ${left.mebi}Mi, ${left.pods} pods are free, the matcher differs`);
}

export const bench: Bench = async ({ quick }) => {
  const share = quick ? QUICK_SHARE : 1;
  const cluster = new RunningCluster(await createMatcher({ filters: "all" }), NODES / share, PODS / share);
  cluster.load();
  const first = clock(() => cluster.ask(0));
  for (let n = 0; n < PROBES; n++) cluster.ask(n);
  await new Promise(setImmediate);
  collectGarbage();
  const { arrayBuffers, heapUsed } = process.memoryUsage();
  const bytes = (arrayBuffers + heapUsed + cluster.matcher.memory.engine) / cluster.objects;
  cluster.hold();
  const what = `${cluster.nodes} nodes, ${cluster.count} pods that run, all nine plugins`;
  const results: BenchResult[] = [];
  const times = new Map<Kind, Times[]>(KINDS.map((kind) => [kind, []]));
  let n = 0;
  for (let i = 0; i < WARM; i++) for (const kind of KINDS) happen(cluster, kind, n++);
  for (let i = quick ? 5 : 15; i > 0; i--) {
    for (const kind of KINDS) {
      times.get(kind)?.push(round(cluster, kind, n));
      n += EVENTS;
    }
  }
  for (const kind of KINDS) {
    const found = times.get(kind) as Times[];
    const ratio = (of: (times: Times) => number): number => median(found.map((one) => of(one) / one.ours));
    const than = (of: (times: Times) => number): string => `${(median(found.map(of)) / 1000).toFixed(1)} us`;
    const ours = median(found.map((one) => one.ours)) / 1000;
    results.push(
      asked(
        `B16-${kind}`,
        `a pod ${kind} and a verdict, ${what}`,
        ours,
        "us",
        `its node counted anew, in JS over all pods: ${than(({ all }) => all)}`,
        ratio(({ all }) => all),
        20,
      ),
      reported(
        `B16-${kind}-listed`,
        `a pod ${kind} and a verdict, ${what}`,
        ours,
        "us",
        `its node counted anew, its pods being listed, and no verdict: ${than(({ hand }) => hand)}`,
        ratio(({ hand }) => hand),
      ),
    );
  }
  return [
    ...results,
    atMost(
      "B16-memory",
      `bytes an object of ${cluster.objects}, ${what}, after verdicts`,
      bytes,
      "B",
      quick ? null : 340,
    ),
    reported("B16-first", `the first verdict, ${what}`, first / 1e6, "ms"),
  ];
};
