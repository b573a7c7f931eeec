// Many pods in one call: the number of nodes in all of a pod's rows, without a row to hold them.
//
//   offsets: | u32 | u32 | ... n + 1      pod i owns rows[offsets[i] .. offsets[i + 1]]; out[i] is its count
//   rows:    addresses of rows; a pod without rows counts 0

import { count } from "./bitset";
import { andCount } from "./counting";
import { carry, population, sum, total } from "./harley-seal";

function countAll(row: usize, next: usize, bytes: usize): i32 {
  let at: usize = 0;
  let ones = i64x2.splat(0);
  let twos = i64x2.splat(0);
  let fours: u64 = 0;
  while (at !== bytes) {
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
    fours += population(carry(twos, t0, t1));
    twos = sum(twos, t0, t1);
    at += 64;
  }
  return total(ones, twos, fours);
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
    else if (next !== row) bits = countAll(row, next, bytes);
    store<i32>(out, bits);
    row = next;
    out += 4;
  }
}
