// evaluate: a set of nodes as one number, in the cheapest of five forms.
//
//   mask (u32) = payload << 3 | form
//   NO_NODES  nothing                ALL_NODES    every node that exists      SINGLE  payload is the node
//   ARRAY  payload is the place of a sorted list of nodes            DENSE   payload * 64 is the address of a row
//
// 131,072 volumes that each live on one node are 131,072 numbers, not 2 GB of rows.

export type Mask = number;

export const NO_NODES: Mask = 0;
export const ALL_NODES: Mask = 1;
export const SINGLE = 2;
export const ARRAY = 3;
export const DENSE = 4;

export function single(node: number): Mask {
  return ((node << 3) | SINGLE) >>> 0;
}

export function dense(row: number): Mask {
  return (((row >>> 6) << 3) | DENSE) >>> 0;
}

export function rowOf(mask: Mask): number {
  return (mask >>> 3) * 64;
}

/** Whether a sorted list has a node. */
export function includes(ids: Uint32Array, node: number): boolean {
  let [low, high] = [0, ids.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (ids[middle] < node) low = middle + 1;
    else high = middle;
  }
  return ids[low] === node;
}

/** Both sorted lists as one. */
export function union(a: Uint32Array, b: Uint32Array): number[] {
  const ids: number[] = [];
  let [i, j] = [0, 0];
  while (i < a.length || j < b.length) {
    if (j === b.length || (i < a.length && a[i] < b[j])) ids.push(a[i++]);
    else {
      if (i < a.length && a[i] === b[j]) i++;
      ids.push(b[j++]);
    }
  }
  return ids;
}
