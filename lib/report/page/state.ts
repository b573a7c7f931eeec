// report: what of a report the page shows now, and who is told when that changes.

import { Cells } from "../cells.js";
import { Filter } from "../filter.js";
import type { NodeGroup, Row } from "../rows.js";
import { groupsOf, rowsOf } from "../rows.js";
import type { ReportData } from "../types.js";

/** With more rows, groups are closed at first. */
const OPEN_ROWS = 120;

/** A cell; -1 is the heading of a row or of a column. Both are places in what is shown. */
export interface Place {
  readonly row: number;
  readonly column: number;
}

export class State {
  readonly cells: Cells;
  groupBy: number;
  groups: readonly NodeGroup[] = [];
  rows: readonly Row[] = [];
  /** Places in `columns` of the report. */
  columns: readonly number[] = [];
  /** The member of a column (by its place in the report) that is told of. */
  memberOf: (column: number) => number = () => 0;
  #words = "";
  #onlyUnplaced = false;
  readonly #filter: Filter;
  /** Values of the groups whose rows are shown. */
  readonly #open = new Set<string | undefined>();
  readonly #listeners: (() => void)[] = [];

  constructor(readonly report: ReportData) {
    this.cells = new Cells(report);
    this.#filter = new Filter(report);
    this.groupBy = report.groupBy;
    this.#regroup();
  }

  onChange(listener: () => void): void {
    this.#listeners.push(listener);
  }

  filter(words: string): void {
    this.#words = words;
    this.#show();
  }

  get onlyUnplaced(): boolean {
    return this.#onlyUnplaced;
  }

  set onlyUnplaced(only: boolean) {
    this.#onlyUnplaced = only;
    this.#show();
  }

  group(by: number): void {
    this.groupBy = by;
    this.#regroup();
    this.#show();
  }

  isOpen({ value }: NodeGroup): boolean {
    return this.#open.has(value);
  }

  toggle({ value }: NodeGroup): void {
    if (!this.#open.delete(value)) this.#open.add(value);
    this.#show();
  }

  /** Opens all groups, or closes all where all are open. */
  toggleAll(): void {
    if (this.isAllOpen) this.#open.clear();
    else for (const { value } of this.groups) this.#open.add(value);
    this.#show();
  }

  get isAllOpen(): boolean {
    return this.groups.every((group) => this.isOpen(group));
  }

  /** Groups by another key are open, if there are not too many rows. */
  #regroup(): void {
    this.#open.clear();
    this.groups = groupsOf(this.report, this.groupBy, () => true);
    const rows = this.groups.reduce((sum, { classes }) => sum + classes.length, 0);
    if (rows <= OPEN_ROWS || this.groups.length === 1) for (const { value } of this.groups) this.#open.add(value);
    this.#show();
  }

  #show(): void {
    const { columns, isShown, memberOf } = this.#filter.find(this.#words);
    this.columns = this.#onlyUnplaced ? columns.filter((i) => this.report.columns[i].fits === 0) : columns;
    this.memberOf = memberOf;
    this.groups = groupsOf(this.report, this.groupBy, isShown);
    this.rows = rowsOf(this.groups, (group) => this.isOpen(group));
    for (const listener of this.#listeners) listener();
  }
}
