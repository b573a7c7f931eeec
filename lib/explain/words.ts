// explain: counts and texts of others, as sentences have them.

import { counted } from "../objects/sentence.js";

export { counted } from "../objects/sentence.js";

/** `1 node has`, `2 nodes have`. */
export function nodesText(count: number, one: string, more: string): string {
  return `${counted(count, "node")} ${count === 1 ? one : more}`;
}

/** A text as it is, in quotes where it would be read wrongly without. */
export function quoted(text: string): string {
  return text === "" || /[\s,"\\\][]/.test(text) ? JSON.stringify(text) : text;
}

/** `; is it a, b or c?`; empty without names. */
export function offered(names: readonly string[], what = "is it"): string {
  if (names.length === 0) return "";
  const all = names.length === 1 ? names[0] : `${names.slice(0, -1).join(", ")} or ${names.at(-1)}`;
  return `; ${what} ${all}?`;
}
