// Growth: time and memory against nodes, claims, distinct selectors and local volumes.

import type { TopologyMatcher } from "../lib/index.js";
import { createMatcher } from "../lib/index.js";
import { boundClaim, boundVolume, claimKey, podKey, podWith, termsOf } from "./fleet/bound.js";
import { hash } from "./fleet/hash.js";
import { nodeLabels, nodeName } from "./fleet/nodes.js";
import { distinctSelectors, freeLocal } from "./fleet/selectors.js";
import type { Bench } from "./lib/bench.js";
import { clock, collectGarbage } from "./lib/bench.js";
import { VOLUME_BINDING } from "./lib/filters.js";
import type { GrowthResult } from "./lib/growth.js";
import { grows } from "./lib/growth.js";
import { inFreshProcess } from "./lib/processes.js";
import type { BenchResult } from "./lib/result.js";
import { median } from "./lib/rounds.js";

const SIZES = {
  nodes: [1_000, 4_000, 16_000, 65_536, 131_072],
  claims: [1_000, 10_000, 100_000, 1_000_000],
  selectors: [10, 100, 1_000, 10_000, 100_000],
  volumes: [1_000, 10_000, 100_000, 1_000_000],
} as const;
type Axis = keyof typeof SIZES;

const SOME_NODES = 5_000;
const SOME_CLAIMS = 1_000;
const ASKED = 160;

/** What is measured at one size: milliseconds, or microseconds a pod, or megabytes. */
type Point = Readonly<Record<string, number>>;

const LABELS: { readonly [name: string]: { readonly unit: string; readonly plot: "time" | "memory" } } = {
  load: { unit: "ms", plot: "time" },
  "first answers": { unit: "ms", plot: "time" },
  "bound pod": { unit: "us", plot: "time" },
  "delayed pod": { unit: "us", plot: "time" },
  "node event": { unit: "us", plot: "time" },
  memory: { unit: "MB", plot: "memory" },
};

const milliseconds = (work: () => void): number => clock(work) / 1e6;

function addNodes(matcher: TopologyMatcher, count: number): void {
  for (let node = 0; node < count; node++) {
    matcher.nodes.upsert({ metadata: { name: nodeName(node), labels: nodeLabels(node) } });
  }
}

function addBound(matcher: TopologyMatcher, i: number, terms: Parameters<typeof boundVolume>[1]): void {
  matcher.persistentVolumes.upsert(boundVolume(i, terms));
  matcher.persistentVolumeClaims.upsert(boundClaim(i));
}

function addLocals(matcher: TopologyMatcher, count: number, nodes: number): void {
  matcher.storageClasses.upsert({
    metadata: { name: "local" },
    provisioner: "kubernetes.io/no-provisioner",
    volumeBindingMode: "WaitForFirstConsumer",
  });
  for (let i = 0; i < count; i++) {
    matcher.persistentVolumes.upsert(freeLocal(i, i % nodes, 100 + (hash(i, 150) % 2000)));
  }
}

/** Pods of one delayed claim each, from number `from` on. */
function addDelayed(matcher: TopologyMatcher, from: number, count: number): void {
  for (let i = from; i < from + count; i++) {
    const { metadata, spec } = boundClaim(i);
    const resources = { requests: { storage: `${100 + (hash(i, 151) % 1900)}Gi` } };
    matcher.persistentVolumeClaims.upsert({
      metadata: { ...metadata, annotations: {} },
      spec: { ...spec, resources, storageClassName: "local", volumeName: undefined },
    });
    matcher.pods.upsert(podWith(i, [i]));
  }
}

/** Microseconds a pod; half of the pods warm up. */
function perPod(matcher: TopologyMatcher, from: number, count: number): number {
  const verdict = matcher.createVerdict();
  const ids = Uint32Array.from({ length: count }, (_, i) => matcher.podId(podKey(from + i)));
  let sum = 0;
  const ask = (first: number, last: number): void => {
    for (let i = first; i < last; i++) sum += verdict.evaluatePod(ids[i]).feasibleCount;
  };
  ask(0, count / 2);
  const blocks: number[] = [];
  for (let i = count / 2; i < count; i += 16) blocks.push(clock(() => ask(i, i + 16)) / 16 / 1000);
  if (sum < 0) throw new Error("never");
  return median(blocks);
}

function countAll(matcher: TopologyMatcher, claims: number): number {
  const ids = Uint32Array.from({ length: claims }, (_, i) => matcher.claimId(claimKey(i)));
  return milliseconds(() => matcher.countFeasibleClaims(ids, new Uint32Array(claims)));
}

