// objects: what callers hand over beside objects -> a sentence where it is not what it has to be.

import { TopologyError } from "../errors.js";
import { typeName } from "./fields.js";

/** What was handed over, with its article. */
export const givenName = (value: unknown): string => (value === undefined ? "undefined" : typeName(value));

/** `path`: the argument's name. */
export function badArgument(path: string, sentence: string): TopologyError {
  return new TopologyError("BadArgument", sentence, path);
}

/** For a method that was taken off its object, as in `const { upsert } = matcher.nodes`; `call`: how it is called. */
export function detached(call: string): TopologyError {
  return badArgument("this", `a method was called without its object: call it as ${call}(...)`);
}

/** The items of an iterable. Text is none: it would be taken letter by letter. @throws TopologyError `BadArgument`. */
export function itemsOf<T>(items: Iterable<T>, path: string, call: string): T[] {
  const given = items as { readonly items?: unknown; readonly kind?: unknown } | null | undefined | string;
  if (typeof given === "object" && given !== null && Symbol.iterator in given) return Array.from(items);
  const list = typeof given === "object" && Array.isArray(given?.items);
  const what = list ? `a ${typeof given.kind === "string" ? given.kind : "List"}: give its items` : givenName(given);
  throw badArgument(path, `${call} takes a list or another iterable, but was given ${what}`);
}

/** @throws TopologyError `BadArgument` for a value that is no text. */
export function checkText(value: unknown, path: string, call: string): void {
  if (typeof value !== "string") throw badArgument(path, `${call} takes text, but was given ${givenName(value)}`);
}

/** Whether a value is one, of this realm or another. */
function isUint32Array(value: unknown): value is Uint32Array {
  if (value instanceof Uint32Array) return true;
  return ArrayBuffer.isView(value) && (value as Uint32Array)[Symbol.toStringTag] === "Uint32Array";
}

/** @throws TopologyError `BadArgument` for a value that is no Uint32Array. */
export function checkUint32Array(value: unknown, path: string, call: string): void {
  if (isUint32Array(value)) return;
  throw badArgument(path, `${call}: ${path} must be a Uint32Array, but is ${givenName(value)}`);
}

/** How many nodes are wanted. @throws TopologyError `BadArgument` for what is no count. */
export function checkLimit(limit: number): number {
  if (Number.isInteger(limit) && limit >= 0) return limit;
  throw badArgument("limit", `best: limit must be a whole number from 0 on, but is ${limit}`);
}

/** @throws TopologyError `BadArgument` where the counts of `ids` cannot be written into `counts`. */
export function checkBatch(ids: Uint32Array, counts: Uint32Array, path: string, call: string): void {
  checkUint32Array(ids, path, call);
  checkUint32Array(counts, "counts", call);
  if (counts.length < ids.length) {
    throw badArgument("counts", `${call}: counts has room for ${counts.length}, but there are ${ids.length} ${path}`);
  }
  const apart =
    ids.buffer !== counts.buffer ||
    ids.byteOffset + ids.byteLength <= counts.byteOffset ||
    counts.byteOffset + counts.byteLength <= ids.byteOffset;
  if (!apart) throw badArgument("counts", `${call}: counts lies in the memory of ${path}`);
}
