// cli: an object as it was written -> the fields in it that no Kubernetes type has.

import { didYouMean } from "./did-you-mean.js";
import type { KubeObject } from "./fields.js";
import { isObject } from "./fields.js";
import type { Kind } from "./kinds.js";

export interface UnknownField {
  /** Such as `spec.template.spec.nodeSelctor`. */
  readonly path: string;
  /** `; did you mean X?`, of a field that stands in the same place; empty where none is spelt alike. */
  readonly hint: string;
}

/** The names of scripts/api-fields.mjs. A type is its fields, parted by blanks: `NAME` for a plain value, with `:N` for an
 * object of type N, `[N` for a list of such, `{N` for a map of such. */
interface Table {
  readonly kinds: { readonly [kind: string]: number };
  readonly types: readonly string[];
}

type Fields = ReadonlyMap<string, { readonly holds: string; readonly type: number } | undefined>;

const FIELD = /^(\w+)(?:([:[{])(\d+))?$/;

export function sayUnknown({ hint, path }: UnknownField): string {
  return `${path} is no field that Kubernetes has${hint}`;
}

export class ApiFields {
  readonly #types: (Fields | undefined)[] = [];

  private constructor(readonly table: Table) {}

  /** Reads the table, which is in no other way part of the program. */
  static async load(): Promise<ApiFields> {
    return new ApiFields((await import("./api-fields.json", { with: { type: "json" } })).default);
  }

  /** The unknown fields of an object, in the order in which they are written. What is in them is not looked at. */
  unknownIn({ group, name }: Kind, object: KubeObject): UnknownField[] {
    const type = this.table.kinds[group === "" ? name : `${name}.${group}`];
    const found: UnknownField[] = [];
    if (type !== undefined) this.#look(object, type, "", found);
    return found;
  }

  #look(object: unknown, type: number, path: string, found: UnknownField[]): void {
    // A value of another form is the decoder's to refuse.
    if (!isObject(object)) return;
    const fields = this.#fieldsOf(type);
    for (const [name, value] of Object.entries(object)) {
      const at = path === "" ? name : `${path}.${name}`;
      const field = fields.get(name);
      if (field !== undefined) this.#lookInside(value, field, at, found);
      else if (!fields.has(name)) found.push({ path: at, hint: didYouMean(name, fields.keys()) });
    }
  }

  #lookInside(value: unknown, field: { holds: string; type: number }, path: string, found: UnknownField[]): void {
    const { holds, type } = field;
    if (holds === "[") {
      if (Array.isArray(value)) for (const [i, item] of value.entries()) this.#look(item, type, `${path}[${i}]`, found);
    } else if (holds === "{") {
      if (isObject(value))
        for (const [key, held] of Object.entries(value)) this.#look(held, type, `${path}.${key}`, found);
    } else this.#look(value, type, path, found);
  }

  #fieldsOf(type: number): Fields {
    this.#types[type] ??= new Map(
      this.table.types[type].split(" ").map((word) => {
        const [, name, holds, held] = FIELD.exec(word)!;
        return [name, holds === undefined ? undefined : { holds, type: Number(held) }] as const;
      }),
    );
    return this.#types[type];
  }
}
