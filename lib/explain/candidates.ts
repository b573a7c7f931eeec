// explain: a claim that found no volume -> how many volumes failed at which test, and the one that comes nearest.

import type { Mask } from "../evaluate/mask.js";
import { NO_NODES } from "../evaluate/mask.js";
import { CLAIM, VOLUME } from "../intern/cluster.js";
import type { PersistentVolumeLike } from "../objects/types.js";
import type { Candidates, VolumeFault, VolumeTest } from "./causes.js";
import type { Examination } from "./examination.js";
import { failedTerms } from "./failed-terms.js";
import type { Request } from "./volume-tests.js";
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

/**
 * Volumes of the claim's class, and those that are reserved for it. `nodes`: on which it found none; undefined where no
 * node was looked at. O(volumes of the class); of all classes, where none of its own comes near.
 */
export function candidatesOf(x: Examination, claim: number, nodes: Mask | undefined): Candidates {
  const { cluster } = x.context;
  const { claims, volumes, volumesByClass } = cluster;
  const request = requestOf(x, claim);
  const failed: { [Test in VolumeTest]?: number } = {};
  const reached = new Map<number, boolean>();
  const bitsOf = (row: number): number => placed(x, request, row, nodes, reached);
  let count = 0;
  let best: Best | undefined;
  const storageClass = claims.get(claim, CLAIM.class);
  for (let row = volumesByClass.first(storageClass, storageClass); row >= 0; row = volumesByClass.next(row)) {
    count++;
    const bits = bitsOf(row);
    const test = TESTS[31 - Math.clz32(bits & -bits)];
    failed[test] = (failed[test] ?? 0) + 1;
    best = nearer(x, best, { volume: row, bits });
  }
  if (best === undefined || ones(best.bits) > 1) {
    for (let row = 0; row < volumes.limit; row++) {
      if (!volumes.has(row) || volumes.get(row, VOLUME.class) === storageClass) continue;
      const bits = bitsOf(row);
      // Of other classes only what differs in nothing else is worth naming.
      if ((bits & ~TAKEN) === CLASS) best = nearer(x, best, { volume: row, bits: CLASS });
    }
  }
  const inOrder = Object.fromEntries(
    TESTS.flatMap((test) => (failed[test] === undefined ? [] : [[test, failed[test]]])),
  );
  return { volumes: count, failed: inOrder, ...(best !== undefined && { nearest: nearestOf(x, claim, best, nodes) }) };
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

/** The failed tests, with what nodes say: a volume that would fit a node is taken there. */
function placed(
  x: Examination,
  request: Request,
  volume: number,
  nodes: Mask | undefined,
  reached: Map<number, boolean>,
): number {
  const bits = failedBits(x, request, volume);
  if (nodes === undefined) return bits === 0 ? TAKEN : bits;
  const { context } = x;
  const selector = context.affinityOf(volume);
  let isReached = reached.get(selector);
  if (isReached === undefined) {
    const { masks } = context;
    isReached = masks.scratch.briefly(() => {
      const there = masks.and(nodes, context.selectors.mask(selector));
      return there !== NO_NODES && masks.count(there) > 0;
    });
    reached.set(selector, isReached);
  }
  if (!isReached) return bits | AFFINITY;
  return bits === 0 ? TAKEN : bits;
}

/** The one with fewer failed tests, of equal ones that whose test tells more, then the larger, then the first by name. */
function nearer({ context: { amounts, cluster } }: Examination, a: Best | undefined, b: Best): Best {
  if (a === undefined) return b;
  const difference = ones(a.bits) - ones(b.bits) || rank(a.bits) - rank(b.bits);
  if (difference !== 0) return difference < 0 ? a : b;
  const [sizeA, sizeB] = [a, b].map(({ volume }) => amounts.nanos(cluster.capacityOf(volume)));
  if (sizeA !== sizeB) return sizeA > sizeB ? a : b;
  const { strings, volumes } = cluster;
  return strings.compare(volumes.get(a.volume, VOLUME.name), volumes.get(b.volume, VOLUME.name)) < 0 ? a : b;
}

function nearestOf(x: Examination, claim: number, { bits, volume }: Best, nodes: Mask | undefined): VolumeFault {
  const { volumes } = x.context.cluster;
  const test = TELLING.find((one) => (bits & (1 << TESTS.indexOf(one))) !== 0) ?? "taken";
  const fault = faultOf(x, claim, volume, test);
  if (test !== "affinity" || nodes === undefined) return fault;
  const { spec } = volumes.read(volume) as PersistentVolumeLike;
  const written = termsOfNodeSelector(spec?.nodeAffinity?.required, fault.path);
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
