// intern: lists, maps and objects -> runs of tokens, and back.
//
//   list:    count, item*              map:  count, (key, value)*      items and values are runs themselves
//   object:  mask of the fields that are there, their values in the order of the fields

import type { Codec, Cursor, MarkString, Type } from "./codec.js";
import { nameOf } from "./codec.js";
import type { Strings } from "./strings.js";

/** A list of items of one type. */
export class ListType implements Type {
  readonly scalar = false;
  readonly zero = [];

  constructor(readonly item: Type) {}

  write(value: unknown, codec: Codec): void {
    if (!Array.isArray(value)) codec.fail(`must be a list, but is ${nameOf(value)}`);
    const items = value as readonly unknown[];
    const { item } = this;
    codec.put(items.length);
    const depth = codec.depth++;
    for (let i = 0; i < items.length; i++) {
      codec.path[depth] = i;
      item.write(items[i] ?? item.zero, codec);
    }
    codec.depth = depth;
  }

  read(cursor: Cursor, strings: Strings): unknown[] {
    return Array.from({ length: cursor.tokens[cursor.at++] }, () => this.item.read(cursor, strings));
  }

  skip(cursor: Cursor): void {
    const count = cursor.tokens[cursor.at++];
    if (this.item.scalar) cursor.at += count;
    else for (let i = 0; i < count; i++) this.item.skip(cursor);
  }

  mark(cursor: Cursor, mark: MarkString): void {
    for (let count = cursor.tokens[cursor.at++]; count > 0; count--) this.item.mark(cursor, mark);
  }
}

/** A map from text to scalars; of text to text where there is a `keep`, which says what is kept. */
export class MapType implements Type {
  readonly scalar = false;
  readonly zero = {};

  constructor(
    readonly value: Type,
    readonly keep?: (key: string) => boolean,
  ) {}

  write(object: unknown, codec: Codec): void {
    if (typeof object !== "object" || Array.isArray(object)) codec.fail(`must be a map, but is ${nameOf(object)}`);
    const entries = object as Record<string, unknown>;
    const { keep, value } = this;
    const { strings } = codec;
    const base = codec.top;
    codec.put(0);
    const depth = codec.depth++;
    let count = 0;
    for (const key in entries) {
      const entry = entries[key] ?? value.zero;
      // What is not kept is not interned either; only its type is checked.
      if (keep !== undefined && typeof entry === "string" && !keep(key)) continue;
      codec.path[depth] = key;
      codec.put(strings.intern(key));
      value.write(entry, codec);
      count++;
    }
    codec.depth = depth;
    codec.stack[base] = count;
  }

  read(cursor: Cursor, strings: Strings): object {
    const object = {};
    for (let count = cursor.tokens[cursor.at++]; count > 0; count--) {
      const key = strings.get(cursor.tokens[cursor.at++]);
      // A key such as __proto__ must become a property like any other.
      const value = this.value.read(cursor, strings);
      Object.defineProperty(object, key, { value, enumerable: true, writable: true, configurable: true });
    }
    return object;
  }

  skip(cursor: Cursor): void {
    cursor.at += 1 + 2 * cursor.tokens[cursor.at];
  }

  mark(cursor: Cursor, mark: MarkString): void {
    for (let count = cursor.tokens[cursor.at++]; count > 0; count--) {
      mark(cursor.tokens[cursor.at++]);
      this.value.mark(cursor, mark);
    }
  }
}

/** Objects of more fields than this are walked by the fields they have, not by those they could have. */
const FEW_FIELDS = 4;

/** An object of at most 31 fields. */
export class ObjectType implements Type {
  readonly scalar = false;
  readonly zero = {};
  readonly names: readonly string[];
  readonly types: readonly Type[];
  readonly #bits: ReadonlyMap<string, number>;
  readonly #found: unknown[];

  constructor(fields: { readonly [name: string]: Type }) {
    this.names = Object.keys(fields);
    this.types = Object.values(fields);
    this.#bits = new Map(this.names.map((name, bit) => [name, bit]));
    this.#found = this.names.map(() => undefined);
  }

  /** The bit of a field in the mask; see `seek`. */
  bit(name: string): number {
    const bit = this.#bits.get(name);
    if (bit === undefined) throw new Error(`no field ${name}`);
    return bit;
  }

  write(value: unknown, codec: Codec): void {
    if (typeof value !== "object" || Array.isArray(value)) codec.fail(`must be an object, but is ${nameOf(value)}`);
    const { names, types } = this;
    const found = this.#found;
    const mask = collectFields(value as Record<string, unknown>, names, this.#bits, found);
    codec.put(mask);
    const depth = codec.depth++;
    for (let rest = mask; rest !== 0; rest &= rest - 1) {
      const bit = 31 - Math.clz32(rest & -rest);
      codec.path[depth] = names[bit];
      const field = found[bit];
      found[bit] = undefined;
      types[bit].write(field, codec);
    }
    codec.depth = depth;
  }

  read(cursor: Cursor, strings: Strings): object {
    const value: Record<string, unknown> = {};
    for (let rest = cursor.tokens[cursor.at++]; rest !== 0; rest &= rest - 1) {
      const bit = 31 - Math.clz32(rest & -rest);
      value[this.names[bit]] = this.types[bit].read(cursor, strings);
    }
    return value;
  }

  skip(cursor: Cursor): void {
    for (let rest = cursor.tokens[cursor.at++]; rest !== 0; rest &= rest - 1) {
      this.types[31 - Math.clz32(rest & -rest)].skip(cursor);
    }
  }

  mark(cursor: Cursor, mark: MarkString): void {
    for (let rest = cursor.tokens[cursor.at++]; rest !== 0; rest &= rest - 1) {
      this.types[31 - Math.clz32(rest & -rest)].mark(cursor, mark);
    }
  }

  /** Moves the cursor from an object to its field; false, and the cursor is anywhere, where the object lacks it. */
  seek(cursor: Cursor, field: number): boolean {
    const mask = cursor.tokens[cursor.at++];
    if ((mask & (1 << field)) === 0) return false;
    for (let rest = mask & ((1 << field) - 1); rest !== 0; rest &= rest - 1) {
      this.types[31 - Math.clz32(rest & -rest)].skip(cursor);
    }
    return true;
  }
}

/** Finds the fields that are there and not null: their bits, and their values in `found` at those places. */
export function collectFields(
  value: Record<string, unknown>,
  names: readonly string[],
  bits: ReadonlyMap<string, number>,
  found: unknown[],
): number {
  let mask = 0;
  if (names.length <= FEW_FIELDS) {
    for (let bit = 0; bit < names.length; bit++) {
      const field = value[names[bit]];
      if (field === undefined || field === null) continue;
      found[bit] = field;
      mask |= 1 << bit;
    }
    return mask;
  }
  // V8 walks an object's own keys faster than it looks for twenty that are not there.
  for (const name in value) {
    const bit = bits.get(name);
    if (bit === undefined) continue;
    const field = value[name];
    if (field === undefined || field === null) continue;
    found[bit] = field;
    mask |= 1 << bit;
  }
  return mask;
}
