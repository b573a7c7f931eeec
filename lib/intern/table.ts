// intern: the objects of one kind, a row of tokens each; looked up by namespace and name.

import type { ObjectLike } from "../objects/types.js";
import type { ChangeCounts } from "./change-counts.js";
import type { Codec } from "./codec.js";
import type { Derivations } from "./derived.js";
import { newU32 } from "./grow.js";
import type { RowType } from "./row.js";
import { RowIndex } from "./row-index.js";
import type { TableListener } from "./row-listeners.js";
import { RowListeners } from "./row-listeners.js";
import { Rows } from "./rows.js";
import { DEFAULT_NAMESPACE, EMPTY_TEXT } from "./strings.js";
import type { MarkString } from "./type.js";
import { isOlder } from "./versions.js";

export type { TableListener } from "./row-listeners.js";

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
  readonly #listeners: RowListeners;
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
    readonly derivations: Derivations,
  ) {
    super(type.width);
    this.#listeners = new RowListeners(derivations);
    this.NAME = type.column("metadata.name");
    this.NAMESPACE = type.column("metadata.namespace");
    this.UID = type.column("metadata.uid");
    this.VERSION = type.column("metadata.resourceVersion");
    this.#unnamed = type.namespaced ? DEFAULT_NAMESPACE : EMPTY_TEXT;
    this.#keys = new RowIndex(this, this.NAMESPACE, this.NAME, true);
  }

  listen(listener: TableListener): void {
    this.#listeners.add(listener);
  }

  /** See `RowListeners.watch`. */
  watch(gone: (row: number) => void): void {
    this.#listeners.watch(gone);
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
    if (known >= 0) return this.#place(known, tokens, at, true);
    // Whatever may be refused first: then nothing has changed.
    if (this.#keys.reserveKeys(1)) this.findTokens(tokens, at);
    return this.#place(this.#freeRow(), tokens, at, false);
  }

  /** Makes room for so many more objects: to put them then throws nothing. */
  reserve(objects: number): void {
    this.#keys.reserveKeys(objects);
    this.reserveRows(Math.max(0, objects - this.#free.length));
  }

  /** The same for objects whose tokens lie one behind the other. O(objects) where there are others. */
  reserveFor(tokens: Uint32Array): void {
    const { written } = this.type;
    let objects = tokens.length / written;
    for (let at = 0; this.size > 0 && at < tokens.length; at += written)
      if (this.findTokens(tokens, at) >= 0) objects--;
    this.reserve(objects);
  }

  /** Puts an object that was deleted back into its row, which nobody has taken since. There is room for its key. */
  putBack(row: number, tokens: Uint32Array): void {
    this.#free.splice(this.#free.lastIndexOf(row), 1);
    this.#place(row, tokens, 0, false);
  }

  /** Writes some columns of a row anew; listeners hear of it as of an object that was replaced. */
  rewrite(row: number, write: (row: number) => void): void {
    this.#listeners.leaving(row, true);
    write(row);
    this.epoch++;
    this.changeCounts.changes++;
    this.#listeners.entered(row, true);
  }

  /** The tokens of a row's object, in a list of their number. */
  copy(row: number, copy = newU32(this.type.written)): Uint32Array {
    const { at, tokens } = this.cursor(row);
    for (let i = 0; i < copy.length; i++) copy[i] = tokens[at + i];
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
    const tokens = newU32(written * objects.length);
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

  /** Throws nothing. */
  delete(row: number): void {
    this.#listeners.leaving(row, false);
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
    if (known) this.#listeners.leaving(row, true);
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
    this.#listeners.entered(row, known);
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
