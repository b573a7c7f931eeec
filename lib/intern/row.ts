// intern: a whole object -> one row of tokens, a column for each field that is kept.

import { TopologyError } from "../errors.js";
import type { Codec } from "./codec.js";
import { isObject } from "./codec.js";
import { Fault, mistyped, passing } from "./fault.js";
import { Fields } from "./structures.js";
import type { Form, MarkString, Type } from "./type.js";
import { GROUP, TEXT, UID } from "./type.js";
import { isWritten, UID_WIDTH } from "./uid.js";

/** A bit beside those of the fields that are there. */
const PRESENT = 1 << 31;

type FieldTypes = { readonly [name: string]: Type | GroupType };

/** An object whose fields are columns of the row, rather than tokens of a block that no other row shares. */
export class GroupType {
  readonly form = GROUP;

  constructor(
    readonly types: FieldTypes,
    /** Whether it matters that the object is there, though it be empty; that has a column too. */
    readonly present: boolean,
  ) {}
}

/** A group in its row: where its fields lie. */
class Group {
  readonly fields: Fields;
  /** The column of its being there and of the bits of the fields that are, or -1. */
  readonly presence: number;
  /** Of each field: its column, or the group that it is. */
  readonly columns: readonly number[];
  readonly inner: readonly (Group | undefined)[];
  /** The column behind its own. */
  readonly end: number;

  constructor({ present, types }: GroupType, first: number) {
    this.fields = new Fields(types);
    this.presence = present ? first : -1;
    const columns: number[] = [];
    const inner: (Group | undefined)[] = [];
    let end = present ? first + 1 : first;
    for (const type of Object.values(types)) {
      const group = type.form === GROUP ? new Group(type as GroupType, end) : undefined;
      columns.push(group === undefined ? end : group.presence);
      inner.push(group);
      end = group === undefined ? end + (type.form === UID ? UID_WIDTH : 1) : group.end;
    }
    this.columns = columns;
    this.inner = inner;
    this.end = end;
  }
}

/**
 * The columns of a kind: those of its fields, then `derived` ones. A column holds a scalar's token or a structure's
 * block, and 0 where the field is absent; a uid takes four.
 */
export class RowType {
  /** Columns of fields, and all. */
  readonly written: number;
  readonly width: number;
  readonly #root: Group;

  constructor(
    readonly kind: string,
    readonly namespaced: boolean,
    readonly derived: readonly string[],
    fields: FieldTypes,
  ) {
    this.#root = new Group(new GroupType(fields, false), 0);
    this.written = this.#root.end;
    this.width = this.written + derived.length;
  }

  /** A column that no field is written to, by its name. */
  derivedColumn(name: string): number {
    const place = this.derived.indexOf(name);
    if (place < 0) throw new Error(`${this.kind} derives no column ${name}`);
    return this.written + place;
  }

  /** The column of a field, named as `spec.volumeName` or `provisioner`; that of a group says whether it is there. */
  column(path: string): number {
    let group: Group | undefined = this.#root;
    let column = -1;
    for (const name of path.split(".")) {
      const bit: number = group?.fields.meaning(name) ?? -1;
      column = group?.columns[bit] ?? -1;
      group = group?.inner[bit];
    }
    if (column < 0) throw new Error(`${this.kind} has no column ${path}`);
    return column;
  }

  /** @throws TopologyError `WrongKind` for an object that says so; without a kind it is taken for one of this kind. */
  checkKind(object: unknown): void {
    const { kind } = (object ?? {}) as { readonly kind?: unknown };
    if (kind === undefined || kind === this.kind || kind === null || kind === "") return;
    const items = Array.isArray((object as { items?: unknown }).items) ? ": give its items" : "";
    throw new TopologyError("WrongKind", `a ${kind} was given where a ${this.kind} belongs${items}`, "kind");
  }

  /** What stands in the column of a group that has one, where all its fields are there. */
  whole(path: string): number {
    let group: Group | undefined = this.#root;
    for (const name of path.split(".")) group = group?.inner[group.fields.meaning(name)];
    return (PRESENT | ((1 << (group?.columns.length ?? 0)) - 1)) >>> 0;
  }

  nameless(): TopologyError {
    return new TopologyError("MissingName", `${this.kind}: metadata.name is missing`, "metadata.name");
  }

