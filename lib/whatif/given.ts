// whatif: a value of a change that nobody has checked, with its path -> what it is, or one sentence that says what it should be.

import type { TopologyError } from "../errors.js";
import { badArgument, givenName } from "../objects/arguments.js";
import { isObject } from "../objects/fields.js";
import { whereabouts } from "../objects/near-keys.js";
import { quantityText } from "../objects/quantity.js";

/** Each method throws `BadArgument` with the path. */
export class Given {
  constructor(
    readonly path: string,
    readonly value: unknown,
  ) {}

  get isMissing(): boolean {
    return this.value === undefined || this.value === null;
  }

  /** The fields of an object that has no others than these, in their order. */
  fields(...known: readonly string[]): readonly Given[] {
    const { path, value } = this;
    if (!isObject(value)) throw this.refused("an object");
    for (const name of Object.keys(value)) {
      if (known.includes(name)) continue;
      const offered = whereabouts(name, known) || `; there are ${known.join(", ")}`;
      throw badArgument(`${path}.${name}`, `${path} has no field ${name}${offered}`);
    }
    return known.map((name) => new Given(`${path}.${name}`, value[name]));
  }

  items(): readonly Given[] {
    if (!Array.isArray(this.value)) throw this.refused("a list");
    return this.value.map((item, i) => new Given(`${this.path}[${i}]`, item));
  }

  text(): string {
    if (typeof this.value !== "string" || this.value === "") throw this.refused("text");
    return this.value;
  }

  optionalText(): string | undefined {
    return this.isMissing ? undefined : this.text();
  }

  texts(): readonly string[] {
    return this.items().map((item) => item.text());
  }

  flag(): boolean {
    if (this.isMissing) return false;
    if (typeof this.value !== "boolean") throw this.refused("true or false");
    return this.value;
  }

  /** A whole number from 1 on. */
  count(most: number): number {
    const { value } = this;
    if (Number.isInteger(value) && (value as number) >= 1 && (value as number) <= most) return value as number;
    throw this.refused(`a whole number from 1 to ${most.toLocaleString("en")}`);
  }

  /** Labels; null where one is to be taken away. */
  labels(): { readonly [key: string]: string | null } {
    const { value } = this;
    if (!isObject(value)) throw this.refused("an object");
    for (const key of Object.keys(value)) {
      if (value[key] === null || typeof value[key] === "string") continue;
      throw new Given(`${this.path}.${key}`, value[key]).refused("text, or null for a label that is taken away");
    }
    return value as { readonly [key: string]: string | null };
  }

  quantity(): string {
    const { value } = this;
    const text = typeof value === "string" || typeof value === "number" ? quantityText(value) : undefined;
    if (text === undefined || text === "") throw this.refused("a quantity such as 10Gi");
    return text;
  }

  object(): { readonly [field: string]: unknown } {
    if (!isObject(this.value)) throw this.refused("an object");
    return this.value;
  }

  refused(wanted: string): TopologyError {
    const { path, value } = this;
    const found =
      typeof value === "string" ? JSON.stringify(value) : typeof value === "number" ? String(value) : givenName(value);
    return badArgument(
      path,
      this.value === undefined ? `${path} is missing` : `${path} must be ${wanted}, but is ${found}`,
    );
  }
}
