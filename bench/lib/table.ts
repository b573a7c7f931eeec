// Figures as a table of text.

import type { BenchResult } from "./result.js";

const COLUMNS = ["id", "what", "value", "baseline", "ratio", "asked", "met"] as const;

export function table(results: readonly BenchResult[]): string {
  const rows = [COLUMNS as readonly string[], ...results.map(cells)];
  const widths = COLUMNS.map((_, i) => Math.max(...rows.map((row) => row[i].length)));
  return rows
    .map((row) =>
      row
        .map((cell, i) => cell.padEnd(widths[i]))
        .join("  ")
        .trimEnd(),
    )
    .join("\n");
}

/** The same as Markdown. */
export function markdownTable(results: readonly BenchResult[]): string {
  const line = (row: readonly string[]): string => `| ${row.join(" | ")} |`;
  return [line(COLUMNS), line(COLUMNS.map(() => "---")), ...results.map((result) => line(cells(result)))].join("\n");
}

export function cells({ baseline, id, met, ratio, target, unit, value, what }: BenchResult): readonly string[] {
  const shown = value === null ? "-" : `${short(value)} ${unit}`.trim();
  const verdict = met === null ? "" : met ? "yes" : "NO";
  return [id, what, shown, baseline, ratio === null ? "" : `${short(ratio)}x`, target ?? "", verdict];
}

/** Three digits. */
export function short(value: number): string {
  if (value === 0) return "0";
  const magnitude = Math.floor(Math.log10(Math.abs(value)));
  return value.toFixed(Math.max(0, 2 - magnitude)).replace(/\B(?=(\d{3})+(?!\d)(?<!\.\d*))/g, ",");
}