/** Microseconds until a relabelled node's event is in and one count is there. */
function perEvent(matcher: TopologyMatcher, nodes: number): number {
  const id = Uint32Array.of(matcher.claimId(claimKey(0)));
  const times = Array.from({ length: 64 }, (_, i) => {
    const labels = { ...nodeLabels(hash(i, 152) % nodes), "example.com/pool": `pool-${i % 24}` };
    return clock(() => {
      matcher.nodes.upsert({ metadata: { name: nodeName(hash(i, 152) % nodes), labels } });
      matcher.countFeasibleClaims(id, new Uint32Array(1));
    });
  });
  return median(times) / 1000;
}

const MEASURES: { readonly [A in Axis]: (matcher: TopologyMatcher, size: number) => Point } = {
  nodes(matcher, nodes) {
    const load = milliseconds(() => addNodes(matcher, nodes));
    addLocals(matcher, nodes, nodes);
    for (let i = 0; i < SOME_CLAIMS; i++) {
      addBound(matcher, i, termsOf("mixed", i, nodes));
      matcher.pods.upsert(podWith(i, [i]));
    }
    addDelayed(matcher, SOME_CLAIMS, ASKED);
    const first = countAll(matcher, SOME_CLAIMS);
    const bound = perPod(matcher, 0, ASKED);
    const delayed = perPod(matcher, SOME_CLAIMS, ASKED);
    const event = perEvent(matcher, nodes);
    return { load, "first answers": first, "bound pod": bound, "delayed pod": delayed, "node event": event };
  },
  claims(matcher, claims) {
    addNodes(matcher, SOME_NODES);
    const selectors = distinctSelectors(1_000, SOME_NODES);
    const load = milliseconds(() => {
      for (let i = 0; i < claims; i++) addBound(matcher, i, selectors[i % selectors.length]);
    });
    for (let i = 0; i < ASKED; i++) matcher.pods.upsert(podWith(i, [i]));
    const first = countAll(matcher, claims);
    return {
      load,
      "first answers": first,
      "bound pod": perPod(matcher, 0, ASKED),
      "node event": perEvent(matcher, SOME_NODES),
    };
  },
  selectors(matcher, count) {
    addNodes(matcher, SOME_NODES);
    const selectors = distinctSelectors(count, SOME_NODES * 100);
    const load = milliseconds(() => {
      selectors.forEach((terms, i) => {
        addBound(matcher, i, terms);
      });
    });
    return { load, "first answers": countAll(matcher, count), "node event": perEvent(matcher, SOME_NODES) };
  },
  volumes(matcher, volumes) {
    addNodes(matcher, SOME_NODES);
    const load = milliseconds(() => addLocals(matcher, volumes, SOME_NODES));
    addDelayed(matcher, 0, ASKED + 1);
    const verdict = matcher.createVerdict();
    const first = milliseconds(() => verdict.evaluatePod(podKey(ASKED)));
    return { load, "first answers": first, "delayed pod": perPod(matcher, 0, ASKED) };
  },
};

async function measure(axis: Axis, size: number): Promise<Point> {
  const matcher = await createMatcher(VOLUME_BINDING);
  const point = MEASURES[axis](matcher, size);
  await new Promise(setImmediate);
  collectGarbage();
  const { arrayBuffers, heapUsed } = process.memoryUsage();
  return { ...point, memory: (heapUsed + arrayBuffers + matcher.memory.engine) / 1e6 };
}

/** All sizes of one axis, the first one twice to warm up; times are the best of two passes. */
export async function along(axis: Axis): Promise<GrowthResult[]> {
  const sizes: readonly number[] = SIZES[axis];
  collectGarbage();
  const idle = process.memoryUsage().heapUsed / 1e6;
  for (let i = 0; i < 2; i++) await measure(axis, sizes[1]);
  const points: Point[] = [];
  for (const size of sizes) {
    const [one, two] = [await measure(axis, size), await measure(axis, size)];
    points.push(Object.fromEntries(Object.keys(one).map((name) => [name, Math.min(one[name], two[name])])));
  }
  return Object.keys(points[0]).map((name) => {
    const { plot, unit } = LABELS[name];
    const y = points.map((point) => (name === "memory" ? Math.max(0.01, point[name] - idle) : point[name]));
    const shown = sizes.map((size, i) => `${size}: ${y[i].toPrecision(3)}`).join(", ");
    const id = `growth-${axis}-${name.replace(" ", "-")}`;
    const curve = {
      plot: `${axis}-${plot}`,
      name: `${name}, ${unit}`,
      xLabel: axis,
      yLabel: plot === "time" ? "ms, or us" : "MB",
      x: sizes,
      y,
    };
    return grows(id, `exponent of ${name} in ${axis} (${unit}; ${shown})`, curve);
  });
}

export const bench: Bench = async () => {
  const results: BenchResult[] = [];
  for (const axis of Object.keys(SIZES) as Axis[]) {
    results.push(...(await inFreshProcess<GrowthResult[]>("growth.bench", "along", axis)));
  }
  return results;
};
