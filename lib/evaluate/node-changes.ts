// evaluate: which nodes have changed lately in what somebody keeps about them.

/** As many of the last changes are known. */
const MOST = 1 << 10;

export class NodeChanges {
  /** Counts the changes. */
  count = 0;
  readonly #nodes = new Uint32Array(MOST);

  add(node: number): void {
    this.#nodes[this.count++ % MOST] = node;
  }

  /** The nodes that changed since there were so many changes, if `knowsSince` says that they are known. */
  *since(count: number): Iterable<number> {
    for (let i = count; i < this.count; i++) yield this.#nodes[i % MOST];
  }

  /** Whether `since` still knows them. */
  knowsSince(count: number): boolean {
    return this.count - count <= MOST;
  }
}
