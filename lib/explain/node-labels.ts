// explain: nodes and a label key -> what they have under it, and what else is known of the values that were wanted.

import type { Context } from "../evaluate/context.js";
import type { Mask } from "../evaluate/mask.js";
import type { Masks } from "../evaluate/masks.js";
import { csiNodeDriver, csiNodeRow } from "../intern/kinds.js";
import { NODE_NAME } from "../intern/label-columns.js";
import { EMPTY_TEXT } from "../intern/strings.js";
import { compareUtf8 } from "../objects/utf8.js";
import type { NodeIndex } from "../result/node-index.js";
import type { FoundValue, Hint } from "./causes.js";
import type { Examination } from "./examination.js";

type LabelColumn = ReturnType<Context["columns"]["column"]>;

/** So many values are listed. */
const LISTED = 8;
/** Of more values than this those of the nodes that come first are listed, and not the most frequent ones. */
const MOST_TOLD_APART = 64;
/** A table for them, half empty: a slot is the top bits of a value times the golden ratio. */
const SLOTS = 128;
const SHIFT = 25;
const GOLDEN = 0x9e3779b1;
const HOSTNAME = "kubernetes.io/hostname";
const DRIVERS = csiNodeRow.column("spec.drivers");

/** What nodes have under a key. */
export interface Found {
  readonly found: readonly FoundValue[];
  readonly others: number;
  readonly absent: number;
}

/** A requirement, as far as its values may be mistaken. */
export interface Wanted {
  readonly key: string;
  readonly operator: string;
  readonly values: readonly string[];
}

/** What nodes have under a key, or what their names are (`field`). O(nodes). */
export function foundUnder({ context, index }: Examination, nodes: Mask, key: string, field = false): Found {
  const { cluster, columns, masks } = context;
  const ids = masks.ids(nodes).slice();
  const id = field ? NODE_NAME : cluster.strings.find(key);
  if (id === 0) return { found: [], others: 0, absent: ids.length };
  const { strings } = cluster;
  const column = columns.column(id);
  const counts = countsIn(column, ids) ?? countsOf(column, ids, firstValues(index, masks, column, nodes));
  const absent = counts.get(0) ?? 0;
  counts.delete(0);
  const all = Array.from(counts, ([value, count]) => ({ value: strings.get(value), nodes: count }));
  all.sort((a, b) => b.nodes - a.nodes || compareUtf8(a.value, b.value));
  const found = all.slice(0, LISTED);
  const others = found.reduce((left, { nodes: count }) => left - count, ids.length - absent);
  return { found, others, absent };
}

/** How many nodes have each value (a string id, 0 for none); undefined where there are too many to tell apart. */
function countsIn(column: LabelColumn, ids: Uint32Array): Map<number, number> | undefined {
  const values = new Uint32Array(SLOTS);
  const counts = new Uint32Array(SLOTS);
  let distinct = 0;
  for (const node of ids) {
    const value = column.get(node);
    let slot = Math.imul(value, GOLDEN) >>> SHIFT;
    while (counts[slot] !== 0 && values[slot] !== value) slot = (slot + 1) % SLOTS;
    if (counts[slot]++ !== 0) continue;
    values[slot] = value;
    if (++distinct > MOST_TOLD_APART) return undefined;
  }
  const found = new Map<number, number>();
  for (let slot = 0; slot < SLOTS; slot++) if (counts[slot] !== 0) found.set(values[slot], counts[slot]);
  return found;
}

/** The values of the nodes that come first by name. */
function firstValues(index: NodeIndex, masks: Masks, column: LabelColumn, nodes: Mask): number[] {
  const first: number[] = [];
  for (const node of index.order.ids) {
    if (first.length === LISTED) break;
    const value = masks.has(nodes, node) ? column.get(node) : 0;
    if (value !== 0 && !first.includes(value)) first.push(value);
  }
  return first;
}

/** How many nodes have each of a few values, and how many have none. */
function countsOf(column: LabelColumn, ids: Uint32Array, values: readonly number[]): Map<number, number> {
  const counts = new Uint32Array(values.length);
  let absent = 0;
  for (const node of ids) {
    const value = column.get(node);
    const place = values.indexOf(value);
    if (value === 0) absent++;
    else if (place >= 0) counts[place]++;
  }
  return new Map([[0, absent], ...values.map((value, i) => [value, counts[i]] as const)]);
}

/** What else is known of a requirement on labels that some nodes do not meet; `driver`: whose topology it is about. */
export function hintsOf(context: Context, { key, operator, values }: Wanted, driver = ""): Hint[] {
  const { cluster, columns } = context;
  const { strings } = cluster;
  const id = strings.find(key);
  const column = id === 0 ? undefined : columns.column(id);
  const hints: Hint[] = [];
  if (operator !== "In" && operator !== "Exists") return hints;
  if (column === undefined || column.present === 0) {
    hints.push({ code: "NoNodeHasKey" });
    const keys = driver === "" ? [] : topologyKeysOf(context, driver);
    if (keys.length > 0 && !keys.includes(key)) hints.push({ code: "DriverKeys", driver, keys });
  } else if (operator === "In" && values.every((value) => column.count(strings.find(value)) === 0)) {
    hints.push({ code: "NoNodeHasValue" });
  }
  if (operator === "In" && key === HOSTNAME) {
    for (const value of values) {
      const name = strings.find(value);
      const node = name === 0 ? -1 : cluster.nodes.find(EMPTY_TEXT, name);
      const label = node < 0 ? 0 : (column?.get(node) ?? 0);
      if (node < 0 || label === name) continue;
      hints.push({ code: "NameOfNode", value, node: value, label: label === 0 ? undefined : strings.get(label) });
    }
  }
  return hints;
}

/** The topology keys that the first CSINode which knows a driver lists for it. O(CSINodes) where none does. */
function topologyKeysOf({ cluster: { blocks, csiNodes, strings } }: Context, driver: string): readonly string[] {
  for (let row = 0; row < csiNodes.limit; row++) {
    const block = csiNodes.has(row) ? csiNodes.get(row, DRIVERS) : 0;
    if (block === 0) continue;
    const cursor = blocks.cursor(block);
    for (let count = cursor.tokens[cursor.at++]; count > 0; count--) {
      const read = csiNodeDriver.read(cursor, strings) as { name?: string; topologyKeys?: readonly string[] };
      if (read.name === driver && (read.topologyKeys ?? []).length > 0) return read.topologyKeys ?? [];
    }
  }
  return [];
}
