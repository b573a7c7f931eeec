// report: which part of a column a class of nodes is in, and how many nodes of a group are in which part.

import { readSet } from "./number-sets.js";
import type { NodeGroup } from "./rows.js";
import type { Column, Part, ReportData } from "./types.js";

/** So many columns are kept as they were read. */
const KEPT = 2048;

export class Cells {
  readonly #report: ReportData;
  readonly #read = new Map<number, Uint16Array>();
  #counts = new WeakMap<NodeGroup, Map<number, Uint32Array>>();

  constructor(report: ReportData) {
    this.#report = report;
  }

  part(column: number, row: number): Part {
    return this.#report.columns[column].parts[this.#partsOf(column)[row]];
  }

  /** For each part of a column, how many nodes of a group are in it. */
  counts(column: number, group: NodeGroup): Uint32Array {
    let known = this.#counts.get(group);
    if (known === undefined) {
      known = new Map();
      this.#counts.set(group, known);
    }
    let counts = known.get(column);
    if (counts === undefined) {
      const parts = this.#partsOf(column);
      counts = new Uint32Array(this.#report.columns[column].parts.length);
      for (const { class: row, nodes } of group.classes) counts[parts[row]] += nodes.length;
      known.set(column, counts);
    }
    return counts;
  }

  #partsOf(column: number): Uint16Array {
    let parts = this.#read.get(column);
    if (parts === undefined) {
      parts = partsOf(this.#report.columns[column], this.#report.classes.length);
      // The oldest goes: a map lists its keys in the order in which they came.
      if (this.#read.size >= KEPT)
        for (const first of [...this.#read.keys()].slice(0, KEPT / 4)) this.#read.delete(first);
      this.#read.set(column, parts);
    }
    return parts;
  }
}

/** The place of the part that each class is in. */
function partsOf({ parts }: Column, classes: number): Uint16Array {
  const of = new Uint16Array(classes);
  of.fill(
    Math.max(
      0,
      parts.findIndex((part) => part.classes === undefined),
    ),
  );
  for (const [i, { classes: set }] of parts.entries()) {
    if (set !== undefined) {
      readSet(set, classes, (row) => {
        of[row] = i;
      });
    }
  }
  return of;
}
