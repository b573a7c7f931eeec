// cli: numbers too long for a JavaScript number -> their own text where they are quantities, the nearest number elsewhere.

import { isObject } from "./fields.js";

/** Marks the text of a long number that JSON.parse must not round. */
const MARK = "\u0000number:";
const LONG = /[\d.]{16}/;
const TOKEN = /"[^"\\]*(?:\\.[^"\\]*)*"|-?\d[\d.eE+-]*/g;
const LONG_NUMBER = 16;

/** Maps whose values are quantities, and fields at the top or in the status that are quantities themselves. */
const QUANTITY_MAPS = new Set(["requests", "limits", "capacity", "allocatable", "overhead", "allocatedResources"]);
const QUANTITY_FIELDS = new Set(["capacity", "maximumVolumeSize", "restoreSize"]);

/** JSON.parse, but a quantity written as a number keeps every digit. */
export function parseJson(text: string): unknown {
  if (!LONG.test(text)) return JSON.parse(text);
  let marked = false;
  const rewritten = text.replace(TOKEN, (token) => {
    if (token.length < LONG_NUMBER || token.startsWith('"')) return token;
    marked = true;
    return JSON.stringify(MARK + token);
  });
  if (!marked) return JSON.parse(text);
  // What stands for a number is looked at by JSON.parse only in the text as it was.
  JSON.parse(text);
  return settleNumbers(JSON.parse(rewritten));
}

/** Replaces bigints and marked numbers, in place. */
export function settleNumbers(value: unknown): unknown {
  return settle(value, "", "", new Set());
}

function settle(value: unknown, field: string, parent: string, seen: Set<object>): unknown {
  const written = longNumber(value);
  if (written !== undefined) {
    const isQuantity =
      QUANTITY_MAPS.has(parent) || ((parent === "" || parent === "status") && QUANTITY_FIELDS.has(field));
    return isQuantity && !Number.isSafeInteger(Number(written)) ? written : Number(written);
  }
  // YAML's aliases make one object appear in many places.
  if (typeof value !== "object" || value === null || seen.has(value)) return value;
  seen.add(value);
  if (Array.isArray(value)) {
    for (let i = 0; i < value.length; i++) value[i] = settle(value[i], "", "", seen);
  } else if (isObject(value)) {
    const fields = value as Record<string, unknown>;
    for (const name of Object.keys(fields)) {
      const settled = settle(fields[name], name, field, seen);
      if (settled !== fields[name]) fields[name] = settled;
    }
  }
  return value;
}

function longNumber(value: unknown): string | undefined {
  if (typeof value === "bigint") return String(value);
  return typeof value === "string" && value.startsWith(MARK) ? value.slice(MARK.length) : undefined;
}
