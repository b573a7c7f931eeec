// explain: nodes and a label key -> what they have under it, and what else is known of the values that were wanted.

import type { Context } from "../evaluate/context.js";
import type { Mask } from "../evaluate/mask.js";
import { csiNodeDriver, csiNodeRow } from "../intern/kinds.js";
import { NODE_NAME } from "../intern/label-columns.js";
import { EMPTY_TEXT } from "../intern/strings.js";
import { compareUtf8 } from "../objects/utf8.js";
import type { FoundValue, Hint } from "./causes.js";

/** So many values are listed. */
const LISTED = 8;
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
export function foundUnder({ cluster, columns, masks }: Context, nodes: Mask, key: string, field = false): Found {
  const ids = masks.ids(nodes).slice();
  const id = field ? NODE_NAME : cluster.strings.find(key);
  if (id === 0) return { found: [], others: 0, absent: ids.length };
  const column = columns.column(id);
  const counts = new Map<number, number>();
  let absent = 0;
  for (const node of ids) {
    const value = column.get(node);
    if (value === 0) absent++;
    else counts.set(value, (counts.get(value) ?? 0) + 1);
  }
  const found: FoundValue[] = [];
  let others = 0;
  for (const [id, count] of counts) {
    others += count;
    if (found.length === LISTED && count < found[LISTED - 1].nodes) continue;
    const one = { value: cluster.strings.get(id), nodes: count };
    let at = found.length;
    while (at > 0 && comesBefore(one, found[at - 1])) at--;
    found.splice(at, 0, one);
    if (found.length > LISTED) found.pop();
  }
  for (const { nodes: count } of found) others -= count;
  return { found, others, absent };
}

/** The more frequent first, then by the bytes of the value. */
function comesBefore(a: FoundValue, b: FoundValue): boolean {
  return a.nodes > b.nodes || (a.nodes === b.nodes && compareUtf8(a.value, b.value) < 0);
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
