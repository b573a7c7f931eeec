// cli: cells -> lines whose columns are aligned.

import { padded, widthOf } from "./text-width.js";

/** A line a row; the last cell of a row is as long as it is. */
export function aligned(rows: readonly (readonly string[])[]): string[] {
  const widths: number[] = [];
  for (const row of rows) {
    for (let i = 0; i < row.length - 1; i++) widths[i] = Math.max(widths[i] ?? 0, widthOf(row[i]));
  }
  return rows.map((row) => row.map((cell, i) => (i < row.length - 1 ? padded(cell, widths[i]) : cell)).join("  "));
}
