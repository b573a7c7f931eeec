// A column of amounts against a bound -> a row. 64 lanes become one word of the row.

export function atLeast32(dst: usize, column: usize, bound: u32, bytes: usize): void {
  const limit = i32x4.splat(bound);
  const end = dst + bytes;
  while (dst !== end) {
    store<u32>(dst, sixteen32(column, limit) | (sixteen32(column + 64, limit) << 16));
    store<u32>(dst, sixteen32(column + 128, limit) | (sixteen32(column + 192, limit) << 16), 4);
    column += 256;
    dst += 8;
  }
}

// There is no signed comparison of 64-bit lanes with "or equal" in the hardware: what is less is found, and turned round.
export function atLeast64(dst: usize, column: usize, low: u32, high: i32, bytes: usize): void {
  const limit = i64x2.splat(((<i64>high) << 32) | <i64>low);
  const end = dst + bytes;
  while (dst !== end) {
    store<u32>(
      dst,
      ~(
        eight64(column, limit) |
        (eight64(column + 64, limit) << 8) |
        (eight64(column + 128, limit) << 16) |
        (eight64(column + 192, limit) << 24)
      ),
    );
    column += 256;
    dst += 4;
  }
}

// A true lane is -1 at every width, which signed narrowing keeps.
function sixteen32(column: usize, limit: v128): i32 {
  return i8x16.bitmask(
    i8x16.narrow_i16x8_s(
      i16x8.narrow_i32x4_s(i32x4.ge_u(v128.load(column), limit), i32x4.ge_u(v128.load(column, 16), limit)),
      i16x8.narrow_i32x4_s(i32x4.ge_u(v128.load(column, 32), limit), i32x4.ge_u(v128.load(column, 48), limit)),
    ),
  );
}

// The lanes that are less. The lower half of each is taken; a true one is -1 there too.
function eight64(column: usize, limit: v128): i32 {
  const a = v128.shuffle<i32>(
    i64x2.gt_s(limit, v128.load(column)),
    i64x2.gt_s(limit, v128.load(column, 16)),
    0,
    2,
    4,
    6,
  );
  const b = v128.shuffle<i32>(
    i64x2.gt_s(limit, v128.load(column, 32)),
    i64x2.gt_s(limit, v128.load(column, 48)),
    0,
    2,
    4,
    6,
  );
  return i16x8.bitmask(i16x8.narrow_i32x4_s(a, b));
}
