// report: words -> the columns and nodes that they are about.

import type { Column, Member, ReportData } from "./types.js";

export interface Found {
  /** Places in `columns` of the report. */
  readonly columns: readonly number[];
  readonly isShown: (node: number) => boolean;
  /** The member of a column that is told of: the first that a word names. */
  readonly memberOf: (column: number) => number;
}

/**
 * A word is about the columns and the nodes in whose names it stands, a node's labels among them; where it stands in no
 * name, about the columns in whose causes it does. All words must be met; one that stands nowhere leaves nothing.
 */
export class Filter {
  readonly #report: ReportData;
  // What words are looked for in, made for the first word.
  #columns: readonly string[] | undefined;
  #nodes: readonly string[] | undefined;
  #causes: readonly string[] | undefined;

  constructor(report: ReportData) {
    this.#report = report;
  }

  find(text: string): Found {
    let columns = this.#report.columns.map((_, i) => i);
    let nodes: Set<number> | undefined;
    const words = text
      .toLowerCase()
      .split(/\s+/)
      .filter((one) => one !== "");
    for (const word of words) {
      this.#columns ??= this.#report.columns.map(namesOf);
      this.#nodes ??= nodeTexts(this.#report);
      const named = placesWith(word, this.#columns);
      const there = placesWith(word, this.#nodes);
      this.#causes ??= named.length > 0 || there.length > 0 ? undefined : this.#report.columns.map(textOf);
      const about = named.length > 0 || there.length > 0 ? named : placesWith(word, this.#causes ?? []);
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
    return {
      columns,
      isShown: shown === undefined ? () => true : (node) => shown.has(node),
      memberOf: (column) =>
        Math.max(
          0,
          this.#report.columns[column].members.findIndex((one) => isNamed(one, words)),
        ),
    };
  }
}

/** Some word stands in its name; without words none does. */
function isNamed({ name }: Member, words: readonly string[]): boolean {
  const text = name.toLowerCase();
  return words.some((word) => text.includes(word));
}

function namesOf({ members }: Column): string {
  return members.map(({ name }) => name.toLowerCase()).join("\n");
}

function nodeTexts({ keys, nodes }: ReportData): string[] {
  return nodes.map((name, node) => {
    const values = keys.map(({ of, values: all }) => all[of[node]] ?? "");
    return [name, ...values].join("\n").toLowerCase();
  });
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
