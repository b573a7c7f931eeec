// report: nodes that no set tells apart are one class; each set that is seen splits the classes that it cuts.

export class NodeClasses {
  /** The class of each node. */
  readonly of: Uint32Array;
  /** How many nodes each class has. */
  readonly sizes: number[];

  constructor(nodes: number) {
    this.of = new Uint32Array(nodes);
    this.sizes = nodes === 0 ? [] : [nodes];
  }

  /** `set` has each node once. O(nodes of the set). */
  split(set: readonly number[]): void {
    const { of, sizes } = this;
    const counts = new Map<number, number>();
    for (const node of set) counts.set(of[node], (counts.get(of[node]) ?? 0) + 1);
    const cut = new Map<number, number>();
    for (const [one, count] of counts) {
      if (count === sizes[one]) continue;
      cut.set(one, sizes.length);
      sizes[one] -= count;
      sizes.push(count);
    }
    if (cut.size > 0) for (const node of set) of[node] = cut.get(of[node]) ?? of[node];
  }
}
