// Blocks of an engine's memory: where they lie, what they hold, when they come back, and what growth and refusal do.

import { instantiateSync } from "@assemblyscript/loader";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { TopologyError } from "../lib/errors.js";
import type { Engine, EngineName } from "../lib/evaluate/engine.js";
import { Memory } from "../lib/evaluate/memory.js";
import { selectEngineSync } from "../lib/evaluate/select-engine.js";
import { decode } from "../lib/evaluate/wasm.js";
import { wasmHex } from "../lib/evaluate/wasm-bytes.js";
import { webAssembly } from "../lib/evaluate/web-assembly.js";
import { seeded } from "./kernels/arena.js";

const MIB = 1 << 20;

/** The JavaScript engine over a memory that never holds more than `limit` bytes. */
function limited(limit: number): Engine {
  const { kernels, memory, base } = selectEngineSync("javascript");
  const bounded = {
    get buffer() {
      return memory.buffer;
    },
    grow: (bytes: number) => bytes <= limit && memory.grow(bytes),
  };
  return { kernels, memory: bounded, base };
}

for (const name of ["wasm", "javascript"] as EngineName[]) {
  test(`${name}: blocks are aligned, zero, apart and above the module's own bytes`, () => {
    const engine = selectEngineSync(name);
    const memory = new Memory(engine);
    const blocks = [1, 64, 65, 640, 16384].map((bytes) => ({ bytes, ptr: memory.allocate(bytes) }));
    for (const { bytes, ptr } of blocks) {
      assert.is(ptr % 64, 0);
      assert.ok(ptr >= engine.base);
      assert.ok(memory.u32.subarray(ptr / 4, Math.ceil((ptr + bytes) / 4)).every((word) => word === 0));
      memory.u32.fill(bytes, ptr / 4, Math.ceil((ptr + bytes) / 4));
    }
    for (const { bytes, ptr } of blocks) {
      assert.ok(memory.u32.subarray(ptr / 4, Math.ceil((ptr + bytes) / 4)).every((word) => word === bytes));
    }
  });

  test(`${name}: no block lies at 0, nor where the module says that its own bytes are`, () => {
    const engine = selectEngineSync(name);
    const { Memory: HostMemory, Module } = webAssembly();
    const memory = new HostMemory({ initial: 1, maximum: 65536 });
    const { instance } = instantiateSync(new Module(decode(wasmHex)), { env: { memory } });
    const own = name === "wasm" ? (instance.exports as { base: { value: number } }).base.value : 0;
    assert.ok(new Memory(engine).allocate(64) >= Math.max(own, 64));
  });

  test(`${name}: what an engine's memory held before is zeroed`, () => {
    const engine = selectEngineSync(name);
    new Uint8Array(engine.memory.buffer).fill(255, engine.base);
    const memory = new Memory(engine);
    const ptr = memory.allocate(4096);
    assert.ok(memory.u64.subarray(ptr / 8, (ptr + 4096) / 8).every((word) => word === 0n));
  });

  test(`${name}: growth keeps what is there, renews every view, and the kernels see the new place`, () => {
    const memory = new Memory(selectEngineSync(name));
    const low = memory.allocate(640);
    memory.u32.fill(0xffffffff, low / 4, (low + 640) / 4);
    const before = [memory.u32, memory.u64];
    const high = memory.allocate(5 * MIB);
    for (const view of [memory.u32, memory.u64]) {
      assert.not(before.includes(view));
      assert.is(view.buffer, memory.engine.memory.buffer);
      assert.is(view.byteLength, memory.capacity);
    }
    const { kernels } = memory.engine;
    kernels.or(high, low, low, 640);
    assert.is(kernels.count(high, 640), 5120);
    assert.is(memory.u64[high / 8], 0xffffffffffffffffn);
    assert.is(memory.u32[(high + 636) / 4], 0xffffffff);
    assert.is(memory.u32[(high + 640) / 4], 0);
  });

  test(`${name}: rows above 2 GiB, up to the last byte of 4 GiB`, () => {
    const memory = new Memory(selectEngineSync(name));
    try {
      memory.allocate(2 ** 32 - Math.ceil(memory.engine.base / 64) * 64);
    } catch (error) {
      assert.is((error as TopologyError).code, "OutOfMemory");
      console.log(`${name}: this machine has no 4 GiB to give`);
      return;
    }
    const top = 2 ** 32 - 1024;
    const [a, b, c, ids] = [top, top + 256, top + 512, top - 8192];
    memory.u32.set([0xf0f0f0f0, 1], a / 4);
    memory.u32.set([0xffff0000, 3, 0x80000000], b / 4);
    memory.u32.set([2, 1, a, 2, b + 1, a], ids / 4);
    const { kernels } = memory.engine;
    kernels.and(c, a, b, 256);
    assert.equal([...memory.u32.subarray(c / 4, c / 4 + 3)], [0xf0f00000, 1, 0]);
    assert.is(kernels.run(ids, c, b, 256), 9);
    assert.is(kernels.list(c, ids, 256), 9);
    assert.is(memory.u32[ids / 4 + 8], 32);
    kernels.or(c + 448, a, b, 64);
    assert.is(kernels.count(c + 448, 64), 27);
    const last = 2 ** 32 - 640;
    kernels.or(last, last, last, 640);
    assert.is(kernels.andCount(last, last, 640), kernels.count(last, 640));
    assert.is(kernels.andInto(last, last, last, 640), kernels.count(last, 640));
  });
}

