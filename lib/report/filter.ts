// report: words -> the columns and nodes that they are about.

import type { Column, ReportData } from "./types.js";

export interface Found {
  /** Places in `columns` of the report. */
  readonly columns: readonly number[];
  readonly isShown: (node: number) => boolean;
}

/**
 * A word is about the columns and the nodes in whose names it stands, a node's labels among them; where it stands in no
 * name, about the columns in whose causes it does. All words must be met; one that stands nowhere leaves nothing.
 */
export class Filter {
  readonly #report: ReportData;
  readonly #columns: readonly string[];
  readonly #nodes: readonly string[];
  #causes: readonly string[] | undefined;

  constructor(report: ReportData) {
    this.#report = report;
    this.#columns = report.columns.map(({ members }) => members.map(({ name }) => name.toLowerCase()).join("\n"));
    this.#nodes = report.nodes.map((name, node) => {
      const values = report.keys.map(({ of, values }) => values[of[node]] ?? "");
      return [name, ...values].join("\n").toLowerCase();
    });
  }

  find(text: string): Found {
    let columns = this.#report.columns.map((_, i) => i);
    let nodes: Set<number> | undefined;
    for (const word of text
      .toLowerCase()
      .split(/\s+/)
      .filter((one) => one !== "")) {
      const named = placesWith(word, this.#columns);
      const there = placesWith(word, this.#nodes);
      const about = named.length > 0 || there.length > 0 ? named : placesWith(word, this.#allCauses());
      if (about.length > 0 || there.length === 0) {
        const wanted = new Set(about);
        columns = columns.filter((column) => wanted.has(column));
      }
      if (there.length > 0) {
        const wanted = new Set(there);
        nodes = nodes === undefined ? wanted : new Set([...nodes].filter((node) => wanted.has(node)));
      }
    }
    const shown = nodes;
    return { columns, isShown: shown === undefined ? () => true : (node) => shown.has(node) };
  }

  #allCauses(): readonly string[] {
    this.#causes ??= this.#report.columns.map(textOf);
    return this.#causes;
  }
}

function textOf({ members, parts }: Column): string {
  const told = members.flatMap(({ causes, message = "" }) => [
    message,
    ...causes.map(({ place, text }) => `${text}\n${place}`),
  ]);
  return [...told, ...parts.flatMap(({ plugin = "", reasons = [] }) => [plugin, ...reasons])].join("\n").toLowerCase();
}

function placesWith(word: string, texts: readonly string[]): number[] {
  return texts.flatMap((text, i) => (text.includes(word) ? [i] : []));
}
