// report: a set of small numbers as short text: gaps between them, gaps between those that are missing, or bits.

const GAPS = 0;
const MISSING = 1;
const BITS = 2;

/** The shortest of three ways to write ascending numbers below `size`, in base 64. */
export function writeSet(numbers: readonly number[] | Uint32Array, size: number): string {
  const isIn = new Uint8Array(size);
  for (const number of numbers) isIn[number] = 1;
  const missing: number[] = [];
  for (let i = 0; i < size; i++) if (isIn[i] === 0) missing.push(i);
  const bits = [BITS, ...new Uint8Array((size + 7) >>> 3)];
  for (const number of numbers) bits[1 + (number >>> 3)] |= 1 << (number & 7);
  const written = [[GAPS, ...gaps(numbers)], [MISSING, ...gaps(missing)], bits];
  return toBase64(written.reduce((least, bytes) => (bytes.length < least.length ? bytes : least)));
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

/** How many numbers lie between each and the one before, seven bits a byte, the lowest first. */
function gaps(numbers: readonly number[] | Uint32Array): number[] {
  const bytes: number[] = [];
  let next = 0;
  for (const number of numbers) {
    let gap = number - next;
    for (; gap > 127; gap >>>= 7) bytes.push((gap & 127) | 128);
    bytes.push(gap);
    next = number + 1;
  }
  return bytes;
}

function toBase64(bytes: readonly number[]): string {
  let binary = "";
  for (const byte of bytes) binary += String.fromCharCode(byte);
  return btoa(binary);
}
