// cli: a text that is no JSON -> where and why. JSON.parse's own words quote the text, which may be a Secret's.

export interface JsonFault {
  readonly offset: number;
  readonly sentence: string;
}

const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
// biome-ignore lint/suspicious/noControlCharactersInRegex: JSON strings must not hold them.
const STRING = /"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/y;
const LITERAL = /true|false|null/y;
const BLANK = /[ \t\r\n]*/y;

/** The first fault of a text that JSON.parse refused. */
export function findJsonFault(text: string): JsonFault {
  const closers: string[] = [];
  let at = 0;
  /** What may come next: a value, a key, or what follows a value. */
  let expected: "value" | "key" | "end" = "value";
  let mayClose = false;

  const fault = (sentence: string): JsonFault => ({ offset: at, sentence });
  const take = (pattern: RegExp): boolean => {
    pattern.lastIndex = at;
    const found = pattern.test(text);
    if (found) at = pattern.lastIndex;
    return found;
  };

  for (;;) {
    take(BLANK);
    const character = text[at];
    if (character === undefined) {
      if (expected === "end" && closers.length === 0) return fault("is no JSON");
      return fault(closers.length > 0 ? `the text ends where ${closers.at(-1)} is missing` : "the text ends too early");
    }
    const closer = closers.at(-1);
    if (character === closer && (expected === "end" || mayClose)) {
      at++;
      closers.pop();
      expected = "end";
      mayClose = false;
    } else if (expected === "end") {
      if (character !== "," || closer === undefined)
        return fault(closer === undefined ? "more text follows" : missing(closer));
      at++;
      expected = closer === "}" ? "key" : "value";
      mayClose = false;
    } else if (expected === "key") {
      if (!take(STRING))
        return fault(character === '"' ? "the text in quotes is malformed" : "a key in double quotes is missing");
      take(BLANK);
      if (text[at] !== ":") return fault("a colon is missing");
      at++;
      expected = "value";
      mayClose = false;
    } else if (character === "{" || character === "[") {
      at++;
      closers.push(character === "{" ? "}" : "]");
      expected = character === "{" ? "key" : "value";
      mayClose = true;
    } else {
      if (!take(STRING) && !take(NUMBER) && !take(LITERAL)) {
        return fault(character === '"' ? "the text in quotes is malformed" : "a value is missing");
      }
      expected = "end";
      mayClose = false;
    }
  }
}

function missing(closer: string): string {
  return `a comma or ${closer} is missing`;
}

/** The number of a line, counted from 0, that an offset lies in. */
export function lineOf(text: string, offset: number): number {
  let line = 0;
  for (let at = text.indexOf("\n"); at >= 0 && at < offset; at = text.indexOf("\n", at + 1)) line++;
  return line;
}
