// evaluate: a request -> the row of the nodes that have enough free for it.

import type { PodRequest, ResourceAmount } from "../compile/pod-requests.js";
import type { Derived, Held } from "../intern/derived.js";
import type { Context } from "./context.js";
import type { RowSource } from "./kept-rows.js";
import { KeptRows } from "./kept-rows.js";
import type { NodeChanges } from "./node-changes.js";
import type { NodeResources } from "./node-resources.js";

/** More requests than this are not numbered. */
const MOST_NUMBERED = 1 << 16;

/** An amount as kernels take it. */
export type Halves = Pick<ResourceAmount, "low" | "high">;
export const ONE: Halves = { low: 1, high: 0 };

export class FittingNodes implements Derived, RowSource {
  readonly cache = "fittingNodes";
  /** Grows when the numbers of requests are void. */
  epoch = 0;
  readonly rows: KeptRows;
  readonly #numbers = new Map<PodRequest, number>();
  // The requests in the order of their numbers, of which the first is this one: no number is given twice.
  readonly #requests: PodRequest[] = [];
  #first = 0;

  constructor(
    readonly context: Context,
    readonly resources: NodeResources,
  ) {
    context.derivations.add(this);
    this.rows = new KeptRows(context, this);
  }

  /** The row of the nodes that a pod with this request fits; see `KeptRows.of`. */
  of(request: PodRequest): number {
    return this.rows.of(this.numberOf(request));
  }

  /** The number by which `rows` know a request, until `epoch` grows. */
  numberOf(request: PodRequest): number {
    let number = this.#numbers.get(request);
    if (number === undefined) {
      if (this.#numbers.size === MOST_NUMBERED) this.#forget();
      number = this.#first + this.#requests.length;
      this.#requests.push(request);
      this.#numbers.set(request, number);
    }
    return number;
  }

  /** Whether `numberOf` can number a request without making the numbers of others void. */
  canNumber(request: PodRequest): boolean {
    return this.#numbers.size < MOST_NUMBERED || this.#numbers.has(request);
  }

  get changes(): NodeChanges {
    return this.resources.changes;
  }

  holds(number: number, node: number): boolean {
    return this.fits(node, this.#requests[number - this.#first]);
  }

  fill(row: number, number: number): void {
    const { cluster, masks } = this.context;
    const { bytes, kernels } = masks;
    this.enough(row, this.resources.free(cluster.ids.pods), ONE);
    kernels.and(row, row, masks.all, bytes);
    const limits = this.limits(this.#requests[number - this.#first]);
    if (limits.length === 0) return;
    const enough = masks.newRow();
    for (const part of limits) {
      // kube: R-NOD-34 equality fits, and what is free may be negative.
      this.enough(enough, this.resources.free(part.name), part);
      kernels.and(row, row, enough, bytes);
    }
    masks.freeRow(enough);
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
    // kube: R-NOD-35 of scalar resources neither, in any release.
    return request.some(({ high }) => high < 0) ? request.filter(({ amount }) => amount > 0n) : request;
  }

  /** Writes into a row where a column has at least an amount. */
  enough(row: number, column: number, { high, low }: Halves): void {
    const { bytes, kernels } = this.context.masks;
    kernels.atLeast64(row, column, low, high, bytes);
  }

  held(): Held {
    return { entries: this.#numbers.size, bytes: this.#numbers.size * 64 };
  }

  dropIds(): void {
    this.#forget();
  }

  #forget(): void {
    this.rows.dropRows();
    this.#numbers.clear();
    this.#first += this.#requests.length;
    this.#requests.length = 0;
    this.epoch++;
  }
}

/** How much of a resource a request has. */
export function amountIn(request: PodRequest, name: number): bigint {
  return request.find((part) => part.name === name)?.amount ?? 0n;
}
