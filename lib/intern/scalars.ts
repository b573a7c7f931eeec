// intern: text, numbers, times and quantities -> tokens, checked as Kubernetes' Go types would decode them, and back.

import { quantityText } from "../objects/quantity.js";
import { isRFC3339 } from "../objects/time.js";
import { NONE } from "./blocks.js";
import type { Codec, Marker, Type } from "./codec.js";
import { nameOf } from "./codec.js";

const DECIMAL = 0x8000_0000;
const isDecimal = (text: string): boolean => /^(0|[1-9][0-9]{0,8})$/.test(text);

const markString = (token: number, _: Codec, marker: Marker): void => {
  if (token < DECIMAL) marker.string(token);
};
const readText = (token: number, codec: Codec): string =>
  token >= DECIMAL ? String(token - DECIMAL) : codec.strings.get(token);

export const text: Type = {
  write(value, codec) {
    if (typeof value !== "string") codec.fail(`must be a string, but is ${nameOf(value)}`);
    return codec.strings.intern(value as string);
  },
  read: readText,
  mark: markString,
  zero: "",
};

/** Text that is mostly a small number, such as a resourceVersion. */
export const numeral: Type = {
  ...text,
  write(value, codec) {
    if (typeof value === "string" && isDecimal(value)) return DECIMAL + Number(value);
    return text.write(value, codec);
  },
};

export const bool: Type = {
  write(value, codec) {
    if (typeof value !== "boolean") codec.fail(`must be true or false, but is ${nameOf(value)}`);
    return value ? 2 : 1;
  },
  read: (token) => token === 2,
  mark() {},
  zero: false,
};

export const int32: Type = {
  write(value, codec) {
    if (typeof value !== "number") codec.fail(`must be an integer, but is ${nameOf(value)}`);
    if ((value as number) !== ((value as number) | 0)) codec.fail(`must be a 32-bit integer, but is ${value}`);
    return numeral.write(String(value), codec);
  },
  read: (token, codec) => Number(readText(token, codec)),
  mark: markString,
  zero: 0,
};

export const quantity: Type = {
  write(value, codec) {
    const written = typeof value === "string" || typeof value === "number" ? quantityText(value) : undefined;
    if (written === undefined) codec.fail(`must be a quantity, but is ${nameOf(value)}`);
    const id = codec.strings.intern(written as string);
    codec.checkQuantity(id, written as string);
    return id;
  },
  read: readText,
  mark: markString,
  zero: "0",
};

export const time: Type = {
  write(value, codec) {
    const written = value instanceof Date && !Number.isNaN(value.getTime()) ? value.toISOString() : value;
    if (typeof written !== "string") codec.fail(`must be a time, but is ${nameOf(value)}`);
    if (!isRFC3339(written as string)) codec.fail(`must be an RFC 3339 time, but is ${JSON.stringify(written)}`);
    return codec.strings.intern(written as string);
  },
  read: readText,
  mark: markString,
  zero: null,
};

/** An object of which only its being there matters. */
export const presence: Type = {
  write(value, codec) {
    if (typeof value !== "object" || Array.isArray(value)) codec.fail(`must be an object, but is ${nameOf(value)}`);
    return NONE;
  },
  read: () => ({}),
  mark() {},
  zero: {},
};
