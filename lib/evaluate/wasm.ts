// evaluate: the bytes of the WASM module -> an engine with a memory of its own.

import { instantiateSync } from "@assemblyscript/loader";
import type { Engine, Kernels, LinearMemory } from "./engine.js";
import { wasmHex } from "./wasm-bytes.js";
import type { WasmMemory } from "./web-assembly.js";
import { webAssembly } from "./web-assembly.js";

const PAGE = 65536;
const MOST_PAGES = 65536;

type Exports = Record<string, unknown> & Omit<Kernels, "name"> & { readonly base: { readonly value: number } };

// A module is code without state: one compilation serves every engine of the process.
let compiled: object | undefined;

/**
 * An engine over a fresh memory. `module` is a compiled topomatch.wasm for hosts that bar compiling bytes.
 * @throws Error where the host has no WebAssembly, refuses SIMD or refuses the memory.
 */
export async function createWasmEngine(module?: object): Promise<Engine> {
  if (module === undefined) compiled ??= await compile(decode(wasmHex));
  return wasmEngine((module ?? compiled)!, newMemory());
}

/** The same at once; browsers refuse it on the main thread for all but small modules. */
export function createWasmEngineSync(module?: object): Engine {
  if (module === undefined) compiled ??= new (webAssembly().Module)(decode(wasmHex));
  return wasmEngine((module ?? compiled)!, newMemory());
}

/** Five kilobytes are compiled sooner than a promise is kept; browsers that bar it on the main thread are asked to wait. */
async function compile(bytes: Uint8Array): Promise<object> {
  const host = webAssembly();
  try {
    return new host.Module(bytes);
  } catch {
    return host.compile(bytes);
  }
}

function newMemory(): WasmMemory {
  return new (webAssembly().Memory)({ initial: 1, maximum: MOST_PAGES });
}

/** An engine of a compiled module over a memory that nothing else is in. */
export function wasmEngine(module: object, memory: WasmMemory): Engine {
  // The loader's own asynchronous way looks at the global `Response`, for which Node loads its HTTP client: 16 ms. Its
  // `exports` wrap each function; those of the instance do not, which spares a call 15 ns where two engines are in use.
  const { instance } = instantiateSync(module, { env: { memory } });
  const exports = instance.exports as Exports;
  const { and, or, andNot, count, andCount, andInto, list, run } = exports;
  const { atLeast64, atLeast32, countEach } = exports;
  const functions = {
    and,
    or,
    andNot,
    count,
    andCount,
    andInto,
    list,
    run,
    atLeast64,
    atLeast32,
    countEach,
  };
  if (Object.values(functions).some((kernel) => typeof kernel !== "function")) {
    throw new Error("the module is not this version's topomatch.wasm");
  }
  const base = Math.ceil((exports.base.value >>> 0) / 64) * 64;
  return { kernels: { name: "wasm", ...functions }, memory: new GrowingMemory(memory), base };
}

class GrowingMemory implements LinearMemory {
  readonly #memory: WasmMemory;

  constructor(memory: WasmMemory) {
    this.#memory = memory;
  }

  get buffer(): ArrayBufferLike {
    return this.#memory.buffer;
  }

  grow(bytes: number): boolean {
    const missing = Math.ceil((bytes - this.#memory.buffer.byteLength) / PAGE);
    if (missing <= 0) return true;
    try {
      this.#memory.grow(missing);
      return true;
    } catch {
      return false;
    }
  }
}

/** Two digits a byte. */
export function decode(hex: string): Uint8Array {
  const bytes = new Uint8Array(hex.length / 2);
  for (let i = 0; i < bytes.length; i++) bytes[i] = digit(hex, 2 * i) * 16 + digit(hex, 2 * i + 1);
  return bytes;
}

function digit(hex: string, at: number): number {
  const code = hex.charCodeAt(at);
  return code < 58 ? code - 48 : code - 87;
}
