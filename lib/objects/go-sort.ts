// objects: a list -> the same list in the order in which Go's `sort.Sort` leaves it.
//
// Up to 12 elements Go inserts one after another. Above that it is a pattern-defeating quicksort: not stable, but a
// fixed function of the comparisons and the length, equal in every Go since 1.19. What it does to equal elements can
// decide which claim gets which volume, so every step is taken as Go takes it.

/** Longest list, or part of one, that is sorted by insertion, which keeps equal elements in their order. */
export const INSERTED = 12;
/** From here on the pivot is a median of medians, and a part that looks sorted may be repaired in place. */
const LONG = 50;
const REPAIRS = 5;
/** Comparisons among nine elements that all turned out the wrong way round: the part descends. */
const ALL_SWAPPED = 12;

type Less<T> = (a: T, b: T) => boolean;

/** Sorts in place. `less` has to be a strict weak order. O(n log n). */
export function goSort<T>(list: T[], less: Less<T>): void {
  new GoSort(list, less).sort(0, list.length, bitLength(list.length));
}

/** Parts are given by their first place and the place behind their last. */
class GoSort<T> {
  #swapsForPivot = 0;

  constructor(
    readonly list: T[],
    readonly less: Less<T>,
  ) {}

  /** `badPivots`: how many lopsided cuts are put up with before a part is sorted as a heap. */
  sort(from: number, to: number, badPivots: number): void {
    let [balanced, inOrder] = [true, true];
    while (to - from > INSERTED) {
      if (badPivots === 0) {
        this.#heapSort(from, to);
        return;
      }
      if (!balanced) {
        this.#scatter(from, to);
        badPivots--;
      }
      let pivot = this.#choosePivot(from, to);
      let ascends = this.#swapsForPivot === 0;
      if (this.#swapsForPivot === ALL_SWAPPED) {
        this.#reverse(from, to);
        pivot = from + (to - 1 - pivot);
        ascends = true;
      }
      if (balanced && inOrder && ascends && this.#repair(from, to)) return;
      // What stands before the part is no larger than anything in it. One that equals the pivot is its least value.
      if (from > 0 && !this.#below(from - 1, pivot)) {
        from = this.#cutEqual(from, to, pivot);
        continue;
      }
      const length = to - from;
      const cut = this.#cut(from, to, pivot);
      inOrder = cut.inOrder;
      const [left, right] = [cut.at - from, to - cut.at];
      balanced = Math.min(left, right) >= length >> 3;
      // The smaller side on its own, the larger one in the next round.
      if (left < right) {
        this.sort(from, cut.at, badPivots);
        from = cut.at + 1;
      } else {
        this.sort(cut.at + 1, to, badPivots);
        to = cut.at;
      }
    }
    this.#insert(from, to);
  }

  #below(a: number, b: number): boolean {
    return this.less(this.list[a], this.list[b]);
  }

