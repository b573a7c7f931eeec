// Go's sort.Sort over a list (R-MAT-1): insertion up to 12 elements, above that the quicksort of Go 1.19 and later.

export function goSorted<T>(list: readonly T[], compare: (a: T, b: T) => number): T[] {
  const out = [...list];
  const less = (i: number, j: number): boolean => compare(out[i], out[j]) < 0;
  const swap = (i: number, j: number): void => {
    [out[i], out[j]] = [out[j], out[i]];
  };
  quicksort(0, out.length, out.length.toString(2).length);
  return out;

  function insertion(a: number, b: number): void {
    for (let i = a + 1; i < b; i++) for (let j = i; j > a && less(j, j - 1); j--) swap(j, j - 1);
  }

  function quicksort(a: number, b: number, limit: number): void {
    let wasBalanced = true;
    let wasPartitioned = true;
    while (b - a > 12 && limit > 0) {
      const length = b - a;
      if (!wasBalanced) {
        breakPatterns(a, length);
        limit -= 1;
      }
      let { pivot, swaps } = choosePivot(a, length);
      if (swaps === 12) {
        for (let i = 0; i < Math.floor(length / 2); i++) swap(a + i, b - 1 - i);
        pivot = b - 1 - (pivot - a);
        swaps = 0;
      }
      if (wasBalanced && wasPartitioned && swaps === 0 && partialInsertion(a, b)) return;
      if (a > 0 && !less(a - 1, pivot)) {
        a = partitionEqual(a, b, pivot);
        continue;
      }
      const [middle, untouched] = partition(a, b, pivot);
      wasPartitioned = untouched;
      wasBalanced = Math.min(middle - a, b - middle) >= Math.floor(length / 8);
      if (middle - a < b - middle) {
        quicksort(a, middle, limit);
        a = middle + 1;
      } else {
        quicksort(middle + 1, b, limit);
        b = middle;
      }
    }
    if (b - a <= 12) insertion(a, b);
    else heap(a, b - a);
  }

  function heap(first: number, size: number): void {
    const down = (root: number, end: number): void => {
      const left = 2 * root + 1;
      if (left >= end) return;
      const child = left + 1 < end && less(first + left, first + left + 1) ? left + 1 : left;
      if (!less(first + root, first + child)) return;
      swap(first + root, first + child);
      down(child, end);
    };
    for (let root = Math.floor((size - 1) / 2); root >= 0; root--) down(root, size);
    for (let end = size - 1; end >= 0; end--) {
      swap(first, first + end);
      down(0, end);
    }
  }

  function breakPatterns(a: number, length: number): void {
    let random = BigInt(length);
    const modulus = 1n << BigInt(length.toString(2).length);
    for (let step = -1; step <= 1; step++) {
      random ^= (random << 13n) & 0xffffffffffffffffn;
      random ^= random >> 7n;
      random ^= (random << 17n) & 0xffffffffffffffffn;
      const other = Number(random % modulus);
      swap(a + 2 * Math.floor(length / 4) + step, a + (other < length ? other : other - length));
    }
  }

  function choosePivot(a: number, length: number): { pivot: number; swaps: number } {
    let swaps = 0;
    const sortTwo = (pair: number[], i: number): void => {
      if (!less(pair[i + 1], pair[i])) return;
      swaps += 1;
      [pair[i], pair[i + 1]] = [pair[i + 1], pair[i]];
    };
    const median = (...three: number[]): number => {
      for (const i of [0, 1, 0]) sortTwo(three, i);
      return three[1];
    };
    const step = Math.floor(length / 4);
    let three = [a + step, a + 2 * step, a + 3 * step];
    if (length >= 50) three = three.map((place) => median(place - 1, place, place + 1));
    return { pivot: median(...three), swaps };
  }

  function partialInsertion(a: number, b: number): boolean {
    let i = a + 1;
    for (let steps = 5; steps > 0; steps--) {
      while (i < b && !less(i, i - 1)) i += 1;
      if (i === b) return true;
      if (b - a < 50) return false;
      swap(i, i - 1);
      if (i - a >= 2) for (let j = i - 1; j >= 1 && less(j, j - 1); j--) swap(j, j - 1);
      if (b - i >= 2) for (let j = i + 1; j < b && less(j, j - 1); j++) swap(j, j - 1);
    }
    return false;
  }

  function partition(a: number, b: number, pivot: number): [middle: number, untouched: boolean] {
    swap(a, pivot);
    let [i, j, untouched] = [a + 1, b - 1, true];
    for (;;) {
      while (i <= j && less(i, a)) i += 1;
      while (i <= j && !less(j, a)) j -= 1;
      if (i > j) break;
      untouched = false;
      swap(i, j);
      i += 1;
      j -= 1;
    }
    swap(j, a);
    return [j, untouched];
  }

  function partitionEqual(a: number, b: number, pivot: number): number {
    swap(a, pivot);
    let [i, j] = [a + 1, b - 1];
    for (;;) {
      while (i <= j && !less(a, i)) i += 1;
      while (i <= j && less(a, j)) j -= 1;
      if (i > j) return i;
      swap(i, j);
      i += 1;
      j -= 1;
    }
  }
}
