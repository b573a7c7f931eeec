// score: nodes and their scores -> the best of them, in a heap of as many as are wanted.

/** Whether a node is before another of equal score. */
export type Before = (node: number, other: number) => boolean;

/** Keeps the best; the worst of those is on top of the heap. O(log k) a node, and nothing is allocated for one. */
export class BestNodes {
  size = 0;
  readonly #scores: Float64Array;

  constructor(
    /** As many as are wanted; holds the heap, and in the end the nodes in order. */
    readonly nodes: Uint32Array,
    readonly before: Before,
  ) {
    this.#scores = new Float64Array(nodes.length);
  }

  add(node: number, score: number): void {
    const { nodes } = this;
    if (this.size < nodes.length) {
      let at = this.size++;
      for (let parent = (at - 1) >> 1; at > 0 && this.#isWorse(node, score, parent); parent = (at - 1) >> 1) {
        this.#move(at, parent);
        at = parent;
      }
      this.#put(at, node, score);
    } else if (this.size > 0 && !this.#isWorse(node, score, 0)) this.#sink(node, score, this.size);
  }

  /** Puts the nodes in order, the best first. Nothing can be added after it. */
  sort(): void {
    for (let left = this.size - 1; left > 0; left--) {
      const node = this.nodes[left];
      const score = this.#scores[left];
      this.#move(left, 0);
      this.#sink(node, score, left);
    }
  }

  /** Takes the top's place in a heap of `size`. */
  #sink(node: number, score: number, size: number): void {
    let at = 0;
    for (let child = 1; child < size; child = at * 2 + 1) {
      if (child + 1 < size && this.#isWorse(this.nodes[child + 1], this.#scores[child + 1], child)) child++;
      if (this.#isWorse(node, score, child)) break;
      this.#move(at, child);
      at = child;
    }
    this.#put(at, node, score);
  }

  #isWorse(node: number, score: number, than: number): boolean {
    const other = this.#scores[than];
    return score === other ? this.before(this.nodes[than], node) : score < other;
  }

  #move(to: number, from: number): void {
    this.#put(to, this.nodes[from], this.#scores[from]);
  }

  #put(at: number, node: number, score: number): void {
    this.nodes[at] = node;
    this.#scores[at] = score;
  }
}
