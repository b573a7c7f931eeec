// lint: rows, and blocks of tokens -> what the rules look at.

import type { Cluster } from "../intern/cluster.js";
import { CLAIM } from "../intern/cluster.js";
import type { Table } from "../intern/table.js";

/** Calls `use` with the rows of a table. */
export function eachRow(table: Table, use: (row: number) => void): void {
  table.eachWith(table.NAME, 0, true, use);
}

/** The same of claims that are not being deleted: nothing helps those. */
export function eachClaim({ claims }: Cluster, use: (claim: number) => void): void {
  eachRow(claims, (claim) => {
    if (claims.get(claim, CLAIM.deletionTimestamp) === 0) use(claim);
  });
}

/** The entries of a map of text to text; none for 0. */
export function mapOf({ blocks, strings }: Cluster, block: number): ReadonlyMap<string, string> {
  const map = new Map<string, string>();
  if (block === 0) return map;
  const cursor = blocks.cursor(block);
  const { tokens } = cursor;
  for (let count = tokens[cursor.at++]; count > 0; count--) {
    map.set(strings.get(tokens[cursor.at++]), strings.get(tokens[cursor.at++]));
  }
  return map;
}

/** The keys of a table's objects. */
export function keysOf(table: Table): string[] {
  const keys: string[] = [];
  eachRow(table, (row) => keys.push(table.keyOf(row)));
  return keys;
}
