// objects: a word that is not known -> the known words that may have been meant.

/**
 * The known words that are at most a third of their letters away from a word or begin with it, the nearest first. Upper
 * and lower case are alike. O(letters of the word x letters of all known words).
 */
export function nearest(word: string, known: Iterable<string>, most: number): string[] {
  const wanted = word.toLowerCase();
  const near: { readonly candidate: string; readonly distance: number; readonly shared: number }[] = [];
  for (const candidate of new Set(known)) {
    const offered = candidate.toLowerCase();
    const limit = Math.max(1, Math.floor(Math.min(wanted.length, offered.length) / 3));
    const begins = wanted.length > 1 && offered.startsWith(wanted);
    if (!begins && Math.abs(wanted.length - offered.length) > limit) continue;
    const edits = editDistance(wanted, offered);
    const distance = begins ? Math.min(edits, limit) : edits;
    if (distance <= limit) near.push({ candidate, distance, shared: sharedStart(wanted, offered) });
  }
  near.sort((a, b) => a.distance - b.distance || b.shared - a.shared || (a.candidate < b.candidate ? -1 : 1));
  return near.slice(0, most).map(({ candidate }) => candidate);
}

/** `; did you mean X, Y or Z?` for a sentence's end; empty without words. */
export function suggesting(words: readonly string[]): string {
  if (words.length === 0) return "";
  const all = words.length === 1 ? words[0] : `${words.slice(0, -1).join(", ")} or ${words.at(-1)}`;
  return `; did you mean ${all}?`;
}

/** How many letters have to be put in, left out, exchanged, or swapped with their neighbour. */
export function editDistance(a: string, b: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const exchanged = last[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1);
      row[j] = Math.min(exchanged, last[j] + 1, row[j - 1] + 1);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
        row[j] = Math.min(row[j], beforeLast[j - 2] + 1);
      }
    }
    [beforeLast, last] = [last, row];
  }
  return last[b.length];
}

function sharedStart(a: string, b: string): number {
  let length = 0;
  while (length < a.length && a[length] === b[length]) length++;
  return length;
}
