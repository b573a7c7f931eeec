// report: counts of a report, and how counts are said.

import type { ReportData } from "./types.js";

export interface Counts {
  readonly all: number;
  /** Of these, how many fit no node. */
  readonly nowhere: number;
}

export function countsOf({ columns }: ReportData): Counts {
  const count = (some: ReportData["columns"]): number => some.reduce((sum, { members }) => sum + members.length, 0);
  return { all: count(columns), nowhere: count(columns.filter(({ fits }) => fits === 0)) };
}

/** `1 node`, `2 nodes`; counts with thousands separators. */
export function counted(count: number, one: string): string {
  return `${count.toLocaleString("en")} ${one}${count === 1 ? "" : "s"}`;
}
