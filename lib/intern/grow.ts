// intern: typed arrays that grow by half, so that a million pushes copy each element about twice.

const size = (now: number, needed: number): number => Math.max(needed, now + (now >> 1), 64);

export function growU8(array: Uint8Array, needed: number): Uint8Array<ArrayBuffer> {
  const grown = new Uint8Array(size(array.length, needed));
  grown.set(array);
  return grown;
}

export function growU32(array: Uint32Array, needed: number): Uint32Array<ArrayBuffer> {
  const grown = new Uint32Array(size(array.length, needed));
  grown.set(array);
  return grown;
}
