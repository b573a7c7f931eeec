// intern: where encoding happens: strings, blocks, a stack of tokens, and the path of the field for an error.
//
// A token is a u32: 0 is absence; text is a string id; a structure is a block id (intern/blocks.ts); a small decimal
// number stands for itself with the top bit set. Equal tokens of one type mean equal values.

import { TopologyError } from "../errors.js";
import { parseQuantity } from "../objects/quantity.js";
import type { Blocks } from "./blocks.js";
import { growU32 } from "./grow.js";
import type { Strings } from "./strings.js";

/** What encoding needs: where strings and blocks live, a stack of tokens, and the path for an error. */
export class Codec {
  stack = new Uint32Array(1 << 10);
  top = 0;
  readonly path: (string | number)[] = [];
  depth = 0;
  readonly #goodQuantities = new Set<number>();

  constructor(
    readonly strings: Strings,
    readonly blocks: Blocks,
  ) {}

  /** Reserves `count` zeroed tokens on the stack; returns where they begin. */
  push(count: number): number {
    const base = this.top;
    this.top += count;
    if (this.top > this.stack.length) this.stack = growU32(this.stack, this.top);
    this.stack.fill(0, base, this.top);
    return base;
  }

  /** Takes everything from `base` on off the stack as one block. */
  pop(base: number): number {
    const id = this.blocks.intern(this.stack, base, this.top);
    this.top = base;
    return id;
  }

  /** Whether the text of this id is a quantity; each text is parsed once. */
  checkQuantity(id: number, text: string): void {
    if (this.#goodQuantities.has(id)) return;
    try {
      parseQuantity(text);
    } catch (error) {
      this.fail(`is no quantity: ${(error as Error).message}`);
    }
    this.#goodQuantities.add(id);
  }

  /** Forgets what was learnt about string ids; called when ids are swept. */
  forget(): void {
    this.#goodQuantities.clear();
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
}

/** Tells a sweep which ids are still in use. */
export interface Marker {
  string(id: number): void;
  /** Marks a block; true the first time, so that its tokens are walked once. */
  block(id: number): boolean;
}

/** How one type of value becomes a token. `write` never sees null or undefined. */
export interface Type {
  write(value: unknown, codec: Codec): number;
  read(token: number, codec: Codec): unknown;
  mark(token: number, codec: Codec, marker: Marker): void;
  /** What a null stands for inside a list or a map. */
  readonly zero: unknown;
}

export function nameOf(value: unknown): string {
  if (value === null) return "null";
  if (Array.isArray(value)) return "a list";
  return typeof value === "object" ? "an object" : `a ${typeof value}`;
}
