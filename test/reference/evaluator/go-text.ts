// Go's ways with text that show in a report: %q, byte order of UTF-8, JSON inside a message.

const NAMED_ESCAPES: Record<string, string> = {
  "\x07": "\\a",
  "\b": "\\b",
  "\f": "\\f",
  "\n": "\\n",
  "\r": "\\r",
  "\t": "\\t",
  "\v": "\\v",
  "\\": "\\\\",
  '"': '\\"',
};
const PRINTABLE = /^[\p{L}\p{M}\p{N}\p{P}\p{S} ]$/u;

/** A JSON decoder in Go turns half a surrogate pair into U+FFFD. */
export function wellFormed(text: string): string {
  return text.replace(/\p{Surrogate}/gu, "\ufffd");
}

export function goQuote(text: string): string {
  let out = "";
  for (const char of wellFormed(text)) out += quotedChar(char);
  return `"${out}"`;
}

/** %q of bytes that may not be UTF-8: a stray byte reads \xNN. */
export function goQuoteBytes(bytes: Uint8Array): string {
  let out = "";
  let at = 0;
  while (at < bytes.length) {
    const size = validSequence(bytes, at);
    if (size === 0) {
      out += `\\x${hex(bytes[at], 2)}`;
      at += 1;
    } else {
      out += quotedChar(Buffer.from(bytes.subarray(at, at + size)).toString("utf8"));
      at += size;
    }
  }
  return `"${out}"`;
}

function quotedChar(char: string): string {
  const named = NAMED_ESCAPES[char];
  if (named !== undefined) return named;
  if (PRINTABLE.test(char)) return char;
  const code = char.codePointAt(0)!;
  if (code < 0x20 || code === 0x7f) return `\\x${hex(code, 2)}`;
  return code < 0x10000 ? `\\u${hex(code, 4)}` : `\\U${hex(code, 8)}`;
}

function hex(code: number, digits: number): string {
  return code.toString(16).padStart(digits, "0");
}

function validSequence(bytes: Uint8Array, at: number): number {
  for (const size of [1, 2, 3, 4]) {
    const part = Buffer.from(bytes.subarray(at, at + size));
    if (part.length < size) return 0;
    const text = part.toString("utf8");
    if ([...text].length === 1 && Buffer.from(text, "utf8").equals(part)) return size;
  }
  return 0;
}

export function compareBytes(a: string, b: string): number {
  return Buffer.compare(Buffer.from(a, "utf8"), Buffer.from(b, "utf8"));
}

export function byteLength(text: string): number {
  return Buffer.byteLength(text, "utf8");
}

/** Go's json.Marshal of a list of strings: no blanks, HTML characters escaped; an empty one is nil here. */
export function goJsonList(texts: string[]): string {
  if (texts.length === 0) return "null";
  return JSON.stringify(texts.map(wellFormed)).replace(
    /[<>&\u2028\u2029]/g,
    (char) => `\\u${hex(char.charCodeAt(0), 4)}`,
  );
}

/** Go's %#v of a list of strings; an empty one is nil here. */
export function goSourceList(texts: string[]): string {
  return texts.length === 0 ? "[]string(nil)" : `[]string{${texts.map(goQuote).join(", ")}}`;
}

/** Go's strings.TrimSpace; String.prototype.trim takes U+FEFF off as well and leaves U+0085. */
export function trimSpace(text: string): string {
  return text.replace(/^\p{White_Space}+|\p{White_Space}+$/gu, "");
}
