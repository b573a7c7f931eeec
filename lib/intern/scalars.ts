// intern: text, numbers, times and quantities -> tokens, checked as Kubernetes' Go types would decode them, and back.

import { quantityText } from "../objects/quantity.js";
import type { Codec, Cursor, MarkString, Type } from "./codec.js";
import { nameOf } from "./codec.js";
import type { Strings } from "./strings.js";

const DECIMAL = 0x8000_0000;

/** The number that a text of one to nine digits without a leading zero stands for, or -1. */
function smallDecimal(text: string): number {
  const { length } = text;
  if (length === 0 || length > 9 || (length > 1 && text.charCodeAt(0) === 48)) return -1;
  let number = 0;
  for (let i = 0; i < length; i++) {
    const digit = text.charCodeAt(i) - 48;
    if (digit < 0 || digit > 9) return -1;
    number = number * 10 + digit;
  }
  return number;
}

const tokenText = (token: number, strings: Strings): string =>
  token >= DECIMAL ? String(token - DECIMAL) : strings.get(token);

const one = {
  scalar: true,
  skip(cursor: Cursor): void {
    cursor.at++;
  },
} as const;

const textual = {
  ...one,
  mark(cursor: Cursor, mark: MarkString): void {
    const token = cursor.tokens[cursor.at++];
    if (token < DECIMAL) mark(token);
  },
  read: (cursor: Cursor, strings: Strings): unknown => tokenText(cursor.tokens[cursor.at++], strings),
} as const;

export const text: Type = {
  ...textual,
  write(value, codec) {
    if (typeof value !== "string") codec.fail(`must be a string, but is ${nameOf(value)}`);
    codec.put(codec.strings.intern(value as string));
  },
  zero: "",
};

/** The uid of an object, or one that refers to it. */
export const uid: Type = {
  ...textual,
  write(value, codec) {
    if (typeof value !== "string") codec.fail(`must be a string, but is ${nameOf(value)}`);
    codec.put(codec.strings.internUid(value as string));
  },
  zero: "",
};

function writeNumeral(value: string, codec: Codec): void {
  const number = smallDecimal(value);
  codec.put(number < 0 ? codec.strings.intern(value) : DECIMAL + number);
}

/** Text that is mostly a small number, such as a resourceVersion. */
export const numeral: Type = {
  ...textual,
  write(value, codec) {
    if (typeof value !== "string") codec.fail(`must be a string, but is ${nameOf(value)}`);
    writeNumeral(value as string, codec);
  },
  zero: "",
};

export const bool: Type = {
  ...one,
  write(value, codec) {
    if (typeof value !== "boolean") codec.fail(`must be true or false, but is ${nameOf(value)}`);
    codec.put(value ? 2 : 1);
  },
  read: (cursor) => cursor.tokens[cursor.at++] === 2,
  mark: one.skip,
  zero: false,
};

export const int32: Type = {
  ...textual,
  write(value, codec) {
    if (typeof value !== "number") codec.fail(`must be an integer, but is ${nameOf(value)}`);
    if ((value as number) !== ((value as number) | 0)) codec.fail(`must be a 32-bit integer, but is ${value}`);
    writeNumeral(String(value), codec);
  },
  read: (cursor, strings) => Number(tokenText(cursor.tokens[cursor.at++], strings)),
  zero: 0,
};

export const quantity: Type = {
  ...textual,
  write(value, codec) {
    const written = typeof value === "string" || typeof value === "number" ? quantityText(value) : undefined;
    if (written === undefined) codec.fail(`must be a quantity, but is ${nameOf(value)}`);
    codec.put(codec.quantity(written as string));
  },
  zero: "0",
};

export const time: Type = {
  ...textual,
  write(value, codec) {
    const written = value instanceof Date && !Number.isNaN(value.getTime()) ? value.toISOString() : value;
    if (typeof written !== "string") codec.fail(`must be a time, but is ${nameOf(value)}`);
    codec.put(codec.time(written as string));
  },
  zero: null,
};

/** An object of which only its being there matters. */
export const presence: Type = {
  ...one,
  write(value, codec) {
    if (typeof value !== "object" || Array.isArray(value)) codec.fail(`must be an object, but is ${nameOf(value)}`);
    codec.put(1);
  },
  read(cursor) {
    cursor.at++;
    return {};
  },
  mark: one.skip,
  zero: {},
};
