// `npm run conformance:sequences [-- --events] [-- --sequences N --seed S --progress FILE]`: pods placed one after another,
// some of them taken back again, in a matcher or in overlays over it; before each step the real scheduler, which reserves
// the same pods, must say the same. With --events the binder's writes and polls and watch events come between.
// Four sequences in a row share a cluster: three lie in overlays over it, which are dropped, the fourth in the matcher
// itself. The scheduler is given the cluster anew for each. With a file of progress a run that was stopped goes on.

import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import type { Overlay, TopologyMatcher } from "../../../lib/index.js";
import * as library from "../../../lib/index.js";
import { generateCluster } from "../../reference/generator/generate.js";
import type { Knobs } from "../../reference/generator/knobs.js";
import { Random } from "../../reference/generator/random.js";
import type { KubeObject } from "../../reference/generator/world.js";
import { completed } from "./completed.js";
import { plainly } from "./event-objects.js";
import { eventSequence } from "./event-sequence.js";
import { buildOracle, type JsonReport, Oracle, oracleVersion } from "./oracle.js";
import { placementSequence } from "./placement-sequence.js";
import { sameJson } from "./same-json.js";
import { loaded } from "./sides.js";

interface Cluster {
  readonly number: number;
  readonly matcher: TopologyMatcher;
  readonly objects: readonly KubeObject[];
  /** What the lines of its requests begin with. */
  readonly line: string;
}

/** A sequence: what the oracle is asked, and what differs in its answer. */
interface Case {
  readonly request: object;
  readonly counts: Readonly<Record<string, number>>;
  readonly steps: number;
  compare(theirs: JsonReport): readonly { readonly step: unknown; readonly ours: unknown; readonly theirs: unknown }[];
}

interface Progress {
  readonly first: number;
  next: number;
  readonly totals: Record<string, number>;
}

const SHARING = 4;
const WAITING = 64;
const WORKERS = 4;
/** Sequences between two notes of the progress. */
const NOTED = 400;
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

function clusterOf(number: number): Cluster {
  const random = new Random(number);
  const filters = random.chance(0.34) ? [...library.FILTERS] : VOLUME_BINDING;
  const objects = completed(generateCluster(number, knobs(random)).objects).map(versioned);
  const engine = random.chance(0.2) ? "javascript" : "wasm";
  const matcher = loaded(library, objects, { kubernetes: "1.37", gates: {}, filters }, engine);
  const line = JSON.stringify({ gates: {}, filters, plans: true, objects }).slice(0, -1);
  return { number, matcher, objects, line };
}

function placements(view: TopologyMatcher, objects: readonly KubeObject[], random: Random): Case {
  const { counts, expected, request } = placementSequence(view, objects, random);
  return {
    request,
    counts,
    steps: expected.length,
    compare: (theirs) =>
      (theirs.pods as JsonReport[]).flatMap(({ reserve, ...report }, i) => {
        const same = reserve?.error === undefined && sameJson(report, expected[i]);
        return same ? [] : [{ step: i, ours: expected[i], theirs: { reserve, ...report } }];
      }),
  };
}

function events(view: TopologyMatcher, objects: readonly KubeObject[], random: Random): Case {
  const { counts, expected, steps } = eventSequence(view, objects, random);
  return {
    request: { steps },
    counts,
    steps: steps.length,
    compare: (theirs) =>
      (theirs.steps as JsonReport[]).flatMap(({ error, ...rest }, i) => {
        const their = error === undefined ? rest : { ...rest, error: plainly(error) };
        const { logged, ...ours } = expected[i];
        const same = logged ? their.pod === undefined : sameJson(their, ours);
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
    progress: { type: "string" },
  },
});
const make = values.events ? events : placements;
const path = buildOracle("1.37");
const oracle = new Oracle(path, WORKERS);
const file = values.progress;
const first = Number(values.seed);
const progress: Progress =
  file !== undefined && existsSync(file)
    ? JSON.parse(readFileSync(file, "utf8"))
    : { first, next: first, totals: { sequences: 0, steps: 0, verdicts: 0, differences: 0 } };
const { totals } = progress;
const last = progress.first + Number(values.sequences);
const asked = new Set<Promise<void>>();
let cluster: Cluster | undefined;
for (let seed = progress.next; seed < last; seed++) {
  ask(seed);
  if (asked.size >= WAITING) await Promise.race(asked);
  if ((seed + 1 - progress.first) % NOTED !== 0) continue;
  await Promise.all(asked);
  progress.next = seed + 1;
  if (file !== undefined) writeFileSync(file, JSON.stringify(progress));
}
await Promise.all(asked);
oracle.close();
console.log(`sequences from seed ${progress.first}, judged by kube-scheduler ${oracleVersion(path)}`);
for (const [name, count] of Object.entries(totals))
  console.log(`${name.padEnd(14)} ${count.toLocaleString("en").padStart(12)}`);
process.exitCode = totals.differences > 0 || totals.sequences === 0 ? 1 : 0;

/** Makes the sequence of a seed, and lets the oracle judge it. */
function ask(seed: number): void {
  const number = Math.floor(seed / SHARING);
  if (cluster?.number !== number) cluster = clusterOf(number);
  const { line, matcher, objects } = cluster;
  const overlay: Overlay | undefined = seed % SHARING < SHARING - 1 ? matcher.overlay() : undefined;
  const { compare, counts, request, steps } = make(overlay ?? matcher, objects, new Random(seed));
  overlay?.drop();
  if (steps === 0) return;
  const answer = oracle.askLine(`${line},${JSON.stringify(request).slice(1)}\n`).then(
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
}

function show(seed: number, step: unknown, ours: unknown, theirs: unknown): void {
  if (++totals.differences > 5) return;
  console.log(`seed ${seed}, step ${step}:\n  ours   ${JSON.stringify(ours)}\n  theirs ${JSON.stringify(theirs)}`);
}
