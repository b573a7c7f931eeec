// `npm run conformance:record`: cuts small clusters out of random ones, a pod each, keeps those that bring something
// new, and writes what the oracle says about them; and sequences of questions and changes.
// Options: --kubernetes MINOR, of all; --sequences, and not the clusters with one pod.

import { parseArgs } from "node:util";
import { DEFAULT_KUBERNETES, KUBERNETES_MINORS } from "../../../lib/options.js";
import { listenToDecisions } from "../../reference/evaluator/decided.js";
import { generateCluster } from "../../reference/generator/generate.js";
import { Random } from "../../reference/generator/random.js";
import type { KubeObject } from "../../reference/generator/world.js";
import { type GateSetting, gatesOf, gatesText } from "./gates.js";
import { buildOracle, type JsonReport, Oracle, oracleVersion } from "./oracle.js";
import { filtersOf, knobsOf, PROFILES } from "./profiles.js";
import { largeSequences, smallSequences } from "./record-sequences.js";
import { type RecordedCase, writeRecorded } from "./recorded-file.js";
import { writeSequences } from "./recorded-sequences.js";
import { relevantObjects } from "./relevant.js";
import { referenceReport } from "./sides.js";
import { templatesOf } from "./templates.js";

const FIRST_SEED = 3_000_000;
const MOST_BYTES = 4_000_000;
const CLUSTERS = 12_000;
/** How often each situation is recorded for an older release, and each pair of them for the newest. */
const TIMES = { situation: 8, pair: 2 };
const FILTERS = filtersOf("default");
const CANDIDATE_PROFILES = Object.entries(PROFILES).flatMap(([name, { comesLater }]) => (comesLater ? [] : [name]));

/** What brings no situation of its own. */
const PLAIN = { furnished: 0, localVolumes: false, longNames: 0, unfinished: 0 };

const { values: asked } = parseArgs({ options: { kubernetes: { type: "string" }, sequences: { type: "boolean" } } });

let bytes = 0;
for (const kubernetes of asked.kubernetes ? [asked.kubernetes] : KUBERNETES_MINORS) {
  if (!asked.sequences) bytes += await record(kubernetes);
  bytes += await recordSequences(kubernetes);
}
if (bytes > MOST_BYTES) throw new Error(`${bytes} bytes of recorded verdicts are too many`);
console.log(`${bytes} bytes in all`);

async function recordSequences(kubernetes: string): Promise<number> {
  const path = buildOracle(kubernetes);
  const oracle = new Oracle(path);
  const small = await smallSequences(oracle, kubernetes);
  const large = kubernetes === DEFAULT_KUBERNETES ? await largeSequences(oracle, kubernetes) : [];
  oracle.close();
  const size = writeSequences(kubernetes, oracleVersion(path), [...small, ...large]);
  console.log(`${kubernetes}: ${small.length} small clusters, ${large.length} that change, ${size} bytes`);
  return size;
}

async function record(kubernetes: string): Promise<number> {
  const path = buildOracle(kubernetes);
  const oracle = new Oracle(path);
  const newest = kubernetes === KUBERNETES_MINORS.at(-1);
  const seen = new Map<string, number>();
  const cases: RecordedCase[] = [];
  for (let seed = FIRST_SEED; seed < FIRST_SEED + CLUSTERS; seed++) {
    const profile = CANDIDATE_PROFILES[seed % CANDIDATE_PROFILES.length];
    const gates = gatesOf(kubernetes, seed);
    const { objects } = generateCluster(seed, {
      kubernetes,
      ...knobsOf(profile, seed),
      ...smallKnobs(profile, seed),
      ...PLAIN,
    });
    for (const pod of objects.filter(({ kind }) => kind === "Pod")) {
      const own = relevantObjects(objects, pod);
      const situations = situationsOf(own, kubernetes, gates);
      if (situations === undefined || !bringsSomethingNew(situations, seen, newest)) continue;
      const { pods } = await oracle.ask({ objects: own, gates, filters: FILTERS });
      cases.push({ from: `${profile} ${seed}`, gates, objects: own, report: pods[0] });
    }
  }
  oracle.close();
  const size = writeRecorded(kubernetes, oracleVersion(path), FILTERS, cases);
  console.log(`${kubernetes}: ${cases.length} cases, ${seen.size} situations or pairs, ${size} bytes`);
  return size;
}

function smallKnobs(profile: string, seed: number): object {
  const random = new Random(seed);
  if (profile === "empty") return { nodes: 0, pods: 2 };
  if (profile === "edges") return { nodes: random.pick([31, 32, 33, 63, 64, 65]), pods: 1 };
  if (profile === "large") return { nodes: random.int(12, 20), pods: 2 };
  return { nodes: random.int(1, 5), pods: random.int(2, 5) };
}

/** The rules that settle something about the pod, the texts it gets, its gates; undefined unless it is pending. */
function situationsOf(objects: readonly KubeObject[], kubernetes: string, gates: GateSetting): string[] | undefined {
  const situations = new Set([gatesText(gates)]);
  listenToDecisions({ decided: (rule) => situations.add(rule), begins: () => {} });
  const { pods }: JsonReport = referenceReport(objects, { kubernetes, gates, filters: FILTERS });
  listenToDecisions(undefined);
  if (pods.length !== 1) return undefined;
  const [{ error, feasible, infeasible, preFilter }] = pods;
  const texts = [
    ...(preFilter ? templatesOf("reason of a pod", preFilter.reasons[0]) : []),
    ...(error ? templatesOf("error of a pod", error) : []),
    ...infeasible.map(({ reasons }: { reasons: string[] }) => reasons.join()),
  ];
  for (const text of texts) situations.add(text);
  situations.add(`feasible: ${feasible.length === 0 ? "none" : infeasible.length === 0 ? "all" : "some"}`);
  return [...situations].sort();
}

function bringsSomethingNew(situations: readonly string[], seen: Map<string, number>, asPairs: boolean): boolean {
  const parts = asPairs
    ? situations.flatMap((one, index) => situations.slice(index).map((other) => `${one}\n${other}`))
    : situations;
  const isNew = parts.some((part) => (seen.get(part) ?? 0) < (asPairs ? TIMES.pair : TIMES.situation));
  if (isNew) for (const part of parts) seen.set(part, (seen.get(part) ?? 0) + 1);
  return isNew;
}
