// Which engine runs where.

import { test } from "uvu";
import * as assert from "uvu/assert";
import { TopologyError } from "../lib/errors.js";
import { selectEngine, selectEngineSync } from "../lib/evaluate/select-engine.js";
import { wasmHex } from "../lib/evaluate/wasm-bytes.js";

const host = globalThis as unknown as { WebAssembly: { Module: new (bytes: Uint8Array) => object } };
const real = host.WebAssembly;

const isNoEngine = (error: unknown) => error instanceof TopologyError && error.code === "NoEngine";

/** Runs a body on a host whose WebAssembly has other parts, or is missing. */
async function on(parts: object | undefined, body: () => Promise<void>): Promise<void> {
  host.WebAssembly = (parts === undefined ? undefined : { ...parts }) as typeof real;
  try {
    await body();
  } finally {
    host.WebAssembly = real;
  }
}

test("on a host without WebAssembly the JavaScript engine stands in", () =>
  on(undefined, async () => {
    assert.is((await selectEngine()).kernels.name, "javascript");
    assert.is(selectEngineSync().kernels.name, "javascript");
  }));

test("a host that refuses to compile, for want of SIMD or by its security policy, gets the JavaScript engine", () => {
  const refuse = class {
    constructor() {
      throw new Error("invalid value type 's128'");
    }
  };
  const compile = () => Promise.reject(new Error("blocked by Content Security Policy"));
  return on({ Memory: refuse, Module: refuse, compile }, async () => {
    assert.is((await selectEngine()).kernels.name, "javascript");
    assert.is(selectEngineSync().kernels.name, "javascript");
  });
});

test("WASM asked for by name is never replaced silently", () =>
  on(undefined, async () => {
    assert.throws(() => selectEngineSync("wasm"), isNoEngine);
    try {
      await selectEngine("wasm");
      assert.unreachable();
    } catch (error) {
      assert.ok(isNoEngine(error));
      assert.match((error as Error).message, "this host has no WebAssembly");
    }
  }));

test("WASM runs where it can", async () => {
  assert.is((await selectEngine()).kernels.name, "wasm");
  assert.is((await selectEngine("wasm")).kernels.name, "wasm");
  assert.is(selectEngineSync().kernels.name, "wasm");
});

test("JavaScript runs where it is asked for", async () => {
  assert.is((await selectEngine("javascript")).kernels.name, "javascript");
  assert.is(selectEngineSync("javascript").kernels.name, "javascript");
});

test("a module that the host compiled is the one that runs", async () => {
  const module = new real.Module(Buffer.from(wasmHex, "hex"));
  for (const engine of [await selectEngine(undefined, module), selectEngineSync("wasm", module)]) {
    assert.is(engine.kernels.name, "wasm");
    new Uint32Array(engine.memory.buffer).fill(3, engine.base / 4, engine.base / 4 + 16);
    assert.is(engine.kernels.count(engine.base, 64), 32);
  }
});

test("another module is refused", () => {
  const empty = new real.Module(Uint8Array.of(0, 97, 115, 109, 1, 0, 0, 0));
  assert.throws(() => selectEngineSync(undefined, empty), isNoEngine);
  assert.throws(() => selectEngineSync(undefined, {}), isNoEngine);
});

test("engines share no memory", async () => {
  const [one, other] = [await selectEngine(), await selectEngine()];
  assert.is(one.memory.grow(1 << 20), true);
  assert.is(one.memory.grow(1 << 16), true);
  assert.is(other.memory.buffer.byteLength, 65536);
  assert.is(one.memory.grow(2 ** 33), false);
});

test.run();
