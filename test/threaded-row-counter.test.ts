// Pieces of batches in the hands of a worker that this test plays: prompt, slow, dead or late.

import { test } from "uvu";
import * as assert from "uvu/assert";
import type { BlockStore } from "../lib/evaluate/engine.js";
import { Memory } from "../lib/evaluate/memory.js";
import { selectEngineSync } from "../lib/evaluate/select-engine.js";
import { Control } from "../lib/evaluate/threads/control.js";
import { KeptBlock } from "../lib/evaluate/threads/kept-block.js";
import { ThreadedRowCounter } from "../lib/evaluate/threads/threaded-row-counter.js";

const BYTES = 64;

/** A counter of so many slots, and rows 0 to 99 of which row i holds the first i nodes. */
function setUp(slots: number, piece = 0, breakEven = 0, wake = 1) {
  const engine = selectEngineSync("wasm");
  const memory = new Memory(engine);
  const rows = Array.from({ length: 100 }, (_, nodes) => {
    const row = memory.allocate(BYTES);
    for (let node = 0; node < nodes; node++) memory.u32[(row >>> 2) + (node >>> 5)] |= 1 << (node & 31);
    return row;
  });
  const control = new Control(slots);
  const told = new Map<number, number>();
  const sink = (id: number, count: number): void => {
    assert.not(told.has(id), `${id} is told twice`);
    told.set(id, count);
  };
  const crew = { control, size: 1 };
  const counter = new ThreadedRowCounter(crew, engine.kernels, memory as BlockStore, sink, {
    piece,
    breakEven,
    wake,
  });
  /** Adds a list of the rows `i` and 60, of which the smaller one counts; its id is `i`. */
  const add = (i: number): void => counter.add(i, Uint32Array.of(rows[i], rows[60]), 2);
  const { done, ready, step, taken } = control.layout;
  const at = (slot: number): number => (slot + 1) * step;
  const take = (slot: number): boolean => Atomics.compareExchange(control.words, at(slot), ready, taken) === ready;
  return {
    memory,
    control,
    counter,
    add,
    told,
    take,
    giveBack: (slot: number) => Atomics.store(control.words, at(slot), done),
    /** Writes a count where a worker would. */
    write: (slot: number, count: number) => {
      memory.u32[control.words[at(slot) + 4] >>> 2] = count;
    },
    /** The bytes that a worker would read. */
    block: (slot: number) => {
      const offsets = control.words[at(slot) + 1] >>> 2;
      return Array.from(memory.u32.subarray(offsets, (control.words[at(slot) + 4] >>> 2) + 1));
    },
    /** Counts a batch of these ids and checks it. */
    batch: (...ids: number[]) => {
      told.clear();
      counter.start(BYTES);
      for (const id of ids) add(id);
      counter.finish();
      check(told, ids);
    },
  };
}

function check(told: ReadonlyMap<number, number>, ids: readonly number[]): void {
  assert.equal(
    [...told].sort(([a], [b]) => a - b),
    [...ids].sort((a, b) => a - b).map((id) => [id, Math.min(id, 60)]),
  );
}

test("what no worker takes is counted by the asking thread, with few slots or many", () => {
  for (const slots of [0, 1, 3, 200]) {
    const { batch } = setUp(slots);
    batch();
    batch(7);
    batch(...Array.from({ length: 100 }, (_, i) => i));
    batch(99, 1, 60, 61);
  }
});

test("a worker's counts are the ones that are told", () => {
  const { add, counter, giveBack, take, told, write } = setUp(2);
  counter.start(BYTES);
  add(10);
  add(20);
  assert.ok(take(1));
  write(1, 4711);
  giveBack(1);
  counter.finish();
  assert.equal([told.get(10), told.get(20)], [10, 4711]);
});

