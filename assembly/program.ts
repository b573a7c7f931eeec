// A compiled selector, run 128 B at a time with everything in registers.
//
//   program: | terms u32 | loads u32 | row u32 ... | loads u32 | row u32 ... |      a term: loads, then its rows
//   row:     address, a multiple of 64; bit 0 set: its complement is meant

import { carry, population, sum, total } from "./harley-seal";

export function run(program: usize, dst: usize, all: usize, bytes: usize): i32 {
  if (load<u32>(program) === 1 && load<u32>(program, 4) === 1) return runLoad(load<u32>(program, 8), dst, all, bytes);
  const pairs = bytes & ~127;
  const bits = runPairs(program, dst, all, pairs);
  return pairs === bytes ? bits : bits + runLast(program, dst, all, pairs);
}

// One load. The complement is an XOR here, for a branch would be mispredicted from selector to selector.
function runLoad(word: u32, dst: usize, all: usize, bytes: usize): i32 {
  const flip = i32x4.splat(-(<i32>word & 1));
  let row = <usize>word & ~1;
  const end = row + bytes;
  let ones = i64x2.splat(0);
  let twos = i64x2.splat(0);
  let fours: u64 = 0;
  while (row !== end) {
    const v0 = v128.and(v128.xor(v128.load(row), flip), v128.load(all));
    const v1 = v128.and(v128.xor(v128.load(row, 16), flip), v128.load(all, 16));
    v128.store(dst, v0);
    v128.store(dst, v1, 16);
    const t0 = carry(ones, v0, v1);
    ones = sum(ones, v0, v1);
    const v2 = v128.and(v128.xor(v128.load(row, 32), flip), v128.load(all, 32));
    const v3 = v128.and(v128.xor(v128.load(row, 48), flip), v128.load(all, 48));
    v128.store(dst, v2, 32);
    v128.store(dst, v3, 48);
    const t1 = carry(ones, v2, v3);
    ones = sum(ones, v2, v3);
    fours += population(carry(twos, t0, t1));
    twos = sum(twos, t0, t1);
    dst += 64;
    all += 64;
    row += 64;
  }
  return total(ones, twos, fours);
}

