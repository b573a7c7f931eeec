// Seeded numbers and rows, the same in every process.

/** Numbers in [0, 1) (mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Fills a row of `nodes` bits at a density; a sparse one bit by bit, so that a million rows need no patience. */
export function fillRow(words: Uint32Array, nodes: number, density: number, random: () => number): void {
  words.fill(0);
  const wanted = Math.round(nodes * density);
  if (density > 0.5) {
    words.fill(0xffffffff, 0, nodes >>> 5);
    if (nodes & 31) words[nodes >>> 5] = (1 << (nodes & 31)) - 1;
  }
  const flips = density > 0.5 ? nodes - wanted : wanted;
  for (let i = 0; i < flips; i++) {
    const node = Math.floor(random() * nodes);
    if (density > 0.5) words[node >>> 5] &= ~(1 << (node & 31));
    else words[node >>> 5] |= 1 << (node & 31);
  }
}

export function shuffled(length: number, below: number, random: () => number): Uint32Array {
  return Uint32Array.from({ length }, () => Math.floor(random() * below));
}
