// explain: a claim that found no volume -> how many volumes failed at which test, and the one that comes nearest.

import type { Mask } from "../evaluate/mask.js";
import { CLAIM, VOLUME } from "../intern/cluster.js";
import { requiredAffinity } from "./affinity.js";
import type { Candidates, VolumeFault, VolumeTest } from "./causes.js";
import { groupsOf } from "./census.js";
import type { Examination } from "./examination.js";
import { failedTerms } from "./failed-terms.js";
import type { VolumeRange } from "./volume-ranges.js";
import { VolumeRanges } from "./volume-ranges.js";
import { failedBits, faultOf, requestOf, TESTS } from "./volume-tests.js";
import { termsOfNodeSelector } from "./written-terms.js";

const AFFINITY = 1 << TESTS.indexOf("affinity");
const TAKEN = 1 << TESTS.indexOf("taken");
const CLASS = 1 << TESTS.indexOf("class");

/** Of volumes that fail one test: which is the most telling one to name. */
const TELLING: readonly VolumeTest[] = [
  "released",
  "size",
  "affinity",
  "accessModes",
  "volumeMode",
  "attributesClass",
  "selector",
  "phase",
  "deletion",
  "class",
  "taken",
  "reserved",
];
const RANKS = TESTS.map((test) => TELLING.indexOf(test));

interface Best {
  readonly volume: number;
  readonly bits: number;
}

/** Some volumes of a range, which fail the same tests, where they are: those that can be reached, or the others. */
interface Choice {
  readonly range: VolumeRange;
  readonly reached: boolean;
  readonly bits: number;
}

/**
 * Volumes of the claim's class, and those that are reserved for it. `nodes`: on which it found none; undefined where no
 * node was looked at. O(groups of volumes), and O(volumes) for those that fit but for their nodes, or whose labels are
 * looked at; the first time after a change O(volumes).
 */
export function candidatesOf(x: Examination, claim: number, nodes: Mask | undefined): Candidates {
  const { context } = x;
  const storageClass = context.cluster.claims.get(claim, CLAIM.class);
  const groups = groupsOf(context);
  const all = new VolumeRanges(x, requestOf(x, claim), nodes);
  const own = (groups.get(storageClass) ?? []).flatMap((group) => all.of(group));
  own.push(...all.singles(storageClass));
  const failed = countsOf(all, own);
  let best = nearestIn(x, all, own.flatMap(choicesOf(nodes)));
  if (best === undefined || ones(best.bits) > 1) {
    const others = [...groups].flatMap(([name, some]) => (name === storageClass ? [] : some));
    const ranges = [...others.flatMap((group) => all.of(group)), ...all.singles(undefined, storageClass)];
    // Of other classes only what differs in nothing else is worth naming.
    const choices = ranges.filter(({ bits }) => bits === CLASS).map((range) => ({ range, reached: true, bits: CLASS }));
    const other = nearestIn(x, all, choices);
    if (other !== undefined) best = best === undefined ? other : nearer(x, best, other);
  }
  const volumes = Object.values(failed).reduce((sum, count) => sum + count, 0);
  return { volumes, failed, ...(best !== undefined && { nearest: nearestOf(x, claim, best, nodes) }) };
}

/** The volume (a row) that fails no test but that of nodes, or -1. */
export function fittingVolume(x: Examination, claim: number): number {
  const { claims, volumesByClass } = x.context.cluster;
  const request = requestOf(x, claim);
  const storageClass = claims.get(claim, CLAIM.class);
  for (let row = volumesByClass.first(storageClass, storageClass); row >= 0; row = volumesByClass.next(row)) {
    if (failedBits(x, request, row) === 0) return row;
  }
  return -1;
}

/** How many volumes of the class fail which test first. */
function countsOf(all: VolumeRanges, ranges: readonly VolumeRange[]): Candidates["failed"] {
  const counts = new Map<VolumeTest, number>();
  const add = (test: VolumeTest, count: number): void => {
    if (count !== 0) counts.set(test, (counts.get(test) ?? 0) + count);
  };
  const first = (bits: number): VolumeTest => TESTS[31 - Math.clz32(bits & -bits)];
  for (const range of ranges) {
    const count = all.count(range);
    if (range.bits !== 0) add(first(range.bits), count);
    else {
      const reached = all.countReached(range);
      add("taken", reached);
      add("affinity", count - reached);
    }
  }
  return Object.fromEntries(TESTS.flatMap((test) => ((counts.get(test) ?? 0) === 0 ? [] : [[test, counts.get(test)]])));
}

/** Where no node was looked at, every volume counts as reached. A volume that would fit a node is taken there. */
function choicesOf(nodes: Mask | undefined): (range: VolumeRange) => Choice[] {
  return (range) => {
    const reached = { range, reached: true, bits: range.bits === 0 ? TAKEN : range.bits };
    return nodes === undefined ? [reached] : [reached, { range, reached: false, bits: range.bits | AFFINITY }];
  };
}

/** The nearest volume of all choices. */
function nearestIn(x: Examination, all: VolumeRanges, choices: Choice[]): Best | undefined {
  choices.sort((a, b) => compare(a.bits, b.bits));
  let best: Best | undefined;
  for (const { bits, range, reached } of choices) {
    if (best !== undefined && compare(best.bits, bits) < 0) break;
    const volume = all.first(range, reached);
    if (volume < 0) continue;
    best = best === undefined ? { volume, bits } : nearer(x, best, { volume, bits });
  }
  return best;
}

/** Fewer failed tests come first, of as many those of which one tells more. */
function compare(a: number, b: number): number {
  return ones(a) - ones(b) || rank(a) - rank(b);
}

/** Of those that are equally near the larger, then the first by name. */
function nearer({ context: { amounts, cluster } }: Examination, a: Best, b: Best): Best {
  const difference = compare(a.bits, b.bits);
  if (difference !== 0) return difference < 0 ? a : b;
  const [sizeA, sizeB] = [a, b].map(({ volume }) => amounts.nanos(cluster.capacityOf(volume)));
  if (sizeA !== sizeB) return sizeA > sizeB ? a : b;
  const { strings, volumes } = cluster;
  return strings.compare(volumes.get(a.volume, VOLUME.name), volumes.get(b.volume, VOLUME.name)) < 0 ? a : b;
}

function nearestOf(x: Examination, claim: number, { bits, volume }: Best, nodes: Mask | undefined): VolumeFault {
  const test = TELLING.find((one) => (bits & (1 << TESTS.indexOf(one))) !== 0) ?? "taken";
  const fault = faultOf(x, claim, volume, test);
  if (test !== "affinity" || nodes === undefined) return fault;
  const written = termsOfNodeSelector(requiredAffinity(x, volume), fault.path);
  const terms = failedTerms(x, written, nodes);
  return { ...fault, terms, path: terms[0]?.requirements[0]?.path ?? terms[0]?.path ?? fault.path };
}

function rank(bits: number): number {
  let best = RANKS.length;
  for (let rest = bits; rest !== 0; rest &= rest - 1) best = Math.min(best, RANKS[31 - Math.clz32(rest & -rest)]);
  return best;
}

function ones(bits: number): number {
  let count = 0;
  for (let rest = bits; rest !== 0; rest &= rest - 1) count++;
  return count;
}