// Terms wait in dst for the next one: the registers hold one term and the counters. An inner loop of more than one
// load at a time, or without the branch on the complement, was slower; this one takes two loads a cycle.
function runPairs(program: usize, dst: usize, all: usize, bytes: usize): i32 {
  const terms = load<u32>(program);
  let ones = i64x2.splat(0);
  let twos = i64x2.splat(0);
  let fours = i64x2.splat(0);
  let eights: u64 = 0;
  for (let at: usize = 0; at !== bytes; at += 128) {
    let v0 = i64x2.splat(0);
    let v1 = i64x2.splat(0);
    let v2 = i64x2.splat(0);
    let v3 = i64x2.splat(0);
    let v4 = i64x2.splat(0);
    let v5 = i64x2.splat(0);
    let v6 = i64x2.splat(0);
    let v7 = i64x2.splat(0);
    const into = dst + at;
    const a = all + at;
    let pc = program + 4;
    let waiting = false;
    for (let term: u32 = 0; term < terms; term++) {
      const next = pc + 4 + ((<usize>load<u32>(pc)) << 2);
      pc += 4;
      if (pc === next) continue;
      if (waiting) {
        // A term of one row needs no place to be made in.
        if (pc + 4 === next && (load<u32>(pc) & 1) === 0) {
          const row = <usize>load<u32>(pc) + at;
          pc = next;
          v0 = v128.or(v0, v128.load(row));
          v1 = v128.or(v1, v128.load(row, 16));
          v2 = v128.or(v2, v128.load(row, 32));
          v3 = v128.or(v3, v128.load(row, 48));
          v4 = v128.or(v4, v128.load(row, 64));
          v5 = v128.or(v5, v128.load(row, 80));
          v6 = v128.or(v6, v128.load(row, 96));
          v7 = v128.or(v7, v128.load(row, 112));
          continue;
        }
        v128.store(into, v0);
        v128.store(into, v1, 16);
        v128.store(into, v2, 32);
        v128.store(into, v3, 48);
        v128.store(into, v4, 64);
        v128.store(into, v5, 80);
        v128.store(into, v6, 96);
        v128.store(into, v7, 112);
      }
      let word = <usize>load<u32>(pc);
      if (word & 1) {
        const row = (word ^ 1) + at;
        v0 = v128.andnot(v128.load(a), v128.load(row));
        v1 = v128.andnot(v128.load(a, 16), v128.load(row, 16));
        v2 = v128.andnot(v128.load(a, 32), v128.load(row, 32));
        v3 = v128.andnot(v128.load(a, 48), v128.load(row, 48));
        v4 = v128.andnot(v128.load(a, 64), v128.load(row, 64));
        v5 = v128.andnot(v128.load(a, 80), v128.load(row, 80));
        v6 = v128.andnot(v128.load(a, 96), v128.load(row, 96));
        v7 = v128.andnot(v128.load(a, 112), v128.load(row, 112));
      } else {
        const row = word + at;
        v0 = v128.load(row);
        v1 = v128.load(row, 16);
        v2 = v128.load(row, 32);
        v3 = v128.load(row, 48);
        v4 = v128.load(row, 64);
        v5 = v128.load(row, 80);
        v6 = v128.load(row, 96);
        v7 = v128.load(row, 112);
      }
      for (pc += 4; pc !== next; pc += 4) {
        word = load<u32>(pc);
        if (word & 1) {
          const row = (word ^ 1) + at;
          v0 = v128.andnot(v0, v128.load(row));
          v1 = v128.andnot(v1, v128.load(row, 16));
          v2 = v128.andnot(v2, v128.load(row, 32));
          v3 = v128.andnot(v3, v128.load(row, 48));
          v4 = v128.andnot(v4, v128.load(row, 64));
          v5 = v128.andnot(v5, v128.load(row, 80));
          v6 = v128.andnot(v6, v128.load(row, 96));
          v7 = v128.andnot(v7, v128.load(row, 112));
        } else {
          const row = word + at;
          v0 = v128.and(v0, v128.load(row));
          v1 = v128.and(v1, v128.load(row, 16));
          v2 = v128.and(v2, v128.load(row, 32));
          v3 = v128.and(v3, v128.load(row, 48));
          v4 = v128.and(v4, v128.load(row, 64));
          v5 = v128.and(v5, v128.load(row, 80));
          v6 = v128.and(v6, v128.load(row, 96));
          v7 = v128.and(v7, v128.load(row, 112));
        }
      }
      if (waiting) {
        v0 = v128.or(v0, v128.load(into));
        v1 = v128.or(v1, v128.load(into, 16));
        v2 = v128.or(v2, v128.load(into, 32));
        v3 = v128.or(v3, v128.load(into, 48));
        v4 = v128.or(v4, v128.load(into, 64));
        v5 = v128.or(v5, v128.load(into, 80));
        v6 = v128.or(v6, v128.load(into, 96));
        v7 = v128.or(v7, v128.load(into, 112));
      }
      waiting = true;
    }
    // Stores between the loads keep V8 from doing all loads first, which costs registers.
    v0 = v128.and(v0, v128.load(a));
    v128.store(into, v0);
    v1 = v128.and(v1, v128.load(a, 16));
    v128.store(into, v1, 16);
    v2 = v128.and(v2, v128.load(a, 32));
    v128.store(into, v2, 32);
    v3 = v128.and(v3, v128.load(a, 48));
    v128.store(into, v3, 48);
    v4 = v128.and(v4, v128.load(a, 64));
    v128.store(into, v4, 64);
    v5 = v128.and(v5, v128.load(a, 80));
    v128.store(into, v5, 80);
    v6 = v128.and(v6, v128.load(a, 96));
    v128.store(into, v6, 96);
    v7 = v128.and(v7, v128.load(a, 112));
    v128.store(into, v7, 112);
    const t0 = carry(ones, v0, v1);
    ones = sum(ones, v0, v1);
    const t1 = carry(ones, v2, v3);
    ones = sum(ones, v2, v3);
    const f0 = carry(twos, t0, t1);
    twos = sum(twos, t0, t1);
    const t2 = carry(ones, v4, v5);
    ones = sum(ones, v4, v5);
    const t3 = carry(ones, v6, v7);
    ones = sum(ones, v6, v7);
    const f1 = carry(twos, t2, t3);
    twos = sum(twos, t2, t3);
    eights += population(carry(fours, f0, f1));
    fours = sum(fours, f0, f1);
  }
  return total(ones, twos, population(fours) + (eights << 1));
}

// The last 64 B of a row that is no multiple of 128 B.
function runLast(program: usize, dst: usize, all: usize, at: usize): i32 {
  const terms = load<u32>(program);
  let r0 = i64x2.splat(0);
  let r1 = i64x2.splat(0);
  let r2 = i64x2.splat(0);
  let r3 = i64x2.splat(0);
  let pc = program + 4;
  for (let term: u32 = 0; term < terms; term++) {
    const next = pc + 4 + ((<usize>load<u32>(pc)) << 2);
    pc += 4;
    if (pc === next) continue;
    const a = all + at;
    let v0 = v128.load(a);
    let v1 = v128.load(a, 16);
    let v2 = v128.load(a, 32);
    let v3 = v128.load(a, 48);
    for (; pc !== next; pc += 4) {
      const word = <usize>load<u32>(pc);
      const row = (word & ~1) + at;
      const flip = i32x4.splat(-(<i32>word & 1));
      v0 = v128.and(v0, v128.xor(v128.load(row), flip));
      v1 = v128.and(v1, v128.xor(v128.load(row, 16), flip));
      v2 = v128.and(v2, v128.xor(v128.load(row, 32), flip));
      v3 = v128.and(v3, v128.xor(v128.load(row, 48), flip));
    }
    r0 = v128.or(r0, v0);
    r1 = v128.or(r1, v1);
    r2 = v128.or(r2, v2);
    r3 = v128.or(r3, v3);
  }
  const into = dst + at;
  v128.store(into, r0);
  v128.store(into, r1, 16);
  v128.store(into, r2, 32);
  v128.store(into, r3, 48);
  return <i32>(population(r0) + population(r1) + population(r2) + population(r3));
}
