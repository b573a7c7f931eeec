// cli: what ends a run with status 2, and text of others made fit for one line of a terminal.

/** Where an object was read. */
export interface Origin {
  readonly file: string;
  /** Counted from 1 in its file. */
  readonly document: number;
  /** The place inside a list, such as `items[3]`; empty for a document that is no list. */
  readonly item: string;
  /** Where in the file it begins, counted from 1; an item of a list in YAML where its document does. */
  readonly line: number;
}

/** A mistake in the command line or in what was to be read: one sentence. */
export class Failure extends Error {
  override readonly name: string = "Failure";
}

/** A mistake in the command line; where it is told, the command's help is named. */
export class UsageFailure extends Failure {
  override readonly name = "UsageFailure";
}

export class InputFailure extends Failure {
  constructor(origin: Origin, sentence: string) {
    super(`${where(origin)}: ${sentence}`);
  }
}

export function where({ document, file, item }: Origin): string {
  return `${file}: document ${document}${item === "" ? "" : `, ${item}`}`;
}

// Control characters, and those that turn the direction of a line of text.
const UNPRINTABLE = /[\p{Cc}\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu;

/** The text with what could break or forge a line written as `\uXXXX`. */
export function printable(text: string): string {
  return text.replace(UNPRINTABLE, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`);
}

/** `1 object`, `2 objects`; counts with thousands separators. */
export function counted(count: number, one: string, more = `${one}s`): string {
  return `${count.toLocaleString("en")} ${count === 1 ? one : more}`;
}
