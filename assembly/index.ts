// The kernels. Integers and addresses only; lib/evaluate/engine.ts says what each one does.

export { countEach } from "./batch";
export { and, andNot, count, or } from "./bitset";
export { atLeast32, atLeast64 } from "./compare";
export { andCount, andInto } from "./counting";
export { list } from "./list";
export { run } from "./program";

/** The first byte that the module does not use. */
export const base: usize = __heap_base;