  #swap(a: number, b: number): void {
    const { list } = this;
    const kept = list[a];
    list[a] = list[b];
    list[b] = kept;
  }

  #insert(from: number, to: number): void {
    for (let next = from + 1; next < to; next++) this.#sinkLeft(next, from);
  }

  /** Moves an element to the left, past larger ones, as far as `end`. */
  #sinkLeft(at: number, end: number): void {
    for (let i = at; i > end && this.#below(i, i - 1); i--) this.#swap(i, i - 1);
  }

  #heapSort(from: number, to: number): void {
    const length = to - from;
    for (let root = (length - 1) >> 1; root >= 0; root--) this.#siftDown(root, length, from);
    for (let last = length - 1; last >= 0; last--) {
      this.#swap(from, from + last);
      this.#siftDown(0, last, from);
    }
  }

  /** Restores a heap of `size` elements from place `first` on, whose `root` may be too small. */
  #siftDown(root: number, size: number, first: number): void {
    for (let child = 2 * root + 1; child < size; child = 2 * root + 1) {
      if (child + 1 < size && this.#below(first + child, first + child + 1)) child++;
      if (!this.#below(first + root, first + child)) return;
      this.#swap(first + root, first + child);
      root = child;
    }
  }

  /** Swaps three elements in the middle with others anywhere, by a generator that the length seeds. */
  #scatter(from: number, to: number): void {
    const length = to - from;
    const next = xorshift(length);
    const bits = (1n << BigInt(bitLength(length))) - 1n;
    const middle = from + (length >> 2) * 2;
    for (let at = middle - 1; at <= middle + 1; at++) {
      const other = Number(next() & bits);
      this.#swap(at, from + (other >= length ? other - length : other));
    }
  }

  /** The place of a pivot; `#swapsForPivot` says how many of the elements looked at stood the wrong way round. */
  #choosePivot(from: number, to: number): number {
    const quarter = (to - from) >> 2;
    const places = [from + quarter, from + 2 * quarter, from + 3 * quarter];
    this.#swapsForPivot = 0;
    if (to - from < LONG) return this.#median(places[0], places[1], places[2]);
    const [a, b, c] = places.map((place) => this.#median(place - 1, place, place + 1));
    return this.#median(a, b, c);
  }

  #median(a: number, b: number, c: number): number {
    let [low, middle] = this.#ordered(a, b);
    [middle] = this.#ordered(middle, c);
    [low, middle] = this.#ordered(low, middle);
    return middle;
  }

  /** Two places, that of the smaller element first. */
  #ordered(a: number, b: number): [number, number] {
    if (!this.#below(b, a)) return [a, b];
    this.#swapsForPivot++;
    return [b, a];
  }

  /** Tries to sort a part that may be nearly sorted; whether it is sorted now. */
  #repair(from: number, to: number): boolean {
    let at = from + 1;
    for (let repairs = 0; repairs < REPAIRS; repairs++) {
      while (at < to && !this.#below(at, at - 1)) at++;
      if (at === to) return true;
      if (to - from < LONG) return false;
      this.#swap(at, at - 1);
      if (at - from >= 2) this.#sinkLeft(at - 1, 0);
      for (let i = at + 1; i < to && this.#below(i, i - 1); i++) this.#swap(i, i - 1);
    }
    return false;
  }

  /** Puts smaller elements before the pivot and the others behind it; `at` is where it stands then. */
  #cut(from: number, to: number, pivot: number): { at: number; inOrder: boolean } {
    this.#swap(from, pivot);
    let [low, high] = [from + 1, to - 1];
    for (let swaps = 0; ; swaps++) {
      while (low <= high && this.#below(low, from)) low++;
      while (low <= high && !this.#below(high, from)) high--;
      if (low > high) {
        this.#swap(high, from);
        return { at: high, inOrder: swaps === 0 };
      }
      this.#swap(low++, high--);
    }
  }

  /** Puts the elements that equal the pivot, the least of the part, before the others; where these begin. */
  #cutEqual(from: number, to: number, pivot: number): number {
    this.#swap(from, pivot);
    let [low, high] = [from + 1, to - 1];
    while (true) {
      while (low <= high && !this.#below(from, low)) low++;
      while (low <= high && this.#below(from, high)) high--;
      if (low > high) return low;
      this.#swap(low++, high--);
    }
  }

  #reverse(from: number, to: number): void {
    for (let [low, high] = [from, to - 1]; low < high; low++, high--) this.#swap(low, high);
  }
}

function bitLength(number: number): number {
  return 32 - Math.clz32(number);
}

/** 64 random bits a call. */
function xorshift(seed: number): () => bigint {
  let state = BigInt(seed);
  return () => {
    state = BigInt.asUintN(64, state ^ (state << 13n));
    state ^= state >> 7n;
    state = BigInt.asUintN(64, state ^ (state << 17n));
    return state;
  };
}
