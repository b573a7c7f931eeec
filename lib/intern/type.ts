// intern: what a type of value is: the form of its tokens, and how they are read back.
//
// A token is a u32: 0 is absence; text is a string id; a short number stands for itself (intern/numerals.ts).
// A structure is a run of tokens (intern/structures.ts); a row holds it as one block (intern/blocks.ts). Equal runs of
// one type mean equal values.

import type { Strings } from "./strings.js";

/** How a value is written. */
export type Form = number;

// One token, that is never 0.
export const TEXT = 0;
export const QUANTITY = 1;
export const RARE_TEXT = 2;
export const NUMERAL = 3;
export const BOOL = 4;
export const INT32 = 5;
export const TIME = 6;
export const PRESENCE = 7;
// Four tokens (intern/uid.ts).
export const UID = 8;
// A run of tokens.
export const LIST = 9;
export const MAP = 10;
export const OBJECT = 11;
// Fields of a row (intern/row.ts), rather than a value of one.
export const GROUP = 12;

/** Where reading has come to in a run of tokens. */
export interface Cursor {
  readonly tokens: Uint32Array;
  at: number;
}

/** Tells a sweep which string ids are still in use. */
export type MarkString = (id: number) => void;

export interface Type {
  readonly form: Form;
  /** What a null stands for inside a list or a map. */
  readonly zero: unknown;
  /** The value at the cursor, which moves behind it. */
  read(cursor: Cursor, strings: Strings): unknown;
  /** Moves the cursor behind the value. */
  skip(cursor: Cursor): void;
  mark(cursor: Cursor, mark: MarkString): void;
}
