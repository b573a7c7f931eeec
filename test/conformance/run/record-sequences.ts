// Makes the recorded sequences: small clusters for every text of every plugin, and large ones that change between
// questions.

import { DEFAULT_KUBERNETES } from "../../../lib/options.js";
import { generateCluster } from "../../reference/generator/generate.js";
import { type Knobs, WHOLE_PROFILE_KNOBS } from "../../reference/generator/knobs.js";
import { Random } from "../../reference/generator/random.js";
import type { KubeObject } from "../../reference/generator/world.js";
import { withFewDrivers } from "./compare.js";
import { isPending, keyOf, nameOf } from "./completed.js";
import { type GateSetting, gatesOf } from "./gates.js";
import type { JsonReport, Oracle } from "./oracle.js";
import { filtersOf, knobsOf } from "./profiles.js";
import type { RecordedSequence, RecordedStep } from "./recorded-sequences.js";
import { textsIn } from "./report-texts.js";
import { TEMPLATES } from "./templates.js";
import { changed } from "./updates.js";

const FIRST_SEED = 4_000_000;
const PLAIN = { furnished: 0, longNames: 0, unfinished: 0, gates: 0 };
/** Rich in texts, each with its filters. */
const SMALL = [
  "whole",
  "limits",
  "migration",
  "zones",
  "nodes",
  "resources",
  "zones-binding",
  "selectors",
  "faults",
  "empty",
];
const MOST_SMALL = 6000;
/** How often each text is recorded, for the newest release and for the others. */
const TIMES = { newest: 6, older: 3 };
const LARGE = { clusters: 32, changes: 10, pods: 4 };

/** One step each. Ends when every text that the release can show was met often enough. */
export async function smallSequences(oracle: Oracle, kubernetes: string): Promise<RecordedSequence[]> {
  const times = kubernetes === DEFAULT_KUBERNETES ? TIMES.newest : TIMES.older;
  const minor = Number(kubernetes.slice(2));
  const wanted = TEMPLATES.filter(
    ({ argued, since = 0, until = minor }) => argued === undefined && since <= minor && minor <= until,
  );
  const seen = new Map(wanted.map(({ name, outcome }) => [`${outcome}: ${name}`, 0]));
  const sequences: RecordedSequence[] = [];
  for (let seed = FIRST_SEED; seed < FIRST_SEED + MOST_SMALL; seed++) {
    if ([...seen.values()].every((count) => count >= times)) return sequences;
    const profile = SMALL[seed % SMALL.length];
    const random = new Random(seed);
    const knobs = {
      ...knobsOf(profile, seed),
      nodes: profile === "empty" ? 0 : random.int(2, 5),
      pods: random.int(5, 8),
      ...PLAIN,
    };
    const objects = withFewDrivers(generateCluster(seed, { kubernetes, ...knobs }).objects, kubernetes, seed);
    const gates = gatesOf(kubernetes, seed);
    const filters = filtersOf(profile);
    const report = await oracle.ask({ objects, gates, filters });
    const texts = textsIn(report);
    if (![...new Set(texts)].some((text) => (seen.get(text) ?? 0) < times)) continue;
    for (const text of texts) seen.set(text, (seen.get(text) ?? 0) + 1);
    sequences.push({ from: `${profile} ${seed}`, gates, filters, steps: [{ put: objects, drop: [], report }] });
  }
  const rare = [...seen].filter(([, count]) => count < times).map(([text, count]) => `${count} times: ${text}`);
  throw new Error(`${kubernetes}: too rare: ${rare.join("\n")}`);
}

/** 33 to 300 nodes and more than 100 volumes, some pods asked about after each change. */
export async function largeSequences(oracle: Oracle, kubernetes: string): Promise<RecordedSequence[]> {
  const sequences: RecordedSequence[] = [];
  for (let seed = FIRST_SEED; sequences.length < LARGE.clusters; seed++) {
    const random = new Random(seed);
    const filters = filtersOf(seed % 3 === 0 ? "default" : "whole");
    const { objects } = generateCluster(seed, { kubernetes, ...largeKnobs(seed, random), ...PLAIN });
    if (objects.filter(({ kind }) => kind === "PersistentVolume").length <= 100) continue;
    const gates = gatesOf(kubernetes, seed);
    const steps = await stepsOf(oracle, objects, { gates, filters }, random);
    sequences.push({ from: `large ${seed}`, gates, filters, steps });
  }
  return sequences;
}

function largeKnobs(seed: number, random: Random): Partial<Knobs> {
  const nodes = random.branch([
    [6, () => random.int(33, 60)],
    [3, () => random.int(61, 110)],
    [1, () => random.int(111, 300)],
  ]);
  const local: Partial<Knobs> = { nodes, localVolumes: true, noNodes: 0 };
  if (seed % 3 === 0) return local;
  if (seed % 3 === 1) return { ...WHOLE_PROFILE_KNOBS, ...local };
  return { ...WHOLE_PROFILE_KNOBS, nodes, noNodes: 0, pods: 140, placedPods: 0.92 };
}

async function stepsOf(
  oracle: Oracle,
  objects: readonly KubeObject[],
  setting: { gates: GateSetting; filters: readonly string[] },
  random: Random,
): Promise<RecordedStep[]> {
  const state = new Map(objects.map((object) => [keyOf(object), object]));
  const gone: KubeObject[] = [];
  const steps: RecordedStep[] = [];
  const judged = async (put: readonly KubeObject[], drop: RecordedStep["drop"]): Promise<void> => {
    const all = [...state.values()];
    const pods = random.some(all.filter(isPending), LARGE.pods, LARGE.pods).map(nameOf);
    const report: JsonReport = await oracle.ask({ objects: all, ...setting, pods });
    steps.push({ put, drop, report });
  };
  await judged(objects, []);
  for (let change = 0; change < LARGE.changes; change++) {
    const dropped = random.some([...state.values()], 1, 4);
    for (const object of dropped) state.delete(keyOf(object));
    const put = [
      ...random.some([...state.values()], 2, 6).map((object) => changed(object, random)),
      ...gone.splice(0, random.int(0, 3)),
    ];
    for (const object of put) state.set(keyOf(object), object);
    gone.push(...dropped.filter((object) => !state.has(keyOf(object))));
    const drop = dropped.map((object) => [object.kind, keyOf(object).slice(object.kind.length + 1)] as const);
    await judged(put, drop);
  }
  return steps;
}
