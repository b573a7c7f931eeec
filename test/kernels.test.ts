// Every kernel of both engines against arrays of booleans, at and around the edges of words, vectors, chunks and blocks.

import { test } from "uvu";
import * as assert from "uvu/assert";
import type { EngineName } from "../lib/evaluate/engine.js";
import { selectEngineSync } from "../lib/evaluate/select-engine.js";
import { wasmHex } from "../lib/evaluate/wasm-bytes.js";
import type { Bits } from "./kernels/arena.js";
import { Arena, randomBits, rowBytes, seeded } from "./kernels/arena.js";

const NODES = [1, 31, 32, 33, 63, 64, 65, 127, 128, 129, 511, 512, 513, 1023, 1025, 1537, 4095, 4096, 4097];
const DENSITIES = [0, 0.004, 0.1, 0.5, 0.97, 1];
const ENGINES: EngineName[] = ["wasm", "javascript"];

const called = { wasm: new Set<string>(), javascript: new Set<string>() };

/** Runs a body for each number of nodes, over fresh blocks with dirty neighbours. */
function each(engine: EngineName, sentence: string, body: (arena: Arena, nodes: number, random: () => number) => void) {
  test(`${engine}: ${sentence}`, () => {
    const random = seeded(1);
    const arena = new Arena(selectEngineSync(engine), called[engine]);
    for (const nodes of NODES) {
      body(arena, nodes, random);
      arena.clear();
    }
  });
}

function pick<T>(random: () => number, from: readonly T[]): T {
  return from[Math.floor(random() * from.length)];
}

const trues = (bits: Bits) => bits.filter(Boolean).length;

