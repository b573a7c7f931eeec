// layers: the block of a map with one entry more, or another value for it.

import type { Blocks } from "../intern/blocks.js";

/** `map`: its block, or 0. O(entries). */
export function withEntry(blocks: Blocks, map: number, key: number, value: number): number {
  const count = map === 0 ? 0 : blocks.at(map, 0);
  const tokens = new Uint32Array(1 + (count + 1) * 2);
  let length = 1;
  let found = false;
  for (let i = 0; i < count; i++) {
    const name = blocks.at(map, 1 + i * 2);
    found ||= name === key;
    tokens[length++] = name;
    tokens[length++] = name === key ? value : blocks.at(map, 2 + i * 2);
  }
  if (!found) {
    tokens[length++] = key;
    tokens[length++] = value;
  }
  tokens[0] = (length - 1) / 2;
  return blocks.intern(tokens, 0, length);
}
