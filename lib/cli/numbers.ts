// cli: numbers too long for a JavaScript number -> their own text where they are quantities, the nearest number elsewhere.

import { isObject } from "./fields.js";

/** Marks the text of a long number that JSON.parse must not round. */
const MARK = "\u0000number:";
const LONG = /[\d.]{16}/;
const QUOTE_OR_NUMBER = /"|-?\d[\d.eE+-]*/g;
const LONG_NUMBER = 16;
const BACKSLASH = 92;

/** Maps whose values are quantities, and fields at the top or in the status that are quantities themselves. */
const QUANTITY_MAPS = new Set(["requests", "limits", "capacity", "allocatable", "overhead", "allocatedResources"]);
const QUANTITY_FIELDS = new Set(["capacity", "maximumVolumeSize", "restoreSize"]);

/** JSON.parse, but a quantity written as a number keeps every digit. */
export function parseJson(text: string): unknown {
  if (!LONG.test(text)) return JSON.parse(text);
  // Refuses the text as it was, before anything in it is replaced.
  const parsed: unknown = JSON.parse(text);
  const marked = markLongNumbers(text);
  return marked === text ? parsed : settleNumbers(JSON.parse(marked));
}

/** The text of valid JSON with its long numbers as strings. */
function markLongNumbers(text: string): string {
  let marked = "";
  let copied = 0;
  QUOTE_OR_NUMBER.lastIndex = 0;
  for (let found = QUOTE_OR_NUMBER.exec(text); found !== null; found = QUOTE_OR_NUMBER.exec(text)) {
    const [token] = found;
    if (token === '"') QUOTE_OR_NUMBER.lastIndex = endOfString(text, found.index);
    else if (token.length >= LONG_NUMBER) {
      marked += text.slice(copied, found.index) + JSON.stringify(MARK + token);
      copied = QUOTE_OR_NUMBER.lastIndex;
    }
  }
  return marked + text.slice(copied);
}

/** The offset behind the string that begins at a quote. */
function endOfString(text: string, start: number): number {
  let quote = text.indexOf('"', start + 1);
  while (isEscaped(text, quote)) quote = text.indexOf('"', quote + 1);
  return quote + 1;
}

function isEscaped(text: string, at: number): boolean {
  let first = at;
  while (text.charCodeAt(first - 1) === BACKSLASH) first--;
  return (at - first) % 2 === 1;
}

/** Replaces bigints and marked numbers, in place. */
export function settleNumbers(value: unknown): unknown {
  return settle(value, "", "");
}

function settle(value: unknown, field: string, parent: string): unknown {
  const written = longNumber(value);
  if (written !== undefined) {
    const isQuantity =
      QUANTITY_MAPS.has(parent) || ((parent === "" || parent === "status") && QUANTITY_FIELDS.has(field));
    return isQuantity && !Number.isSafeInteger(Number(written)) ? written : Number(written);
  }
  if (Array.isArray(value)) {
    for (let i = 0; i < value.length; i++) value[i] = settle(value[i], "", "");
  } else if (isObject(value)) {
    const fields = value as Record<string, unknown>;
    for (const name of Object.keys(fields)) {
      const settled = settle(fields[name], name, field);
      if (settled !== fields[name]) fields[name] = settled;
    }
  }
  return value;
}

function longNumber(value: unknown): string | undefined {
  if (typeof value === "bigint") return String(value);
  return typeof value === "string" && value.startsWith(MARK) ? value.slice(MARK.length) : undefined;
}
