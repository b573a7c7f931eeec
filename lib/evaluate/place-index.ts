// evaluate: things with an amount and a place (free volumes, capacity objects) -> the nodes that can reach enough.
//
// Things with one node selector form a place. Few places: places are masks. Many (local volumes): for each node the
// largest amounts it reaches, as columns of ranks, the j-th column holding the j-th largest; one compare of a column
// answers for all nodes.

import type { Mask } from "./mask.js";
import { NO_NODES } from "./mask.js";
import type { Masks } from "./masks.js";
import type { NodeSelectors } from "./node-selectors.js";
import { PlaceCover } from "./place-cover.js";
import type { Pattern, Place } from "./places.js";
import { splitByPlaces } from "./places.js";

/** Above so many places, columns. */
const FEW_PLACES = 32;
/** So many are put in order by insertion. */
const FEW_ITEMS = 16;

export class PlaceIndex {
  readonly places = new Map<number, Place>();
  #columns: number[] = [];
  #stale = true;
  #wide: Place[] = [];
  #cover = new PlaceCover();
  /** Places that came since the columns were filled and are not in them yet. */
  readonly #fresh = new Set<Place>();
  readonly #there: Place[] = [];

  constructor(
    readonly masks: Masks,
    readonly selectors: NodeSelectors,
    /** The rank of an item's amount, at least 1. */
    readonly rankOf: (item: number) => number,
    /** Which of two items of equal amount comes first. */
    readonly order: (a: number, b: number) => number,
  ) {}

  /** Fills an empty index. O(n log n). */
  fill(items: readonly number[], selectors: readonly number[]): void {
    this.clear();
    // Volumes of one node mostly come together.
    for (let from = 0, to = 0; from < items.length; from = to) {
      const selector = selectors[from];
      while (to < items.length && selectors[to] === selector) to++;
      const place = this.places.get(selector);
      if (place === undefined) this.places.set(selector, { selector, items: items.slice(from, to) });
      else for (let i = from; i < to; i++) place.items.push(items[i]);
    }
    for (const { items: there } of this.places.values()) this.#sort(there);
  }

