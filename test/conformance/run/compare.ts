// One cluster by its seed: generated, judged by the oracle, answered by the library in every way, compared and counted.

import type { GeneratedCluster } from "../../reference/generator/generate.js";
import { generateCluster } from "../../reference/generator/generate.js";
import { Random } from "../../reference/generator/random.js";
import type { KubeObject } from "../../reference/generator/world.js";
import { argumentsText, settingOf } from "./arguments.js";
import { withClaimPods } from "./claim-pods.js";
import { completed, isPending } from "./completed.js";
import { ENTRY_POINTS, type Mismatch } from "./entry-points.js";
import { type GateSetting, gatesOf, gatesText, hasAttributesClasses } from "./gates.js";
import type { JsonReport, Oracle, Request } from "./oracle.js";
import { countingLibrary, isUpkeep } from "./paths.js";
import { knobsOf, PROFILES, profileOf } from "./profiles.js";
import { PROGRAMS } from "./programs.js";
import { BATCHES, type Checks, checksOf } from "./shares.js";
import { checkShuffles } from "./shuffles.js";
import {
  differingPods,
  guarded,
  libraryReport,
  loaded,
  optionsOf,
  referenceReport,
  reportOf,
  type Setting,
} from "./sides.js";
import { stepsOf } from "./steps.js";
import { addNumbers, countPaths, countReport, countRules, sizeOf, type Tally } from "./tally.js";
import { goThroughUpdates } from "./updates.js";

export interface Job {
  readonly kubernetes: string;
  readonly profile: string | undefined;
  readonly shuffles: number;
  readonly seed: number;
}

export interface Difference {
  readonly kubernetes: string;
  readonly profile: string;
  readonly seed: number;
  readonly gates: GateSetting;
  readonly side: string;
  readonly ours: JsonReport;
  readonly theirs: JsonReport;
}

const WITHOUT_ATTRIBUTES_CLASSES = 0.03;

/** Objects of another cluster that a matcher meets on its way. */
const MOST_OTHERS = 300;
/** The next seed's cluster is one of these objects' and then one of its own. */
const KEPT_CLUSTERS = 24;
const kept = new Map<string, GeneratedCluster>();

/** As `clusterOf`, made once for a run of neighbouring seeds. */
function keptCluster(profile: string, seed: number, kubernetes: string): GeneratedCluster {
  const key = `${profile} ${seed} ${kubernetes}`;
  const cluster = kept.get(key) ?? clusterOf(profile, seed, kubernetes);
  if (kept.size >= KEPT_CLUSTERS) kept.delete(kept.keys().next().value as string);
  kept.set(key, cluster);
  return cluster;
}

export function clusterOf(profile: string, seed: number, kubernetes: string): GeneratedCluster {
  const knobs = { kubernetes, ...knobsOf(profile, seed) };
  // A claim that names an attributes class where there are none ends the cycle: not in every cluster.
  const without = !hasAttributesClasses(kubernetes, gatesOf(kubernetes, seed));
  const { objects } = generateCluster(
    seed,
    without ? { ...knobs, attributesClasses: WITHOUT_ATTRIBUTES_CLASSES } : knobs,
  );
  return { objects: withClaimPods(withFewDrivers(objects, kubernetes, seed), seed) };
}

/** In 1.35 every driver with a CSIDriver is required, and which of several missing ones is named is random (R-ND-4). */
export function withFewDrivers(objects: KubeObject[], kubernetes: string, seed: number): KubeObject[] {
  if (kubernetes !== "1.35" || gatesOf(kubernetes, seed).VolumeLimitScaling !== true) return objects;
  const drivers = objects.filter(({ kind }) => kind === "CSIDriver").map(({ metadata }) => metadata.name);
  const kept = drivers[seed % Math.max(1, drivers.length)];
  return objects.filter(({ kind, metadata }) => kind !== "CSIDriver" || metadata.name === kept);
}

