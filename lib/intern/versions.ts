// intern: which of two resourceVersions is the newer one.

import { numeralText } from "./numerals.js";
import type { Strings } from "./strings.js";

const DECIMAL = /^[0-9]+$/;

/**
 * Whether the object of version `a` is older than that of `b`; both are tokens. Versions are decimal numbers of any
 * length; where one is none, neither is older. O(digits).
 */
export function isOlder(a: number, b: number, strings: Strings): boolean {
  if (a === b) return false;
  const [x, y] = [numeralText(a, strings), numeralText(b, strings)];
  if (!DECIMAL.test(x) || !DECIMAL.test(y)) return false;
  const [m, n] = [x.replace(/^0+/, ""), y.replace(/^0+/, "")];
  return m.length === n.length ? m < n : m.length < n.length;
}
