// report: text of objects made fit for one line: nothing in it ends a line, or turns its direction.

import { wellFormed } from "../objects/go-quote.js";

// Control characters, and those that turn the direction of a line of text.
const UNPRINTABLE = /[\p{Cc}\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu;

/** The text with what could break or forge a line written as `\uXXXX`. */
export function printable(text: string): string {
  return wellFormed(text).replace(
    UNPRINTABLE,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}
