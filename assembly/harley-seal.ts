// The carry-save adder of Harley and Seal: vectors of bits are added up to vectors of ones and twos, and only of
// what those carry, one vector in four or eight, is the population counted.

/** What three vectors carry, added bit by bit. */
export function carry(a: v128, b: v128, c: v128): v128 {
  return v128.or(v128.and(a, b), v128.and(v128.xor(a, b), c));
}

/** What they leave. */
export function sum(a: v128, b: v128, c: v128): v128 {
  return v128.xor(v128.xor(a, b), c);
}

/** The number of bits set: through two words, for V8's vector form of it is twice as long. */
export function population(bits: v128): u64 {
  return popcnt(i64x2.extract_lane(bits, 0)) + popcnt(i64x2.extract_lane(bits, 1));
}

/** The counters by weight; of the fours only the number is known. */
export function total(ones: v128, twos: v128, fours: u64): i32 {
  return <i32>(population(ones) + (population(twos) << 1) + (fours << 2));
}
