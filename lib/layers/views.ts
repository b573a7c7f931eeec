// layers: which view of a cluster the rows show: its own objects, or a stack of layers over them.

import { allocating, TopologyError } from "../errors.js";
import type { Cluster } from "../intern/cluster.js";
import { Layer } from "./layer.js";

export class Views {
  /** What lies under all others: the cluster's own objects, with what was assumed over them. */
  readonly base = new Layer(undefined);
  #current = this.base;
  #switching = false;
  /** All but the base that may be entered yet. */
  readonly #layers = new Set<WeakRef<Layer>>();

  constructor(readonly cluster: Cluster) {
    for (const table of Object.values(cluster.tables)) {
      table.amend = (row) => this.#current.cameInto(table, row);
      table.watch((row) => this.#current.wentFrom(table, row));
    }
  }

  /** Whether rows change because of a layer, rather than because the cluster does. */
  get overlaid(): boolean {
    return this.#switching || this.#current !== this.base;
  }

  /** A layer over another, without anything in it. */
  over(parent: Layer): Layer {
    const layer = new Layer(parent);
    this.#layers.add(new WeakRef(layer));
    return layer;
  }

  /** Makes the rows show a view. O(1) where they do; else O(what lies in the layers that are left and entered). */
  enter(layer: Layer): void {
    if (layer !== this.#current) this.#switchTo(layer);
    if (layer.isOwing) allocating(() => layer.repair());
  }

  /** Ends a layer and those over it. */
  end(layer: Layer): void {
    if (layer.parent === undefined || layer.ended) return;
    layer.end();
    if (this.#current.ended) this.#climb(layer.parent);
  }

  /** Runs `sweep` while nothing but the cluster's own objects is in the rows, and what layers hold is known to it. */
  whileResting(sweep: (layers: Iterable<Layer>) => void): void {
    const current = this.#current;
    this.#climb(this.base);
    this.base.rest();
    try {
      sweep(this.#live());
    } finally {
      this.base.resume();
      this.#climb(current);
    }
  }

  /** Writes what is assumed and could not be written. @throws TopologyError `OutOfMemory`. */
  repair(): void {
    this.#current.repair();
  }

  *#live(): Iterable<Layer> {
    yield this.base;
    for (const reference of this.#layers) {
      const layer = reference.deref();
      if (layer === undefined || layer.ended) this.#layers.delete(reference);
      else yield layer;
    }
  }

  #switchTo(layer: Layer): void {
    this.cluster.codec.refuseReentry();
    if (layer.ended) throw new TopologyError("Stale", "the overlay was dropped");
    allocating(() => this.#climb(layer));
  }

  /** Where it throws, the rows show a layer on the way. */
  #climb(layer: Layer): void {
    this.#switching = true;
    try {
      while (!isUnder(this.#current, layer)) {
        const { parent } = this.#current;
        this.#current.leave();
        this.#current = parent as Layer;
      }
      for (const above of path(this.#current, layer)) {
        // What lies below is whole, and there is room for all that comes.
        this.#current.repair();
        above.prepare();
        this.#current = above;
        above.enter();
      }
    } finally {
      this.#switching = false;
    }
  }
}

/** Whether a layer is another, or lies under it. */
function isUnder(layer: Layer, above: Layer): boolean {
  let at: Layer | undefined = above;
  while (at !== undefined && at.depth > layer.depth) at = at.parent;
  return at === layer;
}

/** The layers over `from` up to `to`, the lowest first. */
function path(from: Layer, to: Layer): Layer[] {
  const layers: Layer[] = [];
  for (let at = to; at !== from; at = at.parent as Layer) layers.push(at);
  return layers.reverse();
}

/** One view, for those who ask and change it. */
export class View {
  constructor(
    readonly views: Views,
    readonly layer: Layer,
  ) {}

  /** The layer, entered. @throws TopologyError `Stale` where it was dropped. */
  enter(): Layer {
    this.views.enter(this.layer);
    return this.layer;
  }
}
