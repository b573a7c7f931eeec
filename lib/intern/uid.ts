// intern: uids <-> four tokens. The usual form of a UUID (36 characters, lower case) stands for itself; any other text
// is a string's id with three tokens that mark it. Four zeros are no uid, and the empty text stands for as little.

import type { Strings } from "./strings.js";
import { EMPTY_TEXT } from "./strings.js";

/** Tokens of a uid. */
export const UID_WIDTH = 4;

const UUID_LENGTH = 36;
const DASH = 45;
/** What stands behind the id of a text that is no UUID. */
const OTHER = 0xffff_ffff;

/** What is no digit has a bit that no digit has. */
const WRONG = 0x10;
const DIGITS = new Uint8Array(128).fill(WRONG);
for (let digit = 0; digit < 16; digit++) DIGITS[digit.toString(16).charCodeAt(0)] = digit;

/** Gathers what was wrong with the digits that were read. */
let wrong = 0;

/** Writes the tokens of a text. */
export function writeUid(text: string, tokens: Uint32Array, at: number, strings: Strings): void {
  if (text.length === UUID_LENGTH && writeUuid(text, tokens, at)) return;
  tokens[at] = strings.internRare(text);
  tokens.fill(OTHER, at + 1, at + UID_WIDTH);
}

export function readUid(tokens: Uint32Array, at: number, strings: Strings): string {
  if (isOther(tokens, at)) return strings.get(tokens[at]);
  let digits = "";
  for (let i = 0; i < UID_WIDTH; i++) digits += tokens[at + i].toString(16).padStart(8, "0");
  return [0, 8, 12, 16, 20].map((from, i, starts) => digits.slice(from, starts[i + 1])).join("-");
}

/** The string id that a uid holds, or 0. */
export function stringOfUid(tokens: Uint32Array, at: number): number {
  return isOther(tokens, at) ? tokens[at] : 0;
}

/** Whether there is a text, be it empty. */
export function isWritten(tokens: Uint32Array, at: number): boolean {
  return (tokens[at] | tokens[at + 1] | tokens[at + 2] | tokens[at + 3]) !== 0;
}

/** Whether there is a uid. */
export function hasUid(tokens: Uint32Array, at: number): boolean {
  return isWritten(tokens, at) && !(isOther(tokens, at) && tokens[at] === EMPTY_TEXT);
}

/** Whether two uids are equal; none equals none. */
export function sameUid(a: Uint32Array, atA: number, b: Uint32Array, atB: number): boolean {
  if (!hasUid(a, atA)) return !hasUid(b, atB);
  for (let i = 0; i < UID_WIDTH; i++) if (a[atA + i] !== b[atB + i]) return false;
  return true;
}

function isOther(tokens: Uint32Array, at: number): boolean {
  return (tokens[at + 1] & tokens[at + 2] & tokens[at + 3]) >>> 0 === OTHER;
}

/** False where the text is no UUID, or one that would stand for something else; what was written means nothing then. */
function writeUuid(text: string, tokens: Uint32Array, at: number): boolean {
  const dashes = text.charCodeAt(8) | (text.charCodeAt(13) << 8) | (text.charCodeAt(18) << 16);
  if (dashes !== DASH * 0x10101 || text.charCodeAt(23) !== DASH) return false;
  wrong = 0;
  tokens[at] = (fourDigits(text, 0) << 16) | fourDigits(text, 4);
  tokens[at + 1] = (fourDigits(text, 9) << 16) | fourDigits(text, 14);
  tokens[at + 2] = (fourDigits(text, 19) << 16) | fourDigits(text, 24);
  tokens[at + 3] = (fourDigits(text, 28) << 16) | fourDigits(text, 32);
  return wrong === 0 && isWritten(tokens, at) && !isOther(tokens, at);
}

/** The number of four digits. */
function fourDigits(text: string, at: number): number {
  const a = text.charCodeAt(at);
  const b = text.charCodeAt(at + 1);
  const c = text.charCodeAt(at + 2);
  const d = text.charCodeAt(at + 3);
  const high = (DIGITS[a & 127] << 8) | DIGITS[b & 127];
  const low = (DIGITS[c & 127] << 8) | DIGITS[d & 127];
  wrong |= ((a | b | c | d) >>> 7) | ((high | low) & (WRONG * 0x101));
  return ((high & 0xf00) << 4) | ((high & 0xf) << 8) | ((low & 0xf00) >>> 4) | (low & 0xf);
}
