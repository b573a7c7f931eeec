// lint: a label key -> what the nodes have under it, in words; each key is looked at once.

import { parseLabelInteger } from "../compile/label-grammar.js";
import type { Context } from "../evaluate/context.js";
import type { WrittenRequirement } from "../explain/written-terms.js";
import type { LabelColumn } from "../intern/label-column.js";
import { nearest } from "../objects/nearest.js";
import { counted } from "../objects/sentence.js";
import { compareUtf8 } from "../objects/utf8.js";

/** So many values are named. */
const NAMED = 3;
/** Shorter values are near to anything. */
const SHORTEST = 3;
/** So many letters are compared, over all keys, to find values that were meant. */
const MOST_LETTERS = 200_000;
/** A key with more values names things, such as hostnames, of which one that is gone is like many. */
const MOST_VALUES = 1_000;

export class NodeLabels {
  readonly #phrases = new Map<string, string>();
  readonly #texts = new Map<string, readonly string[]>();
  #letters = 0;

  constructor(readonly context: Context) {}

  /** How many nodes there are. */
  get nodes(): number {
    return this.context.cluster.nodes.size;
  }

  /** How many nodes have a key. */
  present(key: string): number {
    return this.#column(key)?.present ?? 0;
  }

  /** How many different values of a key there are. O(values). */
  values(key: string): number {
    const column = this.#column(key);
    return column === undefined ? 0 : [...column.values()].length;
  }

  /** How many nodes have this value. */
  count(key: string, value: string): number {
    return this.#column(key)?.count(this.context.cluster.strings.find(value)) ?? 0;
  }

  /** The value of a key on a node (a row); undefined without the key. */
  valueOn(node: number, key: string): string | undefined {
    const value = this.#column(key)?.get(node) ?? 0;
    return value === 0 ? undefined : this.context.cluster.strings.get(value);
  }

  /** The values of a key that several nodes have, and the rows of these. O(values). */
  *shared(key: string): Iterable<readonly [value: string, nodes: number[]]> {
    const column = this.#column(key);
    if (column === undefined) return;
    for (const id of column.values()) {
      if (column.count(id) < 2) continue;
      const nodes: number[] = [];
      column.collect(id, nodes);
      yield [this.context.cluster.strings.get(id), nodes];
    }
  }

  /** `nodes have a (3), b and 7 other values`, the most frequent first; `no node has the label`. */
  phrase(key: string): string {
    let phrase = this.#phrases.get(key);
    if (phrase === undefined) {
      phrase = this.#phraseOf(key);
      this.#phrases.set(key, phrase);
    }
    return phrase;
  }

  /** The value that nodes have and that may have been meant; undefined, too, when much was compared already. */
  near(key: string, value: string): string | undefined {
    if (value.length < SHORTEST || this.#letters > MOST_LETTERS) return undefined;
    const values = this.#textsOf(key);
    this.#letters += values.reduce((sum, text) => sum + text.length, 0);
    return nearest(value, values, 1)[0];
  }

  /** How many nodes meet a requirement that parses. O(its values), for Gt and Lt O(the values of the key). */
  meeting({ field, key, operator, values }: WrittenRequirement): number {
    if (field) return this.nodes;
    const having = (): number => [...new Set(values)].reduce((sum, value) => sum + this.count(key, value), 0);
    switch (operator) {
      case "In":
        return having();
      case "NotIn":
        return this.nodes - having();
      case "Exists":
        return this.present(key);
      case "DoesNotExist":
        return this.nodes - this.present(key);
      default:
        return this.#comparing(key, operator, values[0]);
    }
  }

  #comparing(key: string, operator: string, value: string): number {
    const column = this.#column(key);
    const bound = parseLabelInteger(value);
    if (column === undefined || bound === undefined) return 0;
    let count = 0;
    for (const id of column.values()) {
      const label = parseLabelInteger(this.context.cluster.strings.get(id));
      if (label !== undefined && (operator === "Gt" ? label > bound : label < bound)) count += column.count(id);
    }
    return count;
  }

  #phraseOf(key: string): string {
    const column = this.#column(key);
    if (column === undefined || column.present === 0) return "no node has the label";
    const { strings } = this.context.cluster;
    const found = Array.from(column.values(), (id) => ({ text: strings.get(id), nodes: column.count(id) }));
    found.sort((a, b) => b.nodes - a.nodes || compareUtf8(a.text, b.text));
    const named = found.slice(0, NAMED).map(({ nodes, text }) => `${shown(text)}${nodes > 1 ? ` (${nodes})` : ""}`);
    const others = found.length - named.length;
    const all = others > 0 ? [...named, counted(others, "other value")] : named;
    const list = all.length === 1 ? all[0] : `${all.slice(0, -1).join(", ")} and ${all[all.length - 1]}`;
    return `${column.present === 1 ? "one node has" : "nodes have"} ${list}`;
  }

  /** The values of a key, unless there are many. */
  #textsOf(key: string): readonly string[] {
    let texts = this.#texts.get(key);
    if (texts === undefined) {
      const { strings } = this.context.cluster;
      const values = [...(this.#column(key)?.values() ?? [])];
      texts = values.length > MOST_VALUES ? [] : values.map((id) => strings.get(id));
      this.#texts.set(key, texts);
    }
    return texts;
  }

  /** Undefined for a text that nothing holds: it is no key of a label. */
  #column(key: string): LabelColumn | undefined {
    const { cluster, columns } = this.context;
    const id = cluster.strings.find(key);
    return id === 0 ? undefined : columns.column(id);
  }
}

/** A value as a sentence has it: the empty one can be seen. */
export function shown(value: string): string {
  return value === "" ? '""' : value;
}
