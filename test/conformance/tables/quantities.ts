// T-253 of 18.14: quantities, seen through what they decide.
// Volumes are compared exactly; room is compared as whole numbers, rounded up and sometimes overflown.

import { claim, limitedClass, pod, volume } from "../build.js";
import { BIND, type ConformanceCase, SPACE } from "../case.js";
import { capacityPerNode, limitName, twoZones, volumePerNode } from "../world.js";

type Size = string | number;

const FORM = "quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'";
const SUFFIX = "unable to parse quantity's suffix";
const NUMERIC = "unable to parse numeric part of quantity";

const byBytes = (a: string, b: string) => Buffer.compare(Buffer.from(a), Buffer.from(b));

/** A volume a size, each on its own node: which are at least the request. */
function exact(title: string, request: Size, fits: readonly Size[], tooSmall: readonly Size[]): ConformanceCase {
  const volumes = [...fits, ...tooSmall].map((size) => [limitName(size), { size }] as const);
  return {
    id: "T-253",
    title: `${title} (${request})`,
    rules: ["R-QTY-1", "R-QTY-2", "R-QTY-3", "R-QTY-4"],
    objects: [...volumePerNode(Object.fromEntries(volumes)), claim("c", { size: request }), pod("c")],
    expect: {
      feasible: fits.map(limitName).sort(byBytes),
      infeasible: Object.fromEntries(tooSmall.map((size) => [limitName(size), [BIND]])),
    },
  };
}

/** The whole number that a request is: room of so much is enough, one less is not. */
function whole(request: Size, value: bigint, rule = "R-QTY-5"): ConformanceCase {
  const limits = [value, value - 1n].map(String);
  return {
    id: "T-253",
    title: `${request} needs room of ${value}`,
    rules: [rule, "R-CAP-5"],
    objects: [
      ...limitedClass("limited"),
      ...capacityPerNode(limits),
      claim("c", { class: "limited", size: request }),
      pod("c"),
    ],
    expect: { feasible: [limitName(limits[0])], infeasible: { [limitName(limits[1])]: [SPACE] } },
  };
}

/** What room of these limits is good for. */
function room(title: string, request: string, enough: readonly string[], short: readonly string[]): ConformanceCase {
  return {
    id: "T-253",
    title: `${title} (${request})`,
    rules: ["R-QTY-6", "R-CAP-5"],
    objects: [
      ...limitedClass("limited"),
      ...capacityPerNode([...enough, ...short]),
      claim("c", { class: "limited", size: request }),
      pod("c"),
    ],
    expect: {
      feasible: enough.map(limitName).sort(byBytes),
      infeasible: Object.fromEntries(short.map((limit) => [limitName(limit), [SPACE]])),
    },
  };
}

function invalid(size: string, text: string): ConformanceCase {
  return {
    id: "T-253",
    title: `${JSON.stringify(size)} is no quantity`,
    rules: ["R-QTY-1", "R-QTY-2", "R-QTY-7"],
    objects: [...twoZones, claim("c"), volume("pv1", { size }), pod("c")],
    expect: { refused: { code: "Malformed", text } },
  };
}

const digitless = ["-", "+", ".", "-0", "000", "k", "m", "Ki", "Mi", "Gi", "Ti", "E", "e5"];

