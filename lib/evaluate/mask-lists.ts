// evaluate: short sorted lists of nodes, each at a place that a mask can name.

export class MaskLists {
  readonly #lists: Uint32Array[] = [];
  readonly #free: number[] = [];

  /** The place of a list, which is the store's from now on. */
  add(ids: Uint32Array): number {
    const place = this.#free.pop() ?? this.#lists.length;
    this.#lists[place] = ids;
    return place;
  }

  at(place: number): Uint32Array {
    return this.#lists[place];
  }

  free(place: number): void {
    this.#free.push(place);
  }

  clear(): void {
    this.#lists.length = this.#free.length = 0;
  }
}
