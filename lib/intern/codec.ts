// intern: where encoding happens: values -> tokens on a stack, checked as Kubernetes' Go types would decode them.

import { allocating, TopologyError } from "../errors.js";
import { parseQuantity, quantityText } from "../objects/quantity.js";
import { isRFC3339 } from "../objects/time.js";
import type { Blocks } from "./blocks.js";
import { Fault, mistyped, passing } from "./fault.js";
import { FieldOrder } from "./field-order.js";
import { growU8, growU32 } from "./grow.js";
import { numeralToken, quantityToken } from "./numerals.js";
import type { Strings } from "./strings.js";
import type { Fields, ListType, MapType, ObjectType } from "./structures.js";
import type { Form, Type } from "./type.js";
import { BOOL, INT32, LIST, MAP, NUMERAL, QUANTITY, RARE_TEXT, TEXT, TIME, UID } from "./type.js";
import { UID_WIDTH, writeUid } from "./uid.js";

const FEWEST_TOKENS = 1 << 10;
const FEWEST_KNOWN = 1 << 8;

export class Codec {
  /** Renewed when it grows. */
  stack = new Uint32Array(FEWEST_TOKENS);
  top = 0;
  /** An object is being read: its getters must not use the codec. */
  busy = false;
  /** What each string id is known to be: 1 << a form; a text is checked once. */
  #known = new Uint8Array(FEWEST_KNOWN);
  // By the number of the fields or of the map.
  readonly #fieldOrders: FieldOrder[] = [];

  constructor(
    readonly strings: Strings,
    readonly blocks: Blocks,
  ) {}

  /** @throws TopologyError `Reentrant` while an object is being read. */
  refuseReentry(): void {
    if (!this.busy) return;
    throw new TopologyError("Reentrant", "a getter of an object asked or changed the matcher that was reading it");
  }

  /** The token of a scalar. Throws a Fault for what is none of its form. */
  token(form: Form, value: unknown): number {
    switch (form) {
      case TEXT:
        return typeof value === "string" ? this.strings.intern(value) : mistyped("a string", value);
      case RARE_TEXT:
        return typeof value === "string" ? this.strings.internRare(value) : mistyped("a string", value);
      case NUMERAL:
        return typeof value === "string" ? this.#numeral(value) : mistyped("a string", value);
      case BOOL:
        return typeof value === "boolean" ? (value ? 2 : 1) : mistyped("true or false", value);
      case INT32:
        return this.#int32(value);
      case QUANTITY:
        return this.#quantity(value);
      case TIME:
        return this.#time(value);
      default:
        return isObject(value) ? 1 : mistyped("an object", value);
    }
  }

  /** The token of a text that is likely to be what stood at the same place before. */
  recurring(form: Form, text: string, order: FieldOrder, place: number): number {
    const token = order.tokens[place];
    return token !== 0 && text === order.texts[place] ? token : order.missed(place, text, this.token(form, text));
  }

  /** Writes a uid to the stack. Throws a Fault for what is none. */
  uid(value: unknown, at: number): void {
    if (typeof value !== "string") mistyped("a string", value);
    writeUid(value as string, this.stack, at, this.strings);
  }

  /** The block of a structure. Throws a Fault for what is none of its type. */
  block(type: Type, value: unknown): number {
    const base = this.top;
    this.#run(type, value);
    const id = this.blocks.intern(this.stack, base, this.top);
    this.top = base;
    return id;
  }

  /** The same for what is likely to be what stood at the same place before: comparing is cheaper than looking it up. */
  recurringBlock(type: Type, value: unknown, order: FieldOrder, place: number): number {
    const base = this.top;
    this.#run(type, value);
    const { blocks, stack, top } = this;
    this.top = base;
    const known = order.tokens[place];
    if (known !== 0 && blocks.equals(known, stack, base, top)) return known;
    const id = blocks.intern(stack, base, top);
    order.tokens[place] = id;
    return id;
  }

  /** What the names of these fields, or of this map's keys, have meant. */
  fieldOrder(names: Fields | MapType): FieldOrder {
    while (names.number >= this.#fieldOrders.length) this.#fieldOrders.push(new FieldOrder());
    return this.#fieldOrders[names.number];
  }

  /** Forgets what was learnt about string ids; called when ids are swept. */
  forget(): void {
    this.#known.fill(0);
    for (const order of this.#fieldOrders) order.forget();
  }

  /** Gives back what long objects have left. */
  trim(): void {
    this.stack = new Uint32Array(FEWEST_TOKENS);
    this.#known = new Uint8Array(FEWEST_KNOWN);
    this.forget();
  }

  /** Bytes held. */
  get byteLength(): number {
    return this.stack.byteLength + this.#known.byteLength;
  }

  #put(token: number): void {
    if (this.top === this.stack.length) this.stack = growU32(this.stack, this.top + 1);
    this.stack[this.top++] = token;
  }

  /** Puts the tokens of a structure on the stack. */
  #run(type: Type, value: unknown): void {
    if (type.form === LIST) this.#list(type as ListType, value);
    else if (type.form === MAP) this.#map(type as MapType, value);
    else if (type.form === UID) {
      for (let i = 0; i < UID_WIDTH; i++) this.#put(0);
      this.uid(value, this.top - UID_WIDTH);
    } else this.#object(type as ObjectType, value);
  }

