// intern: the objects of one kind, a row of tokens each; looked up by namespace and name.

import type { ObjectLike } from "../objects/types.js";
import type { Codec } from "./codec.js";
import type { RowType } from "./row.js";
import { RowIndex } from "./row-index.js";
import { Rows } from "./rows.js";
import { DEFAULT_NAMESPACE, EMPTY_TEXT } from "./strings.js";
import type { MarkString } from "./type.js";
import { isOlder } from "./versions.js";

/** Told of every change, so that what was derived from a row can be patched or dropped. */
export interface TableListener {
  /** A row's tokens are about to go; `replaced`: new ones follow at once. */
  leaving(row: number, replaced: boolean): void;
  /** A row's tokens are in place; `replaced`: others were there before. Derived columns are zero. */
  entered(row: number, replaced: boolean): void;
}

/** What all tables of a cluster count together. */
export class ChangeCounts {
  /** Objects that came, were replaced, or went. */
  changes = 0;
  /** Objects that are there. */
  live = 0;
  /** Objects whose tokens were dropped: replaced, deleted, rejected, or put there for one question. */
  dropped = 0;
  /** To be called after a change that somebody asked for, with all of it in place. */
  settle: () => void = () => {};
}

/** Rows keep their number until they are deleted; numbers are used again. */
export class Table extends Rows {
  readonly NAME: number;
  readonly NAMESPACE: number;
  readonly UID: number;
  readonly VERSION: number;
  /** Rows in use. */
  size = 0;
  /** Counts the changes of its objects. */
  epoch = 0;
  readonly #free: number[] = [];
  readonly #keys: RowIndex;
  readonly #listeners: TableListener[] = [];
  /** The namespace of an object that names none. */
  readonly #unnamed: number;
  /** Rows whose objects name no namespace where their kind has one. */
  readonly #implied = new Set<number>();
  /** Fills the derived columns of a row whose own are in place. */
  derive: (row: number) => void = () => {};
  /** Told of a row whose object was just put there, before the listeners are: whoever lays something over it does it now. */
  amend: (row: number) => void = () => {};

  constructor(
    readonly type: RowType,
    readonly codec: Codec,
    readonly changeCounts: ChangeCounts,
  ) {
    super(type.width);
    this.NAME = type.column("metadata.name");
    this.NAMESPACE = type.column("metadata.namespace");
    this.UID = type.column("metadata.uid");
    this.VERSION = type.column("metadata.resourceVersion");
    this.#unnamed = type.namespaced ? DEFAULT_NAMESPACE : EMPTY_TEXT;
    this.#keys = new RowIndex(this, this.NAMESPACE, this.NAME, true);
  }

  listen(listener: TableListener): void {
    this.#listeners.push(listener);
  }

  has(row: number): boolean {
    // What is no integer from 0 on is no row.
    return row >>> 0 === row && row < this.limit && this.get(row, this.NAME) !== 0;
  }

  /** The row with these string ids as namespace (EMPTY_TEXT for kinds without) and name, or -1. */
  find(namespace: number, name: number): number {
    return name === 0 || namespace === 0 ? -1 : this.#keys.first(namespace, name);
  }

  /** The row of `NAME`, or of `NAMESPACE/NAME` where the kind has namespaces, or -1. */
  findKey(key: string): number {
    const slash = this.type.namespaced ? key.indexOf("/") : -1;
    const namespace = slash <= 0 ? this.#unnamed : this.codec.strings.find(key.slice(0, slash));
    return this.find(namespace, this.codec.strings.find(key.slice(slash + 1)));
  }

  /** The row of an object's key, or -1. @throws TopologyError for what has no name or is of another kind. */
  findObject(object: ObjectLike): number {
    const { name, namespace } = this.keyIds(object);
    return this.find(namespace, name);
  }

