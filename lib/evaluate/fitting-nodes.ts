// evaluate: a request -> the row of the nodes that have enough free for it, kept for requests that come again.

import type { PodRequest, ResourceAmount } from "../compile/pod-requests.js";
import type { Derived } from "../intern/derived.js";
import type { Context } from "./context.js";
import type { NodeResources } from "./node-resources.js";

/** As many requests have a row, those that were asked for first go first. */
const MOST_ROWS = 128;

interface Kept {
  readonly row: number;
  /** The changes of nodes that the row has seen. */
  seen: number;
}

export class FittingNodes implements Derived {
  readonly #rows = new Map<PodRequest, Kept>();

  constructor(
    readonly context: Context,
    readonly resources: NodeResources,
  ) {
    context.derivations.add(this);
  }

  /**
   * The row of the nodes that a pod with this request fits; it may become another's with the next call. O(nodes that
   * changed since it was asked for), or one pass over the columns.
   */
  of(request: PodRequest): number {
    const { resources } = this;
    let kept = this.#rows.get(request);
    if (kept === undefined || !resources.knowsSince(kept.seen)) {
      kept ??= this.#newRow(request);
      this.#fill(kept.row, request);
    } else if (kept.seen !== resources.changes) {
      const { cluster, masks } = this.context;
      for (const node of resources.changedSince(kept.seen)) {
        if (node < masks.capacity) masks.setBit(kept.row, node, cluster.nodes.has(node) && this.fits(node, request));
      }
    }
    kept.seen = resources.changes;
    return kept.row;
  }

  /** Whether a pod with this request fits a node from which one that uses `own` was taken. */
  fits(node: number, request: PodRequest, own?: PodRequest): boolean {
    const { resources } = this;
    if (!this.hasPlace(node, own)) return false;
    return !this.limits(request).some(
      ({ amount, name }) => resources.freeOf(node, name, own === undefined ? 0n : amountIn(own, name)) < amount,
    );
  }

  /** Whether a node takes one more pod. */
  hasPlace(node: number, own?: PodRequest): boolean {
    // kube: R-NOD-32 the number of pods is limited too.
    return this.resources.freeOf(node, this.context.cluster.ids.pods, own === undefined ? 0n : 1n) >= 1n;
  }

  /** What of a request can make a node too small. */
  limits(request: PodRequest): PodRequest {
    // kube: R-NOD-34 what is not positive never fails.
    // kube: R-NOD-35 up to 1.36 a negative amount of a scalar resource can.
    return request.some(({ amount }) => amount < 0n) ? request.filter((part) => this.#isLimit(part)) : request;
  }

  dropRows(): void {
    for (const { row } of this.#rows.values()) this.context.masks.freeRow(row);
    this.#rows.clear();
  }

  #isLimit({ amount, name }: ResourceAmount): boolean {
    return amount > 0n || (this.context.behaviour.minor < 37 && this.resources.requests.names.isScalar(name));
  }

  #newRow(request: PodRequest): Kept {
    const { masks } = this.context;
    let row: number;
    if (this.#rows.size < MOST_ROWS) row = masks.newRow();
    else {
      const [[oldest, kept]] = this.#rows;
      this.#rows.delete(oldest);
      row = kept.row;
    }
    const kept = { row, seen: 0 };
    this.#rows.set(request, kept);
    return kept;
  }

  #fill(row: number, request: PodRequest): void {
    const { cluster, masks } = this.context;
    const { bytes, kernels } = masks;
    this.enough(row, this.resources.free(cluster.ids.pods), 1n);
    kernels.and(row, row, masks.all, bytes);
    const limits = this.limits(request);
    if (limits.length === 0) return;
    const enough = masks.newRow();
    for (const { amount, name } of limits) {
      // kube: R-NOD-34 equality fits, and what is free may be negative.
      this.enough(enough, this.resources.free(name), amount);
      kernels.and(row, row, enough, bytes);
    }
    masks.freeRow(enough);
  }

  /** Writes into a row where a column has at least an amount. */
  enough(row: number, column: number, amount: bigint): void {
    const { bytes, kernels } = this.context.masks;
    kernels.atLeast64(row, column, Number(BigInt.asUintN(32, amount)), Number(BigInt.asIntN(32, amount >> 32n)), bytes);
  }
}

/** How much of a resource a request has. */
export function amountIn(request: PodRequest, name: number): bigint {
  return request.find((part) => part.name === name)?.amount ?? 0n;
}
