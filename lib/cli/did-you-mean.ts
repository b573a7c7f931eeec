// cli: a word that is not known -> the end of a sentence, which offers the known words that may have been meant.

import { nearest, suggesting } from "../objects/nearest.js";

export { editDistance, nearest, suggesting } from "../objects/nearest.js";

/** `; did you mean X?` for a sentence's end; empty where no word is near. */
export function didYouMean(word: string, known: Iterable<string>): string {
  return suggesting(nearest(word, known, 1));
}
