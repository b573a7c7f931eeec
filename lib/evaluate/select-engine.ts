// evaluate: the engine that was asked for, or the best one that this host can run.

import { TopologyError } from "../errors.js";
import type { Engine, EngineName } from "./engine.js";
import { createJavascriptEngine } from "./javascript.js";
import { createWasmEngine, createWasmEngineSync } from "./wasm.js";

/**
 * WASM where it runs, else JavaScript. `module` is a compiled topomatch.wasm.
 * @throws TopologyError `NoEngine` where WASM was asked for, by name or by a module, and cannot run.
 */
export async function selectEngine(name?: EngineName, module?: object): Promise<Engine> {
  if (name === "javascript") return createJavascriptEngine();
  try {
    return await createWasmEngine(module);
  } catch (cause) {
    return fallBack(name, module, cause);
  }
}

/** The same at once. */
export function selectEngineSync(name?: EngineName, module?: object): Engine {
  if (name === "javascript") return createJavascriptEngine();
  try {
    return createWasmEngineSync(module);
  } catch (cause) {
    return fallBack(name, module, cause);
  }
}

function fallBack(name: EngineName | undefined, module: object | undefined, cause: unknown): Engine {
  // Whoever hands over a module wants it run: a wrong one must not go unseen.
  if (name === undefined && module === undefined) return createJavascriptEngine();
  const reason = cause instanceof Error ? cause.message : String(cause);
  throw new TopologyError("NoEngine", `the wasm engine cannot run here: ${reason}`);
}
