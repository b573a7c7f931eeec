// intern: the hashes, i32, of tokens and of rows' keys.

/** Some tokens are numbers that a user wrote; the seed is there so that nobody can prepare ones that collide. */
const SEED = (Math.random() * 0x1_0000_0000) | 0;

/** A well mixed hash of tokens. */
export function hashTokens(source: Uint32Array, from: number, to: number): number {
  // Two chains of multiplications, each waiting for its own.
  let even = SEED ^ (to - from);
  let odd = SEED;
  let i = from;
  for (; i + 1 < to; i += 2) {
    even = Math.imul(even ^ source[i], 0x9e3779b1);
    even ^= even >>> 15;
    odd = Math.imul(odd ^ source[i + 1], 0xc2b2ae35);
    odd ^= odd >>> 14;
  }
  if (i < to) even = Math.imul(even ^ source[i], 0x9e3779b1);
  let hash = Math.imul(even ^ (even >>> 15), 0x85ebca6b) ^ odd;
  hash = Math.imul(hash ^ (hash >>> 16), 0x7feb352d);
  return hash ^ (hash >>> 13);
}

export function hashPair(a: number, b: number): number {
  let hash = Math.imul(a, 0x9e3779b1) ^ b;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  return hash ^ (hash >>> 13);
}
