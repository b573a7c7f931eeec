// Mutants of StrictCapacity.

import { changes, type Mutant } from "./mutant.js";

const STRICT = ["strict-capacity/strict-capacity"];

export const strictCapacity: readonly Mutant[] = [
  ...changes("lib/filters/strict-capacity/strict-capacity.ts", STRICT, [
    ["if (seen.has(claim.claim)) continue;", ""],
    ["if (!asksForRoom(context, claim)) continue;", ""],
    ["largest: largest > amount ? largest : amount,", "largest: amount,"],
    ["sum: sum + amount }", "sum: amount }"],
    ["(charges.get(place) ?? 0n) + sum;", "sum;"],
    ["if (maximum !== 0 && amounts.value(maximum) < largest) return false;", ""],
    ["capacity !== 0 ? capacity : maximum", "capacity"],
    ["amount - (own.get(name) ?? 0n)", "amount"],
    ["charges.set(place, (charges.get(place) ?? 0n) + charge);", "charges.set(place, charge);"],
    ["row < 0 || claims.get(row, CLAIM.class) !== storageClass ? 0", "row < 0 ? 0"],
    ["const made = masks.and(part.nodes, left[i]);", "const made = part.nodes;"],
  ]),
  ...changes("lib/filters/strict-capacity/pending-claims.ts", STRICT, [
    ["if (this.#built) this.#add(claim, -1n);", "", "missed listener"],
    ["if (this.#built) this.#add(claim, 1n);", "", "missed listener"],
    ["if (cluster.claims.get(claim, CLAIM.volumeName) > EMPTY_TEXT) return 0;", ""],
    ["if (known === claim) this.#add(claim, 1n);", "this.#add(claim, 1n);"],
    ["    this.#built = false;\n  }", "  }", "stale cache"],
  ]),
  ...changes("lib/hints/wakes.ts", STRICT, [['this.filters.has("StrictCapacity") &&', "false &&"]]),
  ...changes("lib/options.ts", STRICT, [
    ['if (wanted.includes("StrictCapacity") && !wanted.includes("VolumeBinding")) {', "if (wanted.length === 0) {"],
  ]),
];
