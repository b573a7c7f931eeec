// cli: scalars of YAML 1.1 as kubectl's decoder reads them: times are text, nothing is in base 60, `1e5` is a number but
// `e5` and `12e5678` are not, and integers of 64 bits keep every digit.

export type ScalarValue = string | number | bigint | boolean | null;

const PREFIX = "tag:yaml.org,2002:";

const WORDS: ReadonlyMap<string, boolean | null> = new Map<string, boolean | null>([
  ...["y", "Y", "yes", "Yes", "YES", "true", "True", "TRUE", "on", "On", "ON"].map((word) => [word, true] as const),
  ...["n", "N", "no", "No", "NO", "false", "False", "FALSE", "off", "Off", "OFF"].map((word) => [word, false] as const),
  ...["", "~", "null", "Null", "NULL"].map((word) => [word, null] as const),
]);

const INTEGER = /^([-+]?)(?:0[xX][0-9a-fA-F]+|0[bB][01]+|0[oO][0-7]+|0[0-7]+|[1-9][0-9]*|0)$/;
const FLOAT = /^[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?$/;
const INFINITE = /^[-+]?\.(?:inf|Inf|INF)$/;
const NOT_A_NUMBER = /^\.(?:nan|NaN|NAN)$/;
const NUMERIC = /^[-+.0-9]/;
/** Between digits an underscore means nothing; elsewhere it does not belong into a fraction. */
const STRAY_UNDERSCORE = /(?<!\d)_|_(?!\d)/;
const OCTAL = /^0[0-7]/;
const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

/** The value of a scalar without tag that is not quoted. */
export function plainValue(text: string): ScalarValue {
  const word = WORDS.get(text);
  if (word !== undefined) return word;
  return (NUMERIC.test(text) ? (wholeNumber(text) ?? floatNumber(text)) : undefined) ?? text;
}

/** The value of a scalar with a tag; undefined where the two do not fit. */
export function taggedValue(tag: string, text: string): ScalarValue | undefined {
  switch (tag) {
    case `${PREFIX}bool`:
    case `${PREFIX}null`: {
      const value = WORDS.get(text);
      return (value === null) === (tag === `${PREFIX}null`) ? value : undefined;
    }
    case `${PREFIX}int`:
      return wholeNumber(text);
    case `${PREFIX}float`: {
      const value = plainValue(text);
      return typeof value === "number" || typeof value === "bigint" ? Number(value) : undefined;
    }
    case `${PREFIX}binary`:
      return binaryText(text);
    default:
      return text;
  }
}

/** The name of a field whose key has this value and was written so; undefined where it can name none. */
export function keyText(value: ScalarValue, written: string): string | undefined {
  if (value === null || (typeof value === "bigint" && value >= 1n << 63n)) return undefined;
  return typeof value === "number" && wholeNumber(written) === undefined ? floatKey(value) : String(value);
}

/** Undefined for what is no integer, or has no room in 64 bits. */
function wholeNumber(text: string): number | bigint | undefined {
  const plain = text.replaceAll("_", "");
  const sign = NUMERIC.test(text) ? INTEGER.exec(plain)?.[1] : undefined;
  if (sign === undefined) return undefined;
  const digits = plain.slice(sign.length);
  const size = BigInt(OCTAL.test(digits) ? `0o${digits.slice(1)}` : digits);
  if (size >= (sign === "" ? 1n << 64n : (1n << 63n) + (sign === "-" ? 1n : 0n))) return undefined;
  const value = sign === "-" ? -size : size;
  return Number.isSafeInteger(Number(value)) ? Number(value) : value;
}

/** Undefined for what is no number, or is larger than any of 64 bits. */
function floatNumber(text: string): number | undefined {
  if (INFINITE.test(text)) return text.startsWith("-") ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
  if (NOT_A_NUMBER.test(text)) return Number.NaN;
  if (text.startsWith(".") && STRAY_UNDERSCORE.test(text)) return undefined;
  const plain = text.replaceAll("_", "");
  const value = FLOAT.test(plain) ? Number(plain) : Number.NaN;
  return Number.isFinite(value) ? value : undefined;
}

/** Go's shortest text of a number of 32 bits, which is what a key becomes. */
function floatKey(value: number): string {
  const rounded = Math.fround(value);
  if (Number.isNaN(rounded)) return ".nan";
  if (!Number.isFinite(rounded)) return rounded < 0 ? "-.inf" : ".inf";
  let digits = 1;
  while (Math.fround(Number(rounded.toPrecision(digits))) !== rounded) digits++;
  const [mantissa, exponent] = Number(rounded.toPrecision(digits)).toExponential().split("e");
  const power = Number(exponent);
  if (power >= -4 && power < 6) return String(Number(rounded.toPrecision(digits)));
  return `${mantissa}e${power < 0 ? "-" : "+"}${String(Math.abs(power)).padStart(2, "0")}`;
}

function binaryText(text: string): string | undefined {
  const plain = text.replaceAll(/[\r\n]/g, "");
  return BASE64.test(plain) ? Buffer.from(plain, "base64").toString("utf8") : undefined;
}
