// controllers: a claim for which no volume was found -> the volume that comes nearest: one thing alone is against it.

import { CLAIM, VOLUME } from "../../intern/cluster.js";
import { EMPTY_TEXT } from "../../intern/strings.js";
import type { Obstacle } from "./obstacle.js";
import type { ControllerState } from "./state.js";
import { failedTests } from "./volume-tests.js";

export interface NearMiss {
  readonly volume: number;
  readonly obstacle: Obstacle;
}

/** The most telling obstacle first; of a volume that was this claim's before there is nothing more to say. */
const TESTS: readonly Obstacle["test"][] = [
  "size",
  "accessModes",
  "volumeMode",
  "attributesClass",
  "selector",
  "phase",
  "deletion",
  "reservation",
  "class",
];

/** So many volumes are looked at in all: some 0.5 s. */
const MOST_LOOKS = 4_000_000;

export class NearMisses {
  #looks = 0;
  readonly #found = new Map<string, NearMiss | undefined>();

  constructor(readonly state: ControllerState) {}

  /** O(volumes), once for claims that ask for the same; undefined also where too many volumes were looked at before. */
  of(claim: number): NearMiss | undefined {
    const { cluster } = this.state;
    const { claims, volumesByClaim } = cluster;
    const isNamed = volumesByClaim.first(claims.get(claim, CLAIM.namespace), claims.get(claim, CLAIM.name)) >= 0;
    const asked = [CLAIM.class, CLAIM.volumeMode, CLAIM.volumeAttributesClassName, CLAIM.accessModes, CLAIM.selector];
    const key = [...asked.map((column) => claims.get(claim, column)), cluster.requestOf(claim)].join();
    if (!isNamed && this.#found.has(key)) return this.#found.get(key);
    if (this.#looks > MOST_LOOKS) return undefined;
    this.#looks += cluster.volumes.limit;
    const found = this.#look(claim);
    if (!isNamed) this.#found.set(key, found);
    return found;
  }

  #look(claim: number): NearMiss | undefined {
    const { cluster } = this.state;
    const { strings, volumes } = cluster;
    let best = -1;
    let [bestRank, bestSize] = [TESTS.length, 0n];
    for (let row = 0; row < volumes.limit; row++) {
      const rank = this.#rankOf(row, claim);
      if (rank < 0 || rank > bestRank) continue;
      const size = this.#sizeOf(row);
      const before = (): boolean => {
        if (size !== bestSize) return size > bestSize;
        return strings.compare(volumes.get(row, VOLUME.name), volumes.get(best, VOLUME.name)) < 0;
      };
      // Of volumes with one obstacle the largest, then the first by name.
      if (best < 0 || rank < bestRank || before()) [best, bestRank, bestSize] = [row, rank, size];
    }
    return best < 0 ? undefined : { volume: best, obstacle: this.#obstacleOf(best, claim, TESTS[bestRank]) };
  }

  /** The place in TESTS of the one thing that is against a volume; -1 where there are more or none. */
  #rankOf(row: number, claim: number): number {
    const { cluster } = this.state;
    const { claims, ids, volumes } = cluster;
    let rank = -1;
    const is = (test: Obstacle["test"], holds: boolean): boolean => {
      if (!holds) return true;
      if (rank >= 0) return false;
      rank = TESTS.indexOf(test);
      return true;
    };
    const reserved = this.state.isBoundTo(row, claim);
    const taken = this.state.hasClaimRef(row) && !reserved;
    const attributes = claims.get(claim, CLAIM.volumeAttributesClassName) || EMPTY_TEXT;
    const single =
      is("class", !reserved && claims.get(claim, CLAIM.class) !== volumes.get(row, VOLUME.class)) &&
      is("reservation", taken) &&
      is("phase", !taken && !reserved && volumes.get(row, VOLUME.phase) !== ids.available) &&
      is("volumeMode", this.state.modesDiffer(row, claim)) &&
      is("attributesClass", (volumes.get(row, VOLUME.volumeAttributesClassName) || EMPTY_TEXT) !== attributes) &&
      is("deletion", volumes.get(row, VOLUME.deletionTimestamp) !== 0) &&
      is("size", this.#sizeOf(row) < this.state.amounts.value(cluster.requestOf(claim))) &&
      is("accessModes", this.#lacksModes(row, claim)) &&
      is("selector", !reserved && this.#isUnselected(row, claim));
    if (!single) return -1;
    // A volume of an earlier claim of this name says it all.
    return taken && this.#isOfThatName(row, claim) ? 0 : rank;
  }

  #sizeOf(row: number): bigint {
    return this.state.amounts.value(this.state.cluster.capacityOf(row));
  }

  #lacksModes(row: number, claim: number): boolean {
    const { blocks, claims, volumes } = this.state.cluster;
    const [wanted, offered] = [claims.get(claim, CLAIM.accessModes), volumes.get(row, VOLUME.accessModes)];
    if (wanted === offered || wanted === 0) return false;
    const listed = (modes: number): number[] =>
      Array.from({ length: modes === 0 ? 0 : blocks.at(modes, 0) }, (_, i) => blocks.at(modes, i + 1));
    const there = listed(offered);
    return !listed(wanted).every((mode) => there.includes(mode));
  }

  #isUnselected(row: number, claim: number): boolean {
    const { compiler, matching } = this.state;
    const { blocks, claims, volumes } = this.state.cluster;
    const block = claims.get(claim, CLAIM.selector);
    const selector = block === 0 ? compiler.programs.EVERYTHING : compiler.labelSelector(block);
    const labels = volumes.get(row, VOLUME.labels);
    return typeof selector === "number" && !matching.matchesLabels(selector, (key) => blocks.lookup(labels, key));
  }

  #isOfThatName(row: number, claim: number): boolean {
    const { claims, volumes } = this.state.cluster;
    return (
      volumes.get(row, VOLUME.refNamespace) === claims.get(claim, CLAIM.namespace) &&
      volumes.get(row, VOLUME.refName) === claims.get(claim, CLAIM.name)
    );
  }

  #obstacleOf(row: number, claim: number, test: Obstacle["test"]): Obstacle {
    const { strings, volumes } = this.state.cluster;
    if (this.state.hasClaimRef(row) && !this.state.isBoundTo(row, claim)) return reservationOf(this.state, row);
    const failed = failedTests(this.state, row, claim).find((mismatch) => mismatch.test === test);
    const phase = volumes.get(row, VOLUME.phase);
    return failed ?? { test, wanted: "", found: test === "phase" && phase !== 0 ? strings.get(phase) : "" };
  }
}

/** A volume that is reserved for a claim: `found` is that claim. */
export function reservationOf({ cluster }: ControllerState, volume: number): Obstacle {
  const { strings, volumes } = cluster;
  const [namespace, name] = [volumes.get(volume, VOLUME.refNamespace), volumes.get(volume, VOLUME.refName)];
  return { test: "reservation", wanted: "", found: `${strings.get(namespace)}/${strings.get(name)}` };
}
