// Two rows combined and counted in one pass.

import { carry, population, sum, total } from "./harley-seal";

// V8 does all loads of a basic block before it computes anything, and spills what it has no register for. A global
// that is written between them makes it compute first (10 % of andCount, node 20). What it holds is read once, after
// the loop, for the optimiser drops a global that nobody reads.
let held: u64 = 0;

// Vectors and words are counted by different ports: a step is 128 B of the ones and 64 B of the others.
export function andCount(a: usize, b: usize, bytes: usize): i32 {
  const end = a + bytes;
  let ones = i64x2.splat(0);
  let twos = i64x2.splat(0);
  let fours = i64x2.splat(0);
  let eights: u64 = 0;
  let even: u64 = 0;
  let odd: u64 = 0;
  held = 0;
  while (end - a >= 192) {
    const v0 = v128.and(v128.load(a), v128.load(b));
    const v1 = v128.and(v128.load(a, 16), v128.load(b, 16));
    const t0 = carry(ones, v0, v1);
    ones = sum(ones, v0, v1);
    const v2 = v128.and(v128.load(a, 32), v128.load(b, 32));
    const v3 = v128.and(v128.load(a, 48), v128.load(b, 48));
    const t1 = carry(ones, v2, v3);
    ones = sum(ones, v2, v3);
    const f0 = carry(twos, t0, t1);
    twos = sum(twos, t0, t1);
    even +=
      popcnt(load<u64>(a, 128) & load<u64>(b, 128)) +
      popcnt(load<u64>(a, 136) & load<u64>(b, 136)) +
      popcnt(load<u64>(a, 144) & load<u64>(b, 144)) +
      popcnt(load<u64>(a, 152) & load<u64>(b, 152));
    held = even;
    const v4 = v128.and(v128.load(a, 64), v128.load(b, 64));
    const v5 = v128.and(v128.load(a, 80), v128.load(b, 80));
    const t2 = carry(ones, v4, v5);
    ones = sum(ones, v4, v5);
    const v6 = v128.and(v128.load(a, 96), v128.load(b, 96));
    const v7 = v128.and(v128.load(a, 112), v128.load(b, 112));
    const t3 = carry(ones, v6, v7);
    ones = sum(ones, v6, v7);
    const f1 = carry(twos, t2, t3);
    twos = sum(twos, t2, t3);
    eights += population(carry(fours, f0, f1));
    fours = sum(fours, f0, f1);
    odd +=
      popcnt(load<u64>(a, 160) & load<u64>(b, 160)) +
      popcnt(load<u64>(a, 168) & load<u64>(b, 168)) +
      popcnt(load<u64>(a, 176) & load<u64>(b, 176)) +
      popcnt(load<u64>(a, 184) & load<u64>(b, 184));
    a += 192;
    b += 192;
  }
  while (a !== end) {
    odd +=
      popcnt(load<u64>(a) & load<u64>(b)) +
      popcnt(load<u64>(a, 8) & load<u64>(b, 8)) +
      popcnt(load<u64>(a, 16) & load<u64>(b, 16)) +
      popcnt(load<u64>(a, 24) & load<u64>(b, 24)) +
      popcnt(load<u64>(a, 32) & load<u64>(b, 32)) +
      popcnt(load<u64>(a, 40) & load<u64>(b, 40)) +
      popcnt(load<u64>(a, 48) & load<u64>(b, 48)) +
      popcnt(load<u64>(a, 56) & load<u64>(b, 56));
    a += 64;
    b += 64;
  }
  return total(ones, twos, population(fours) + (eights << 1)) + <i32>(held + odd);
}

export function andInto(dst: usize, a: usize, b: usize, bytes: usize): i32 {
  const end = a + bytes;
  let ones = i64x2.splat(0);
  let twos = i64x2.splat(0);
  let fours: u64 = 0;
  while (a !== end) {
    const v0 = v128.and(v128.load(a), v128.load(b));
    const v1 = v128.and(v128.load(a, 16), v128.load(b, 16));
    v128.store(dst, v0);
    v128.store(dst, v1, 16);
    const t0 = carry(ones, v0, v1);
    ones = sum(ones, v0, v1);
    const v2 = v128.and(v128.load(a, 32), v128.load(b, 32));
    const v3 = v128.and(v128.load(a, 48), v128.load(b, 48));
    v128.store(dst, v2, 32);
    v128.store(dst, v3, 48);
    const t1 = carry(ones, v2, v3);
    ones = sum(ones, v2, v3);
    fours += population(carry(twos, t0, t1));
    twos = sum(twos, t0, t1);
    dst += 64;
    a += 64;
    b += 64;
  }
  return total(ones, twos, fours);
}
