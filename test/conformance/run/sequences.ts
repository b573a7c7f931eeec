// `npm run conformance:sequences`: pods placed one after another, some of them taken back again, in a matcher or in
// overlays over it; before each step the real scheduler, which reserves the same pods, must say the same. With --events
// the binder's writes and polls and watch events come between.

import { parseArgs } from "node:util";
import type { Assumption, Overlay } from "../../../lib/index.js";
import * as library from "../../../lib/index.js";
import { generateCluster } from "../../reference/generator/generate.js";
import type { Knobs } from "../../reference/generator/knobs.js";
import { Random } from "../../reference/generator/random.js";
import type { KubeObject } from "../../reference/generator/world.js";
import { completed, isPending, nameOf } from "./completed.js";
import { plainly } from "./event-objects.js";
import { eventSequence } from "./event-sequence.js";
import { buildOracle, type JsonReport, Oracle, oracleVersion, type Request } from "./oracle.js";
import { loaded } from "./sides.js";

/** Reserved and given back by the oracle after a pod's turn. */
interface Sequence extends Request {
  readonly pods: readonly string[];
  readonly reserve: Readonly<Record<string, string>>;
  readonly unreserve: Readonly<Record<string, readonly string[]>>;
}

/** A sequence: what the oracle is asked, and what differs in its answer. */
interface Case {
  readonly request: Request;
  readonly counts: Readonly<Record<string, number>>;
  readonly steps: number;
  compare(theirs: JsonReport): readonly { readonly step: unknown; readonly ours: unknown; readonly theirs: unknown }[];
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

/** A cluster of a seed, and a matcher that holds it. */
function startOf(seed: number) {
  const random = new Random(seed);
  const filters = random.chance(0.34) ? [...library.FILTERS] : VOLUME_BINDING;
  const objects = completed(generateCluster(seed, knobs(random)).objects).map(versioned);
  const engine = random.chance(0.2) ? "javascript" : "wasm";
  const matcher = loaded(library, objects, { kubernetes: "1.37", gates: {}, filters }, engine);
  return { random, filters, objects, matcher };
}

function placements(seed: number): Case {
  const { filters, matcher: base, objects, random } = startOf(seed);
  let matcher: library.TopologyMatcher = base;
  const overlays: Overlay[] = [];
  const pods = objects.filter(isPending).map(nameOf);
  const reserve: Record<string, string> = {};
  const unreserve: Record<string, string[]> = {};
  const standing = new Map<string, Assumption>();
  const ours: JsonReport[] = [];
  const counts = { assumed: 0, bindings: 0, provisions: 0, "taken back": 0 };
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
      counts.assumed++;
      counts.bindings += assumption.staticBindings.length;
      counts.provisions += assumption.dynamicProvisions.length;
    }
    while (standing.size > 0 && random.chance(0.15)) {
      const other = random.pick([...standing.keys()]);
      standing.get(other)?.revert();
      standing.delete(other);
      unreserve[pod] = [...(unreserve[pod] ?? []), other];
      counts["taken back"]++;
    }
  }
  const request: Sequence = { objects, gates: {}, filters, pods, reserve, unreserve };
  return {
    request,
    counts,
    steps: pods.length,
    compare: (theirs) =>
      (theirs.pods as JsonReport[]).flatMap(({ reserve, ...report }, i) => {
        const same = reserve?.error === undefined && equal(report, ours[i]);
        return same ? [] : [{ step: i, ours: ours[i], theirs: { reserve, ...report } }];
      }),
  };
}

function events(seed: number): Case {
  const { filters, matcher, objects, random } = startOf(seed);
  const { counts, expected, steps } = eventSequence(matcher, objects, random);
  return {
    request: { objects, gates: {}, filters, steps },
    counts,
    steps: steps.length,
    compare: (theirs) =>
      (theirs.steps as JsonReport[]).flatMap(({ error, ...rest }, i) => {
        const their = error === undefined ? rest : { ...rest, error: plainly(error) };
        const { logged, ...ours } = expected[i];
        const same = logged ? their.pod === undefined : equal(their, ours);
        return same ? [] : [{ step: `${i} ${JSON.stringify(steps[i])}`, ours, theirs: their }];
      }),
  };
}

/** Whose version decides what assumptions hold for. */
function versioned(object: KubeObject): KubeObject {
  const metadata = { ...object.metadata, resourceVersion: "1" };
  return { ...object, metadata };
}

const { values } = parseArgs({
  options: {
    sequences: { type: "string", default: "1000" },
    seed: { type: "string", default: "1" },
    events: { type: "boolean", default: false },
  },
});
const path = buildOracle("1.37");
const oracle = new Oracle(path);
const first = Number(values.seed);
const last = first + Number(values.sequences);
const totals: Record<string, number> = { sequences: 0, steps: 0, verdicts: 0, differences: 0 };
const asked = new Set<Promise<void>>();
for (let seed = first; seed < last; seed++) {
  const { compare, counts, request, steps } = (values.events ? events : placements)(seed);
  if (steps === 0) continue;
  const answer = oracle.ask(request).then(
    (theirs) => {
      totals.sequences++;
      totals.steps += steps;
      const reports: JsonReport[] = values.events
        ? theirs.steps.flatMap(({ pod }: JsonReport) => pod ?? [])
        : theirs.pods;
      for (const { feasible, infeasible } of reports) totals.verdicts += feasible.length + infeasible.length;
      for (const [name, count] of Object.entries(counts)) totals[name] = (totals[name] ?? 0) + count;
      for (const { step, ours, theirs: their } of compare(theirs)) show(seed, step, ours, their);
    },
    (fault: Error) => show(seed, "none", undefined, fault.message),
  );
  asked.add(answer);
  answer.finally(() => asked.delete(answer)).catch(() => {});
  if (asked.size >= WAITING) await Promise.race(asked);
}
await Promise.all(asked);
oracle.close();
console.log(`sequences from seed ${first}, judged by kube-scheduler ${oracleVersion(path)}`);
for (const [name, count] of Object.entries(totals))
  console.log(`${name.padEnd(14)} ${count.toLocaleString("en").padStart(12)}`);
process.exitCode = totals.differences > 0 || totals.sequences === 0 ? 1 : 0;

function show(seed: number, step: unknown, ours: unknown, theirs: unknown): void {
  if (++totals.differences > 5) return;
  console.log(`seed ${seed}, step ${step}:\n  ours   ${JSON.stringify(ours)}\n  theirs ${JSON.stringify(theirs)}`);
}

function equal(a: unknown, b: unknown): boolean {
  return JSON.stringify(sorted(a)) === JSON.stringify(sorted(b));
}

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
