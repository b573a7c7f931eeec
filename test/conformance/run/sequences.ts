// `npm run conformance:sequences`: pods placed one after another, some of them taken back again, in a matcher or in
// overlays over it; before each step the real scheduler, which reserves the same pods, must say the same.

import { parseArgs } from "node:util";
import type { Assumption, Overlay } from "../../../lib/index.js";
import * as library from "../../../lib/index.js";
import { generateCluster } from "../../reference/generator/generate.js";
import type { Knobs } from "../../reference/generator/knobs.js";
import { Random } from "../../reference/generator/random.js";
import type { KubeObject } from "../../reference/generator/world.js";
import { completed, isPending, nameOf } from "./completed.js";
import { buildOracle, type JsonReport, Oracle, oracleVersion, type Request } from "./oracle.js";
import { loaded } from "./sides.js";

/** Reserved and given back by the oracle after a pod's turn. */
interface Sequence extends Request {
  readonly pods: readonly string[];
  readonly reserve: Readonly<Record<string, string>>;
  readonly unreserve: Readonly<Record<string, readonly string[]>>;
}

const WAITING = 64;
const VOLUME_BINDING = ["VolumeBinding"];

/** Clusters in which most pods find a node; every third is of all nine plugins. */
function knobs(random: Random): Partial<Knobs> {
  return {
    nodes: random.int(1, 14),
    pods: random.int(2, random.chance(0.1) ? 50 : 20),
    podFaults: 0.02,
    podsWithoutClaims: 0.08,
    claimKinds: { bound: 15, fixed: 45, provisioned: 25, limited: 15 },
    missingVolumes: 0.02,
    claimSelectorErrors: 0,
    placedPods: 0.05,
    reserved: random.pick([0, 0.2, 0.5]),
    sharedClaims: random.pick([0, 0.4]),
    localVolumes: random.chance(0.2),
    gates: 0,
  };
}

function sequenceOf(seed: number): {
  readonly request: Sequence;
  readonly ours: JsonReport[];
  readonly counts: number[];
} {
  const random = new Random(seed);
  const filters = random.chance(0.34) ? [...library.FILTERS] : VOLUME_BINDING;
  const objects = completed(generateCluster(seed, knobs(random)).objects).map(versioned);
  const base = loaded(
    library,
    objects,
    { kubernetes: "1.37", gates: {}, filters },
    random.chance(0.2) ? "javascript" : "wasm",
  );
  let matcher: library.TopologyMatcher = base;
  const overlays: Overlay[] = [];
  const pods = objects.filter(isPending).map(nameOf);
  const reserve: Record<string, string> = {};
  const unreserve: Record<string, string[]> = {};
  const standing = new Map<string, Assumption>();
  const ours: JsonReport[] = [];
  const counts = [0, 0, 0, 0];
  for (const pod of pods) {
    if (random.chance(0.05)) {
      const overlay = matcher.overlay();
      overlays.push(overlay);
      matcher = overlay;
      standing.clear();
    }
    const verdict = matcher.createVerdict().evaluatePod(pod);
    ours.push(JSON.parse(JSON.stringify(verdict.toReport({ plans: true }))));
    const nodes = verdict.schedulable ? verdict.copy().nodes.toArray().sort() : [];
    if (nodes.length > 0 && random.chance(0.85)) {
      const node = random.pick(nodes);
      const again = random.chance(0.5);
      const assumption = again ? matcher.assume(pod, node) : verdict.assume(node);
      standing.set(pod, assumption);
      reserve[pod] = node;
      counts[0]++;
      counts[1] += assumption.staticBindings.length;
      counts[2] += assumption.dynamicProvisions.length;
    }
    while (standing.size > 0 && random.chance(0.15)) {
      const other = random.pick([...standing.keys()]);
      standing.get(other)?.revert();
      standing.delete(other);
      unreserve[pod] = [...(unreserve[pod] ?? []), other];
      counts[3]++;
    }
  }
  return { request: { objects, gates: {}, filters, pods, reserve, unreserve }, ours, counts };
}

/** Whose version decides what assumptions hold for. */
function versioned(object: KubeObject): KubeObject {
  const metadata = { ...object.metadata, resourceVersion: "1" };
  return { ...object, metadata };
}

const { values } = parseArgs({
  options: { sequences: { type: "string", default: "1000" }, seed: { type: "string", default: "1" } },
});
const path = buildOracle("1.37");
const oracle = new Oracle(path);
const first = Number(values.seed);
const last = first + Number(values.sequences);
const totals = {
  sequences: 0,
  pods: 0,
  verdicts: 0,
  assumed: 0,
  bindings: 0,
  provisions: 0,
  "taken back": 0,
  differences: 0,
};
const asked = new Set<Promise<void>>();
for (let seed = first; seed < last; seed++) {
  const { counts, ours, request } = sequenceOf(seed);
  if (request.pods.length === 0) continue;
  const answer = oracle.ask(request).then((theirs) => {
    const nodes = theirs.nodes as number;
    for (const [i, { reserve, ...report }] of (theirs.pods as JsonReport[]).entries()) {
      totals.pods++;
      totals.verdicts += nodes;
      const differs =
        reserve?.error !== undefined || JSON.stringify(sorted(report)) !== JSON.stringify(sorted(ours[i]));
      if (!differs) continue;
      totals.differences++;
      if (totals.differences > 5) continue;
      console.log(
        `seed ${seed}, step ${i}:\n  ours   ${JSON.stringify(ours[i])}\n  theirs ${JSON.stringify({ reserve, ...report })}`,
      );
    }
    totals.sequences++;
    totals.assumed += counts[0];
    totals.bindings += counts[1];
    totals.provisions += counts[2];
    totals["taken back"] += counts[3];
  });
  asked.add(answer);
  answer.finally(() => asked.delete(answer)).catch(() => {});
  if (asked.size >= WAITING) await Promise.race(asked);
}
await Promise.all(asked);
oracle.close();
console.log(`sequences from seed ${first}, judged by kube-scheduler ${oracleVersion(path)}`);
for (const [name, count] of Object.entries(totals))
  console.log(`${name.padEnd(12)} ${count.toLocaleString("en").padStart(12)}`);
process.exitCode = totals.differences > 0 || totals.sequences === 0 ? 1 : 0;

/** With the names of objects in order. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort()
      .map(([name, inner]) => [name, sorted(inner)]),
  );
}
