// cli: YAML whose quoted text or brackets go on at the column of their key, or further left -> the same with those lines
// moved to the right. kubectl reads such files; the parser follows YAML 1.2, which wants the lines indented. Blanks at the
// start of such a line mean nothing.

import type { Lexer } from "yaml";

const MARKER = /^(?:---|\.\.\.)(?:[ \t\r\n]|$)/;
/** No line is moved further, however far to the right its quote or bracket opens. */
const MAX_COLUMN = 1000;

/** The same text where nothing is to be moved. Lines stay what they are in number. */
export function indentContinuations(text: string, lexer: Lexer): string {
  const scanner = new Scanner();
  let moved = "";
  for (const line of text.split(/(?<=\n)/)) {
    const blanks = scanner.isInside && !MARKER.test(line) ? " ".repeat(scanner.column) : "";
    moved += blanks + line;
    scanner.read(blanks + line, lexer);
  }
  return moved;
}

/** Follows the lexer line by line. What it was given and has not handed over begins a scalar. */
class Scanner {
  /** Where the outermost bracket or the quote opens. */
  column = 0;
  #pending = "";
  #depth = 0;
  #isBlockScalar = false;

  /** Whether the next line goes on with a quoted text, or stands in brackets. */
  get isInside(): boolean {
    return this.#depth > 0 || this.#isInQuotes;
  }

  get #isInQuotes(): boolean {
    const [first] = this.#pending.trimStart();
    return !this.#isBlockScalar && (first === '"' || first === "'");
  }

  read(line: string, lexer: Lexer): void {
    const wasInside = this.isInside;
    this.#pending += line;
    for (const token of lexer.lex(line, true)) this.#take(token, line.length);
    if (!wasInside && this.#depth === 0 && this.#isInQuotes) {
      this.#openAt(line.length - this.#pending.trimStart().length);
    }
  }

  #take(token: string, lineLength: number): void {
    // Control characters stand for no text.
    if (!this.#pending.startsWith(token)) return;
    const column = lineLength - this.#pending.length;
    this.#pending = this.#pending.slice(token.length);
    if (token === "{" || token === "[") {
      if (this.#depth++ === 0) this.#openAt(column);
    } else if (token === "}" || token === "]") this.#depth = Math.max(0, this.#depth - 1);
    if (token.trim() !== "") this.#isBlockScalar = /^[|>]/.test(token);
  }

  #openAt(column: number): void {
    this.column = Math.min(Math.max(0, column), MAX_COLUMN);
  }
}
