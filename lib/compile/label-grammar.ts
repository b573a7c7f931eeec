// compile: label keys, label values and the integers in them -> whether Kubernetes takes them.

import { parseInt64 } from "../objects/quantity.js";

export const LABEL_MAX_BYTES = 63;
export const PREFIX_MAX_BYTES = 253;

/** Of the longest key; whatever is longer is neither key nor value. */
export const LONGEST_BYTES = PREFIX_MAX_BYTES + 1 + LABEL_MAX_BYTES;

/** Whether the text may be the key of a label. */
export function isLabelKey(key: string): boolean {
  return isLabelKeyIn(bytesOf(key), key.length);
}

/** The same of the first bytes of an array. */
export function isLabelKeyIn(bytes: Uint8Array, length: number): boolean {
  // kube: R-SEL-1 an optional DNS subdomain and a slash, then a name.
  let slash = 0;
  while (slash < length && bytes[slash] !== 47) slash++;
  if (slash === length) return isName(bytes, 0, length);
  return slash <= PREFIX_MAX_BYTES && isDomain(bytes, slash) && isName(bytes, slash + 1, length);
}

/** Whether the text may be the value of a label. */
export function isLabelValue(value: string): boolean {
  return isLabelValueIn(bytesOf(value), value.length);
}

/** The same of the first bytes of an array. */
export function isLabelValueIn(bytes: Uint8Array, length: number): boolean {
  // kube: R-SEL-2 a label value is empty or formed like the name of a key.
  return length === 0 || isName(bytes, 0, length);
}

/** The integer that Gt and Lt see in a label value, or undefined. */
export function parseLabelInteger(value: string): bigint | undefined {
  // kube: R-SEL-4 a signed 64-bit integer in base 10.
  return parseInt64(value);
}

/** Whether the text has the characters of a label name; its length is not looked at. */
export function hasNameForm(text: string): boolean {
  return hasForm(bytesOf(text), 0, text.length);
}

/** Whether the text has the characters of a DNS subdomain; its length is not looked at. */
export function isSubdomain(text: string): boolean {
  return isDomain(bytesOf(text), text.length);
}

/** The length of the text in UTF-8; a lone surrogate counts as the U+FFFD that replaces it. */
export function utf8Length(text: string): number {
  let bytes = text.length;
  for (let index = 0; index < text.length; index++) {
    const code = text.codePointAt(index)!;
    if (code > 0xffff) {
      bytes += 2;
      index++;
    } else if (code > 0x7ff) bytes += 2;
    else if (code > 0x7f) bytes += 1;
  }
  return bytes;
}

/** A byte for each UTF-16 unit: of what passes it is the UTF-8, and so is its length; anything else is 0x80. */
function bytesOf(text: string): Uint8Array {
  const bytes = new Uint8Array(text.length);
  for (let i = 0; i < bytes.length; i++) bytes[i] = Math.min(text.charCodeAt(i), 0x80);
  return bytes;
}

const OUTER = 1;
const INNER = 2;
const LOWER = 4;

/** What a byte may be: first and last of a name, within a name, within a part of a subdomain. */
const ALLOWED = Uint8Array.from({ length: 256 }, (_, code) => {
  const lower = (code >= 48 && code <= 57) || (code >= 97 && code <= 122);
  if (lower || (code >= 65 && code <= 90)) return OUTER | INNER | (lower ? LOWER : 0);
  return code === 45 || code === 46 || code === 95 ? INNER : 0;
});

function isName(bytes: Uint8Array, from: number, to: number): boolean {
  return to - from <= LABEL_MAX_BYTES && hasForm(bytes, from, to);
}

function hasForm(bytes: Uint8Array, from: number, to: number): boolean {
  if (from >= to) return false;
  let all = ALLOWED[bytes[from]] & ALLOWED[bytes[to - 1]] & OUTER ? INNER : 0;
  for (let i = from; i < to; i++) all &= ALLOWED[bytes[i]];
  return all !== 0;
}

function isDomain(bytes: Uint8Array, to: number): boolean {
  let previous = 46;
  for (let i = 0; i < to; i++) {
    const code = bytes[i];
    const outer = (ALLOWED[code] & LOWER) !== 0;
    if (!outer && (code === 46 ? previous === 46 || previous === 45 : code !== 45 || previous === 46)) return false;
    previous = code;
  }
  return previous !== 46 && previous !== 45;
}
