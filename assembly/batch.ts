// Many pods in one call: the number of nodes in all of a pod's rows, without a row to hold them.
//
//   offsets: | u32 | u32 | ... n + 1      pod i owns rows[offsets[i] .. offsets[i + 1]]; out[i] is its count
//   rows:    addresses of rows; a pod without rows counts 0

import { count } from "./bitset";
import { andCount } from "./counting";
import { carry, sum, tally, total } from "./harley-seal";

// 16-bit tallies take 4,095 steps: 2,048 of 64 B.
const PART: usize = 64 * 2048;

function countAll(row: usize, next: usize, at: usize, bytes: usize): i32 {
  const end = at + bytes;
  let ones = i64x2.splat(0);
  let twos = i64x2.splat(0);
  let fours = i64x2.splat(0);
  while (at !== end) {
    const first = <usize>load<u32>(row) + at;
    let v0 = v128.load(first);
    let v1 = v128.load(first, 16);
    let v2 = v128.load(first, 32);
    let v3 = v128.load(first, 48);
    for (let ptr = row + 4; ptr !== next; ptr += 4) {
      const chunk = <usize>load<u32>(ptr) + at;
      v0 = v128.and(v0, v128.load(chunk));
      v1 = v128.and(v1, v128.load(chunk, 16));
      v2 = v128.and(v2, v128.load(chunk, 32));
      v3 = v128.and(v3, v128.load(chunk, 48));
    }
    const t0 = carry(ones, v0, v1);
    ones = sum(ones, v0, v1);
    const t1 = carry(ones, v2, v3);
    ones = sum(ones, v2, v3);
    fours = tally(fours, carry(twos, t0, t1));
    twos = sum(twos, t0, t1);
    at += 64;
  }
  // Weights 1, 2 and 4 are passed as 2, 4 and 8.
  return total(i64x2.splat(0), ones, twos, fours) >> 1;
}

export function countEach(offsets: usize, rows: usize, n: u32, out: usize, bytes: usize): void {
  const end = out + ((<usize>n) << 2);
  let row = rows + ((<usize>load<u32>(offsets)) << 2);
  while (out !== end) {
    offsets += 4;
    const next = rows + ((<usize>load<u32>(offsets)) << 2);
    let bits = 0;
    if (next === row + 4) bits = count(load<u32>(row), bytes);
    else if (next === row + 8) bits = andCount(load<u32>(row), load<u32>(row, 4), bytes);
    else if (next !== row) {
      let at: usize = 0;
      while (bytes - at > PART) {
        bits += countAll(row, next, at, PART);
        at += PART;
      }
      bits += countAll(row, next, at, bytes - at);
    }
    store<i32>(out, bits);
    row = next;
    out += 4;
  }
}
