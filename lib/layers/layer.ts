// layers: what lies over a cluster's own objects: objects put in the place of others, and what pods have assumed.
//
// While a layer is entered, its objects are rows like any other, and what is derived from rows knows of them as of any
// change. When it is left, the rows are again what they were.

import { newU32 } from "../intern/grow.js";
import type { Table } from "../intern/table.js";
import type { MarkString } from "../intern/type.js";
import type { Amendment, Key } from "./amendment.js";
import { keyOf } from "./amendment.js";

/** An object that stands in the place of another, or of none; or the absence of one. */
interface Substitute extends Key {
  readonly table: Table;
  tokens: Uint32Array | undefined;
  /** The object below it and its row, while the layer is entered. */
  below: Uint32Array | undefined;
  row: number;
}

/** Something that refers to strings by their ids. */
interface Holder {
  mark(mark: MarkString): void;
}

export class Layer {
  readonly depth: number;
  /** What else refers to strings for as long as the layer is there. */
  readonly holders = new Set<Holder>();
  #ended = false;
  readonly #substitutes = new Map<string, Substitute>();
  /** By table and row, while the layer is entered. */
  readonly #amendments = new Map<Table, Map<number, Amendment>>();
  /** In the order in which they came, while it is not. */
  #resting: Amendment[] = [];
  /** An amendment may lie in no row yet, for there was no memory to write it. */
  isOwing = false;
  /** Lists for copies of tokens, for those who must not fail later. */
  readonly #spare: Uint32Array<ArrayBuffer>[] = [];

  constructor(readonly parent: Layer | undefined) {
    this.depth = parent === undefined ? 0 : parent.depth + 1;
  }

  /** Whether it, or one below it, was dropped. */
  get ended(): boolean {
    return this.#ended || (this.parent?.ended ?? false);
  }

  end(): void {
    this.#ended = true;
  }

  /** What the layer has assumed of a row, while it is entered. */
  amendmentOf(table: Table, row: number): Amendment | undefined {
    return this.#amendments.get(table)?.get(row);
  }

  /** The same of this layer or one below it. */
  amendmentBelow(table: Table, row: number): Amendment | undefined {
    return this.amendmentOf(table, row) ?? this.parent?.amendmentBelow(table, row);
  }

  /** Writes amendments into their rows, all or none. The layer is entered. */
  amend(amendments: readonly (readonly [row: number, amendment: Amendment])[]): void {
    for (const [row, amendment] of amendments) amendment.prepare(row);
    for (const [row, amendment] of amendments) {
      this.#note(row, amendment);
      amendment.table.rewrite(row, (row) => amendment.apply(row));
    }
  }

  /** Writes what could not be written before. The layer is entered. @throws TopologyError `OutOfMemory`. */
  repair(): void {
    if (!this.isOwing) return;
    for (const [table, byRow] of this.#amendments) {
      for (const [row, amendment] of byRow) {
        if (amendment.isWritten) continue;
        amendment.prepare(row);
        table.rewrite(row, (row) => amendment.apply(row));
      }
    }
    this.isOwing = false;
  }

  /** Takes the amendment of a row back, if there is one. The layer is entered. */
  restore(table: Table, row: number): void {
    const amendment = this.amendmentOf(table, row);
    if (amendment === undefined) return;
    this.#amendments.get(table)?.delete(row);
    table.rewrite(row, (row) => amendment.withdraw(row));
  }

