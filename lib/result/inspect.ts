// result: how Node, Bun and Deno print what the library hands out: a line each.

/** The method that `console.log` asks for. */
export const INSPECT: unique symbol = Symbol.for("nodejs.util.inspect.custom");