test("only a worker that sleeps is woken, and only for as many pieces as are worth it", () => {
  const { add, control, counter, take } = setUp(8, 0, 0, 3);
  const atomics = Atomics as { notify: unknown };
  const real = Atomics.notify;
  const woken: number[] = [];
  atomics.notify = (_: Int32Array, __: number, workers: number): number => woken.push(workers);
  try {
    counter.start(BYTES);
    for (let i = 0; i < 4; i++) add(i);
    assert.equal(woken, [], "a worker that is awake");
    Atomics.store(control.words, control.layout.asleep, 1);
    assert.ok(take(0) && take(1) && take(2));
    add(4);
    assert.equal(woken, [], "two pieces");
    add(5);
    assert.equal(woken, [1], "three");
    counter.finish();
  } finally {
    atomics.notify = real;
  }
});

test("a worker's slot is free again when it is done, in the middle of a batch", () => {
  const { add, counter, giveBack, take, told, write } = setUp(1);
  counter.start(BYTES);
  add(10);
  assert.ok(take(0));
  // No slot is free: the asking thread counts this one itself.
  add(11);
  assert.equal([...told], [[11, 11]]);
  write(0, 10);
  giveBack(0);
  add(12);
  assert.is(told.get(10), 10);
  assert.ok(take(0));
  write(0, 12);
  giveBack(0);
  counter.finish();
  check(told, [10, 11, 12]);
});

test("what a slow worker is still at is counted again, and its block is left alone until it is done", () => {
  const { add, batch, block, counter, giveBack, take, told } = setUp(2);
  counter.start(BYTES);
  add(10);
  assert.ok(take(0));
  add(20);
  counter.finish();
  check(told, [10, 20]);
  const before = block(0);
  batch(30, 31, 32, 33, 34);
  batch(...Array.from({ length: 90 }, (_, i) => i));
  assert.equal(block(0), before);
  assert.not(take(0), "the slot was offered again");
  giveBack(0);
  batch(40, 41, 42);
  assert.not.equal(block(0), before);
});

test("a worker that never comes back costs one slot, no more", () => {
  const { add, batch, counter, take, told } = setUp(2);
  counter.start(BYTES);
  add(1);
  assert.ok(take(0));
  counter.finish();
  check(told, [1]);
  for (let round = 0; round < 10; round++) batch(2, 3, 4, 5);
});

test("an interrupted batch leaves nothing to the next one, and what a worker is still at is left alone", () => {
  const { add, batch, block, counter, giveBack, take, write } = setUp(3);
  counter.start(BYTES);
  for (const id of [10, 11, 12, 13, 14]) add(id);
  assert.ok(take(1));
  const before = block(1);
  batch(20, 21, 22, 23, 24, 25);
  assert.equal(block(1), before);
  assert.not(take(1), "the slot was offered again");
  write(1, 9);
  giveBack(1);
  batch(30);
  counter.start(BYTES);
  batch(40, 41, 42, 43, 44, 45, 46, 47);
});

test("what an interrupted batch held back does not count towards the next one's break-even", () => {
  const { add, control, counter } = setUp(8, 0, 3 * 2 * BYTES);
  counter.start(BYTES);
  add(1);
  add(2);
  counter.start(BYTES);
  add(3);
  add(4);
  assert.is(control.words[control.layout.signal], 0);
  add(5);
  assert.is(control.words[control.layout.signal], 3);
  counter.finish();
});

test("nothing is offered below the break-even, and everything when it is reached", () => {
  const { add, control, counter, take, told } = setUp(8, 0, 3 * 2 * BYTES);
  counter.start(BYTES);
  add(1);
  add(2);
  assert.is(control.words[control.layout.signal], 0);
  assert.not(take(0));
  add(3);
  assert.is(control.words[control.layout.signal], 3);
  for (const slot of [0, 1, 2]) assert.ok(take(slot));
  counter.finish();
  check(told, [1, 2, 3]);
});

test("a block that is kept has room for what was asked, and the one before goes back", () => {
  const held: number[] = [];
  const kept = new KeptBlock({
    allocate: (size: number) => held.push(size),
    free: (_: number, size: number) => held.splice(held.indexOf(size), 1),
  } as unknown as BlockStore);
  for (const bytes of [100, 64, 1000, 1024, 1025]) {
    kept.of(bytes);
    assert.is(held.length, 1);
    assert.ok(held[0] >= bytes, `${held[0]} for ${bytes}`);
  }
});

test.run();