for (const engine of ENGINES) {
  each(engine, "two rows make a third, a count or a yes", (arena, nodes, random) => {
    const bytes = rowBytes(nodes);
    const { kernels } = arena;
    for (const density of DENSITIES) {
      for (const other of DENSITIES) {
        const a = randomBits(random, nodes, density);
        const b = randomBits(random, nodes, other);
        const [p, q, dst] = [arena.row(a), arena.row(b), arena.block(bytes)];
        const both = a.map((bit, i) => bit && b[i]);
        const sentence = `${nodes} nodes at ${density} and ${other}`;
        kernels.and(dst, p, q, bytes);
        arena.expectRow(dst, both, `and, ${sentence}`);
        kernels.or(dst, p, q, bytes);
        arena.expectRow(
          dst,
          a.map((bit, i) => bit || b[i]),
          `or, ${sentence}`,
        );
        kernels.andNot(dst, p, q, bytes);
        arena.expectRow(
          dst,
          a.map((bit, i) => bit && !b[i]),
          `andNot, ${sentence}`,
        );
        assert.is(kernels.andInto(dst, p, q, bytes), trues(both), `andInto counts, ${sentence}`);
        arena.expectRow(dst, both, `andInto, ${sentence}`);
        assert.is(kernels.count(p, bytes), trues(a), `count, ${sentence}`);
        assert.is(kernels.andCount(p, q, bytes), trues(both), `andCount, ${sentence}`);
        arena.expectRow(p, a, `a is read only, ${sentence}`);
        arena.expectRow(q, b, `b is read only, ${sentence}`);
        arena.clear();
      }
    }
  });

  each(engine, "a result may take the place of either operand or both", (arena, nodes, random) => {
    const bytes = rowBytes(nodes);
    const { kernels } = arena;
    const a = randomBits(random, nodes, 0.6);
    const b = randomBits(random, nodes, 0.6);
    const rules = {
      and: (p: boolean, q: boolean) => p && q,
      or: (p: boolean, q: boolean) => p || q,
      andNot: (p: boolean, q: boolean) => p && !q,
      andInto: (p: boolean, q: boolean) => p && q,
    };
    for (const name of Object.keys(rules) as (keyof typeof rules)[]) {
      const expected = a.map((bit, i) => rules[name](bit, b[i]));
      const first = [arena.row(a), arena.row(b)];
      kernels[name](first[0], first[0], first[1], bytes);
      arena.expectRow(first[0], expected, `${name} onto a`);
      const second = [arena.row(a), arena.row(b)];
      kernels[name](second[1], second[0], second[1], bytes);
      arena.expectRow(second[1], expected, `${name} onto b`);
      const same = arena.row(a);
      kernels[name](same, same, same, bytes);
      arena.expectRow(
        same,
        a.map((bit) => rules[name](bit, bit)),
        `${name} of a row with itself`,
      );
    }
  });

  each(engine, "rows meet in their first and in their last bit alone", (arena, nodes) => {
    const bytes = rowBytes(nodes);
    for (const only of [0, nodes - 1]) {
      const one = arena.row(Array.from({ length: nodes }, (_, i) => i === only));
      const all = arena.row(Array.from({ length: nodes }, () => true));
      const rest = arena.row(Array.from({ length: nodes }, (_, i) => i !== only));
      assert.is(arena.kernels.andCount(one, rest, bytes), 0);
      assert.is(arena.kernels.andCount(one, all, bytes), 1);
      assert.is(arena.kernels.andCount(rest, all, bytes), nodes - 1);
    }
  });

  each(engine, "a list holds the nodes of a row, ascending, and ends where it says", (arena, nodes, random) => {
    for (const density of DENSITIES) {
      const bits = randomBits(random, nodes, density);
      const ids = bits.flatMap((bit, i) => (bit ? [i] : []));
      const ptr = arena.row(bits);
      const dst = arena.block(Math.max(64, Math.ceil(ids.length / 16) * 64));
      assert.is(arena.kernels.list(ptr, dst, rowBytes(nodes)), ids.length);
      assert.equal([...arena.memory.u32.subarray(dst / 4, dst / 4 + ids.length)], ids);
      arena.expectGuards(`list of ${ids.length} in ${nodes}`);
      arena.clear();
    }
  });

  each(engine, "a program is an OR of ANDs of rows and complements, within all nodes", (arena, nodes, random) => {
    const bytes = rowBytes(nodes);
    const rows = DENSITIES.concat(0.7, 0.8, 0.9).map((density) => randomBits(random, nodes, density));
    const at = rows.map((bits) => arena.row(bits));
    for (let round = 0; round < 60; round++) {
      const terms = Array.from({ length: round % 4 }, () =>
        Array.from({ length: pick(random, [0, 1, 1, 2, 3, 4, 5, 7, 10]) }, () => ({
          row: Math.floor(random() * rows.length),
          negated: random() < 0.3,
        })),
      );
      const all = randomBits(random, nodes, pick(random, [0.5, 1]));
      const words = [terms.length];
      for (const loads of terms) {
        words.push(loads.length, ...loads.map(({ row, negated }) => at[row] + Number(negated)));
      }
      const [program, mask, dst] = [arena.words(words), arena.row(all), arena.block(bytes)];
      const expected = all.map(
        (bit, i) =>
          bit && terms.some((loads) => loads.length > 0 && loads.every(({ row, negated }) => rows[row][i] !== negated)),
      );
      const sentence = `${nodes} nodes, ${JSON.stringify(terms)}`;
      assert.is(arena.kernels.run(program, dst, mask, bytes), trues(expected), sentence);
      arena.expectRow(dst, expected, sentence);
      arena.expectRow(mask, all, `all is read only, ${sentence}`);
    }
  });

  each(engine, "a column is compared without sign, at the bound and around it", (arena, nodes, random) => {
    const bytes = rowBytes(nodes);
    const bounds = [0, 1, 2, 0x7fff, 0x8000, 0xfffe, 0xffff, 0x10000, 0x7fffffff, 0x80000000, 0xfffffffe, 0xffffffff];
    const amount = () => Math.max(0, pick(random, bounds) + Math.floor(random() * 3) - 1) >>> 0;
    const wide = Uint32Array.from({ length: bytes * 8 }, amount);
    const [p, dst] = [arena.block(bytes * 32), arena.block(bytes)];
    arena.memory.u32.set(wide, p / 4);
    for (const bound of bounds) {
      arena.kernels.atLeast32(dst, p, bound, bytes);
      assert.equal(
        arena.read(dst, bytes),
        Array.from(wide, (lane) => lane >= bound),
      );
      arena.expectGuards(`${nodes} lanes at least ${bound}`);
    }
  });

  each(engine, "a column of 64 bits is compared with its sign, at the bound and around it", (arena, nodes, random) => {
    const bytes = rowBytes(nodes);
    const edges = [0n, 1n << 31n, 1n << 32n, (1n << 32n) + (1n << 31n), 1n << 62n, (1n << 63n) - 1n];
    const bounds = edges.flatMap((edge) => [edge, -edge, -edge - 1n]);
    const amount = () => BigInt.asIntN(64, pick(random, bounds) + BigInt(Math.floor(random() * 3) - 1));
    const lanes = BigInt64Array.from({ length: bytes * 8 }, amount);
    const [p, dst] = [arena.block(bytes * 64), arena.block(bytes)];
    arena.memory.u64.set(new BigUint64Array(lanes.buffer), p / 8);
    for (const bound of bounds) {
      const [low, high] = [Number(BigInt.asUintN(32, bound)), Number(BigInt.asIntN(32, bound >> 32n))];
      arena.kernels.atLeast64(dst, p, low, high, bytes);
      assert.equal(
        arena.read(dst, bytes),
        Array.from(lanes, (lane) => lane >= bound),
        `at least ${bound}`,
      );
      arena.expectGuards(`${nodes} lanes at least ${bound}`);
    }
  });

  each(engine, "a batch counts what is in all rows of each pod", (arena, nodes, random) => {
    const rows = DENSITIES.concat(0.9, 0.95).map((density) => randomBits(random, nodes, density));
    const at = rows.map((bits) => arena.row(bits));
    const pods = Array.from({ length: 40 }, (_, pod) =>
      Array.from({ length: pod % 6 }, () => Math.floor(random() * rows.length)),
    );
    const offsets = [2];
    for (const pod of pods) offsets.push(offsets[offsets.length - 1] + pod.length);
    const out = arena.block(192);
    arena.kernels.countEach(
      arena.words(offsets),
      arena.words([1, 1, ...pods.flat().map((row) => at[row])]),
      pods.length,
      out,
      rowBytes(nodes),
    );
    const expected = pods.map((pod) => {
      return pod.length === 0 ? 0 : trues(rows[0].map((_, i) => pod.every((row) => rows[row][i])));
    });
    assert.equal([...arena.memory.u32.subarray(out / 4, out / 4 + pods.length)], expected);
    arena.kernels.countEach(arena.words([0]), at[0], 0, out, rowBytes(nodes));
    assert.equal([...arena.memory.u32.subarray(out / 4, out / 4 + pods.length)], expected, "no pods, no writes");
    arena.expectGuards(`batch over ${nodes}`);
  });

  test(`${engine}: no counter overflows on long full rows`, () => {
    const arena = new Arena(selectEngineSync(engine), called[engine]);
    const bytes = 1_600_064;
    const full = arena.block(bytes);
    const dst = arena.block(bytes);
    arena.memory.u32.fill(0xffffffff, full / 4, (full + bytes) / 4);
    const { kernels } = arena;
    assert.is(kernels.count(full, bytes), bytes * 8);
    assert.is(kernels.andCount(full, full, bytes), bytes * 8);
    assert.is(kernels.andInto(dst, full, full, bytes), bytes * 8);
    for (const program of [
      [1, 1, full],
      [1, 2, full, full],
      [2, 1, full, 2, full, full],
      [1, 6, full, full, full, full, full, full],
    ]) {
      assert.is(kernels.run(arena.words(program), dst, full, bytes), bytes * 8);
    }
    const counts = arena.block(64);
    kernels.countEach(arena.words([0, 1, 3, 6]), arena.words(Array(6).fill(full)), 3, counts, bytes);
    assert.equal([...arena.memory.u32.subarray(counts / 4, counts / 4 + 3)], Array(3).fill(bytes * 8));
    arena.expectGuards("long rows");
  });
}

