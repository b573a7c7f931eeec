// intern: a whole object -> one row of tokens, a column for each field that is kept.

import { TopologyError } from "../errors.js";
import type { Codec, Marker, Type } from "./codec.js";
import { nameOf } from "./codec.js";

type Fields = { readonly [name: string]: Type };

/** A kind's fields: top-level ones, and groups such as metadata, spec and status whose fields are columns too. */
export type KindFields = { readonly [name: string]: Type | Fields };

const isType = (field: Type | Fields): field is Type => typeof (field as Type).write === "function";

interface Group {
  readonly name: string;
  readonly names: readonly string[];
  readonly types: readonly Type[];
  readonly first: number;
}

/** The columns of a kind. */
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
      const group = { name, names: Object.keys(field), types: Object.values(field) as Type[], first };
      first += group.names.length;
      this.#groups.push(group);
    }
    this.width = first;
  }

  /** The column of a field, named as `spec.volumeName` or `provisioner`. */
  column(path: string): number {
    const dot = path.indexOf(".");
    const group = this.#groups.find((candidate) => candidate.name === (dot < 0 ? "" : path.slice(0, dot)));
    const index = group?.names.indexOf(path.slice(dot + 1)) ?? -1;
    if (group === undefined || index < 0) throw new Error(`${this.kind} has no column ${path}`);
    return group.first + index;
  }

  /** Writes an object's tokens on the codec's empty stack, from 0 to `width`. Throws before anything is kept. */
  write(value: unknown, codec: Codec): void {
    codec.depth = 0;
    codec.top = 0;
    try {
      if (typeof value !== "object" || value === null || Array.isArray(value)) {
        throw new TopologyError("Malformed", `must be an object, but is ${nameOf(value)}`);
      }
      codec.push(this.width);
      for (const group of this.#groups) {
        let fields = value as Record<string, unknown>;
        if (group.name !== "") {
          const inner = fields[group.name];
          if (inner === undefined || inner === null) continue;
          codec.path[0] = group.name;
          codec.depth = 1;
          if (typeof inner !== "object" || Array.isArray(inner))
            codec.fail(`must be an object, but is ${nameOf(inner)}`);
          fields = inner as Record<string, unknown>;
        }
        const { names, types, first } = group;
        const depth = codec.depth++;
        for (let i = 0; i < names.length; i++) {
          const field = fields[names[i]];
          if (field === undefined || field === null) continue;
          codec.path[depth] = names[i];
          const token = types[i].write(field, codec);
          codec.stack[first + i] = token;
        }
        codec.depth = 0;
      }
    } catch (error) {
      if (!(error instanceof TopologyError)) throw error;
      throw new TopologyError(error.code, `${this.#subject(value)}: ${error.message}`, error.path);
    }
  }

  /** The plain object of a row. */
  read(row: Uint32Array, at: number, codec: Codec): object {
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
        fields[names[i]] = types[i].read(token, codec);
      }
    }
    return value;
  }

  /** Marks what a row holds. */
  mark(row: Uint32Array, at: number, codec: Codec, marker: Marker): void {
    for (const { types, first } of this.#groups) {
      for (let i = 0; i < types.length; i++) {
        const token = row[at + first + i];
        if (token !== 0) types[i].mark(token, codec, marker);
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
