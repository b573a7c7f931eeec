// evaluate: the part of the WebAssembly API that we call. Its types live in the DOM library, which we do without.

export interface WasmMemory {
  readonly buffer: ArrayBufferLike;
  grow(pages: number): number;
}

interface WebAssemblyApi {
  readonly Memory: new (limits: { initial: number; maximum: number; shared?: boolean }) => WasmMemory;
  readonly Module: new (bytes: Uint8Array) => object;
  compile(bytes: Uint8Array): Promise<object>;
}

/** The host's WebAssembly. @throws Error where there is none. */
export function webAssembly(): WebAssemblyApi {
  const api = (globalThis as { WebAssembly?: WebAssemblyApi }).WebAssembly;
  if (api === undefined) throw new Error("this host has no WebAssembly");
  return api;
}
