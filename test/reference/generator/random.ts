// A small seeded random source (mulberry32) and the choices that the generator makes with it.

export type Weighted<T> = readonly (readonly [weight: number, value: T])[];

export class Random {
  #state: number;

  constructor(seed: number) {
    // Neighbouring seeds must not give neighbouring clusters.
    this.#state = Math.imul((seed ^ (seed >>> 16)) + 0x9e3779b9, 0x85ebca6b) >>> 0;
    for (let round = 0; round < 4; round++) this.next();
  }

  /** At least 0 and less than 1. */
  next(): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let mixed = this.#state;
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  }

  /** Both ends included. */
  int(from: number, to: number): number {
    return from + Math.floor(this.next() * (to - from + 1));
  }

  chance(probability: number): boolean {
    return this.next() < probability;
  }

  pick<T>(list: readonly T[]): T {
    return list[this.int(0, list.length - 1)];
  }

  weighted<T>(choices: Weighted<T>): T {
    let rest = this.next() * choices.reduce((sum, [weight]) => sum + weight, 0);
    for (const [weight, value] of choices) {
      rest -= weight;
      if (rest < 0) return value;
    }
    return choices[choices.length - 1][1];
  }

  branch<T>(choices: Weighted<() => T>): T {
    return this.weighted(choices)();
  }

  shuffle<T>(list: readonly T[]): T[] {
    const out = [...list];
    for (let index = out.length - 1; index > 0; index--) {
      const other = this.int(0, index);
      [out[index], out[other]] = [out[other], out[index]];
    }
    return out;
  }

  /** Distinct places of the list, in random order. */
  some<T>(list: readonly T[], from: number, to: number): T[] {
    return this.shuffle(list).slice(0, this.int(Math.min(from, list.length), Math.min(to, list.length)));
  }
}
