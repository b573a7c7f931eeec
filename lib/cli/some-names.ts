// cli: a set of names -> the first few of them, and how many more there are.

import { compareUtf8 } from "../objects/utf8.js";

/** `a, b, c and 4,987 more`. */
export function someNames(names: Iterable<string>, size: number, most: number): string {
  const shown = firstByName(names, most);
  const more = size - shown.length;
  return `${shown.join(", ")}${more > 0 ? ` and ${more.toLocaleString("en")} more` : ""}`;
}

/** The first few names, without sorting the others. */
function firstByName(names: Iterable<string>, most: number): string[] {
  const first: string[] = [];
  for (const name of names) {
    if (first.length === most && compareUtf8(name, first[most - 1]) >= 0) continue;
    first.push(name);
    first.sort(compareUtf8);
    first.length = Math.min(first.length, most);
  }
  return first;
}
