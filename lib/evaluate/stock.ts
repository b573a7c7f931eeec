// evaluate: things with an amount and a place (free volumes, capacity objects) -> the nodes that can reach enough.
//
// Things with one node selector form a site. Few sites: sites are masks. Many (local volumes): for each node the
// largest amounts it reaches, as columns of labels, the j-th column holding the j-th largest; one compare of a column
// answers for all nodes.

import { Chains } from "../intern/chains.js";
import { growU32 } from "../intern/grow.js";
import type { Mask } from "./mask.js";
import { EMPTY } from "./mask.js";
import type { Masks } from "./masks.js";
import type { NodeSelectors } from "./node-selectors.js";

/** The things of one node selector, by amount and then by their own order. */
export interface Site {
  readonly selector: number;
  readonly items: number[];
}

/** Nodes that reach the same sites. */
export interface Pattern {
  readonly nodes: Mask;
  readonly sites: readonly Site[];
}

/** Above so many sites, columns. */
const FEW_SITES = 32;

export class Stock {
  readonly sites = new Map<number, Site>();
  #columns: number[] = [];
  #stale = true;
  #wide: Site[] = [];
  // Coverage by narrow sites: entry -> node, site.
  #coverNode = new Uint32Array(0);
  #coverSite: Site[] = [];
  #cover = new Chains(this, 0, 0);
  readonly #freeCover: number[] = [];

  constructor(
    readonly masks: Masks,
    readonly selectors: NodeSelectors,
    /** The label of an item's amount, at least 1. */
    readonly labelOf: (item: number) => number,
    /** Which of two items of equal amount comes first. */
    readonly order: (a: number, b: number) => number,
  ) {}

  /** The node of a coverage entry; for the chains. */
  get(entry: number): number {
    return this.#coverNode[entry];
  }

