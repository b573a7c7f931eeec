// cli: plain scalars of YAML 1.1 as kubectl's decoder reads them: times are text, nothing is in base 60, `1e5` is a
// number but `e5` is not, and integers keep every digit.

import type { ScalarTag, Tags } from "yaml";

const KEPT = new Set(["map", "seq", "str", "null", "bool", "merge"].map((name) => `tag:yaml.org,2002:${name}`));

const INTEGER = /^([-+]?)(?:0[xX][0-9a-fA-F]+|0[bB][01]+|0[oO][0-7]+|0[0-7]+|[1-9][0-9]*|0)$/;
const FLOAT = /^[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?$/;
const INFINITE = /^[-+]?\.(?:inf|Inf|INF)$/;
const NOT_A_NUMBER = /^\.(?:nan|NaN|NAN)$/;
const OCTAL = /^0[0-7]/;

const number: ScalarTag = {
  tag: "tag:yaml.org,2002:int",
  default: true,
  test: /^[-+]?[0-9.]/,
  resolve: (text) => numberOf(text) ?? text,
};

/** The tags of a schema for manifests. */
export function kubectlTags(tags: Tags): Tags {
  return [...tags.filter((tag) => typeof tag !== "string" && KEPT.has(tag.tag)), number];
}

function numberOf(text: string): number | bigint | undefined {
  if (INFINITE.test(text)) return text.startsWith("-") ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
  if (NOT_A_NUMBER.test(text)) return Number.NaN;
  const plain = text.startsWith(".") ? text : text.replaceAll("_", "");
  const sign = INTEGER.exec(plain)?.[1];
  if (sign !== undefined) return integerOf(plain.slice(sign.length), sign === "-");
  return FLOAT.test(plain) ? Number(plain) : undefined;
}

function integerOf(digits: string, negative: boolean): number | bigint {
  const size = BigInt(OCTAL.test(digits) ? `0o${digits.slice(1)}` : digits);
  const value = negative ? -size : size;
  return Number.isSafeInteger(Number(value)) ? Number(value) : value;
}
