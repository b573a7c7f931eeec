// objects: a value deep in an option, with its path, which is told where the value is none of its kind.

import { TopologyError } from "../errors.js";
import { givenName } from "./arguments.js";
import { isObject } from "./fields.js";

/** As Go decodes it: null and what is missing are the empty value. Each method throws `BadOption` with the path. */
export class OptionField {
  constructor(
    readonly path: string,
    readonly value: unknown,
  ) {}

  get isMissing(): boolean {
    return this.value === undefined || this.value === null;
  }

  /** The fields of an object that has no others than these, in their order. */
  fields(...known: readonly string[]): readonly OptionField[] {
    const { path, value } = this;
    if (!this.isMissing && !isObject(value)) this.refuse("an object");
    const given = (value ?? {}) as { readonly [name: string]: unknown };
    for (const name of Object.keys(given)) {
      if (known.includes(name)) continue;
      throw badField(`${path}.${name}`, `is unknown; there are ${known.join(", ")}`);
    }
    return known.map((name) => new OptionField(`${path}.${name}`, given[name]));
  }

  /** The items of a list. */
  items(): readonly OptionField[] {
    const { path, value } = this;
    if (this.isMissing) return [];
    if (!Array.isArray(value)) this.refuse("a list");
    return Array.from(value as readonly unknown[], (item, i) => new OptionField(`${path}[${i}]`, item));
  }

  text(): string {
    if (!this.isMissing && typeof this.value !== "string") this.refuse("text");
    return (this.value ?? "") as string;
  }

  integer(): number {
    if (!this.isMissing && !Number.isInteger(this.value)) this.refuse("a whole number");
    return (this.value ?? 0) as number;
  }

  /** For what is of the right kind and yet wrong: `must be ...`. */
  bad(what: string): TopologyError {
    return badField(this.path, `${what}, but is ${JSON.stringify(this.value ?? null)}`);
  }

  refuse(wanted: string): never {
    throw badField(this.path, `must be ${wanted}, but is ${givenName(this.value)}`);
  }
}

function badField(path: string, what: string): TopologyError {
  return new TopologyError("BadOption", `${path} ${what}`, path);
}