test("a freed block is the next one of its size, zeroed", () => {
  const memory = new Memory(selectEngineSync());
  const first = memory.allocate(640);
  memory.allocate(64);
  memory.u32.fill(7, first / 4, (first + 640) / 4);
  memory.free(first, 640);
  const again = memory.allocate(620);
  assert.is(again, first);
  assert.ok(memory.u32.subarray(first / 4, (first + 640) / 4).every((word) => word === 0));
});

test("so is one above 2 GiB", () => {
  let buffer: ArrayBuffer;
  try {
    // Nothing below the base is written to, so that it takes no memory.
    buffer = new ArrayBuffer(2 ** 31 + MIB);
  } catch {
    console.log("this machine has no 2 GiB to give");
    return;
  }
  const { kernels } = selectEngineSync("javascript");
  const memory = new Memory({ kernels, memory: { buffer, grow: () => false }, base: 2 ** 31 });
  const first = memory.allocate(640);
  assert.is(first, 2 ** 31);
  memory.free(first, 640);
  assert.is(memory.allocate(640), first);
});

test("neighbours that were freed make room to the byte in a memory that may not grow", () => {
  const memory = new Memory(limited(MIB));
  const [a, b] = [memory.allocate(64), memory.allocate(64)];
  memory.allocate(memory.capacity - b - 64);
  memory.free(b, 64);
  memory.free(a, 64);
  assert.is(memory.allocate(128), a);
});

test("used is bytes of whole lines", () => {
  const memory = new Memory(selectEngineSync());
  const a = memory.allocate(1);
  const b = memory.allocate(65);
  assert.is(memory.used, 192);
  memory.free(a, 1);
  assert.is(memory.used, 128);
  memory.free(b, 65);
  assert.is(memory.used, 0);
});

test("rows of a new length use the place of the old ones", () => {
  const memory = new Memory(selectEngineSync());
  const rows = Array.from({ length: 1000 }, () => memory.allocate(4096));
  const { capacity } = memory;
  for (let length = 4160; length < 8000; length += 640) {
    for (const row of rows.splice(0)) memory.free(row, length === 4160 ? 4096 : length - 640);
    for (let i = 0; i < 500; i++) rows.push(memory.allocate(length));
  }
  assert.is(memory.capacity, capacity);
});

test("random allocations never overlap, and the memory stays within twice of what was in use at most", () => {
  const random = seeded(7);
  const memory = new Memory(selectEngineSync());
  const live = new Map<number, { bytes: number; mark: number }>();
  let most = 0;
  for (let step = 0; step < 20000; step++) {
    const free = live.size > 0 && random() < (live.size > 400 ? 0.6 : 0.4);
    if (free) {
      const [ptr, { bytes, mark }] = [...live][Math.floor(random() * live.size)];
      assert.ok(memory.u32.subarray(ptr / 4, (ptr + bytes) / 4).every((word) => word === mark));
      memory.free(ptr, bytes);
      live.delete(ptr);
    } else {
      const bytes = 64 * Math.ceil(random() ** 4 * 600);
      const ptr = memory.allocate(bytes);
      assert.ok(memory.u32.subarray(ptr / 4, (ptr + bytes) / 4).every((word) => word === 0));
      memory.u32.fill(step, ptr / 4, (ptr + bytes) / 4);
      live.set(ptr, { bytes, mark: step });
      most = Math.max(most, memory.used);
    }
  }
  let used = 0;
  for (const { bytes } of live.values()) used += bytes;
  assert.is(memory.used, used);
  assert.ok(memory.capacity < 2 * most + 2 * MIB, `${memory.capacity} bytes for ${most}`);
});

test("a memory that may not grow refuses with OutOfMemory, and all is as before", () => {
  const memory = new Memory(limited(2 * MIB));
  const kept = memory.allocate(MIB);
  const freed = memory.allocate(64);
  memory.u32.fill(5, kept / 4, (kept + MIB) / 4);
  memory.free(freed, 64);
  const { used, capacity, u32 } = memory;
  for (const bytes of [MIB, 3 * MIB, 2 ** 32, 2 ** 33]) {
    assert.throws(
      () => memory.allocate(bytes),
      (error: unknown) => error instanceof TopologyError && error.code === "OutOfMemory",
    );
  }
  assert.equal([memory.used, memory.capacity], [used, capacity]);
  assert.is(memory.u32, u32);
  assert.ok(memory.u32.subarray(kept / 4, (kept + MIB) / 4).every((word) => word === 5));
  // Where an ample step is refused, the least one is tried; and the last line can still be had.
  while (memory.used < 2 * MIB - 64) memory.allocate(64);
  assert.is(memory.capacity, 2 * MIB);
  assert.throws(() => memory.allocate(1));
  memory.free(kept, MIB);
  memory.allocate(MIB - 64);
});

test.run();
