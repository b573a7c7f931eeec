// intern: lists, maps and objects -> blocks of tokens, and back.

import type { Blocks } from "./blocks.js";
import type { Type } from "./codec.js";
import { nameOf } from "./codec.js";

/** A list; a block with a token for each item. */
export function list(item: Type): Type {
  return {
    write(value, codec) {
      if (!Array.isArray(value)) codec.fail(`must be a list, but is ${nameOf(value)}`);
      const items = value as readonly unknown[];
      const base = codec.push(items.length);
      const depth = codec.depth++;
      for (let i = 0; i < items.length; i++) {
        codec.path[depth] = i;
        const token = item.write(items[i] ?? item.zero, codec);
        codec.stack[base + i] = token;
      }
      codec.depth = depth;
      return codec.pop(base);
    },
    read(token, codec) {
      const { blocks } = codec;
      return Array.from({ length: blocks.length(token) }, (_, i) => item.read(blocks.at(token, i), codec));
    },
    mark(token, codec, marker) {
      if (!marker.block(token)) return;
      for (let i = 0; i < codec.blocks.length(token); i++) item.mark(codec.blocks.at(token, i), codec, marker);
    },
    zero: [],
  };
}

/**
 * A map from text; a block of alternating keys and values. Keys that `keep` refuses are checked and left out.
 */
export function map(value: Type, keep?: (key: string) => boolean): Type {
  return {
    write(object, codec) {
      if (typeof object !== "object" || Array.isArray(object)) codec.fail(`must be a map, but is ${nameOf(object)}`);
      const entries = object as Record<string, unknown>;
      const base = codec.top;
      const depth = codec.depth++;
      for (const key in entries) {
        codec.path[depth] = key;
        const at = codec.push(2);
        const token = value.write(entries[key] ?? value.zero, codec);
        if (keep !== undefined && !keep(key)) {
          codec.top = at;
          continue;
        }
        codec.stack[at] = codec.strings.intern(key);
        codec.stack[at + 1] = token;
      }
      codec.depth = depth;
      return codec.pop(base);
    },
    read(token, codec) {
      const object: Record<string, unknown> = {};
      for (let i = 0; i < codec.blocks.length(token); i += 2) {
        const key = codec.strings.get(codec.blocks.at(token, i));
        // A key such as __proto__ must become a property like any other.
        Object.defineProperty(object, key, {
          value: value.read(codec.blocks.at(token, i + 1), codec),
          enumerable: true,
          writable: true,
          configurable: true,
        });
      }
      return object;
    },
    mark(token, codec, marker) {
      if (!marker.block(token)) return;
      for (let i = 0; i < codec.blocks.length(token); i += 2) {
        marker.string(codec.blocks.at(token, i));
        value.mark(codec.blocks.at(token, i + 1), codec, marker);
      }
    },
    zero: {},
  };
}

/** An object of at most 31 fields; a block with a mask of the fields that are there, then their tokens. */
export function object(fields: { readonly [name: string]: Type }): Type & { bit(name: string): number } {
  const names = Object.keys(fields);
  const types = Object.values(fields);
  return {
    write(value, codec) {
      if (typeof value !== "object" || Array.isArray(value)) codec.fail(`must be an object, but is ${nameOf(value)}`);
      const entries = value as Record<string, unknown>;
      const base = codec.push(1);
      const depth = codec.depth++;
      let mask = 0;
      for (let i = 0; i < names.length; i++) {
        const field = entries[names[i]];
        if (field === undefined || field === null) continue;
        codec.path[depth] = names[i];
        const token = types[i].write(field, codec);
        const at = codec.push(1);
        codec.stack[at] = token;
        mask |= 1 << i;
      }
      codec.depth = depth;
      codec.stack[base] = mask;
      return codec.pop(base);
    },
    read(token, codec) {
      const value: Record<string, unknown> = {};
      const mask = codec.blocks.at(token, 0);
      let at = 1;
      for (let i = 0; i < names.length; i++) {
        if ((mask & (1 << i)) !== 0) value[names[i]] = types[i].read(codec.blocks.at(token, at++), codec);
      }
      return value;
    },
    mark(token, codec, marker) {
      if (!marker.block(token)) return;
      const mask = codec.blocks.at(token, 0);
      let at = 1;
      for (let i = 0; i < names.length; i++) {
        if ((mask & (1 << i)) !== 0) types[i].mark(codec.blocks.at(token, at++), codec, marker);
      }
    },
    zero: {},
    bit: (name) => names.indexOf(name),
  };
}

/** The token of the field with this bit in an object's block, or 0 if it is absent. O(1). */
export function fieldOf(blocks: Blocks, id: number, bit: number): number {
  if (id === 0) return 0;
  const at = blocks.start[id] + 1;
  const mask = blocks.tokens[at];
  if ((mask & (1 << bit)) === 0) return 0;
  let below = mask & ((1 << bit) - 1);
  below -= (below >>> 1) & 0x55555555;
  below = (below & 0x33333333) + ((below >>> 2) & 0x33333333);
  below = (Math.imul((below + (below >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24) + 1;
  return blocks.tokens[at + below];
}
