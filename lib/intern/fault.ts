// intern: what is wrong with a value, and where; the place is found out on the way up, so that it costs nothing else.

/** A value that Kubernetes' Go types could not decode. */
export class Fault extends Error {
  readonly #path: (string | number)[] = [];

  /** `message` says what the field does wrong: "must be a list, but is a string". */
  within(part: string | number): this {
    this.#path.unshift(part);
    return this;
  }

  /** As in `spec.accessModes[1]`. */
  get path(): string {
    let path = "";
    for (const part of this.#path) path += typeof part === "number" ? `[${part}]` : path === "" ? part : `.${part}`;
    return path;
  }
}

/** An error on its way up, past a field or an item. */
export const passing = (error: unknown, part: string | number): unknown =>
  error instanceof Fault ? error.within(part) : error;

export function mistyped(wanted: string, value: unknown): never {
  throw new Fault(`must be ${wanted}, but is ${nameOf(value)}`);
}

function nameOf(value: unknown): string {
  if (value === null) return "null";
  if (Array.isArray(value)) return "a list";
  return typeof value === "object" ? "an object" : `a ${typeof value}`;
}
