// report: things of different sizes side by side: where each begins, and which of them is at a place.

export class Offsets {
  /** Where each begins; the last is where all end. */
  readonly starts: Float64Array;

  constructor(sizes: readonly number[]) {
    this.starts = new Float64Array(sizes.length + 1);
    for (const [i, size] of sizes.entries()) this.starts[i + 1] = this.starts[i] + size;
  }

  get end(): number {
    return this.starts[this.starts.length - 1];
  }

  get count(): number {
    return this.starts.length - 1;
  }

  /** The one that a place is in, or -1. */
  at(place: number): number {
    if (place < 0 || place >= this.end) return -1;
    let low = 0;
    let high = this.count;
    while (high - low > 1) {
      const middle = (low + high) >>> 1;
      if (this.starts[middle] <= place) low = middle;
      else high = middle;
    }
    return low;
  }

  /** The first, and the one behind the last, of those that are between two places. */
  between(from: number, to: number): readonly [number, number] {
    const first = this.at(Math.max(0, from));
    if (first < 0 || to <= 0) return [0, 0];
    const last = this.at(to);
    return [first, last < 0 ? this.count : last + 1];
  }
}
