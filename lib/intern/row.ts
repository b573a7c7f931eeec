// intern: a whole object -> one row of tokens, a column for each field that is kept.

import { TopologyError } from "../errors.js";
import type { Codec, MarkString, Type } from "./codec.js";
import { nameOf } from "./codec.js";
import { collectFields } from "./structures.js";

type Fields = { readonly [name: string]: Type };

/** A kind's fields: top-level ones, and groups such as metadata, spec and status whose fields are columns too. */
export type KindFields = { readonly [name: string]: Type | Fields };

const isType = (field: Type | Fields): field is Type => typeof (field as Type).write === "function";

/** Fields that lie side by side in the object and in the row. */
class Group {
  readonly names: readonly string[];
  readonly types: readonly Type[];
  readonly bits: ReadonlyMap<string, number>;
  readonly found: unknown[];

  constructor(
    /** The group's own name; empty for fields at the top of the object. */
    readonly name: string,
    readonly first: number,
    fields: Fields,
  ) {
    this.names = Object.keys(fields);
    this.types = Object.values(fields);
    this.bits = new Map(this.names.map((field, bit) => [field, bit]));
    this.found = this.names.map(() => undefined);
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
      if (isType(field as Type | Fields)) continue;
      const group = new Group(name, first, field as Fields);
      first += group.names.length;
      this.#groups.push(group);
    }
    this.width = first;
  }

  /** The column of a field, named as `spec.volumeName` or `provisioner`. */
  column(path: string): number {
    const dot = path.indexOf(".");
    const group = this.#groups.find((candidate) => candidate.name === (dot < 0 ? "" : path.slice(0, dot)));
    const bit = group?.bits.get(path.slice(dot + 1));
    if (group === undefined || bit === undefined) throw new Error(`${this.kind} has no column ${path}`);
    return group.first + bit;
  }

  /** Writes an object's tokens at the bottom of the codec's stack, from 0 to `width`. */
  write(value: unknown, codec: Codec): void {
    codec.depth = 0;
    codec.top = this.width;
    codec.stack.fill(0, 0, this.width);
    try {
      if (typeof value !== "object" || value === null || Array.isArray(value)) {
        throw new TopologyError("Malformed", `must be an object, but is ${nameOf(value)}`);
      }
      for (const group of this.#groups) {
        if (group.name === "") {
          if (group.names.length > 0) writeGroup(group, value as Record<string, unknown>, codec);
          continue;
        }
        const inner = (value as Record<string, unknown>)[group.name];
        if (inner === undefined || inner === null) continue;
        codec.path[0] = group.name;
        codec.depth = 1;
        if (typeof inner !== "object" || Array.isArray(inner)) codec.fail(`must be an object, but is ${nameOf(inner)}`);
        writeGroup(group, inner as Record<string, unknown>, codec);
        codec.depth = 0;
      }
    } catch (error) {
      if (!(error instanceof TopologyError)) throw error;
      throw new TopologyError(error.code, `${this.#subject(value)}: ${error.message}`, error.path);
    }
  }

  /** The plain object of a row. */
  read(row: Uint32Array, at: number, { blocks, strings }: Codec): object {
    const value: Record<string, unknown> = {};
    for (const { name, names, types, first } of this.#groups) {
      let fields: Record<string, unknown> | undefined = name === "" ? value : undefined;
      for (let i = 0; i < names.length; i++) {
        const token = row[at + first + i];
        if (token === 0) continue;
        if (fields === undefined) {
          fields = {};
          value[name] = fields;
        }
        const cursor = types[i].scalar ? { tokens: row, at: at + first + i } : blocks.cursor(token);
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
    for (const { types, first } of this.#groups) {
      for (let i = 0; i < types.length; i++) {
        const token = row[at + first + i];
        if (token === 0) continue;
        if (types[i].scalar) types[i].mark({ tokens: row, at: at + first + i }, markString);
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

function writeGroup({ bits, first, found, names, types }: Group, value: Record<string, unknown>, codec: Codec): void {
  const depth = codec.depth++;
  let rest = collectFields(value, names, bits, found);
  for (; rest !== 0; rest &= rest - 1) {
    const bit = 31 - Math.clz32(rest & -rest);
    codec.path[depth] = names[bit];
    const field = found[bit];
    found[bit] = undefined;
    const base = codec.top;
    types[bit].write(field, codec);
    codec.stack[first + bit] = types[bit].scalar ? codec.stack[--codec.top] : codec.pop(base);
  }
  codec.depth = depth;
}