  add(item: number, selector: number): void {
    let place = this.places.get(selector);
    if (place === undefined) {
      place = { selector, items: [] };
      this.places.set(selector, place);
      if (!this.#stale) this.#fresh.add(place);
    }
    place.items.splice(this.#positionOf(place, item), 0, item);
    this.#changed(place);
  }

  remove(item: number, selector: number): void {
    const place = this.places.get(selector);
    if (place === undefined) return;
    const at = this.#positionOf(place, item);
    if (place.items[at] !== item) return;
    place.items.splice(at, 1);
    if (place.items.length > 0) this.#changed(place);
    else this.#vanish(place);
  }

  /** A selector's mask gained or lost a node. */
  nodeChanged(selector: number, node: number, on: boolean): void {
    const place = this.places.get(selector);
    if (place === undefined || !this.#isIn(place)) return;
    const wide = this.#wide.includes(place);
    if (wide !== this.masks.isRow(this.selectors.mask(selector))) {
      this.#stale = true;
      return;
    }
    if (!wide) {
      if (on) this.#cover.add(node, place);
      else this.#cover.remove(node, place);
    }
    this.#refresh(node);
  }

  /** Whether questions are answered from columns. */
  get hasColumns(): boolean {
    return this.places.size > FEW_PLACES;
  }

  /**
   * The nodes that reach, for every i, an i-th largest amount of at least `bounds[i]` (ranks, descending; 0 means
   * more than anything there is).
   */
  reach(bounds: readonly number[]): Mask {
    const { masks } = this;
    if (bounds.includes(0) || this.places.size === 0) return NO_NODES;
    if (!this.hasColumns) return this.#reachByPlaces(bounds);
    // path: reach: one column if bounds.length === 1
    // path: reach: several columns if bounds.length > 1
    this.#ensureColumns(bounds.length);
    const row = masks.scratch.row();
    const more = bounds.length > 1 ? masks.scratch.row() : 0;
    masks.kernels.atLeast32(row, this.#columns[0], bounds[0], masks.bytes);
    for (let i = 1; i < bounds.length; i++) {
      masks.kernels.atLeast32(more, this.#columns[i], bounds[i], masks.bytes);
      masks.kernels.and(row, row, more, masks.bytes);
    }
    return masks.scratchDense(row, masks.kernels.count(row, masks.bytes));
  }

  /** Splits `nodes` by the places they reach. Only where places are few. */
  patterns(nodes: Mask): Pattern[] {
    return splitByPlaces(this.masks, this.selectors, nodes, [...this.places.values()]);
  }

  /** The places that a node reaches; the list holds until the next call. */
  placesOf(node: number): readonly Place[] {
    const there = this.#there;
    let count = 0;
    if (!this.hasColumns) {
      // path: places of a node: few, one by one
      for (const place of this.places.values()) if (this.#has(place, node)) there[count++] = place;
    } else {
      this.#ensureColumns(1);
      // path: places of a node: through the columns
      count = this.#covering(node);
    }
    // A list that keeps its length keeps its memory.
    if (there.length !== count) there.length = count;
    return there;
  }

  /** Writes the places in the columns that a node reaches to the front of `#there`; how many they are. */
  #covering(node: number): number {
    const there = this.#there;
    let count = 0;
    for (const place of this.#wide) if (this.#has(place, node)) there[count++] = place;
    return this.#cover.collect(node, there, count);
  }

  #has({ selector }: Place, node: number): boolean {
    return this.masks.has(this.selectors.mask(selector), node);
  }

  /** Bytes held, about. O(places). */
  get byteLength(): number {
    let bytes = this.#columns.length * this.masks.bytes * 32 + this.places.size * 128 + this.#cover.byteLength;
    for (const { items } of this.places.values()) bytes += items.length * 8;
    return bytes;
  }

  /** Forgets everything and gives back the columns. */
  clear(): void {
    this.places.clear();
    this.dropColumns();
  }

  /** Gives back the columns; they are made again when they are next needed. */
  dropColumns(): void {
    for (const column of this.#columns) this.masks.memory.free(column, this.masks.bytes * 32);
    this.#columns = [];
    this.#stale = true;
    this.#fresh.clear();
  }

  #reachByPlaces(bounds: readonly number[]): Mask {
    const { masks, selectors } = this;
    let reach: Mask = NO_NODES;
    if (bounds.length === 1) {
      // path: reach: few places, the largest amounts
      for (const { selector, items } of this.places.values()) {
        if (items.length > 0 && this.rankOf(items[items.length - 1]) >= bounds[0]) {
          reach = masks.or(reach, selectors.mask(selector));
        }
      }
      return reach;
    }
    // path: reach: few places, patterns of them
    let any: Mask = NO_NODES;
    for (const { selector } of this.places.values()) any = masks.or(any, selectors.mask(selector));
    for (const { nodes, places } of this.patterns(any)) {
      const ranks = places.flatMap(({ items }) => items.slice(-bounds.length).map((item) => this.rankOf(item)));
      ranks.sort((a, b) => b - a);
      if (bounds.every((bound, i) => ranks[i] >= bound)) reach = masks.or(reach, nodes);
    }
    return reach;
  }

  #sort(items: number[]): void {
    if (items.length > FEW_ITEMS) {
      items.sort((a, b) => this.#compare(a, b));
      return;
    }
    for (let i = 1; i < items.length; i++) {
      const item = items[i];
      let at = i;
      for (; at > 0 && this.#compare(items[at - 1], item) > 0; at--) items[at] = items[at - 1];
      items[at] = item;
    }
  }

  #compare(a: number, b: number): number {
    return this.rankOf(a) - this.rankOf(b) || this.order(a, b);
  }

  #positionOf(place: Place, item: number): number {
    let [low, high] = [0, place.items.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#compare(place.items[middle], item) < 0) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** Whether the columns hold and have a place in them. */
  #isIn(place: Place): boolean {
    return !this.#stale && this.#columns.length > 0 && !this.#fresh.has(place);
  }

  #changed(place: Place): void {
    if (!this.#isIn(place)) return;
    if (this.#wide.includes(place)) this.#stale = true;
    else for (const node of this.masks.ids(this.selectors.mask(place.selector))) this.#refresh(node);
  }

  /** Forgets a place without items. */
  #vanish(place: Place): void {
    this.places.delete(place.selector);
    if (this.#fresh.delete(place) || !this.#isIn(place)) return;
    if (this.#wide.includes(place)) this.#stale = true;
    else for (const node of this.masks.ids(this.selectors.mask(place.selector))) this.#refresh(node, place);
  }

  #ensureColumns(depth: number): void {
    const { masks } = this;
    if (!this.#stale && this.#columns.length >= depth) {
      // Asked for each node: an empty set is not even begun.
      if (this.#fresh.size === 0) return;
      // path: columns: places that came since
      for (const place of this.#fresh) this.#enter(place);
      this.#fresh.clear();
      return;
    }
    let columns = Math.max(this.#columns.length, 1);
    while (columns < depth) columns *= 2;
    while (this.#columns.length < columns) this.#columns.push(masks.memory.allocate(masks.bytes * 32));
    // path: columns: filled
    for (const column of this.#columns) masks.memory.u32.fill(0, column >>> 2, (column >>> 2) + masks.capacity);
    this.#wide = [];
    this.#cover = new PlaceCover();
    for (const place of this.places.values()) this.#enter(place);
    this.#fresh.clear();
    this.#stale = false;
  }

  /** Puts a place into the columns. */
  #enter(place: Place): void {
    const { masks } = this;
    const mask = this.selectors.mask(place.selector);
    const wide = masks.isRow(mask);
    if (wide) this.#wide.push(place);
    masks.each(mask, (node) => {
      if (!wide) this.#cover.add(node, place);
      this.#push(node, place);
    });
  }

  /** Takes the amounts of one node anew, without a place that it is to leave. */
  #refresh(node: number, left?: Place): void {
    if (left !== undefined) this.#cover.remove(node, left);
    // path: kept: a node's amounts in columns
    for (const column of this.#columns) this.masks.memory.u32[(column >>> 2) + node] = 0;
    const count = this.#covering(node);
    for (let i = 0; i < count; i++) this.#push(node, this.#there[i]);
  }

  /** Merges a place's largest amounts into a node's. */
  #push(node: number, { items }: Place): void {
    const { u32 } = this.masks.memory;
    const columns = this.#columns;
    const from = Math.max(0, items.length - columns.length);
    for (let i = items.length - 1; i >= from; i--) {
      let rank = this.rankOf(items[i]);
      for (let j = 0; j < columns.length; j++) {
        const at = (columns[j] >>> 2) + node;
        const there = u32[at];
        if (rank <= there) continue;
        u32[at] = rank;
        rank = there;
      }
    }
  }
}