  /** Fills an empty stock. O(n log n). */
  fill(items: Iterable<readonly [item: number, selector: number]>): void {
    this.clear();
    for (const [item, selector] of items) this.#site(selector).items.push(item);
    for (const site of this.sites.values()) site.items.sort((a, b) => this.#compare(a, b));
  }

  add(item: number, selector: number): void {
    const known = this.sites.has(selector);
    const site = this.#site(selector);
    site.items.splice(this.#place(site, item), 0, item);
    if (!known) this.#stale = true;
    else this.#changed(site);
  }

  remove(item: number, selector: number): void {
    const site = this.sites.get(selector);
    if (site === undefined) return;
    const at = this.#place(site, item);
    if (site.items[at] !== item) return;
    site.items.splice(at, 1);
    this.#changed(site);
  }

  /** A selector's mask gained or lost a node. */
  nodeChanged(selector: number, node: number, on: boolean): void {
    const site = this.sites.get(selector);
    if (site === undefined || this.#stale || this.#columns.length === 0) return;
    const wide = this.#wide.includes(site);
    if (wide !== this.masks.isRow(this.selectors.mask(selector))) {
      this.#stale = true;
      return;
    }
    if (!wide) {
      if (on) this.#addCover(node, site);
      else this.#removeCover(node, site);
    }
    this.#refresh(node);
  }

  /** Whether questions are answered from columns. */
  get hasColumns(): boolean {
    return this.sites.size > FEW_SITES;
  }

  /**
   * The nodes that reach, for every i, an i-th largest amount of at least `bounds[i]` (labels, descending; 0 means
   * more than anything there is).
   */
  reach(bounds: readonly number[]): Mask {
    const { masks } = this;
    if (bounds.includes(0) || this.sites.size === 0) return EMPTY;
    if (!this.hasColumns) return this.#reachBySites(bounds);
    this.#ensureColumns(bounds.length);
    const row = masks.scratchRow();
    const more = bounds.length > 1 ? masks.scratchRow() : 0;
    masks.kernels.atLeast32(row, this.#columns[0], bounds[0], masks.bytes);
    for (let i = 1; i < bounds.length; i++) {
      masks.kernels.atLeast32(more, this.#columns[i], bounds[i], masks.bytes);
      masks.kernels.and(row, row, more, masks.bytes);
    }
    return masks.scratchDense(row, masks.kernels.count(row, masks.bytes));
  }

  /** Splits `nodes` by the sites they reach. Only where sites are few. */
  patterns(nodes: Mask): Pattern[] {
    return splitBySites(this.masks, this.selectors, nodes, [...this.sites.values()]);
  }

  /** The sites that a node reaches. */
  sitesOf(node: number): Site[] {
    if (!this.hasColumns) {
      return [...this.sites.values()].filter((site) => this.masks.has(this.selectors.mask(site.selector), node));
    }
    this.#ensureColumns(1);
    const sites = this.#wide.filter((site) => this.masks.has(this.selectors.mask(site.selector), node));
    for (let e = this.#cover.first(node, node); e >= 0; e = this.#cover.next(e)) sites.push(this.#coverSite[e]);
    return sites;
  }

  /** Forgets everything and gives back the columns. */
  clear(): void {
    this.sites.clear();
    this.dropColumns();
  }

  /** Gives back the columns; to be called before rows change their size. */
  dropColumns(): void {
    for (const column of this.#columns) this.masks.memory.free(column, this.masks.bytes * 32);
    this.#columns = [];
    this.#stale = true;
  }

  #reachBySites(bounds: readonly number[]): Mask {
    const { masks, selectors } = this;
    let reach: Mask = EMPTY;
    if (bounds.length === 1) {
      for (const { selector, items } of this.sites.values()) {
        if (items.length > 0 && this.labelOf(items[items.length - 1]) >= bounds[0]) {
          reach = masks.or(reach, selectors.mask(selector));
        }
      }
      return reach;
    }
    let any: Mask = EMPTY;
    for (const { selector } of this.sites.values()) any = masks.or(any, selectors.mask(selector));
    for (const { nodes, sites } of this.patterns(any)) {
      const labels = sites.flatMap(({ items }) => items.slice(-bounds.length).map((item) => this.labelOf(item)));
      labels.sort((a, b) => b - a);
      if (bounds.every((bound, i) => labels[i] >= bound)) reach = masks.or(reach, nodes);
    }
    return reach;
  }

  #site(selector: number): Site {
    let site = this.sites.get(selector);
    if (site === undefined) {
      site = { selector, items: [] };
      this.sites.set(selector, site);
    }
    return site;
  }

  #compare(a: number, b: number): number {
    return this.labelOf(a) - this.labelOf(b) || this.order(a, b);
  }

  #place(site: Site, item: number): number {
    let [low, high] = [0, site.items.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#compare(site.items[middle], item) < 0) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  #changed(site: Site): void {
    if (this.#stale || this.#columns.length === 0) return;
    if (this.#wide.includes(site)) this.#stale = true;
    else for (const node of this.masks.ids(this.selectors.mask(site.selector))) this.#refresh(node);
  }

  #ensureColumns(depth: number): void {
    const { masks } = this;
    if (!this.#stale && this.#columns.length >= depth) return;
    let columns = Math.max(this.#columns.length, 1);
    while (columns < depth) columns *= 2;
    while (this.#columns.length < columns) this.#columns.push(masks.memory.allocate(masks.bytes * 32));
    for (const column of this.#columns) masks.memory.u32.fill(0, column >>> 2, (column >>> 2) + masks.capacity);
    this.#wide = [];
    this.#cover = new Chains(this, 0, 0);
    this.#coverSite = [];
    this.#freeCover.length = 0;
    for (const site of this.sites.values()) {
      const mask = this.selectors.mask(site.selector);
      if (masks.isRow(mask)) this.#wide.push(site);
      for (const node of masks.ids(mask)) {
        if (!masks.isRow(mask)) this.#addCover(node, site);
        this.#push(node, site);
      }
    }
    this.#stale = false;
  }

  /** Takes the amounts of one node anew. */
  #refresh(node: number): void {
    for (const column of this.#columns) this.masks.memory.u32[(column >>> 2) + node] = 0;
    for (const site of this.sitesOf(node)) this.#push(node, site);
  }

  /** Merges a site's largest amounts into a node's. */
  #push(node: number, { items }: Site): void {
    const { u32 } = this.masks.memory;
    const columns = this.#columns;
    const from = Math.max(0, items.length - columns.length);
    for (let i = items.length - 1; i >= from; i--) {
      let label = this.labelOf(items[i]);
      for (let j = 0; j < columns.length; j++) {
        const at = (columns[j] >>> 2) + node;
        const there = u32[at];
        if (label <= there) continue;
        u32[at] = label;
        label = there;
      }
    }
  }

  #addCover(node: number, site: Site): void {
    const entry = this.#freeCover.pop() ?? this.#coverSite.length;
    if (entry >= this.#coverNode.length) this.#coverNode = growU32(this.#coverNode, entry + 1);
    this.#coverNode[entry] = node;
    this.#coverSite[entry] = site;
    this.#cover.add(entry);
  }

  #removeCover(node: number, site: Site): void {
    for (let e = this.#cover.first(node, node); e >= 0; e = this.#cover.next(e)) {
      if (this.#coverSite[e] !== site) continue;
      this.#cover.remove(e);
      this.#freeCover.push(e);
      return;
    }
  }
}

/** Splits `nodes` by the sites they reach: each site cuts every part in two. */
export function splitBySites(masks: Masks, selectors: NodeSelectors, nodes: Mask, sites: readonly Site[]): Pattern[] {
  let parts: Pattern[] = masks.count(nodes) === 0 ? [] : [{ nodes, sites: [] }];
  for (const site of sites) {
    const mask = selectors.mask(site.selector);
    parts = parts.flatMap((part) => {
      const inside = masks.and(part.nodes, mask);
      if (inside === EMPTY) return [part];
      const outside = masks.andNot(part.nodes, mask);
      const reached = { nodes: inside, sites: [...part.sites, site] };
      return masks.count(outside) === 0 ? [reached] : [reached, { nodes: outside, sites: part.sites }];
    });
  }
  return parts;
}