  /** Writes an object's tokens at the bottom of the codec's stack, from 0 to `written`. */
  write(value: unknown, codec: Codec): void {
    const { written } = this;
    this.checkKind(value);
    codec.top = written;
    for (let i = 0; i < written; i++) codec.stack[i] = 0;
    try {
      writeGroup(this.#root, value, codec);
    } catch (error) {
      if (!(error instanceof Fault)) throw error;
      const { path } = error;
      const sentence = path === "" ? error.message : `${path} ${error.message}`;
      throw new TopologyError("Malformed", `${this.#subject(value)}: ${sentence}`, path);
    }
  }

  /** The plain object of a row. */
  read(row: Uint32Array, at: number, codec: Codec): object {
    return readGroup(this.#root, row, at, codec) ?? {};
  }

  /** Marks what a row holds; `markBlock` is true the first time that a block is marked. */
  mark(row: Uint32Array, at: number, codec: Codec, markString: MarkString, markBlock: (id: number) => boolean): void {
    markGroup(this.#root, row, at, codec, markString, markBlock);
  }

  #subject(value: unknown): string {
    const metadata = (value as { metadata?: { name?: unknown; namespace?: unknown } } | null | undefined)?.metadata;
    const name = typeof metadata?.name === "string" ? metadata.name : "";
    const namespace = typeof metadata?.namespace === "string" ? metadata.namespace : "";
    return `${this.kind} ${this.namespaced && namespace !== "" ? `${namespace}/` : ""}${name || "(without a name)"}`;
  }
}

function writeGroup(group: Group, object: unknown, codec: Codec): void {
  if (!isObject(object)) mistyped("an object", object);
  const value = object as Record<string, unknown>;
  const { columns, fields, inner, presence } = group;
  const { forms, types } = fields;
  const order = codec.fieldOrder(fields);
  const { meanings, names } = order;
  let mask = PRESENT;
  let place = 0;
  let name = "";
  try {
    for (name in value) {
      if (place >= names.length || names[place] !== name) place = order.locate(name, place, fields, codec.strings);
      const at = place++;
      const bit = meanings[at];
      if (bit < 0) continue;
      const field = value[name];
      if (field === undefined || field === null) continue;
      mask |= 1 << bit;
      const form = forms[bit];
      if (form === TEXT && typeof field === "string") {
        codec.stack[columns[bit]] = codec.recurring(TEXT, field, order, at);
      } else if (form === GROUP) writeGroup(inner[bit] as Group, field, codec);
      else if (form === UID) codec.uid(field, columns[bit]);
      else {
        const token = form < UID ? codec.token(form, field) : codec.recurringBlock(types[bit], field, order, at);
        codec.stack[columns[bit]] = token;
      }
    }
  } catch (error) {
    throw passing(error, name);
  }
  if (presence >= 0) codec.stack[presence] = mask;
}

const isThere = (form: Form, row: Uint32Array, at: number): boolean =>
  form === UID ? isWritten(row, at) : row[at] !== 0;

function readGroup(group: Group, row: Uint32Array, at: number, codec: Codec): object | undefined {
  const { blocks, strings } = codec;
  const { columns, fields, inner, presence } = group;
  // Rules may have put something where nothing was written.
  const mask = presence < 0 ? -1 : row[at + presence];
  let object: Record<string, unknown> | undefined = presence >= 0 && mask !== 0 ? {} : undefined;
  for (const [bit, name] of fields.names.entries()) {
    const nested = inner[bit];
    const form = fields.forms[bit];
    const place = at + columns[bit];
    let value: unknown;
    if (nested !== undefined) value = readGroup(nested, row, at, codec);
    else if ((mask & (1 << bit)) !== 0 && isThere(form, row, place)) {
      const scalar = form <= UID;
      value = fields.types[bit].read(scalar ? { tokens: row, at: place } : blocks.cursor(row[place]), strings);
    }
    if (value === undefined) continue;
    object ??= {};
    object[name] = value;
  }
  return object;
}

function markGroup(
  { columns, fields, inner }: Group,
  row: Uint32Array,
  at: number,
  codec: Codec,
  markString: MarkString,
  markBlock: (id: number) => boolean,
): void {
  const { forms, types } = fields;
  for (let bit = 0; bit < types.length; bit++) {
    const nested = inner[bit];
    if (nested !== undefined) {
      markGroup(nested, row, at, codec, markString, markBlock);
      continue;
    }
    const place = at + columns[bit];
    const token = row[place];
    if (!isThere(forms[bit], row, place)) continue;
    if (forms[bit] <= UID) types[bit].mark({ tokens: row, at: place }, markString);
    else if (markBlock(token)) types[bit].mark(codec.blocks.cursor(token), markString);
  }
}
