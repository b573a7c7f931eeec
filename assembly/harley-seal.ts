// Counting while combining. A step is 192 B: 128 B in vectors, counted by a Harley-Seal tree, and 64 B in words, for
// the two run on different ports (2.6x BigInt-free JS words at 128 B of vectors alone, 10-20 % faster with the words).

/** The carry of adding three vectors bit by bit. */
export function carry(a: v128, b: v128, c: v128): v128 {
  return v128.or(v128.and(a, b), v128.and(v128.xor(a, b), c));
}

/** The sum of adding three vectors bit by bit. */
export function sum(a: v128, b: v128, c: v128): v128 {
  return v128.xor(v128.xor(a, b), c);
}

/** Adds the bits of `e` to 16-bit lanes: at most 16 a call and a lane, so 4,095 calls. */
export function tally(lanes: v128, e: v128): v128 {
  return i16x8.add(lanes, i16x8.extadd_pairwise_i8x16_u(i8x16.popcnt(e)));
}

/** What the tree holds; `eights` is counted already. */
export function total(ones: v128, twos: v128, fours: v128, eights: v128): i32 {
  const bytes = i8x16.add(
    i8x16.popcnt(ones),
    i8x16.add(i8x16.shl(i8x16.popcnt(twos), 1), i8x16.shl(i8x16.popcnt(fours), 2)),
  );
  const words = i32x4.add(
    i32x4.extadd_pairwise_i16x8_u(i16x8.extadd_pairwise_i8x16_u(bytes)),
    i32x4.shl(i32x4.extadd_pairwise_i16x8_u(eights), 3),
  );
  const halves = i64x2.add(words, i64x2.shr_u(words, 32));
  return <i32>(i64x2.extract_lane(halves, 0) + i64x2.extract_lane(halves, 1));
}
