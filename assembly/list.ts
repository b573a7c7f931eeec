// A row -> the ids of its nodes, ascending. Rows are mostly sparse, so empty chunks cost one test each.

export function list(a: usize, dst: usize, bytes: usize): i32 {
  const start = dst;
  const end = a + bytes;
  let node: u32 = 0;
  while (a !== end) {
    const chunk = v128.or(v128.or(v128.load(a), v128.load(a, 16)), v128.or(v128.load(a, 32), v128.load(a, 48)));
    if (v128.any_true(chunk)) {
      for (let word: usize = 0; word < 64; word += 8) {
        let bits = load<u64>(a + word);
        const first = node + ((<u32>word) << 3);
        while (bits !== 0) {
          store<u32>(dst, first + <u32>ctz(bits));
          dst += 4;
          bits &= bits - 1;
        }
      }
    }
    node += 512;
    a += 64;
  }
  return <i32>((dst - start) >> 2);
}
