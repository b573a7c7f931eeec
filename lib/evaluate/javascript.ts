// evaluate: the engine without WebAssembly; its kernels run over typed arrays.

import type { Engine, LinearMemory } from "./engine.js";
import { javascriptKernels } from "./javascript-kernels.js";

const PAGE = 65536;
const MOST_BYTES = 2 ** 32;

/** An engine that every host can run. */
export function createJavascriptEngine(): Engine {
  const memory = new ArrayMemory();
  // Address 0 stays free, so that it can mean none.
  return { kernels: javascriptKernels(memory), memory, base: 64 };
}

class ArrayMemory implements LinearMemory {
  buffer = new ArrayBuffer(PAGE);
  u32 = new Uint32Array(this.buffer);
  u64 = new BigUint64Array(this.buffer);

  grow(bytes: number): boolean {
    if (bytes <= this.buffer.byteLength) return true;
    if (bytes > MOST_BYTES) return false;
    try {
      const buffer = new ArrayBuffer(Math.ceil(bytes / PAGE) * PAGE);
      const u64 = new BigUint64Array(buffer);
      u64.set(this.u64);
      this.u32 = new Uint32Array(buffer);
      this.u64 = u64;
      this.buffer = buffer;
      return true;
    } catch {
      return false;
    }
  }
}
