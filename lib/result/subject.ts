// result: what is asked about: a pod or a claim, as an object, by its key or by its row.

import { TopologyError } from "../errors.js";
import type { Candidate } from "../filters/plugin.js";
import type { Table } from "../intern/table.js";
import type { PersistentVolumeClaimLike, PodLike } from "../objects/types.js";

/** What is asked about: its table, and the candidate that a row of it is. */
export interface Subject {
  readonly table: Table;
  readonly unknown: "UnknownPod" | "UnknownClaim";
  candidate(row: number): Candidate;
}

/** An object, a key, or the row of one that is known. */
export type Asked = PodLike | PersistentVolumeClaimLike | string | number;

/** The row of an object that is known by its key or its row. */
export function rowOf(table: Table, asked: string | number, unknown: Subject["unknown"]): number {
  const row = typeof asked === "string" ? table.findKey(asked) : table.has(asked) ? asked : -1;
  if (row < 0) throw new TopologyError(unknown, `${table.type.kind} ${asked} is not known to the matcher`);
  return row;
}

/** The key under which an answer is reported: the one that was asked for, if it is whole. */
export function keyOf(table: Table, asked: Asked, row: number): string {
  if (typeof asked !== "string") return table.keyOf(row);
  return asked.indexOf("/") > 0 ? asked : table.keyOf(table.findKey(asked));
}
