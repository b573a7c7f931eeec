// intern: short numbers and quantities as they are written <-> tokens that need no string.
//
//   numeral:   top bit, number                      "103562931"
//   quantity:  top bit, suffix (4 bits), number     "152Gi"

import type { Strings } from "./strings.js";

/** The top bit of a token that stands for itself. */
const ITSELF = 0x8000_0000;
const NUMBER_BITS = 27;
const NUMBER_MASK = (1 << NUMBER_BITS) - 1;

const SUFFIXES = ["", "n", "u", "m", "k", "M", "G", "T", "P", "E", "Ki", "Mi", "Gi", "Ti", "Pi", "Ei"];
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
  const digits = digitsOf(text);
  return digits > 0 && digits === text.length && digits <= 9 ? ITSELF + decimal(text, digits) : 0;
}

export function numeralText(token: number, strings: Strings): string {
  return token < ITSELF ? strings.get(token) : String(token - ITSELF);
}

/** The token of a quantity that is a small integer with or without a suffix; 0 for other text. */
export function quantityToken(text: string): number {
  const { length } = text;
  const digits = digitsOf(text);
  if (digits === 0 || digits > 9 || length > digits + 2) return 0;
  let suffix = 0;
  if (length > digits) {
    const letter = text.charCodeAt(digits) & 127;
    if (length === digits + 1) suffix = ONE_LETTER[letter];
    else if (text.charCodeAt(digits + 1) === 105) suffix = TWO_LETTERS[letter];
    if (suffix === 0 || text.charCodeAt(digits) > 127) return 0;
  }
  const number = decimal(text, digits);
  return number > NUMBER_MASK ? 0 : (ITSELF | (suffix << NUMBER_BITS) | number) >>> 0;
}

export function quantityText(token: number, strings: Strings): string {
  if (token < ITSELF) return strings.get(token);
  return (token & NUMBER_MASK) + SUFFIXES[(token >>> NUMBER_BITS) & 15];
}

/** How many digits a text begins with; 0 where the first of several is a zero. */
function digitsOf(text: string): number {
  const { length } = text;
  let digits = 0;
  while (digits < length && isDigit(text.charCodeAt(digits))) digits++;
  return digits > 1 && text.charCodeAt(0) === 48 ? 0 : digits;
}

const isDigit = (code: number): boolean => code >= 48 && code <= 57;

function decimal(text: string, digits: number): number {
  let number = 0;
  for (let i = 0; i < digits; i++) number = number * 10 + text.charCodeAt(i) - 48;
  return number;
}
