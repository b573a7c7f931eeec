// cli: a text that is no JSON -> where and why. JSON.parse's own words quote the text, which may be a Secret's.

export interface JsonFault {
  readonly offset: number;
  readonly sentence: string;
}

const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const ESCAPE = /\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y;
const [SPACE, QUOTE, BACKSLASH] = [32, 34, 92];
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

  const takeString = (): boolean => {
    const end = endOfString(text, at);
    if (end > 0) at = end;
    return end > 0;
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
      if (!takeString())
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
      if (!takeString() && !take(NUMBER) && !take(LITERAL)) {
        return fault(character === '"' ? "the text in quotes is malformed" : "a value is missing");
      }
      expected = "end";
      mayClose = false;
    }
  }
}

/** The offset behind the string that begins here; 0 where none does. */
function endOfString(text: string, start: number): number {
  if (text[start] !== '"') return 0;
  for (let at = start + 1; at < text.length; ) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) return at + 1;
    if (code < SPACE) return 0;
    if (code === BACKSLASH) {
      ESCAPE.lastIndex = at;
      if (!ESCAPE.test(text)) return 0;
      at = ESCAPE.lastIndex;
    } else at++;
  }
  return 0;
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