export const cases: readonly ConformanceCase[] = [
  exact(
    "spellings of one gibibyte",
    "1Gi",
    ["1Gi", "1.Gi", "01Gi", "+1Gi", "1.0Gi", "1024Mi", "1048576Ki", "1073741824", "1.073741824e9", "1073741824000m"],
    ["1G", "1023Mi", "1073741823", "1073741823.999999999", "1e9", ".9Gi"],
  ),
  exact("a gibibyte and a half", "1.5Gi", ["1536Mi", "1610612736", "1.62G"], ["1535Mi", "1610612735999m"]),
  exact(
    "spellings of one",
    "1",
    ["1", "1.", "1000m", "1000000u", "1000000000n", "1e0", "1e+0", "0.1e1", "10E-1", "1e4294967296"],
    ["0.5", ".999", "999m", "999999999n", "1e-1"],
  ),
  exact(
    "spellings of a thousand",
    "1k",
    ["1k", "1000", "1e3", "1E3", "1E+03", "0.001M", "1e4294967299"],
    ["999.999999999", "1e2"],
  ),
  exact("exa", "1E", ["1E", "1e18", "1000P", "1000000T", "0.87Ei"], ["999P", "0.86Ei", "1e17", "1Pi"]),
  exact("binary sizes end at 2^63-1", "8Ei", ["8Ei", "9Ei", "8192Pi", "9223372036854775807", "9.3E"], ["7Ei", "9.2E"]),
  exact(
    "decimal sizes go on beyond 2^63-1",
    "9223372036854775808",
    ["9223372036854775808", "9.3E", "10E", "1e30"],
    ["8Ei", "9Ei", "9223372036854775807"],
  ),
  exact("sizes that overflow are still compared as they are", "10E", ["10E", "10000P", "1e19"], ["9.9E", "9999P"]),
  exact("more than nine places are rounded up", "0.0000000011", ["2n", "0.000000002"], ["1n", "0.000000001"]),
  exact("however little is left over", "1n", ["1n", "0.0000000001", "1e-10", "1e-30"], ["0", "0e-10"]),
  exact(
    "places are counted after the suffix",
    "1.0000000001k",
    ["1000.0000001", "1000000000100n"],
    ["1000.000000099", "1k"],
  ),
  exact("what has no digit is nothing", "0", [...digitless, "0", "-0.0", "0Ei"], ["-1n", "-1"]),
  exact("and less than anything", "1n", ["1n"], digitless),
  exact(
    "negative binary sizes end at -(2^63-1)",
    "-9223372036854775807",
    ["-9Ei", "-8Ei", "-9223372036854775807", "-7Ei"],
    ["-9223372036854775808", "-9.3E"],
  ),
  exact(
    "negative sizes are rounded away from zero",
    "-0.000000002",
    ["-0.0000000011", "-1n"],
    ["-0.0000000021", "-3n"],
  ),
  exact("bare numbers", 1000, [1000, "1k", 1000.5, 1e21], [999, 999.5, 1e-7]),
  exact(
    "white space around a size does not matter",
    "\u00a01Gi\u3000",
    ["1Gi", " 1Gi ", "\u20291Gi\u0085"],
    ["1023Mi "],
  ),
  whole("100m", 1n),
  whole("1500m", 2n),
  whole("1.1Ki", 1127n),
  whole("0.000000001", 1n),
  whole("0.0000000001", 1n),
  whole(1.5, 2n),
  whole("9E", 9000000000000000000n),
  whole("8Ei", 9223372036854775807n),
  whole("-1.5", -2n),
  whole("-1500m", -2n),
  whole("-1.1Ki", -1125n),
  whole("9300P", 0n, "R-QTY-6"),
  whole("9.3E", 0n, "R-QTY-6"),
  whole("10E", 0n, "R-QTY-6"),
  whole("100000000000000000k", 7766279631452241920n, "R-QTY-6"),
  whole("10000000000000G", 1864712049423024128n, "R-QTY-6"),
  whole("100000000000000000000", 7766279631452241920n, "R-QTY-6"),
  room("gigas wrap", "9300000000G", ["9300000000000M", "-9146P", "0"], ["-9147P"]),
  room("megas wrap", "9300000000000M", ["9300000000G", "-9146P", "0"], ["-9147P"]),
  room("2^63 wraps to the least number", "9223372036854775808", ["-9223P", "0", "1"], []),
  room("room that overflows to zero is none", "1", ["1", "0.1", "9E"], ["10E", "9300P", "9.3E", "9223372036854775808"]),
  room("room that overflows can still be enough", "1", ["10000000000000G", "100000000000000000k"], ["9300000000G"]),
  ...[
    "",
    " ",
    "1 Gi",
    "1g",
    "1B",
    "1GB",
    "1KiB",
    "1.5.2Gi",
    "1,5",
    "0x1",
    "1_0",
    "1Gi\n",
    "\t1",
    '1"',
    "\ufeff1",
    "１",
  ].map((size) => invalid(size, FORM)),
  ...["1K", "1ki", "1e", "1e+", "1Kii", "1i", "1k5", "--1", "1-5", "1+", "1E-", "1ee1", "1e9223372036854775808"].map(
    (size) => invalid(size, SUFFIX),
  ),
  ...["Pi", "Ei", ".Pi", "-Ei", "e-10"].map((size) => invalid(size, NUMERIC)),
  ...["1e1001", "1e-1001", "1e4294968297"].map((size) => invalid(size, "exponent")),
];
