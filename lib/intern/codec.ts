// intern: where encoding happens: strings, blocks, a stack of tokens, and the path of the field for an error.
//
// A token is a u32: 0 is absence; text is a string id; a small decimal number stands for itself with the top bit set.
// A structure is a run of tokens (intern/structures.ts); a row holds it as one block (intern/blocks.ts). Equal runs of
// one type mean equal values.

import { TopologyError } from "../errors.js";
import { parseQuantity } from "../objects/quantity.js";
import { isRFC3339 } from "../objects/time.js";
import type { Blocks } from "./blocks.js";
import { growU8, growU32 } from "./grow.js";
import type { Strings } from "./strings.js";

const QUANTITY = 1;
const TIME = 2;

export class Codec {
  stack = new Uint32Array(1 << 10);
  top = 0;
  readonly path: (string | number)[] = [];
  depth = 0;
  /** What each string id is known to be; a text is checked once. */
  #known = new Uint8Array(1 << 8);

  constructor(
    readonly strings: Strings,
    readonly blocks: Blocks,
  ) {}

  put(token: number): void {
    if (this.top === this.stack.length) this.stack = growU32(this.stack, this.top + 1);
    this.stack[this.top++] = token;
  }

  /** Takes everything from `base` on off the stack as one block. */
  pop(base: number): number {
    const id = this.blocks.intern(this.stack, base, this.top);
    this.top = base;
    return id;
  }

  /** The id of a text that must be a quantity. */
  quantity(text: string): number {
    const id = this.strings.intern(text);
    if (this.#is(id, QUANTITY)) return id;
    try {
      parseQuantity(text);
    } catch (error) {
      this.fail(`is no quantity: ${(error as Error).message}`);
    }
    this.#known[id] |= QUANTITY;
    return id;
  }

  /** The id of a text that must be an RFC 3339 time. */
  time(text: string): number {
    const id = this.strings.intern(text);
    if (this.#is(id, TIME)) return id;
    if (!isRFC3339(text)) this.fail(`must be an RFC 3339 time, but is ${JSON.stringify(text)}`);
    this.#known[id] |= TIME;
    return id;
  }

  /** Forgets what was learnt about string ids; called when ids are swept. */
  forget(): void {
    this.#known.fill(0);
  }

  /** Throws the one sentence about the field that is being written. */
  fail(what: string): never {
    let path = "";
    for (let i = 0; i < this.depth; i++) {
      const part = this.path[i];
      path += typeof part === "number" ? `[${part}]` : path === "" ? part : `.${part}`;
    }
    throw new TopologyError("Malformed", `${path} ${what}`, path);
  }

  #is(id: number, what: number): boolean {
    if (id >= this.#known.length) this.#known = growU8(this.#known, id + 1);
    return (this.#known[id] & what) !== 0;
  }
}

/** Where reading has come to in a run of tokens. */
export interface Cursor {
  readonly tokens: Uint32Array;
  at: number;
}

/** Tells a sweep which string ids are still in use. */
export type MarkString = (id: number) => void;

/** How one type of value becomes tokens. `write` never sees null or undefined. */
export interface Type {
  /** Puts the value's tokens on the stack. */
  write(value: unknown, codec: Codec): void;
  /** The value at the cursor, which moves behind it. */
  read(cursor: Cursor, strings: Strings): unknown;
  /** Moves the cursor behind the value. */
  skip(cursor: Cursor): void;
  mark(cursor: Cursor, mark: MarkString): void;
  /** What a null stands for inside a list or a map. */
  readonly zero: unknown;
  /** Always one token, that is never 0. */
  readonly scalar: boolean;
}

export function nameOf(value: unknown): string {
  if (value === null) return "null";
  if (Array.isArray(value)) return "a list";
  return typeof value === "object" ? "an object" : `a ${typeof value}`;
}
