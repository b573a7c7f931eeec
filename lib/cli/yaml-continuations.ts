// cli: YAML whose quoted text or brackets go on at the column of their key, or further left -> the same with those lines
// moved to the right. kubectl reads such files; the parser follows YAML 1.2, which wants the lines indented. Blanks at the
// start of such a line mean nothing.

import type { Lexer } from "yaml";

const MARKER = /^(?:---|\.\.\.)(?:[ \t\r\n]|$)/;
/** No line is moved further, however far to the right its quote or bracket opens. */
const MAX_COLUMN = 1000;
const NOT_BLANK = /[^ \r\n]/;

/** The same text where nothing is to be moved. Lines stay what they are in number. */
export function indentContinuations(text: string, lexer: Lexer): string {
  const scanner = new Scanner(lexer);
  const lines = text.split(/(?<=\n)/);
  let moved = "";
  for (let i = 0; i < lines.length; ) {
    const count = scanner.linesAt(lines, i);
    const blanks = " ".repeat(scanner.column);
    const taken = lines.slice(i, i + count);
    const piece = taken.map((line) => (scanner.isInside && !MARKER.test(line) ? blanks + line : line)).join("");
    moved += piece;
    scanner.read(piece);
    i += count;
  }
  return moved;
}

/** Follows the lexer. What it was given and has not handed over begins a scalar. */
class Scanner {
  /** Where the outermost bracket or the quote opens. */
  column = 0;
  /** The quote of the text that the next line goes on with; "" where it does not. */
  #quote = "";
  #pending = "";
  #depth = 0;
  #isBlockScalar = false;
  /** The last line ended in the head of a block scalar. */
  #isBlockHead = false;

  constructor(readonly lexer: Lexer) {}

  /** Whether the next line goes on with a quoted text, or stands in brackets. */
  get isInside(): boolean {
    return this.#depth > 0 || this.#quote !== "";
  }

  /** How many lines can be read at once: the lexer begins a scalar anew each time. */
  linesAt(lines: readonly string[], start: number): number {
    let end = start;
    if (this.#quote !== "") {
      while (end < lines.length && !MARKER.test(lines[end]) && !closes(lines[end], this.#quote)) end++;
      return Math.min(end + 1, lines.length) - start;
    }
    if (!this.#isBlockHead) return 1;
    this.#isBlockHead = false;
    while (end < lines.length && !NOT_BLANK.test(lines[end])) end++;
    const indent = end < lines.length ? lines[end].search(NOT_BLANK) : 0;
    if (indent > 0) while (end < lines.length && isIndented(lines[end], indent)) end++;
    return Math.max(1, end - start);
  }

  read(piece: string): void {
    const wasInside = this.isInside;
    this.#pending += piece;
    for (const token of this.lexer.lex(piece, true)) this.#take(token, piece.length);
    const scalar = this.#pending.trimStart();
    this.#quote = !this.#isBlockScalar && (scalar[0] === '"' || scalar[0] === "'") ? scalar[0] : "";
    if (!wasInside && this.#depth === 0 && this.#quote !== "") this.#openAt(piece.length - scalar.length);
  }

  #take(token: string, length: number): void {
    // Control characters stand for no text.
    if (!this.#pending.startsWith(token)) return;
    const column = length - this.#pending.length;
    this.#pending = this.#pending.slice(token.length);
    if (token === "{" || token === "[") {
      if (this.#depth++ === 0) this.#openAt(column);
    } else if (token === "}" || token === "]") this.#depth = Math.max(0, this.#depth - 1);
    if (token.trim() === "") return;
    this.#isBlockScalar = /^[|>]/.test(token);
    this.#isBlockHead = this.#isBlockScalar;
  }

  #openAt(column: number): void {
    this.column = Math.min(Math.max(0, column), MAX_COLUMN);
  }
}

function isIndented(line: string, indent: number): boolean {
  const first = line.search(NOT_BLANK);
  return first < 0 || first >= indent;
}

/** Whether a quoted text that goes on in a line ends in it. */
function closes(line: string, quote: string): boolean {
  for (let i = 0; i < line.length; i++) {
    if (quote === '"' && line[i] === "\\") i++;
    else if (line[i] === quote) {
      if (quote === '"' || line[i + 1] !== quote) return true;
      i++;
    }
  }
  return false;
}