  #list({ item }: ListType, items: unknown): void {
    if (!Array.isArray(items)) mistyped("a list", items);
    const { length } = items as readonly unknown[];
    const { form } = item;
    this.#put(length);
    let i = 0;
    try {
      for (; i < length; i++) {
        const value = (items as readonly unknown[])[i] ?? item.zero;
        if (form < UID) this.#put(this.token(form, value));
        else this.#run(item, value);
      }
    } catch (error) {
      throw passing(error, i);
    }
  }

  #map(type: MapType, map: unknown): void {
    if (!isObject(map)) mistyped("a map", map);
    const entries = map as Record<string, unknown>;
    const { form, zero } = type.value;
    const { strings } = this;
    const order = this.fieldOrder(type);
    const { meanings, names } = order;
    const base = this.top;
    this.#put(0);
    let count = 0;
    let place = 0;
    let name = "";
    try {
      for (name in entries) {
        if (place >= names.length || names[place] !== name) place = order.locate(name, place, type, strings);
        const key = meanings[place];
        const value = entries[name];
        if (key === 0) {
          // What is not kept is not interned either; only its type is checked.
          if (typeof value !== "string" && value !== undefined && value !== null) mistyped("a string", value);
        } else {
          this.#put(key);
          this.#put(
            typeof value === "string" ? this.recurring(form, value, order, place) : this.token(form, value ?? zero),
          );
          count++;
        }
        place++;
      }
    } catch (error) {
      throw passing(error, name);
    }
    this.stack[base] = count;
  }

  #object(type: ObjectType, object: unknown): void {
    if (!isObject(object)) mistyped("an object", object);
    const value = object as Record<string, unknown>;
    const { fields } = type;
    const { forms, types } = fields;
    const order = this.fieldOrder(fields);
    const { meanings, names } = order;
    const base = this.top;
    this.#put(0);
    let mask = 0;
    let place = 0;
    let name = "";
    try {
      for (name in value) {
        if (place >= names.length || names[place] !== name) place = order.locate(name, place, fields, this.strings);
        const at = place++;
        const bit = meanings[at];
        if (bit < 0) continue;
        const field = value[name];
        if (field === undefined || field === null) continue;
        const from = this.top;
        if (forms[bit] === TEXT && typeof field === "string") this.#put(this.recurring(TEXT, field, order, at));
        else if (forms[bit] < UID) this.#put(this.token(forms[bit], field));
        else this.#run(types[bit], field);
        if (mask >>> bit !== 0) this.#lower(type, base, mask & ((1 << bit) - 1), from);
        mask |= 1 << bit;
      }
    } catch (error) {
      throw passing(error, name);
    }
    this.stack[base] = mask;
  }

  /** Moves the last field, whose tokens begin at `from`, down to its place behind the fields of the mask. */
  #lower(type: ObjectType, base: number, below: number, from: number): void {
    const cursor = { tokens: this.stack, at: base + 1 };
    type.skipFields(cursor, below);
    const field = allocating(() => this.stack.slice(from, this.top));
    this.stack.copyWithin(cursor.at + field.length, cursor.at, from);
    this.stack.set(field, cursor.at);
  }

  #numeral(text: string): number {
    return numeralToken(text) || this.strings.intern(text);
  }

  #int32(value: unknown): number {
    if (typeof value !== "number") mistyped("an integer", value);
    if (value !== ((value as number) | 0)) throw new Fault(`must be a 32-bit integer, but is ${value}`);
    return this.#numeral(String(value));
  }

  #quantity(value: unknown): number {
    const token = typeof value === "string" ? quantityToken(value) : 0;
    if (token !== 0) return token;
    const text = typeof value === "string" || typeof value === "number" ? quantityText(value) : undefined;
    if (text === undefined) mistyped("a quantity", value);
    const id = this.strings.intern(text as string);
    if (this.#is(id, QUANTITY)) return id;
    try {
      parseQuantity(text as string);
    } catch (error) {
      throw new Fault(`is no quantity: ${(error as Error).message}`);
    }
    this.#known[id] |= 1 << QUANTITY;
    return id;
  }

  #time(value: unknown): number {
    const text = value instanceof Date && !Number.isNaN(value.getTime()) ? value.toISOString() : value;
    if (typeof text !== "string") return mistyped("a time", value);
    const id = this.strings.intern(text);
    if (this.#is(id, TIME)) return id;
    if (!isRFC3339(text)) throw new Fault(`must be an RFC 3339 time, but is ${JSON.stringify(text)}`);
    this.#known[id] |= 1 << TIME;
    return id;
  }

  #is(id: number, form: Form): boolean {
    if (id >= this.#known.length) this.#known = growU8(this.#known, id + 1);
    return (this.#known[id] & (1 << form)) !== 0;
  }
}

export function isObject(value: unknown): boolean {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
