// Makes the k-th allocation of a piece of work fail, once or for ever: typed arrays, copies of them, blocks of the
// engine's memory, and its growth.

import { Memory } from "../../lib/evaluate/memory.js";
import { TopologyError } from "../../lib/index.js";

const NAMES = ["Uint8Array", "Uint32Array", "Int32Array", "Float64Array", "BigUint64Array", "BigInt64Array"] as const;

let armed = false;
let asked = 0;
let failing = Number.POSITIVE_INFINITY;
let forEver = false;

/** Counts an allocation. @returns whether it is to fail. */
function fails(): boolean {
  if (!armed) return false;
  asked++;
  return forEver ? asked >= failing : asked === failing;
}

const refused = (): RangeError => new RangeError("Array buffer allocation failed");

/** From now on every allocation is seen. For the whole process; call it once. */
export function watchAllocations(): void {
  for (const name of NAMES) {
    const kind = globalThis[name] as unknown as new (...given: unknown[]) => object;
    const watched: typeof kind = new Proxy(kind, {
      construct(target, given, asked) {
        if (fails()) throw refused();
        return Reflect.construct(target, given, asked === watched ? target : asked);
      },
    });
    Object.defineProperty(globalThis, name, { value: watched, configurable: true, writable: true });
  }
  const typedArray = Object.getPrototypeOf(Uint32Array.prototype) as { slice(...given: unknown[]): object };
  const { slice } = typedArray;
  typedArray.slice = function (this: object, ...given: unknown[]): object {
    if (fails()) throw refused();
    return slice.apply(this, given);
  };
  const { allocate } = Memory.prototype;
  Memory.prototype.allocate = function (this: Memory, bytes: number, kept?: boolean): number {
    if (fails()) throw new TopologyError("OutOfMemory", "no room in the engine's memory");
    return allocate.call(this, bytes, kept);
  };
  const { WebAssembly } = globalThis as unknown as {
    WebAssembly: { Memory: { prototype: { grow(pages: number): number } } };
  };
  const { grow } = WebAssembly.Memory.prototype;
  WebAssembly.Memory.prototype.grow = function (this: object, pages: number): number {
    if (fails()) throw new RangeError("WebAssembly.Memory.grow(): Maximum memory size exceeded");
    return grow.call(this, pages);
  };
}

/** What became of a piece of work. */
export interface Outcome {
  /** What it threw. */
  readonly error: unknown;
  /** Whether the allocation was reached. */
  readonly reached: boolean;
  /** How many allocations there were. */
  readonly allocations: number;
}

/** Does `work` with its k-th allocation, from 1 on, failing: once, or from there on. */
export function withFailure(k: number, always: boolean, work: () => void): Outcome {
  asked = 0;
  failing = k;
  forEver = always;
  armed = true;
  let error: unknown;
  try {
    work();
  } catch (thrown) {
    error = thrown;
  } finally {
    armed = false;
  }
  return { error, reached: asked >= k, allocations: asked };
}
