// intern: the types of text, numbers, times and quantities, each one token, and how they are read back.

import type { Strings } from "./strings.js";
import type { Cursor, Form, MarkString, Type } from "./type.js";
import { BOOL, DECIMAL, INT32, NUMERAL, PRESENCE, QUANTITY, RARE_TEXT, TEXT, TIME, UID } from "./type.js";

const tokenText = (token: number, strings: Strings): string =>
  token >= DECIMAL ? String(token - DECIMAL) : strings.get(token);

class ScalarType implements Type {
  constructor(
    readonly form: Form,
    readonly zero: unknown,
  ) {}

  read(cursor: Cursor, strings: Strings): unknown {
    const token = cursor.tokens[cursor.at++];
    if (this.form === BOOL) return token === 2;
    if (this.form === PRESENCE) return {};
    const text = tokenText(token, strings);
    return this.form === INT32 ? Number(text) : text;
  }

  skip(cursor: Cursor): void {
    cursor.at++;
  }

  mark(cursor: Cursor, mark: MarkString): void {
    const token = cursor.tokens[cursor.at++];
    if (token < DECIMAL && this.form !== BOOL && this.form !== PRESENCE) mark(token);
  }
}

export const text = new ScalarType(TEXT, "");
/** Text that is not likely to return soon, such as the name of a volume. */
export const rareText = new ScalarType(RARE_TEXT, "");
/** The uid of an object, or one that refers to it. */
export const uid = new ScalarType(UID, "");
/** Text that is mostly a small number, such as a resourceVersion. */
export const numeral = new ScalarType(NUMERAL, "");
export const bool = new ScalarType(BOOL, false);
export const int32 = new ScalarType(INT32, 0);
export const quantity = new ScalarType(QUANTITY, "0");
export const time = new ScalarType(TIME, null);
/** An object of which only its being there matters. */
export const presence = new ScalarType(PRESENCE, {});
