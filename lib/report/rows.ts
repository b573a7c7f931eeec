// report: nodes -> the rows of a picture: a heading for each group, below it the classes of its nodes.

import type { ReportData } from "./types.js";

/** Nodes with one value under a key. */
export interface NodeGroup {
  /** The value; undefined for nodes that have none. */
  readonly value: string | undefined;
  /** What people read. */
  readonly name: string;
  readonly nodes: number;
  readonly classes: readonly ClassRow[];
}

/** The nodes of a group that no column tells apart. */
export interface ClassRow {
  readonly class: number;
  /** Places in `nodes` of the report. */
  readonly nodes: readonly number[];
}

/** A heading (`row` is undefined), or a row of the group. */
export interface Row {
  readonly group: NodeGroup;
  readonly row: ClassRow | undefined;
}

/** Groups by a key (-1: all in one), those without a value last. `shown`: which nodes are, by their places. */
export function groupsOf(report: ReportData, key: number, shown: (node: number) => boolean): NodeGroup[] {
  const { classes, keys } = report;
  const labels = key < 0 ? undefined : keys[key];
  const byValue = new Map<number, { nodes: number; readonly classes: { class: number; nodes: number[] }[] }>();
  let node = 0;
  for (const [index, size] of classes.entries()) {
    for (const end = node + size; node < end; node++) {
      if (!shown(node)) continue;
      const value = labels === undefined ? -1 : labels.of[node];
      let group = byValue.get(value);
      if (group === undefined) {
        group = { nodes: 0, classes: [] };
        byValue.set(value, group);
      }
      group.nodes++;
      const last = group.classes.at(-1);
      if (last?.class === index) last.nodes.push(node);
      else group.classes.push({ class: index, nodes: [node] });
    }
  }
  const order = [...byValue.keys()].sort((a, b) => (a < 0 ? 1 : b < 0 ? -1 : a - b));
  return order.map((place) => {
    const value = labels?.values[place];
    const name = value === "" ? '""' : (value ?? (labels === undefined ? "all nodes" : "no such label"));
    return { value, name, ...byValue.get(place)! };
  });
}

/** `open`: whether the rows of a group are shown. */
export function rowsOf(groups: readonly NodeGroup[], open: (group: NodeGroup) => boolean): Row[] {
  return groups.flatMap((group) => {
    const heading: Row = { group, row: undefined };
    return open(group) ? [heading, ...group.classes.map((row) => ({ group, row }))] : [heading];
  });
}
