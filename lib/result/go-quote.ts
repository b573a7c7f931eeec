// result: any text -> the text in double quotes as Go's %q writes it.

const PLAIN = /^[ !#-[\]-~]*$/;
const PRINTABLE = /[\p{L}\p{M}\p{N}\p{P}\p{S}]/u;
const ESCAPES = new Map([
  ["\u0007", "\\a"],
  ["\b", "\\b"],
  ["\f", "\\f"],
  ["\n", "\\n"],
  ["\r", "\\r"],
  ["\t", "\\t"],
  ["\v", "\\v"],
  ["\\", "\\\\"],
  ['"', '\\"'],
]);

/** Quotes the text; a lone surrogate, which Go cannot hold, becomes U+FFFD. */
export function goQuote(text: string): string {
  if (PLAIN.test(text)) return `"${text}"`;
  let quoted = '"';
  for (const character of wellFormed(text)) quoted += ESCAPES.get(character) ?? escaped(character);
  return `${quoted}"`;
}

/** The text with U+FFFD for each lone surrogate, as Go's JSON decoder leaves it. */
export function wellFormed(text: string): string {
  return text.replace(/\p{Surrogate}/gu, "\ufffd");
}

function escaped(character: string): string {
  const code = character.codePointAt(0)!;
  if ((code >= 0x20 && code < 0x7f) || PRINTABLE.test(character)) return character;
  const digits = code.toString(16);
  if (code < 0x80) return `\\x${digits.padStart(2, "0")}`;
  return code < 0x10000 ? `\\u${digits.padStart(4, "0")}` : `\\U${digits.padStart(8, "0")}`;
}
