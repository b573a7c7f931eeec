// intern: short numbers and quantities as they are written <-> tokens that need no string.
//
//   numeral:   top bit, number                      "103562931"
//   quantity:  top bit, suffix (4 bits), number     "152Gi"

import type { Strings } from "./strings.js";

/** The top bit of a token that stands for itself. */
const ITSELF = 0x8000_0000;
const ZERO = 48;
const LOWER_I = 105;
const NUMBER_BITS = 27;
const NUMBER_MASK = (1 << NUMBER_BITS) - 1;

const SUFFIXES = ["", "n", "u", "m", "k", "M", "G", "T", "P", "E", "Ki", "Mi", "Gi", "Ti", "Pi", "Ei"];
/** What each suffix multiplies by; what divides is 0. */
const FACTORS = [1, 0, 0, 0, 1e3, 1e6, 1e9, 1e12, 1e15, 1e18, ...[1, 2, 3, 4, 5, 6].map((power) => 1024 ** power)];
const MILLI = SUFFIXES.indexOf("m");
/** By the code of a suffix's first letter: its place among those of one letter, and of two. */
const [ONE_LETTER, TWO_LETTERS] = [1, 2].map((length) => {
  const places = new Uint8Array(128);
  for (const [place, suffix] of SUFFIXES.entries()) {
    if (suffix.length === length) places[suffix.charCodeAt(0)] = place;
  }
  return places;
});

/** Whether a token is a string's id. */
export const isString = (token: number): boolean => token < ITSELF;

/** The token of text of one to nine digits without a leading zero; 0 for other text. */
export function numeralToken(text: string): number {
  const { length } = text;
  if (length === 0 || length > 9) return 0;
  let number = 0;
  for (let i = 0; i < length; i++) {
    const digit = text.charCodeAt(i) - ZERO;
    if (digit < 0 || digit > 9 || (number === 0 && i > 0)) return 0;
    number = number * 10 + digit;
  }
  return ITSELF + number;
}

export function numeralText(token: number, strings: Strings): string {
  return token < ITSELF ? strings.get(token) : String(token - ITSELF);
}

/** The token of a quantity that is a small integer with or without a suffix; 0 for other text. */
export function quantityToken(text: string): number {
  const { length } = text;
  let number = 0;
  let i = 0;
  for (; i < length; i++) {
    const digit = text.charCodeAt(i) - ZERO;
    if (digit < 0 || digit > 9) break;
    if (i > 0 && number === 0) return 0;
    number = number * 10 + digit;
    if (number > NUMBER_MASK) return 0;
  }
  if (i === 0) return 0;
  const suffix = i === length ? 0 : suffixAt(text, i);
  return suffix < 0 ? 0 : (ITSELF | (suffix << NUMBER_BITS) | number) >>> 0;
}

/** The place among the suffixes of what a text ends with, or -1. */
function suffixAt(text: string, at: number): number {
  const letter = text.charCodeAt(at);
  const letters = text.length - at;
  if (letter > 127 || letters > 2 || (letters === 2 && text.charCodeAt(at + 1) !== LOWER_I)) return -1;
  return (letters === 1 ? ONE_LETTER : TWO_LETTERS)[letter] || -1;
}

export function quantityText(token: number, strings: Strings): string {
  if (token < ITSELF) return strings.get(token);
  return (token & NUMBER_MASK) + SUFFIXES[(token >>> NUMBER_BITS) & 15];
}

/**
 * How many there are of a quantity whose token stands for itself, or how many thousandths of one; NaN where that is not
 * known to be a whole number, or not to be exact.
 */
export function wholeAmount(token: number, thousandths: boolean): number {
  if (token < ITSELF) return Number.NaN;
  const suffix = (token >>> NUMBER_BITS) & 15;
  const factor = thousandths && suffix === MILLI ? 1 : FACTORS[suffix] * (thousandths ? 1000 : 1);
  const amount = (token & NUMBER_MASK) * factor;
  return factor !== 0 && amount <= Number.MAX_SAFE_INTEGER ? amount : Number.NaN;
}
