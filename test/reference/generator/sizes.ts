// Sizes as quantity texts: the many ways to write one number, and numbers at the edges of upstream's arithmetic.

import { parseQuantity, type QuantityText } from "../evaluator/quantities.js";
import type { Random } from "./random.js";

const Ki = 1024n;
const Mi = Ki * Ki;
const Gi = Mi * Ki;

/** In bytes; requests and capacities come from the same range, so that some fit and some do not. */
const COMMON = [1n, 2n, 4n, 5n, 8n, 9n, 10n, 12n, 16n, 20n, 32n, 50n, 64n, 90n, 100n, 200n].map((size) => size * Gi);

/** undefined: the key is missing. */
const EXOTIC: readonly (QuantityText | undefined)[] = [
  undefined,
  undefined,
  undefined,
  null,
  null,
  "0",
  "0",
  "-0",
  "000",
  ".",
  "k",
  "Gi",
  "e5",
  "-1",
  "-1.5",
  "-1.1Ki",
  "0.5",
  "1n",
  "100m",
  "1500m",
  "1.1Ki",
  "1500u",
  "0.0000000001",
  "1.0000000001k",
  1000,
  0.5,
  "1e3",
  "1E3",
  "12E",
  "1e+10",
  "15e9",
  "25e-1",
  "64e4294967305",
  "1G",
  "1.5G",
  "10000M",
  "8Ei",
  "9Ei",
  "8192Pi",
  "9E",
  "10E",
  "20E",
  "20000P",
  "9.3E",
  "9300P",
  "9300000000G",
  "9300000000000M",
  "10000000000000G",
  "100000000000000000k",
  "9223372036854775807",
  "9223372036854775808",
  "100000000000000000000",
];

export function commonSize(random: Random): bigint {
  const size = random.pick(COMMON);
  return random.branch<bigint>([
    [8, () => size],
    [1, () => size - 1n],
    [1, () => size + 1n],
    [1, () => size + BigInt(random.int(1, 999)) * Mi],
    [0.5, () => size / Ki],
  ]);
}

export function exoticSize(random: Random): QuantityText | undefined {
  return random.pick(EXOTIC);
}

/** One of the texts that upstream reads as this number of bytes. */
export function writeSize(random: Random, bytes: bigint): QuantityText {
  return random.branch<QuantityText>([
    [8, () => inUnits(bytes)],
    [2, () => String(bytes)],
    [2, () => Number(bytes)],
    [2, () => (bytes % Mi === 0n ? `${bytes / Mi}Mi` : `${bytes}`)],
    [1, () => (bytes % Ki === 0n ? `${bytes / Ki}Ki` : `${bytes}`)],
    [1, () => fractional(bytes)],
    [0.5, () => `${bytes}000m`],
    [0.5, () => `${bytes}e0`],
    [0.5, () => `${bytes}000E-3`],
    [0.3, () => `00${inUnits(bytes)}`],
    [0.3, () => `+${inUnits(bytes)}`],
    [0.3, () => ` ${inUnits(bytes)}\u00a0`],
    [0.3, () => `${bytes}.000`],
    [0.3, () => `${bytes}.`],
  ]);
}

export function sizeKey(size: QuantityText | undefined): bigint {
  return size === undefined ? 0n : parseQuantity(size).nano;
}

function inUnits(bytes: bigint): string {
  if (bytes % Gi === 0n) return `${bytes / Gi}Gi`;
  if (bytes % Mi === 0n) return `${bytes / Mi}Mi`;
  return bytes % Ki === 0n ? `${bytes / Ki}Ki` : `${bytes}`;
}

function fractional(bytes: bigint): string {
  const digits = (bytes * 10n ** 30n) / Gi;
  const whole = digits / 10n ** 30n;
  const fraction = String(digits % 10n ** 30n)
    .padStart(30, "0")
    .replace(/0+$/, "");
  // Longer ones would be cut off by JSON readers that keep numbers short, and nobody writes them.
  return fraction.length > 12 ? inUnits(bytes) : `${whole}.${fraction || "0"}Gi`;
}
