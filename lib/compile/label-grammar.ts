// compile: label keys, label values and the integers in them -> whether Kubernetes takes them.

import { parseInt64 } from "../objects/quantity.js";

export const LABEL_MAX_BYTES = 63;
export const PREFIX_MAX_BYTES = 253;

/** Whether the text may be the key of a label. */
export function isLabelKey(key: string): boolean {
  // kube: R-SEL-1 an optional DNS subdomain and a slash, then a name.
  const slash = key.indexOf("/");
  if (slash < 0) return isLabelName(key);
  return slash <= PREFIX_MAX_BYTES && isSubdomain(key.slice(0, slash)) && isLabelName(key.slice(slash + 1));
}

/** Whether the text may be the value of a label. */
export function isLabelValue(value: string): boolean {
  // kube: R-SEL-2 a label value is empty or formed like the name of a key.
  return value === "" || isLabelName(value);
}

/** The integer that Gt and Lt see in a label value, or undefined. */
export function parseLabelInteger(value: string): bigint | undefined {
  // kube: R-SEL-4 a signed 64-bit integer in base 10.
  return parseInt64(value);
}

/** Whether the text has the characters of a label name; its length is not looked at. */
export function hasNameForm(text: string): boolean {
  const last = text.length - 1;
  if (last < 0 || !isAlphanumeric(text.charCodeAt(0)) || !isAlphanumeric(text.charCodeAt(last))) return false;
  for (let index = 1; index < last; index++) {
    const code = text.charCodeAt(index);
    if (!isAlphanumeric(code) && code !== 45 && code !== 46 && code !== 95) return false;
  }
  return true;
}

/** Whether the text has the characters of a DNS subdomain; its length is not looked at. */
export function isSubdomain(text: string): boolean {
  let previous = 46;
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    const outer = isDigit(code) || isLower(code);
    if (!outer && (code === 46 ? previous === 46 || previous === 45 : code !== 45 || previous === 46)) return false;
    previous = code;
  }
  return previous !== 46 && previous !== 45;
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

// Every character that passes is one byte of UTF-8, so the length in UTF-16 units is the length in bytes.
function isLabelName(text: string): boolean {
  return text.length <= LABEL_MAX_BYTES && hasNameForm(text);
}

function isAlphanumeric(code: number): boolean {
  return isDigit(code) || isLower(code) || (code >= 65 && code <= 90);
}

function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}

function isLower(code: number): boolean {
  return code >= 97 && code <= 122;
}
