// intern: the types of lists, maps and objects, and how their runs of tokens are read back.
//
//   list:    count, item*              map:  count, (key, value)*      items and values are runs themselves
//   object:  mask of the fields that are there, their values in the order of the fields

import type { Strings } from "./strings.js";
import type { Cursor, Form, MarkString, Type } from "./type.js";
import { LIST, MAP, OBJECT, UID } from "./type.js";

/** A list of items of one type. */
export class ListType implements Type {
  readonly form = LIST;
  readonly zero = [];

  constructor(readonly item: Type) {}

  read(cursor: Cursor, strings: Strings): unknown[] {
    return Array.from({ length: cursor.tokens[cursor.at++] }, () => this.item.read(cursor, strings));
  }

  skip(cursor: Cursor): void {
    const count = cursor.tokens[cursor.at++];
    if (this.item.form < UID) cursor.at += count;
    else for (let i = 0; i < count; i++) this.item.skip(cursor);
  }

  mark(cursor: Cursor, mark: MarkString): void {
    for (let count = cursor.tokens[cursor.at++]; count > 0; count--) this.item.mark(cursor, mark);
  }
}

/** So that a codec can keep something of each type: its names come in an order that it remembers. */
let numbered = 0;

/** A map from text to scalars; of text to text where there is a `keep`, which says what is kept. */
export class MapType implements Type {
  readonly form = MAP;
  readonly zero = {};
  readonly number = numbered++;

  constructor(
    readonly value: Type,
    readonly keep?: (key: string) => boolean,
  ) {}

  /** A key's string id, or 0 where it is not kept. */
  meaning(key: string, strings: Strings): number {
    return this.keep === undefined || this.keep(key) ? strings.intern(key) : 0;
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

/** The fields of an object: a bit each, from 0 on, at most 31. */
export class Fields {
  readonly names: readonly string[];
  readonly types: readonly Type[];
  readonly forms: readonly Form[];
  readonly number = numbered++;
  readonly #bits: ReadonlyMap<string, number>;

  constructor(fields: { readonly [name: string]: { readonly form: Form } }) {
    this.names = Object.keys(fields);
    this.forms = Object.values(fields).map(({ form }) => form);
    // What is no type is of a form of its own, and asked for elsewhere.
    this.types = Object.values(fields) as Type[];
    this.#bits = new Map(this.names.map((name, bit) => [name, bit]));
  }

  /** The bit of a field, or -1 where there is no such field. */
  meaning(name: string): number {
    return this.#bits.get(name) ?? -1;
  }
}

export class ObjectType implements Type {
  readonly form = OBJECT;
  readonly zero = {};
  readonly fields: Fields;

  constructor(fields: { readonly [name: string]: Type }) {
    this.fields = new Fields(fields);
  }

  /** The bit of a field in the mask; see `seek`. */
  bit(name: string): number {
    const bit = this.fields.meaning(name);
    if (bit < 0) throw new Error(`no field ${name}`);
    return bit;
  }

  read(cursor: Cursor, strings: Strings): object {
    const value: Record<string, unknown> = {};
    const { names, types } = this.fields;
    for (let rest = cursor.tokens[cursor.at++]; rest !== 0; rest &= rest - 1) {
      const bit = 31 - Math.clz32(rest & -rest);
      value[names[bit]] = types[bit].read(cursor, strings);
    }
    return value;
  }

  skip(cursor: Cursor): void {
    this.skipFields(cursor, cursor.tokens[cursor.at++]);
  }

  mark(cursor: Cursor, mark: MarkString): void {
    for (let rest = cursor.tokens[cursor.at++]; rest !== 0; rest &= rest - 1) {
      this.fields.types[31 - Math.clz32(rest & -rest)].mark(cursor, mark);
    }
  }

  /** Moves the cursor from an object to its field; false, and the cursor is anywhere, where the object lacks it. */
  seek(cursor: Cursor, field: number): boolean {
    const mask = cursor.tokens[cursor.at++];
    if ((mask & (1 << field)) === 0) return false;
    this.skipFields(cursor, mask & ((1 << field) - 1));
    return true;
  }

  /** Moves the cursor behind the values of the fields in the mask. */
  skipFields(cursor: Cursor, mask: number): void {
    const { forms, types } = this.fields;
    for (let rest = mask; rest !== 0; rest &= rest - 1) {
      const bit = 31 - Math.clz32(rest & -rest);
      if (forms[bit] < UID) cursor.at++;
      else types[bit].skip(cursor);
    }
  }
}
