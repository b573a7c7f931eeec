// explain: a claim and groups of volumes -> ranges of volumes that fail the same tests, and which of them nodes can reach.

import type { Mask } from "../evaluate/mask.js";
import { NO_NODES, SINGLE } from "../evaluate/mask.js";
import { CLAIM, VOLUME } from "../intern/cluster.js";
import type { VolumeGroup } from "./census.js";
import type { Examination } from "./examination.js";
import type { Request } from "./volume-tests.js";
import { failedBits, TESTS } from "./volume-tests.js";

const SIZE = 1 << TESTS.indexOf("size");
const SELECTOR = 1 << TESTS.indexOf("selector");

/** Places `from` up to `to` of a group. */
export interface VolumeRange extends VolumeGroup {
  readonly from: number;
  readonly to: number;
  /** The tests that each fails, that of nodes apart. */
  readonly bits: number;
  /** It is one volume whose claimRef names the claim; in other ranges such volumes are passed over. */
  readonly named: boolean;
}

export class VolumeRanges {
  /** Volumes whose claimRef names the claim: they stand for themselves. */
  readonly #named: readonly number[];
  readonly #reached = new Map<number, boolean>();
  /** 1 for each of the nodes. */
  #marks: Uint8Array | undefined;

  /** `nodes`: undefined where every volume counts as reached. */
  constructor(
    readonly x: Examination,
    readonly request: Request,
    readonly nodes: Mask | undefined,
  ) {
    const { claims, volumesByClaim } = x.context.cluster;
    const { claim } = request;
    const named: number[] = [];
    let row = volumesByClaim.first(claims.get(claim, CLAIM.namespace), claims.get(claim, CLAIM.name));
    for (; row >= 0; row = volumesByClaim.next(row)) named.push(row);
    this.#named = named;
  }

  /** Those of a group that are large enough, and the others; each by the claim's selector, where it has one. */
  of(group: VolumeGroup): VolumeRange[] {
    const { request, x } = this;
    const one = group.volumes.find((row) => !this.#named.includes(row));
    if (one === undefined) return [];
    const { compiler, cluster } = x.context;
    const bits = failedBits(x, request, one) & ~SIZE;
    const isFree = cluster.volumes.get(one, VOLUME.claimRef) === 0;
    const { selector } = request;
    if (!isFree || selector === undefined || selector === compiler.programs.EVERYTHING)
      return this.#bySize(group, bits);
    const places = Array.from(group.volumes.keys());
    const selected = places.map((i) => (failedBits(x, request, group.volumes[i]) & SELECTOR) === 0);
    return [true, false].flatMap((yes) => {
      const some = places.filter((i) => selected[i] === yes);
      const volumes = Uint32Array.from(some, (i) => group.volumes[i]);
      const nodes = Int32Array.from(some, (i) => group.nodes[i]);
      return this.#bySize({ volumes, nodes }, yes ? bits & ~SELECTOR : bits | SELECTOR);
    });
  }

  /** The volumes whose claimRef names the claim, of one class, or of all others than one. */
  singles(storageClass: number | undefined, except?: number): VolumeRange[] {
    const { request, x } = this;
    const { volumes } = x.context.cluster;
    return this.#named.flatMap((row) => {
      const of = volumes.get(row, VOLUME.class);
      if (of === except || (storageClass !== undefined && of !== storageClass)) return [];
      const group = { volumes: Uint32Array.of(row), nodes: Int32Array.of(-1) };
      return [{ ...group, from: 0, to: 1, bits: failedBits(x, request, row), named: true }];
    });
  }

  /** The largest of a range that nodes can reach, or that none can; -1 where there is none. */
  first(range: VolumeRange, reached: boolean): number {
    for (let i = range.from; i < range.to; i++) {
      if (!range.named && this.#named.length > 0 && this.#named.includes(range.volumes[i])) continue;
      if (this.#isReached(range, i) === reached) return range.volumes[i];
    }
    return -1;
  }

  count({ from, named, to, volumes }: VolumeRange): number {
    const others = named ? [] : this.#named.filter((row) => volumes.subarray(from, to).includes(row));
    return to - from - others.length;
  }

  countReached(range: VolumeRange): number {
    let count = 0;
    for (let i = range.from; i < range.to; i++) if (this.#isReached(range, i)) count++;
    return count;
  }

  #mark(nodes: Mask): Uint8Array {
    const { cluster, masks } = this.x.context;
    const marks = new Uint8Array(cluster.nodes.limit);
    masks.each(nodes, (node) => {
      marks[node] = 1;
    });
    return marks;
  }

  #bySize({ nodes, volumes }: VolumeGroup, bits: number): VolumeRange[] {
    const { amounts, cluster } = this.x.context;
    let [low, high] = [0, volumes.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (amounts.nanos(cluster.capacityOf(volumes[middle])) >= this.request.nanos) low = middle + 1;
      else high = middle;
    }
    return [
      { volumes, nodes, from: 0, to: low, bits, named: false },
      { volumes, nodes, from: low, to: volumes.length, bits: bits | SIZE, named: false },
    ].filter(({ from, to }) => from < to);
  }

  #isReached({ nodes: places, volumes }: VolumeRange, i: number): boolean {
    const { nodes, x } = this;
    if (nodes === undefined) return true;
    const { context } = x;
    if (places[i] >= 0) {
      this.#marks ??= this.#mark(nodes);
      return this.#marks[places[i]] === 1;
    }
    const selector = context.affinityOf(volumes[i]);
    let isReached = this.#reached.get(selector);
    if (isReached === undefined) {
      const { masks, selectors } = context;
      isReached = masks.scratch.briefly(() => {
        const there = masks.and(nodes, selectors.mask(selector));
        return there !== NO_NODES && ((there & 7) === SINGLE || masks.count(there) > 0);
      });
      this.#reached.set(selector, isReached);
    }
    return isReached;
  }
}
