// intern: the usual form of a UUID (36 characters, lower case) <-> its 16 bytes, as four words.

export const UUID_LENGTH = 36;
export const UUID_WORDS = 4;

/** What is no digit has a bit that no digit has. */
const WRONG = 0x10;
const DIGITS = new Uint8Array(128).fill(WRONG);
for (let digit = 0; digit < 16; digit++) DIGITS[digit.toString(16).charCodeAt(0)] = digit;

/** All that was read since `wrong` was 0. */
let wrong = 0;

/** The number of four digits. */
function fourDigits(text: string, at: number): number {
  const [a, b] = [text.charCodeAt(at), text.charCodeAt(at + 1)];
  const [c, d] = [text.charCodeAt(at + 2), text.charCodeAt(at + 3)];
  const high = (DIGITS[a & 127] << 8) | DIGITS[b & 127];
  const low = (DIGITS[c & 127] << 8) | DIGITS[d & 127];
  wrong |= ((a | b | c | d) >>> 7) | ((high | low) & ((WRONG << 8) | WRONG));
  return ((high & 0xf00) << 4) | ((high & 0xf) << 8) | ((low & 0xf00) >>> 4) | (low & 0xf);
}

/** Writes the words of a text of UUID_LENGTH; false where it is no UUID, and what was written means nothing. */
export function writeUuid(text: string, words: Uint32Array, at: number): boolean {
  const dashes = text.charCodeAt(8) | (text.charCodeAt(13) << 8) | (text.charCodeAt(18) << 16);
  if (dashes !== 0x2d2d2d || text.charCodeAt(23) !== 0x2d) return false;
  wrong = 0;
  words[at] = (fourDigits(text, 0) << 16) | fourDigits(text, 4);
  words[at + 1] = (fourDigits(text, 9) << 16) | fourDigits(text, 14);
  words[at + 2] = (fourDigits(text, 19) << 16) | fourDigits(text, 24);
  words[at + 3] = (fourDigits(text, 28) << 16) | fourDigits(text, 32);
  return wrong === 0;
}

export function readUuid(words: Uint32Array, at: number): string {
  let digits = "";
  for (let i = 0; i < UUID_WORDS; i++) digits += words[at + i].toString(16).padStart(8, "0");
  return [0, 8, 12, 16, 20].map((from, i, starts) => digits.slice(from, starts[i + 1])).join("-");
}