  /** An object has come into a row: what was assumed of it goes over it, or is forgotten. Nobody was told of it yet. */
  cameInto(table: Table, row: number): void {
    const amendment = this.amendmentOf(table, row);
    if (amendment === undefined) return;
    amendment.isWritten = false;
    if (!amendment.holds(row)) this.#amendments.get(table)?.delete(row);
    else if (this.#isPrepared(row, amendment)) amendment.applyAnew(row);
  }

  /** The object of a row has gone. */
  wentFrom(table: Table, row: number): void {
    this.#amendments.get(table)?.delete(row);
  }

  /** Puts an object over the cluster's own. The layer is entered. */
  put(table: Table, tokens: Uint32Array, at: number): number {
    if (this.parent === undefined) return table.put(tokens, at);
    const own = this.#spare.pop() ?? newU32(table.type.written);
    for (let i = 0; i < own.length; i++) own[i] = tokens[at + i];
    return this.putOwn(table, own);
  }

  /** The same with tokens that become the layer's; fails less, where the object is known already to this layer. */
  putOwn(table: Table, own: Uint32Array): number {
    if (this.parent === undefined) return table.put(own, 0);
    const known = table.findTokens(own, 0);
    if (known >= 0) this.#over(table, known).tokens = own;
    const row = table.put(own, 0);
    if (known < 0) this.#over(table, row, true).tokens = own;
    return row;
  }

  /** Makes these objects the only ones of their kind, or throws and changes nothing. The layer is entered. */
  replace(table: Table, tokens: Uint32Array): void {
    const kept = new Set<number>();
    const { written } = table.type;
    const objects = tokens.length / written;
    table.reserveFor(tokens);
    if (this.parent !== undefined) {
      // A copy for each object that comes, and for each that it hides.
      const spare = Array.from({ length: objects * 2 + table.size }, () => newU32(written));
      this.#spare.push(...spare);
    }
    for (let at = 0; at < tokens.length; at += table.type.written) kept.add(this.put(table, tokens, at));
    for (let row = 0; row < table.limit; row++) if (table.has(row) && !kept.has(row)) this.delete(table, row);
    this.#spare.length = 0;
  }

  /** Makes the object of a row absent. The layer is entered. */
  delete(table: Table, row: number): void {
    if (this.parent !== undefined) {
      const substitute = this.#over(table, row);
      substitute.tokens = undefined;
      if (substitute.below === undefined) this.#substitutes.delete(idOf(table, substitute));
    }
    table.delete(row);
  }

  /** Takes note of what is below it, and makes room; the layer below is entered, and stays as it is. May throw. */
  prepare(): void {
    const coming = new Map<Table, number>();
    for (const substitute of this.#substitutes.values()) {
      const { name, namespace, table, tokens } = substitute;
      const row = table.find(namespace, name);
      substitute.row = row;
      substitute.below = row < 0 ? undefined : table.copy(row);
      if (row < 0 && tokens !== undefined) coming.set(table, (coming.get(table) ?? 0) + 1);
    }
    for (const [table, objects] of coming) table.reserve(objects);
  }

  /** Lays everything over the layer below. Throws nothing after `prepare`. */
  enter(): void {
    for (const { row, table, tokens } of this.#substitutes.values()) {
      if (tokens !== undefined) table.put(tokens, 0);
      else if (row >= 0) table.delete(row);
    }
    this.resume();
  }

  /** Takes everything away again. Throws nothing: what returns has been there. */
  leave(): void {
    this.rest();
    const substitutes = [...this.#substitutes.values()].reverse();
    // Whoever took the row of another goes before that one returns.
    for (const { below, name, namespace, row, table } of substitutes) {
      const now = table.find(namespace, name);
      if (now >= 0 && (below === undefined || now !== row)) table.delete(now);
    }
    for (const { below, name, namespace, row, table } of substitutes) {
      if (below === undefined) continue;
      if (table.find(namespace, name) === row) table.put(below, 0);
      else table.putBack(row, below);
    }
  }

  /** Takes what was assumed out of the rows. */
  rest(): void {
    this.isOwing = false;
    const amended = [...this.#amendments.values()].flatMap((byRow) => [...byRow]).reverse();
    this.#amendments.clear();
    for (const [row, amendment] of amended) amendment.table.rewrite(row, () => amendment.withdraw(row));
    this.#resting = amended.map(([, amendment]) => amendment).reverse();
  }

  /** Writes it again, as far as it still holds. What there is no memory for is owed: see `repair`. */
  resume(): void {
    const resting = this.#resting;
    this.#resting = [];
    for (const amendment of resting) {
      const row = amendment.table.find(amendment.namespace, amendment.name);
      if (row < 0 || !amendment.holds(row)) continue;
      this.#note(row, amendment);
      if (this.#isPrepared(row, amendment)) amendment.table.rewrite(row, (row) => amendment.apply(row));
    }
  }

  /** Marks what is held outside the rows; nothing is assumed in them. */
  mark(markString: MarkString, markBlock: (id: number) => boolean): void {
    for (const { name, namespace, table, tokens } of this.#substitutes.values()) {
      markString(name);
      markString(namespace);
      if (tokens !== undefined) table.type.mark(tokens, 0, table.codec, markString, markBlock);
    }
    for (const amendment of this.#resting) amendment.mark(markString);
    for (const holder of this.holders) holder.mark(markString);
  }

  #note(row: number, amendment: Amendment): void {
    const byRow = this.#amendments.get(amendment.table);
    if (byRow === undefined) this.#amendments.set(amendment.table, new Map([[row, amendment]]));
    else byRow.set(row, amendment);
  }

  /** Whether an amendment can be written now; where it cannot, it is owed, and what is derived void. */
  #isPrepared(row: number, amendment: Amendment): boolean {
    try {
      amendment.prepare(row);
      return true;
    } catch (error) {
      amendment.table.derivations.listenerFailed(error);
      this.isOwing = true;
      return false;
    }
  }

  /** The substitute of a row's object; `added`: there is nothing below it. */
  #over(table: Table, row: number, added = false): Substitute {
    const key = keyOf(table, row);
    const id = idOf(table, key);
    let substitute = this.#substitutes.get(id);
    if (substitute === undefined) {
      const below = added ? undefined : table.copy(row, this.#spare.pop());
      if (below !== undefined) this.amendmentOf(table, row)?.withdrawFrom(below);
      substitute = { ...key, table, tokens: undefined, below, row };
      this.#substitutes.set(id, substitute);
    }
    return substitute;
  }
}

const idOf = (table: Table, { name, namespace }: Key): string => `${table.type.kind}/${namespace}/${name}`;