function exportedFunctions(): string[] {
  const { WebAssembly } = globalThis as unknown as {
    WebAssembly: {
      Module: { new (bytes: Uint8Array): object; exports(module: object): { name: string; kind: string }[] };
    };
  };
  const exports = WebAssembly.Module.exports(new WebAssembly.Module(Buffer.from(wasmHex, "hex")));
  return exports.filter(({ kind }) => kind === "function").map(({ name }) => name);
}

for (const engine of ENGINES) {
  test(`${engine}: has every function that the module exports, and all were called in these tests`, () => {
    assert.equal([...called[engine]].sort(), exportedFunctions().sort());
  });
}

for (const engine of ENGINES) {
  test(`${engine}: a program reaches the end of every block of a long row`, () => {
    const random = seeded(4);
    const arena = new Arena(selectEngineSync(engine));
    for (const count of [16_383, 16_384, 16_385, 33_000]) {
      const bits = randomBits(random, count, 0.5);
      const bytes = rowBytes(count);
      const all = arena.row(bits.map(() => true));
      const dst = arena.block(bytes);
      const program = arena.words([1, 1, arena.row(bits)]);
      assert.is(arena.kernels.run(program, dst, all, bytes), bits.filter(Boolean).length, `${count} nodes`);
      arena.expectRow(dst, bits, `${count} nodes`);
      arena.clear();
    }
  });
}

test("what one long pair of rows counted is not in the count of a short one after it", () => {
  const arena = new Arena(selectEngineSync("wasm"));
  const full = arena.row(Array.from({ length: 2048 }, () => true));
  for (const bytes of [64, 128, 192, 256]) {
    assert.is(arena.kernels.andCount(full, full, 256), 2048);
    assert.is(arena.kernels.andCount(full, full, bytes), bytes * 8, `${bytes} bytes`);
  }
});

test.run();
