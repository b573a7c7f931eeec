// evaluate: the words by which the threads agree: which slots hold work, who took it, and that there is some.
//
//   words: | signal | closing | counted | asleep | ... | slot 0 | slot 1 | ...      i32, 64 B each part: no line has two owners
//   slot:  | state | offsets | rows | lists | counts | bytes |             the parameters of `countEach`
//
//   FREE -> READY -> TAKEN -> DONE -> FREE      the asking thread fills, reads and frees; a worker takes and is done
//            `------------------------^         it takes back what no worker has taken

const STEP = 16;

export const LAYOUT = {
  signal: 0,
  closing: 1,
  counted: 2,
  asleep: 3,
  first: STEP,
  step: STEP,
  ready: 1,
  taken: 2,
  done: 3,
};
export type Layout = typeof LAYOUT & { readonly slots: number };

const FREE = 0;

/** The asking thread's side. Everything else in a slot is written before its state and read after it. */
export class Control {
  readonly layout: Layout;
  readonly words: Int32Array<SharedArrayBuffer>;

  constructor(readonly slots: number) {
    this.layout = { ...LAYOUT, slots };
    this.words = new Int32Array(new SharedArrayBuffer((slots + 1) * STEP * 4));
  }

  /** Lets a worker that is awake have a free slot: the parameters of one call of `countEach`. */
  offer(slot: number, offsets: number, rows: number, lists: number, counts: number, bytes: number): void {
    const { words } = this;
    const at = (slot + 1) * STEP;
    words[at + 1] = offsets;
    words[at + 2] = rows;
    words[at + 3] = lists;
    words[at + 4] = counts;
    words[at + 5] = bytes;
    Atomics.store(words, at, LAYOUT.ready);
    Atomics.add(words, LAYOUT.signal, 1);
  }

  /**
   * Wakes a worker for each so many slots that none has taken, if one sleeps: some microseconds here, and as many there
   * before it has work. One that falls asleep meanwhile is woken with the next slots, or not at all.
   */
  wake(slotsEach: number): void {
    const { slots, words } = this;
    if (Atomics.load(words, LAYOUT.asleep) === 0) return;
    let ready = 0;
    for (let at = STEP; at <= slots * STEP; at += STEP) if (Atomics.load(words, at) === LAYOUT.ready) ready++;
    if (ready >= slotsEach) Atomics.notify(words, LAYOUT.signal, Math.floor(ready / slotsEach));
  }

  /** Whether a slot that was offered is free again, because no worker had taken it. */
  takeBack(slot: number): boolean {
    return Atomics.compareExchange(this.words, (slot + 1) * STEP, LAYOUT.ready, FREE) === LAYOUT.ready;
  }

  /** Whether a slot that was offered is free again, because a worker is done with it. */
  collect(slot: number): boolean {
    return Atomics.compareExchange(this.words, (slot + 1) * STEP, LAYOUT.done, FREE) === LAYOUT.done;
  }

  /** Slots that workers were done with, ever. */
  get counted(): number {
    return Atomics.load(this.words, LAYOUT.counted);
  }

  /** Lets the workers end. */
  close(): void {
    Atomics.store(this.words, LAYOUT.closing, 1);
    Atomics.add(this.words, LAYOUT.signal, 1);
    Atomics.notify(this.words, LAYOUT.signal);
  }
}
