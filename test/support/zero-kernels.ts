// A WebAssembly module with the real one's exports, every one of which does nothing and returns zero.

import { webAssembly } from "../../lib/evaluate/web-assembly.js";

const I32 = 0x7f;

function leb(value: number): number[] {
  const bytes: number[] = [];
  let rest = value;
  do {
    const more = rest > 0x7f;
    bytes.push((rest & 0x7f) | (more ? 0x80 : 0));
    rest >>>= 7;
  } while (rest !== 0);
  return bytes;
}

const text = (value: string): number[] => [...leb(value.length), ...Buffer.from(value, "latin1")];
const vector = (items: readonly number[][]): number[] => [...leb(items.length), ...items.flat()];
const section = (id: number, content: readonly number[]): number[] => [id, ...leb(content.length), ...content];

/** `kernels`: the name and the number of parameters of each. */
export function zeroKernels(kernels: readonly (readonly [name: string, parameters: number])[]): object {
  const types = kernels.map(([, parameters]) => [0x60, ...vector(Array(parameters).fill([I32])), ...vector([[I32]])]);
  const memory = [...text("env"), ...text("memory"), 0x02, 0x01, ...leb(1), ...leb(65536)];
  // An i32 constant of 1,024: two bytes of signed LEB128.
  const base = [I32, 0x00, 0x41, 0x80, 0x08, 0x0b];
  const exports = kernels.map(([name], i) => [...text(name), 0x00, ...leb(i)]);
  const body = [0x00, 0x41, 0x00, 0x0b];
  const bytes = [
    ...[0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00],
    ...section(1, vector(types)),
    ...section(2, vector([memory])),
    ...section(3, vector(kernels.map((_, i) => leb(i)))),
    ...section(6, vector([base])),
    ...section(7, vector([...exports, [...text("base"), 0x03, ...leb(0)]])),
    ...section(10, vector(kernels.map(() => [...leb(body.length), ...body]))),
  ];
  return new (webAssembly().Module)(Uint8Array.from(bytes));
}
