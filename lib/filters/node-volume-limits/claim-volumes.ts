// filters: the claims that pods on nodes use -> the volumes that they come down to, as claims, volumes and classes change.

import type { PodsByKey } from "../../evaluate/pods-by-key.js";
import type { Cluster } from "../../intern/cluster.js";
import { CLAIM } from "../../intern/cluster.js";
import { growU8, growU32 } from "../../intern/grow.js";
import type { Pairs } from "../../intern/pairs.js";
import { EMPTY_TEXT } from "../../intern/strings.js";
import { Watchers } from "../../intern/watchers.js";
import type { Attachable, Attachables, Condition } from "./attachable.js";
import { EVERYWHERE, UNBOUND } from "./attachable.js";

/** Handles of claims that have no volume yet, beside the ids of strings. */
const OF_CLAIM = 1 << 31;

/** The handle that stands for a claim's volume to be, by the claim's key. */
export function unboundHandle(key: number): number {
  return (key | OF_CLAIM) >>> 0;
}

export interface ClaimVolumeListener {
  /** Told before and after a claim in use comes down to another volume. */
  leavesVolume(key: number): void;
  gotVolume(key: number): void;
  /** Something has happened to the claim, its volume or its class. */
  claimChanged(key: number): void;
}

/** Each key of `byClaim` holds a reference to its volume. What changes is noted, and settled when somebody asks. */
export class ClaimVolumes {
  // Key -> its volume + 1, 0 for none that counts; and on which nodes it counts.
  #volume = new Uint32Array(64);
  #condition = new Uint8Array(64);
  readonly #onVolume = new Watchers();
  readonly #onClass = new Watchers();
  readonly #changed = new Set<number>();

  constructor(
    readonly cluster: Cluster,
    readonly attachables: Attachables,
    readonly byClaim: PodsByKey,
    /** (driver, handle). */
    readonly volumes: Pairs,
  ) {}

  /** The volume of a claim in use, or -1. */
  volumeOf(key: number): number {
    return this.#volume[key] - 1;
  }

  conditionOf(key: number): Condition {
    return this.#condition[key] as Condition;
  }

  came(key: number): void {
    if (key >= this.#volume.length) {
      this.#volume = growU32(this.#volume, key + 1);
      this.#condition = growU8(this.#condition, key + 1);
    }
    this.#take(key, this.#find(key));
  }

  went(key: number): void {
    this.#release(key);
    this.#onVolume.set(key, 0);
    this.#onClass.set(key, 0);
    this.#changed.delete(key);
  }

  /** A claim comes, changes, or goes. */
  claimChanges(claim: number): void {
    const { claims } = this.cluster;
    const key = this.byClaim.keys.find(claims.get(claim, CLAIM.namespace), claims.get(claim, CLAIM.name));
    if (key >= 0) this.#changed.add(key);
  }

  /** So does the volume of this name. */
  volumeChanges(name: number): void {
    for (const key of this.#onVolume.of(name)) this.#changed.add(key);
  }

  classChanges(name: number): void {
    for (const key of this.#onClass.of(name)) this.#changed.add(key);
  }

  /** Finds the volumes of claims that something has happened to. O(1) a claim; O(its users) where it has another volume. */
  settle(listener: ClaimVolumeListener): void {
    for (const key of this.#changed) {
      const found = this.#find(key);
      const same = this.#isVolume(key, found);
      if (!same) {
        listener.leavesVolume(key);
        this.#release(key);
        this.#take(key, found);
        listener.gotVolume(key);
      }
      listener.claimChanged(key);
    }
    this.#changed.clear();
  }

  /** What a claim comes down to now; sets what it watches. */
  #find(key: number): Attachable | undefined {
    const { attachables, byClaim } = this;
    const { claims } = this.cluster;
    const claim = claims.find(byClaim.keys.get(key, 0), byClaim.keys.get(key, 1));
    const volumeName = claim < 0 ? 0 : claims.get(claim, CLAIM.volumeName);
    this.#onVolume.set(key, volumeName > EMPTY_TEXT ? volumeName : 0);
    this.#onClass.set(key, claim >= 0 && attachables.isByClass(claim) ? claims.get(claim, CLAIM.class) : 0);
    // kube: R-LIM-11 a missing claim of a pod on the node is not counted.
    const found = claim < 0 ? undefined : attachables.ofClaim(claim);
    // kube: R-LIM-16 a claim without a volume is one volume, whoever uses it, until it is bound.
    return found?.handle === UNBOUND ? { ...found, handle: unboundHandle(key) } : found;
  }

  #isVolume(key: number, found: Attachable | undefined): boolean {
    const volume = found === undefined ? -1 : this.volumes.find(found.driver, found.handle);
    const counted = found === undefined || volume >= 0;
    return counted && volume === this.volumeOf(key) && (found?.condition ?? EVERYWHERE) === this.conditionOf(key);
  }

  #take(key: number, found: Attachable | undefined): void {
    this.#condition[key] = found?.condition ?? EVERYWHERE;
    this.#volume[key] = found === undefined ? 0 : this.volumes.take(found.driver, found.handle) + 1;
  }

  #release(key: number): void {
    if (this.#volume[key] !== 0) this.volumes.release(this.#volume[key] - 1);
    this.#volume[key] = 0;
  }
}
