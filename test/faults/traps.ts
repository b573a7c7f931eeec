// An engine whose k-th call of a kernel traps, as WebAssembly does where it must not go on.

import type { Engine, Kernels } from "../../lib/evaluate/engine.js";
import type { Outcome } from "./allocations.js";

let armed = false;
let called = 0;
let trapping = 0;
let forEver = false;

const { RuntimeError } = (globalThis as unknown as { WebAssembly: { RuntimeError: new (text: string) => Error } })
  .WebAssembly;

/** The engine with kernels that trap when `withTrap` says so. */
export function trappingEngine(engine: Engine): Engine {
  const kernels = Object.entries(engine.kernels).map(([name, kernel]) => {
    if (typeof kernel !== "function") return [name, kernel];
    const trapped = (...given: number[]): unknown => {
      if (armed && ++called >= trapping && (forEver || called === trapping)) throw new RuntimeError("unreachable");
      return (kernel as (...given: number[]) => unknown)(...given);
    };
    return [name, trapped];
  });
  return { ...engine, kernels: Object.fromEntries(kernels) as Kernels };
}

/** Does `work` with its k-th call of a kernel trapping: once, or from there on. */
export function withTrap(k: number, always: boolean, work: () => void): Outcome {
  called = 0;
  trapping = k;
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
  return { error, reached: called >= k, allocations: called };
}
