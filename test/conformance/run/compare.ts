// One cluster by its seed: generated, judged by the oracle, answered by the library, compared and counted.

import { type GeneratedCluster, generateCluster } from "../../reference/generator/generate.js";
import { type GateSetting, gatesOf, gatesText, hasAttributesClasses } from "./gates.js";
import type { JsonReport, Oracle, Request } from "./oracle.js";
import { filtersOf, knobsOf, PROFILES, profileOf } from "./profiles.js";
import { checkShuffles } from "./shuffles.js";
import { differingPods, libraryReport, referenceReport, type Setting, withoutUnknownScores } from "./sides.js";
import { addNumbers, countReport, countRules, sizeOf, type Tally } from "./tally.js";

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

/** The share of clusters on the second engine too, as one in so many. */
const JAVASCRIPT_EVERY = 4;
/** The share of clusters that the reference evaluator goes through, counting rules, as one in so many. */
const REFERENCE_EVERY = 2;
const WITHOUT_ATTRIBUTES_CLASSES = 0.03;

export function clusterOf(profile: string, seed: number, kubernetes: string): GeneratedCluster {
  const knobs = { kubernetes, ...knobsOf(profile, seed) };
  // A claim that names an attributes class where there are none ends the cycle: not in every cluster.
  const without = !hasAttributesClasses(kubernetes, gatesOf(kubernetes, seed));
  return generateCluster(seed, without ? { ...knobs, attributesClasses: WITHOUT_ATTRIBUTES_CLASSES } : knobs);
}

export async function compareCluster(oracle: Oracle, tally: Tally, job: Job): Promise<Difference[]> {
  const { kubernetes, seed } = job;
  const profile = job.profile ?? profileOf(seed);
  const setting: Setting = { kubernetes, gates: gatesOf(kubernetes, seed), filters: filtersOf(profile) };
  const { objects } = clusterOf(profile, seed, kubernetes);
  const request: Request = { objects, gates: setting.gates, filters: setting.filters };
  const asked = oracle.ask(request);
  const ours = libraryReport(objects, setting, "wasm");
  if (PROFILES[profile].comesLater) {
    const theirs = await asked;
    const differing = differingPods(ours, theirs).length;
    addNumbers(tally.comesLater as never, { [profile]: { ...sizeOf(theirs), differingPods: differing } });
    return [];
  }
  const javascript = seed % JAVASCRIPT_EVERY === 0 ? libraryReport(objects, setting, "javascript") : undefined;
  const reference =
    seed % REFERENCE_EVERY === 0 ? countRules(tally, () => referenceReport(objects, setting)) : undefined;
  const theirs = await asked;
  countCluster(tally, profile, setting.gates, theirs, javascript !== undefined);

  const differences: Difference[] = [];
  const compare = (side: string, answer: JsonReport): number => {
    const places = differingPods(answer, theirs);
    for (const place of places) {
      const [own, judged] = place < 0 ? [answer, theirs] : [answer.pods[place], theirs.pods[place]];
      const shown = place < 0 ? judged : withoutUnknownScores(judged, own);
      differences.push({ kubernetes, profile, seed, gates: setting.gates, side, ours: own, theirs: shown });
    }
    return places.length;
  };
  tally.differences += compare("wasm", ours);
  if (javascript) tally.differences += compare("javascript", javascript);
  if (reference) tally.referenceDifferences += compare("reference", reference);
  if (job.shuffles > 0 && differences.length === 0) {
    const missed = await checkShuffles(oracle, request, ours, job.shuffles, tally.shuffles);
    for (const { own, outcomes } of missed) {
      differences.push({ ...setting, profile, seed, side: "shuffles", ours: own, theirs: outcomes });
    }
    tally.differences += missed.length;
  }
  return differences;
}

function countCluster(tally: Tally, profile: string, gates: GateSetting, report: JsonReport, both: boolean): void {
  const size = sizeOf(report);
  addNumbers(tally as never, { ...size });
  tally.largest = Math.max(tally.largest, size.verdicts);
  addNumbers(tally.byProfile as never, { [profile]: { ...size } });
  addNumbers(tally.byGates as never, { [gatesText(gates)]: { ...size } });
  addNumbers(tally.engines, { wasm: size.verdicts, javascript: both ? size.verdicts : 0 });
  countReport(tally, report);
}
