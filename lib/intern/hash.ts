// intern: the hashes of numbers of ours. Nobody outside chooses those numbers, so they need no seed.

/** A well mixed hash of tokens. */
export function hashTokens(source: Uint32Array, from: number, to: number): number {
  let hash = to - from;
  for (let i = from; i < to; i++) {
    hash = Math.imul(hash ^ source[i], 0x9e3779b1);
    hash ^= hash >>> 15;
  }
  hash = Math.imul(hash, 0x85ebca6b);
  return (hash ^ (hash >>> 13)) >>> 0;
}

export function hashPair(a: number, b: number): number {
  let hash = Math.imul(a, 0x9e3779b1) ^ b;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  return (hash ^ (hash >>> 13)) >>> 0;
}

/** The byte of a hash that its slot keeps; the low bits chose the slot, so these are the high ones. Never 0. */
export function tagOf(hash: number): number {
  return (hash >>> 24) | 1;
}
