// Rows combined and counted in one pass.

import { carry, sum, tally, total } from "./harley-seal";

// 16-bit tallies overflow after 4,095 steps of 192 B: longer rows are taken in parts of 2,048.
const PART: usize = 192 * 2048;

function words(a: usize, b: usize): u64 {
  return (
    popcnt(load<u64>(a) & load<u64>(b)) +
    popcnt(load<u64>(a, 8) & load<u64>(b, 8)) +
    popcnt(load<u64>(a, 16) & load<u64>(b, 16)) +
    popcnt(load<u64>(a, 24) & load<u64>(b, 24)) +
    popcnt(load<u64>(a, 32) & load<u64>(b, 32)) +
    popcnt(load<u64>(a, 40) & load<u64>(b, 40)) +
    popcnt(load<u64>(a, 48) & load<u64>(b, 48)) +
    popcnt(load<u64>(a, 56) & load<u64>(b, 56))
  );
}

function countPart(a: usize, b: usize, bytes: usize): i32 {
  let ones = i64x2.splat(0);
  let twos = i64x2.splat(0);
  let fours = i64x2.splat(0);
  let eights = i64x2.splat(0);
  let rest: u64 = 0;
  while (bytes >= 192) {
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
    eights = tally(eights, carry(fours, f0, f1));
    fours = sum(fours, f0, f1);
    rest += words(a + 128, b + 128);
    a += 192;
    b += 192;
    bytes -= 192;
  }
  while (bytes !== 0) {
    rest += words(a, b);
    a += 64;
    b += 64;
    bytes -= 64;
  }
  return total(ones, twos, fours, eights) + <i32>rest;
}

export function andCount(a: usize, b: usize, bytes: usize): i32 {
  let bits = 0;
  while (bytes > PART) {
    bits += countPart(a, b, PART);
    a += PART;
    b += PART;
    bytes -= PART;
  }
  return bits + countPart(a, b, bytes);
}

function combineWords(dst: usize, a: usize, b: usize): u64 {
  v128.store(dst, v128.and(v128.load(a), v128.load(b)));
  v128.store(dst, v128.and(v128.load(a, 16), v128.load(b, 16)), 16);
  v128.store(dst, v128.and(v128.load(a, 32), v128.load(b, 32)), 32);
  v128.store(dst, v128.and(v128.load(a, 48), v128.load(b, 48)), 48);
  return words(dst, dst);
}

function intoPart(dst: usize, a: usize, b: usize, bytes: usize): i32 {
  let ones = i64x2.splat(0);
  let twos = i64x2.splat(0);
  let fours = i64x2.splat(0);
  let eights = i64x2.splat(0);
  let rest: u64 = 0;
  while (bytes >= 128) {
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
    const f0 = carry(twos, t0, t1);
    twos = sum(twos, t0, t1);
    const v4 = v128.and(v128.load(a, 64), v128.load(b, 64));
    const v5 = v128.and(v128.load(a, 80), v128.load(b, 80));
    v128.store(dst, v4, 64);
    v128.store(dst, v5, 80);
    const t2 = carry(ones, v4, v5);
    ones = sum(ones, v4, v5);
    const v6 = v128.and(v128.load(a, 96), v128.load(b, 96));
    const v7 = v128.and(v128.load(a, 112), v128.load(b, 112));
    v128.store(dst, v6, 96);
    v128.store(dst, v7, 112);
    const t3 = carry(ones, v6, v7);
    ones = sum(ones, v6, v7);
    const f1 = carry(twos, t2, t3);
    twos = sum(twos, t2, t3);
    eights = tally(eights, carry(fours, f0, f1));
    fours = sum(fours, f0, f1);
    dst += 128;
    a += 128;
    b += 128;
    bytes -= 128;
  }
  if (bytes !== 0) rest = combineWords(dst, a, b);
  return total(ones, twos, fours, eights) + <i32>rest;
}

export function andInto(dst: usize, a: usize, b: usize, bytes: usize): i32 {
  let bits = 0;
  while (bytes > PART) {
    bits += intoPart(dst, a, b, PART);
    dst += PART;
    a += PART;
    b += PART;
    bytes -= PART;
  }
  return bits + intoPart(dst, a, b, bytes);
}