export async function compareCluster(oracle: Oracle, tally: Tally, job: Job): Promise<Difference[]> {
  const { kubernetes, seed } = job;
  const profile = job.profile ?? profileOf(seed, kubernetes);
  const { objects } = keptCluster(profile, seed, kubernetes);
  const setting = settingOf(profile, seed, kubernetes, objects);
  const request: Request = { ...setting, objects };
  const asked = oracle.ask(request);
  if (PROFILES[profile].comesLater) {
    const ours = libraryReport(objects, setting, "wasm");
    const theirs = await asked;
    const differing = differingPods(ours, theirs).length;
    addNumbers(tally.comesLater as never, { [profile]: { ...sizeOf(theirs), differingPods: differing } });
    return [];
  }
  await countingLibrary();
  const theirs = await asked;
  const random = new Random(seed ^ 0x3a7e5);
  const steps = stepsOf(completed(objects));
  const checks = checksOf(random, kubernetes, profile, steps);
  const differences: Difference[] = [];
  const note = (side: string, ours: JsonReport, judged: JsonReport): void => {
    differences.push({ kubernetes, profile, seed, gates: setting.gates, side, ours, theirs: judged });
  };
  const compare = (side: string, answer: JsonReport): number => {
    const places = differingPods(answer, theirs);
    for (const place of places) {
      const [own, judged] = place < 0 ? [answer, theirs] : [answer.pods[place], theirs.pods[place]];
      note(side, own, judged);
    }
    count(tally.entryPoints, side, theirs.pods.length);
    return places.length;
  };
  const others = checks.updates ? othersFor(job, random) : undefined;
  const { report: ours, mismatches } = await askAll({ objects, others, setting, theirs, random, tally, checks });
  tally.differences += compare(others ? "updates" : "wasm", ours) + mismatches.length;
  for (const { side, ours: own, theirs: judged } of mismatches) note(side, own, judged);
  if (checks.javascript) {
    tally.differences += compare("javascript", libraryReport(objects, setting, "javascript"));
  }
  for (const [name, program] of Object.entries(PROGRAMS)) {
    if (!checks.program() || (name === "command" && setting.pluginConfig !== undefined)) continue;
    const answer = await program(objects, setting).catch((fault) => ({
      nodes: -1,
      pods: [],
      fault: String(fault.stack),
    }));
    tally.differences += compare(name, answer);
  }
  if (checks.reference) {
    const reference = countRules(tally, () => referenceReport(objects, setting));
    tally.referenceDifferences += compare("reference", reference);
  }
  countCluster(tally, profile, setting, steps, theirs, checks.updates);
  if (job.shuffles > 0 && differences.length === 0) {
    const missed = await checkShuffles(oracle, request, ours, job.shuffles, tally.shuffles);
    for (const { own, outcomes } of missed) note("shuffles", own, outcomes);
    tally.differences += missed.length;
  }
  return differences;
}

/** Of the next seed's cluster: equal names, other contents. */
function othersFor({ kubernetes, profile, seed }: Job, random: Random): KubeObject[] {
  const { objects } = keptCluster(profile ?? profileOf(seed + 1, kubernetes), seed + 1, kubernetes);
  return objects.length > MOST_OTHERS ? random.some(objects, MOST_OTHERS, MOST_OTHERS) : [...objects];
}

interface Questions {
  readonly objects: readonly KubeObject[];
  readonly others: readonly KubeObject[] | undefined;
  readonly setting: Setting;
  readonly theirs: JsonReport;
  readonly random: Random;
  readonly tally: Tally;
  readonly checks: Checks;
}

/** The library that counts its paths, loaded or taken through updates, asked in every way that is this cluster's. */
async function askAll(
  questions: Questions,
): Promise<{ report: JsonReport; mismatches: (Mismatch & { side: string })[] }> {
  const { checks, objects, others, random, setting, tally, theirs } = questions;
  const { counter, library } = await countingLibrary();
  const wanted = completed(objects);
  const pods = wanted.filter(isPending);
  const mismatches: (Mismatch & { side: string })[] = [];
  counter.take();
  const report = guarded(() => {
    const matcher = others
      ? library.createMatcherSync(optionsOf(setting, "wasm"))
      : loaded(library, wanted, setting, "wasm");
    if (others) goThroughUpdates({ matcher, random, wanted, others: completed(others) });
    const upkeep = [...counter.take().keys()].filter(isUpkeep);
    const byPod: Map<string, number>[] = [];
    const askIn = (side: string): void => {
      if (pods.length !== theirs.pods.length) return;
      counter.take();
      const answered = ENTRY_POINTS[side]({ matcher, pods, theirs, random, objects: wanted });
      count(tally.entryPoints, side, answered.pods);
      for (const mismatch of answered.mismatches) mismatches.push({ side, ...mismatch });
      // One call for all pods: each of them took its own path.
      if (BATCHES.includes(side)) byPod.push(counter.take());
    };
    for (const side of checks.first) askIn(side);
    counter.take();
    const answers = reportOf(matcher, pods, () => byPod.push(counter.take()));
    for (const side of checks.behind) askIn(side);
    countPaths(tally, counter.paths, upkeep, byPod, pods.length);
    return answers;
  });
  return { report, mismatches };
}

function countCluster(
  tally: Tally,
  profile: string,
  setting: Setting,
  steps: number,
  report: JsonReport,
  updated: boolean,
): void {
  const size = sizeOf(report);
  addNumbers(tally as never, { ...size, steps });
  tally.largest = Math.max(tally.largest, size.verdicts);
  addNumbers(tally.byProfile as never, { [profile]: { ...size } });
  addNumbers(tally.byGates as never, { [gatesText(setting.gates)]: { ...size } });
  addNumbers(tally.byArguments as never, { [argumentsText(setting)]: { ...size } });
  addNumbers(tally.byMode as never, { [updated ? "through updates" : "loaded at once"]: { ...size } });
  countReport(tally, report);
}

function count(counts: Record<string, number>, name: string, times: number): void {
  counts[name] = (counts[name] ?? 0) + times;
}
