// intern: a whole object -> one row of tokens, a column for each field that is kept.

import { TopologyError } from "../errors.js";
import type { Codec } from "./codec.js";
import { isObject } from "./codec.js";
import { Fault, mistyped, passing } from "./fault.js";
import { Fields } from "./structures.js";
import type { MarkString, Type } from "./type.js";
import { LIST } from "./type.js";

type FieldTypes = { readonly [name: string]: Type };

/** A kind's fields: top-level ones, and groups such as metadata, spec and status whose fields are columns too. */
export type KindFields = { readonly [name: string]: Type | FieldTypes };

const isType = (field: Type | FieldTypes): field is Type => typeof (field as Type).form === "number";

/** Fields that lie side by side in the object and in the row. */
class Group {
  readonly fields: Fields;

  constructor(
    /** The group's own name; empty for fields at the top of the object. */
    readonly name: string,
    readonly first: number,
    types: FieldTypes,
  ) {
    this.fields = new Fields(types);
  }
}

/** The columns of a kind. A column holds a scalar's token or a structure's block, and 0 where the field is absent. */
export class RowType {
  readonly width: number;
  readonly #groups: Group[] = [];

  constructor(
    readonly kind: string,
    readonly namespaced: boolean,
    fields: KindFields,
  ) {
    let first = 0;
    const topLevel: Record<string, Type> = {};
    for (const [name, field] of Object.entries(fields)) if (isType(field)) topLevel[name] = field;
    for (const [name, field] of [...Object.entries(fields), ["", topLevel] as const]) {
      if (isType(field as Type | FieldTypes)) continue;
      const group = new Group(name, first, field as FieldTypes);
      first += group.fields.names.length;
      this.#groups.push(group);
    }
    this.width = first;
  }

  /** The column of a field, named as `spec.volumeName` or `provisioner`. */
  column(path: string): number {
    const dot = path.indexOf(".");
    const group = this.#groups.find((candidate) => candidate.name === (dot < 0 ? "" : path.slice(0, dot)));
    const bit = group?.fields.meaning(path.slice(dot + 1)) ?? -1;
    if (group === undefined || bit < 0) throw new Error(`${this.kind} has no column ${path}`);
    return group.first + bit;
  }

  /** Writes an object's tokens at the bottom of the codec's stack, from 0 to `width`. */
  write(value: unknown, codec: Codec): void {
    codec.top = this.width;
    for (let i = 0; i < this.width; i++) codec.stack[i] = 0;
    try {
      if (!isObject(value)) mistyped("an object", value);
      for (const group of this.#groups) {
        if (group.name === "") {
          if (group.fields.names.length > 0) writeGroup(group, value as Record<string, unknown>, codec);
          continue;
        }
        const inner = (value as Record<string, unknown>)[group.name];
        if (inner === undefined || inner === null) continue;
        try {
          if (!isObject(inner)) mistyped("an object", inner);
          writeGroup(group, inner as Record<string, unknown>, codec);
        } catch (error) {
          throw passing(error, group.name);
        }
      }
    } catch (error) {
      if (!(error instanceof Fault)) throw error;
      const { path } = error;
      throw new TopologyError("Malformed", `${this.#subject(value)}: ${`${path} ${error.message}`.trim()}`, path);
    }
  }

  /** The plain object of a row. */
  read(row: Uint32Array, at: number, { blocks, strings }: Codec): object {
    const value: Record<string, unknown> = {};
    for (const { fields: kept, first, name } of this.#groups) {
      let fields: Record<string, unknown> | undefined = name === "" ? value : undefined;
      const { forms, names, types } = kept;
      for (let i = 0; i < names.length; i++) {
        const token = row[at + first + i];
        if (token === 0) continue;
        if (fields === undefined) {
          fields = {};
          value[name] = fields;
        }
        const cursor = forms[i] < LIST ? { tokens: row, at: at + first + i } : blocks.cursor(token);
        fields[names[i]] = types[i].read(cursor, strings);
      }
    }
    return value;
  }

  /** Marks what a row holds; `markBlock` is true the first time that a block is marked. */
  mark(
    row: Uint32Array,
    at: number,
    { blocks }: Codec,
    markString: MarkString,
    markBlock: (id: number) => boolean,
  ): void {
    for (const { fields, first } of this.#groups) {
      const { types } = fields;
      for (let i = 0; i < types.length; i++) {
        const token = row[at + first + i];
        if (token === 0) continue;
        if (types[i].form < LIST) types[i].mark({ tokens: row, at: at + first + i }, markString);
        else if (markBlock(token)) types[i].mark(blocks.cursor(token), markString);
      }
    }
  }

  #subject(value: unknown): string {
    const metadata = (value as { metadata?: { name?: unknown; namespace?: unknown } } | null | undefined)?.metadata;
    const name = typeof metadata?.name === "string" ? metadata.name : "";
    const namespace = typeof metadata?.namespace === "string" ? metadata.namespace : "";
    return `${this.kind} ${this.namespaced && namespace !== "" ? `${namespace}/` : ""}${name || "(without a name)"}`;
  }
}

function writeGroup({ fields, first }: Group, value: Record<string, unknown>, codec: Codec): void {
  const { forms, types } = fields;
  const hints = codec.hints(fields);
  const { meanings, names } = hints;
  let place = 0;
  let name = "";
  try {
    for (name in value) {
      if (names[place] !== name) place = hints.locate(name, place, fields, codec.strings);
      const bit = meanings[place++];
      if (bit < 0) continue;
      const field = value[name];
      if (field === undefined || field === null) continue;
      const token = forms[bit] < LIST ? codec.token(forms[bit], field) : codec.block(types[bit], field);
      codec.stack[first + bit] = token;
    }
  } catch (error) {
    throw passing(error, name);
  }
}
