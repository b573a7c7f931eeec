// A compiled selector, run 64 B at a time with everything in registers.
//
//   program: | terms u32 | loads u32 | row u32 ... | loads u32 | row u32 ... |      a term: loads, then its rows
//   row:     address, a multiple of 64; bit 0 set: its complement is meant

import { andInto } from "./counting";
import { carry, population, sum, total } from "./harley-seal";

function runTerms(program: usize, dst: usize, all: usize, bytes: usize): i32 {
  const terms = load<u32>(program);
  let at: usize = 0;
  let ones = i64x2.splat(0);
  let twos = i64x2.splat(0);
  let fours: u64 = 0;
  while (at !== bytes) {
    let r0 = i64x2.splat(0);
    let r1 = i64x2.splat(0);
    let r2 = i64x2.splat(0);
    let r3 = i64x2.splat(0);
    let pc = program + 4;
    for (let term: u32 = 0; term < terms; term++) {
      const next = pc + 4 + ((<usize>load<u32>(pc)) << 2);
      pc += 4;
      if (pc !== next) {
        const a = all + at;
        let v0 = v128.load(a);
        let v1 = v128.load(a, 16);
        let v2 = v128.load(a, 32);
        let v3 = v128.load(a, 48);
        while (pc !== next) {
          const word = <usize>load<u32>(pc);
          const row = (word & ~1) + at;
          if (word & 1) {
            v0 = v128.andnot(v0, v128.load(row));
            v1 = v128.andnot(v1, v128.load(row, 16));
            v2 = v128.andnot(v2, v128.load(row, 32));
            v3 = v128.andnot(v3, v128.load(row, 48));
          } else {
            v0 = v128.and(v0, v128.load(row));
            v1 = v128.and(v1, v128.load(row, 16));
            v2 = v128.and(v2, v128.load(row, 32));
            v3 = v128.and(v3, v128.load(row, 48));
          }
          pc += 4;
        }
        r0 = v128.or(r0, v0);
        r1 = v128.or(r1, v1);
        r2 = v128.or(r2, v2);
        r3 = v128.or(r3, v3);
      }
    }
    v128.store(dst + at, r0);
    v128.store(dst + at, r1, 16);
    v128.store(dst + at, r2, 32);
    v128.store(dst + at, r3, 48);
    const t0 = carry(ones, r0, r1);
    ones = sum(ones, r0, r1);
    const t1 = carry(ones, r2, r3);
    ones = sum(ones, r2, r3);
    fours += population(carry(twos, t0, t1));
    twos = sum(twos, t0, t1);
    at += 64;
  }
  return total(ones, twos, fours);
}

export function run(program: usize, dst: usize, all: usize, bytes: usize): i32 {
  if (load<u32>(program) === 1 && load<u32>(program, 4) === 1) {
    const row = <usize>load<u32>(program, 8);
    if ((row & 1) === 0) return andInto(dst, row, all, bytes);
  }
  return runTerms(program, dst, all, bytes);
}
