// report: a set of small numbers as short text: gaps between them, gaps between those that are missing, or bits.

const GAPS = 0;
const MISSING = 1;
const BITS = 2;

/** The numbers at which `isIn` is 1, in the shortest of three ways, in base 64. */
export function writeSet(isIn: Uint8Array): string {
  const size = isIn.length;
  const inside = gaps(isIn, 1);
  const outside = gaps(isIn, 0);
  const bits = 1 + ((size + 7) >>> 3);
  if (Math.min(inside.length, outside.length) < bits) {
    return toBase64(inside.length <= outside.length ? [GAPS, ...inside] : [MISSING, ...outside]);
  }
  const bytes = new Uint8Array(bits);
  bytes[0] = BITS;
  for (let i = 0; i < size; i++) bytes[1 + (i >>> 3)] |= isIn[i] << (i & 7);
  return toBase64(bytes);
}

/** Calls `see` for each number of a set below `size`, in ascending order. */
export function readSet(text: string, size: number, see: (number: number) => void): void {
  const binary = atob(text);
  const way = binary.charCodeAt(0);
  if (way === BITS) {
    for (let i = 0; i < size; i++) if ((binary.charCodeAt(1 + (i >>> 3)) & (1 << (i & 7))) !== 0) see(i);
    return;
  }
  let next = 0;
  let gap = 0;
  let shift = 0;
  for (let at = 1; at < binary.length; at++) {
    const byte = binary.charCodeAt(at);
    gap |= (byte & 127) << shift;
    shift += 7;
    if (byte > 127) continue;
    const number = next + gap;
    if (way === MISSING) for (; next < number; next++) see(next);
    else see(number);
    next = number + 1;
    gap = 0;
    shift = 0;
  }
  if (way === MISSING) for (; next < size; next++) see(next);
}

/** How many numbers lie between each with this mark and the one before: seven bits a byte, the lowest first. */
function gaps(isIn: Uint8Array, mark: number): number[] {
  const bytes: number[] = [];
  let next = 0;
  for (let number = 0; number < isIn.length; number++) {
    if (isIn[number] !== mark) continue;
    let gap = number - next;
    for (; gap > 127; gap >>>= 7) bytes.push((gap & 127) | 128);
    bytes.push(gap);
    next = number + 1;
  }
  return bytes;
}

function toBase64(bytes: readonly number[] | Uint8Array): string {
  let binary = "";
  for (const byte of bytes) binary += String.fromCharCode(byte);
  return btoa(binary);
}
