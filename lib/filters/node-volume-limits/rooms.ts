// filters: how many more volumes of a driver nodes take: columns that a kernel compares, and rows of the nodes with room.
//
//   column: u32 a node: the limit less what is attached, NO_LIMIT where there is none, 0 where there is no node

import type { Context } from "../../evaluate/context.js";
import type { RowSource } from "../../evaluate/kept-rows.js";
import { KeptRows } from "../../evaluate/kept-rows.js";
import { NodeChanges } from "../../evaluate/node-changes.js";
import { Blocks } from "../../intern/blocks.js";
import type { Derived, Held } from "../../intern/derived.js";
import { growU8 } from "../../intern/grow.js";
import { EMPTY_TEXT } from "../../intern/strings.js";
import type { CsiNodes } from "./csi-nodes.js";

/** Of the drivers that were asked about, as many of the last ones have columns. */
const MOST_COLUMNS = 32;
const NO_LIMIT = 0xffff_ffff;

// What a row is about, beside a driver: that the CSINode lists it, or that there is room for so many volumes. Without a
// driver: that there is a CSINode, and that it names Portworx.
const LISTS = 0;
export const HAS_CSI_NODE = 0;
export const HAS_MIGRATED = 1;

/** How many volumes of a driver are attached to a node, by the string id of its name. */
type Attached = (node: number, driver: number) => number;

/** What changes is noted, and settled when somebody asks. */
export class Rooms implements Derived, RowSource {
  readonly cache = "limitColumns";
  readonly changes = new NodeChanges();
  readonly rows: KeptRows;
  /** (driver, number): the conditions of rows. */
  #conditions = new Blocks();
  readonly #key = new Uint32Array(2);
  readonly #columns = new Map<number, number>();
  // Nodes that have changed since the columns were brought up to date, each once.
  #isChanged = new Uint8Array(64);
  readonly #changed: number[] = [];

  constructor(
    readonly context: Context,
    readonly csiNodes: CsiNodes,
    readonly attached: Attached,
  ) {
    const { csiNodes: table, nodes } = context.cluster;
    const nodeChanges = (row: number) => this.#rowChanges(row);
    const csiNodeChanges = (row: number) => this.changed(table.get(row, table.NAME));
    nodes.listen({ leaving: nodeChanges, entered: nodeChanges });
    table.listen({ leaving: csiNodeChanges, entered: csiNodeChanges });
    context.derivations.add(this);
    this.rows = new KeptRows(context, this);
  }

  /** Another number of volumes is attached to a node, or it has another CSINode; by the string id of its name. */
  changed(node: number): void {
    if (this.#isKept) this.#rowChanges(this.context.cluster.nodes.find(EMPTY_TEXT, node));
  }

  /** The number of the condition that nodes have room for so many volumes, at least one, of a driver. */
  roomFor(driver: number, volumes: number): number {
    return this.#conditionOf(driver, volumes);
  }

  /** That they list a driver. */
  lists(driver: number): number {
    return this.#conditionOf(driver, LISTS);
  }

  /** One of HAS_CSI_NODE and HAS_MIGRATED. */
  has(what: number): number {
    return this.#conditionOf(0, what);
  }

  /** The row of a condition: see `KeptRows.of`. */
  row(condition: number): number {
    this.settle();
    return this.rows.of(condition);
  }

  /** Brings up to date what rows are made from. O(nodes that changed). */
  settle(): void {
    if (this.#changed.length === 0) return;
    const { cluster, masks } = this.context;
    for (const node of this.#changed) {
      if (node >= masks.capacity) continue;
      for (const [driver, column] of this.#columns) {
        masks.memory.u32[column / 4 + node] = cluster.nodes.has(node) ? this.#roomOf(node, driver) : 0;
      }
      this.changes.add(node);
    }
    this.#forgetChanges();
  }

  holds(condition: number, node: number): boolean {
    const { nodes } = this.context.cluster;
    const driver = this.#conditions.at(condition, 0);
    const number = this.#conditions.at(condition, 1);
    if (driver !== 0 && number !== LISTS) {
      const column = this.#columns.get(driver);
      const room = column === undefined ? this.#roomOf(node, driver) : this.context.masks.memory.u32[column / 4 + node];
      return room >= number;
    }
    const name = nodes.get(node, nodes.NAME);
    if (driver !== 0) return this.csiNodes.lists(name, driver);
    return number === HAS_CSI_NODE ? this.csiNodes.has(name) : this.csiNodes.hasMigratedPortworx(name);
  }

  fill(row: number, condition: number): void {
    const { cluster, masks } = this.context;
    const driver = this.#conditions.at(condition, 0);
    const number = this.#conditions.at(condition, 1);
    if (driver !== 0 && number !== LISTS) {
      masks.kernels.atLeast32(row, this.#columnOf(driver), number, masks.bytes);
      return;
    }
    masks.clearRow(row);
    for (let node = 0; node < cluster.nodes.limit; node++) {
      if (cluster.nodes.has(node) && this.holds(condition, node)) masks.setBit(row, node, true);
    }
  }

  held(): Held {
    const columns = this.#columns.size * this.context.masks.bytes * 32;
    return { entries: this.#columns.size, bytes: columns + this.#conditions.byteLength };
  }

  /** All counts of what is attached are void. */
  dropRows(): void {
    const { masks } = this.context;
    for (const column of this.#columns.values()) masks.memory.free(column, masks.bytes * 32);
    this.#columns.clear();
    this.rows.dropRows();
    this.#forgetChanges();
  }

  dropIds(): void {
    this.#conditions = new Blocks();
  }

  get #isKept(): boolean {
    return this.#columns.size > 0 || this.rows.size > 0;
  }

  #conditionOf(driver: number, number: number): number {
    const key = this.#key;
    key[0] = driver;
    key[1] = number;
    return this.#conditions.intern(key, 0, 2);
  }

  /** The address of a driver's column. First call: O(nodes). */
  #columnOf(driver: number): number {
    const known = this.#columns.get(driver);
    if (known !== undefined) return known;
    const { cluster, masks } = this.context;
    const { memory } = masks;
    if (this.#columns.size === MOST_COLUMNS) {
      const [[oldest, column]] = this.#columns;
      memory.free(column, masks.bytes * 32);
      this.#columns.delete(oldest);
    }
    const column = memory.allocate(masks.bytes * 32);
    this.#columns.set(driver, column);
    for (let node = 0; node < cluster.nodes.limit; node++) {
      if (cluster.nodes.has(node)) memory.u32[column / 4 + node] = this.#roomOf(node, driver);
    }
    return column;
  }

  #roomOf(node: number, driver: number): number {
    const { nodes } = this.context.cluster;
    const name = nodes.get(node, nodes.NAME);
    const limit = this.csiNodes.limitOf(name, driver);
    // kube: R-LIM-13 as many as the limit are allowed, and a driver without a limit takes any number.
    return limit === undefined ? NO_LIMIT : Math.max(0, limit - this.attached(name, driver));
  }

  #rowChanges(row: number): void {
    if (row < 0 || !this.#isKept) return;
    if (row >= this.#isChanged.length) this.#isChanged = growU8(this.#isChanged, row + 1);
    if (this.#isChanged[row] === 1) return;
    this.#isChanged[row] = 1;
    this.#changed.push(row);
  }

  #forgetChanges(): void {
    for (const node of this.#changed) this.#isChanged[node] = 0;
    this.#changed.length = 0;
  }
}
