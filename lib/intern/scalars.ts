// intern: the types of text, numbers, times and quantities, each one token, and how they are read back.

import { isString, numeralText, quantityText } from "./numerals.js";
import type { Strings } from "./strings.js";
import type { Cursor, Form, MarkString, Type } from "./type.js";
import { BOOL, INT32, NUMERAL, PRESENCE, QUANTITY, RARE_TEXT, TEXT, TIME, UID } from "./type.js";
import { readUid, stringOfUid, UID_WIDTH } from "./uid.js";

/** The text of a token, where it stands for text. */
function textOf(form: Form, token: number, strings: Strings): string {
  if (form === QUANTITY) return quantityText(token, strings);
  return form === NUMERAL || form === INT32 ? numeralText(token, strings) : strings.get(token);
}

class ScalarType implements Type {
  constructor(
    readonly form: Form,
    readonly zero: unknown,
  ) {}

  read(cursor: Cursor, strings: Strings): unknown {
    const { form } = this;
    const token = cursor.tokens[cursor.at++];
    if (form === BOOL) return token === 2;
    if (form === PRESENCE) return {};
    const text = textOf(form, token, strings);
    return form === INT32 ? Number(text) : text;
  }

  skip(cursor: Cursor): void {
    cursor.at++;
  }

  mark(cursor: Cursor, mark: MarkString): void {
    const token = cursor.tokens[cursor.at++];
    if (this.form !== BOOL && this.form !== PRESENCE && isString(token)) mark(token);
  }
}

export const text = new ScalarType(TEXT, "");
/** Text that is not likely to return soon, such as the name of a volume. */
export const rareText = new ScalarType(RARE_TEXT, "");
/** The uid of an object, or one that refers to it. */
export const uid: Type = {
  form: UID,
  zero: "",
  read(cursor, strings) {
    cursor.at += UID_WIDTH;
    return readUid(cursor.tokens, cursor.at - UID_WIDTH, strings);
  },
  skip(cursor) {
    cursor.at += UID_WIDTH;
  },
  mark(cursor, mark) {
    const id = stringOfUid(cursor.tokens, cursor.at);
    if (id !== 0) mark(id);
    cursor.at += UID_WIDTH;
  },
};
/** Text that is mostly a small number, such as a resourceVersion. */
export const numeral = new ScalarType(NUMERAL, "");
export const bool = new ScalarType(BOOL, false);
export const int32 = new ScalarType(INT32, 0);
export const quantity = new ScalarType(QUANTITY, "0");
export const time = new ScalarType(TIME, null);
/** An object of which only its being there matters. */
export const presence = new ScalarType(PRESENCE, {});
