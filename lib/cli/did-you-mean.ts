// cli: a word that is not known -> the end of a sentence, which offers the known words that may have been meant.

import { nearest } from "../objects/nearest.js";

export { editDistance, nearest } from "../objects/nearest.js";

/** `; did you mean X?` for a sentence's end; empty where no word is near. */
export function didYouMean(word: string, known: Iterable<string>): string {
  return suggesting(nearest(word, known, 1));
}

/** `; did you mean X, Y or Z?`; empty without words. */
export function suggesting(words: readonly string[]): string {
  if (words.length === 0) return "";
  const all = words.length === 1 ? words[0] : `${words.slice(0, -1).join(", ")} or ${words.at(-1)}`;
  return `; did you mean ${all}?`;
}
