// Rows of bits combined and counted, 64 B (one chunk of 512 nodes) or 128 B a step. `bytes` is a multiple of 64.
// Loops end on equality, never on order: a row may end at 4 GiB, where the address wraps to 0.

export function and(dst: usize, a: usize, b: usize, bytes: usize): void {
  const end = a + bytes;
  while (a !== end) {
    v128.store(dst, v128.and(v128.load(a), v128.load(b)));
    v128.store(dst, v128.and(v128.load(a, 16), v128.load(b, 16)), 16);
    v128.store(dst, v128.and(v128.load(a, 32), v128.load(b, 32)), 32);
    v128.store(dst, v128.and(v128.load(a, 48), v128.load(b, 48)), 48);
    dst += 64;
    a += 64;
    b += 64;
  }
}

export function or(dst: usize, a: usize, b: usize, bytes: usize): void {
  const end = a + bytes;
  while (a !== end) {
    v128.store(dst, v128.or(v128.load(a), v128.load(b)));
    v128.store(dst, v128.or(v128.load(a, 16), v128.load(b, 16)), 16);
    v128.store(dst, v128.or(v128.load(a, 32), v128.load(b, 32)), 32);
    v128.store(dst, v128.or(v128.load(a, 48), v128.load(b, 48)), 48);
    dst += 64;
    a += 64;
    b += 64;
  }
}

export function andNot(dst: usize, a: usize, b: usize, bytes: usize): void {
  const end = a + bytes;
  while (a !== end) {
    v128.store(dst, v128.andnot(v128.load(a), v128.load(b)));
    v128.store(dst, v128.andnot(v128.load(a, 16), v128.load(b, 16)), 16);
    v128.store(dst, v128.andnot(v128.load(a, 32), v128.load(b, 32)), 32);
    v128.store(dst, v128.andnot(v128.load(a, 48), v128.load(b, 48)), 48);
    dst += 64;
    a += 64;
    b += 64;
  }
}

export function count(a: usize, bytes: usize): i32 {
  const end = a + bytes;
  let even: u64 = 0;
  let odd: u64 = 0;
  while (a !== end) {
    even += popcnt(load<u64>(a)) + popcnt(load<u64>(a, 16)) + popcnt(load<u64>(a, 32)) + popcnt(load<u64>(a, 48));
    odd += popcnt(load<u64>(a, 8)) + popcnt(load<u64>(a, 24)) + popcnt(load<u64>(a, 40)) + popcnt(load<u64>(a, 56));
    a += 64;
  }
  return <i32>(even + odd);
}
