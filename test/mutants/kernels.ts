// Mutants of the kernels, in AssemblyScript and in JavaScript.

import { changes, type Mutant } from "./mutant.js";

const EDGE = "off by one at a word's edge";
const KERNELS = ["kernels"];

export const kernels: readonly Mutant[] = [
  ...changes("assembly/bitset.ts", KERNELS, [
    [
      "v128.store(dst, v128.and(v128.load(a, 48), v128.load(b, 48)), 48);",
      "v128.store(dst, v128.and(v128.load(a, 48), v128.load(b, 32)), 48);",
      EDGE,
    ],
    [
      "v128.store(dst, v128.andnot(v128.load(a), v128.load(b)));",
      "v128.store(dst, v128.andnot(v128.load(b), v128.load(a)));",
    ],
    ["popcnt(load<u64>(a, 56))", "popcnt(load<u64>(a, 48))", EDGE],
  ]),
  ...changes(
    "assembly/compare.ts",
    ["kernels", "columns"],
    [
      ["(sixteen32(column + 64, limit) << 16)", "(sixteen32(column + 64, limit) << 15)", EDGE],
      [
        "const limit = i64x2.splat(((<i64>high) << 32) | <i64>low);",
        "const limit = i64x2.splat(((<i64>high) << 32) | <i64>(<i32>low));",
        "sign of an address",
      ],
      ["i64x2.gt_s(limit, v128.load(column, 48)),", "i64x2.gt_s(limit, v128.load(column, 32)),", EDGE],
      ["i32x4.ge_u(v128.load(column, 16), limit)", "i32x4.ge_s(v128.load(column, 16), limit)", "sign of an address"],
      ["      ~(\n", "      (\n"],
    ],
  ),
  ...changes("assembly/counting.ts", KERNELS, [
    [
      "while (end - a >= 192) {",
      "while (end - a > 192) {",
      { equivalent: "The last 192 bytes are counted by the loop behind: the same count." },
    ],
    ["population(fours) + (eights << 1)", "population(fours) + eights"],
    [
      "popcnt(load<u64>(a, 56) & load<u64>(b, 56));\n    a += 64;",
      "popcnt(load<u64>(a, 56) & load<u64>(b, 48));\n    a += 64;",
      EDGE,
    ],
    ["  held = 0;\n", "", "stale cache"],
    ["    v128.store(dst, v3, 48);\n", "", EDGE],
  ]),
  ...changes("assembly/harley-seal.ts", KERNELS, [
    [
      "v128.or(v128.and(a, b), v128.and(v128.xor(a, b), c))",
      "v128.or(v128.and(a, b), v128.and(v128.or(a, b), c))",
      { equivalent: "Where a and b are both set the carry is set already: the majority of three either way." },
    ],
    ["(population(twos) << 1)", "population(twos)"],
  ]),
  ...changes("assembly/list.ts", KERNELS, [
    ["    node += 512;\n", "    node += 511;\n", EDGE],
    ["for (let word: usize = 0; word < 64; word += 8)", "for (let word: usize = 0; word < 56; word += 8)", EDGE],
  ]),
  ...changes(
    "assembly/batch.ts",
    ["kernels", "row-counter"],
    [
      [
        "for (let ptr = row + 4; ptr !== next; ptr += 4) {",
        "for (let ptr = row + 4; ptr < next; ptr += 4) {",
        { kind: "sign of an address", equivalent: "Lists of rows never end at 4 GiB: counts lie behind them." },
      ],
      ["else if (next !== row) bits", "else bits"],
      ["v3 = v128.and(v3, v128.load(chunk, 48));", "v3 = v128.and(v3, v128.load(chunk, 32));", EDGE],
    ],
  ),
  ...changes("assembly/program.ts", KERNELS, [
    ["const pairs = bytes & ~127;", "const pairs = bytes & ~63;", EDGE],
    ["if (pc + 4 === next && (load<u32>(pc) & 1) === 0) {", "if (pc + 4 === next) {"],
    ["      pc += 4;\n      if (pc === next) continue;\n      if (waiting) {", "      pc += 4;\n      if (waiting) {"],
    ["        v7 = v128.or(v7, v128.load(into, 112));\n", "", EDGE],
    ["return pairs === bytes ? bits : bits + runLast(program, dst, all, pairs);", "return bits;", EDGE],
    ["const row = (word & ~1) + at;", "const row = word + at;"],
    ["v128.and(v128.xor(v128.load(row, 48), flip), v128.load(all, 48));", "v128.xor(v128.load(row, 48), flip);", EDGE],
    ["let row = <usize>word & ~1;", "let row = <usize>word;"],
  ]),
  ...changes("lib/evaluate/javascript-kernels.ts", KERNELS, [
    [
      "for (let i = a >>> 2; i < end; i++) bits += popcount(u32[i]);",
      "for (let i = a >> 2; i < end; i++) bits += popcount(u32[i]);",
      { kind: "sign of an address", suites: ["memory"] },
    ],
    ["u32[at++] = (i << 5) + (31 - Math.clz32(lowest));", "u32[at++] = (i << 5) + (32 - Math.clz32(lowest));", EDGE],
    [
      "const base = (all + at) / 8;",
      "const base = (all + at) >> 3;",
      { kind: "sign of an address", suites: ["memory"] },
    ],
    ["Math.min(bytes - at, BLOCK * 8) >>> 3", "Math.min(bytes, BLOCK * 8) >>> 3", EDGE],
    ["      any.fill(0n);\n", "", "stale cache"],
    ["const limit = bound >>> 0;", "const limit = bound | 0;", "sign of an address"],
    ["const upper = u32[at + 1] | 0;", "const upper = u32[at + 1];", "sign of an address"],
    ["u32[at] >= least", "u32[at] > least"],
    ["if (loads === 0) continue;", ""],
    ["if (end === first + 2) bits", "if (end === first + 1) bits"],
    [
      "0x0f0f0f0f, 0x01010101) >>> 24",
      "0x0f0f0f0f, 0x01010101) >> 24",
      { equivalent: "The sum is 32 at the most, so its sign is never set." },
    ],
  ]),
  ...changes(
    "lib/evaluate/wasm.ts",
    ["select-engine", "engine", "memory"],
    [
      ["exports.base.value >>> 0", "0"],
      ["(bytes - this.#memory.buffer.byteLength) / PAGE", "bytes / PAGE"],
      ["if (missing <= 0) return true;", ""],
    ],
  ),
];
