// result: nodes and a label key -> how many of them have each value.

import type { LabelColumns } from "../intern/label-columns.js";
import { checkText } from "../objects/arguments.js";
import type { LabelCounts } from "./types.js";

/** O(nodes), and O(values) for their texts. @throws TopologyError `BadArgument` for a key that is no text. */
export function countLabels(columns: LabelColumns, key: string, nodes: Uint32Array): LabelCounts {
  checkText(key, "key", "countBy");
  const { strings } = columns.nodes.codec;
  const id = strings.find(key);
  const values = new Map<string, number>();
  // A text that nothing has is no key of a label.
  if (id === 0) return { values, without: nodes.length };
  const column = columns.column(id);
  const places = new Map<number, number>();
  const counts: number[] = [];
  let without = 0;
  for (let i = 0; i < nodes.length; i++) {
    const found = column.get(nodes[i]);
    if (found === 0) {
      without++;
      continue;
    }
    const place = places.get(found);
    if (place === undefined) places.set(found, counts.push(1) - 1);
    else counts[place]++;
  }
  for (const [found, place] of places) values.set(strings.get(found), counts[place]);
  return { values, without };
}