  /** The string ids of an object's key, 0 for a text that nothing holds. Throws as `findObject` does. */
  keyIds(object: ObjectLike): { readonly namespace: number; readonly name: number } {
    const { codec, type } = this;
    type.checkKind(object);
    const { name, namespace } = object.metadata ?? {};
    if (typeof name !== "string" || name === "") throw type.nameless();
    const named = type.namespaced && typeof namespace === "string" && namespace !== "";
    return { namespace: named ? codec.strings.find(namespace) : this.#unnamed, name: codec.strings.find(name) };
  }

  /** Puts an object in place of the one with its key. Throws a TopologyError, and then nothing has changed. */
  upsert(object: unknown): number {
    this.encode(object);
    return this.put(this.codec.stack, 0);
  }

  /** The same from an object's tokens, as `encode` leaves them or `copy` gave them. */
  put(tokens: Uint32Array, at: number): number {
    const known = this.findTokens(tokens, at);
    return this.#place(known >= 0 ? known : this.#freeRow(), tokens, at, known >= 0);
  }

  /** Puts an object that was deleted back into its row, which nobody has taken since. */
  putBack(row: number, tokens: Uint32Array): void {
    this.#free.splice(this.#free.lastIndexOf(row), 1);
    this.#place(row, tokens, 0, false);
  }

  /** Writes some columns of a row anew; listeners hear of it as of an object that was replaced. */
  rewrite(row: number, write: (row: number) => void): void {
    for (const listener of this.#listeners) listener.leaving(row, true);
    write(row);
    this.epoch++;
    this.changeCounts.changes++;
    for (const listener of this.#listeners) listener.entered(row, true);
  }

  /** The tokens of a row's object. */
  copy(row: number): Uint32Array {
    const { at, tokens } = this.cursor(row);
    const copy = tokens.slice(at, at + this.type.written);
    if (this.#implied.has(row)) copy[this.NAMESPACE] = 0;
    return copy;
  }

  /** The row of the object that has the key of these tokens, or -1. */
  findTokens(tokens: Uint32Array, at: number): number {
    return this.find(this.namespaceOf(tokens, at), tokens[at + this.NAME]);
  }

  /** The string id of the namespace of the object of these tokens. */
  namespaceOf(tokens: Uint32Array, at: number): number {
    const namespace = tokens[at + this.NAMESPACE];
    return namespace > EMPTY_TEXT ? namespace : this.#unnamed;
  }

  /** Whether the object of these tokens is another one than a row's, or of a newer version; without versions it is. */
  isNewer(tokens: Uint32Array, row: number): boolean {
    if (!this.isUid(row, this.UID, { tokens, at: this.UID })) return true;
    const known = this.get(row, this.VERSION);
    const given = tokens[this.VERSION];
    const { strings } = this.codec;
    if (isOlder(known, given, strings)) return true;
    return known !== given && !isOlder(given, known, strings);
  }

  /** The tokens of objects, one behind the other; each is read once. Throws as `upsert` does. */
  encodeAll(objects: readonly unknown[]): Uint32Array {
    this.codec.refuseReentry();
    const { written } = this.type;
    const tokens = new Uint32Array(written * objects.length);
    for (const [i, object] of objects.entries()) {
      this.encode(object);
      const { stack } = this.codec;
      for (let column = 0; column < written; column++) tokens[i * written + column] = stack[column];
    }
    return tokens;
  }

  /** Puts an object in a row that no key leads to and nobody is told of, for one question; see `unstage`. */
  stage(object: unknown): number {
    this.encode(object);
    const row = this.#freeRow();
    this.#write(row, this.codec.stack, 0);
    return row;
  }

  unstage(row: number): void {
    this.changeCounts.dropped++;
    this.set(row, this.NAME, 0);
    this.#free.push(row);
  }

  /** Leaves the object's tokens on the codec's stack. Its getters may not use the codec meanwhile. */
  encode(object: unknown): void {
    const { codec, type } = this;
    codec.refuseReentry();
    codec.busy = true;
    // What a rejected object has interned nobody holds.
    this.changeCounts.dropped++;
    try {
      type.write(object, codec);
    } finally {
      codec.busy = false;
    }
    const { stack } = codec;
    if (stack[this.NAME] <= EMPTY_TEXT) throw type.nameless();
    this.changeCounts.dropped--;
    // A cluster-scoped object has no namespace, whatever it says.
    if (!type.namespaced) stack[this.NAMESPACE] = EMPTY_TEXT;
  }

  delete(row: number): void {
    for (const listener of this.#listeners) listener.leaving(row, false);
    this.#keys.remove(row);
    if (this.#implied.size > 0) this.#implied.delete(row);
    this.set(row, this.NAME, 0);
    this.#free.push(row);
    this.size--;
    this.epoch++;
    this.changeCounts.live--;
    this.changeCounts.changes++;
    this.changeCounts.dropped++;
  }

  /** The plain object of a row. */
  read(row: number): ObjectLike {
    const { at, tokens } = this.cursor(row);
    const object = this.type.read(tokens, at, this.codec) as {
      metadata: { namespace?: string };
    };
    if (this.#implied.has(row) || !this.type.namespaced) delete object.metadata.namespace;
    return object;
  }

  /** Marks what the rows hold; `markBlock` is true the first time that a block is marked. */
  mark(markString: MarkString, markBlock: (id: number) => boolean): void {
    for (let row = 0; row < this.limit; row++) {
      if (!this.has(row)) continue;
      const { at, tokens } = this.cursor(row);
      this.type.mark(tokens, at, this.codec, markString, markBlock);
    }
  }

  /** `NAMESPACE/NAME`, or `NAME` alone. */
  keyOf(row: number): string {
    const { strings } = this.codec;
    const name = strings.get(this.get(row, this.NAME));
    return this.type.namespaced ? `${strings.get(this.get(row, this.NAMESPACE))}/${name}` : name;
  }

  /** Bytes held. */
  override get byteLength(): number {
    return super.byteLength + this.#keys.byteLength;
  }

  /** Puts the object whose tokens begin at `at` in a row; `known`: in place of another. */
  #place(row: number, tokens: Uint32Array, at: number, known: boolean): number {
    if (known) for (const listener of this.#listeners) listener.leaving(row, true);
    this.#write(row, tokens, at);
    if (tokens[at + this.NAMESPACE] <= EMPTY_TEXT && this.type.namespaced) this.#implied.add(row);
    else if (this.#implied.size > 0) this.#implied.delete(row);
    if (!known) {
      this.#keys.addFirst(row);
      this.size++;
      this.changeCounts.live++;
    } else this.changeCounts.dropped++;
    this.amend(row);
    this.epoch++;
    this.changeCounts.changes++;
    for (const listener of this.#listeners) listener.entered(row, known);
    return row;
  }

  #freeRow(): number {
    return this.#free.length > 0 ? (this.#free.pop() as number) : this.newRow();
  }

  #write(row: number, tokens: Uint32Array, from: number): void {
    const { at, tokens: page } = this.cursor(row);
    const { width, written } = this.type;
    for (let i = 0; i < written; i++) page[at + i] = tokens[from + i];
    for (let i = written; i < width; i++) page[at + i] = 0;
    if (page[at + this.NAMESPACE] <= EMPTY_TEXT) page[at + this.NAMESPACE] = this.#unnamed;
    this.derive(row);
  }
}
