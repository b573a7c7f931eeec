// cli: the nodes of a YAML document -> the values that kubectl's decoder makes of them.

import type { Alias, Document, Node, Scalar, YAMLMap } from "yaml";
import type { ScalarValue } from "./yaml-scalars.js";
import { keyText, plainValue, taggedValue } from "./yaml-scalars.js";

/** A document that has no value. */
export class YamlFault extends Error {
  constructor(
    /** Where, in the document's text. */
    readonly offset: number,
    sentence: string,
  ) {
    super(sentence);
  }
}

/** A field that is written twice in one mapping. */
export interface DuplicateField {
  /** Such as `spec.containers[0].image`. */
  readonly path: string;
  /** Of the later one. */
  readonly offset: number;
}

export type NodeTypes = Pick<typeof import("yaml"), "isAlias" | "isMap" | "isScalar" | "isSeq">;

type Fields = Record<string, unknown>;

const MERGE = "tag:yaml.org,2002:merge";
const MERGE_SENTENCE = "what << merges is no mapping";

export class YamlValues {
  /** The later of two counts. */
  readonly duplicates: DuplicateField[] = [];
  readonly #anchors = new Map<string, Node>();
  /** What each alias named when it was met. */
  readonly #targets = new Map<Alias, Node>();
  /** Nodes whose values are being made: an alias to one of them would never end. */
  readonly #open = new Set<Node>();
  readonly #path: (string | number)[] = [];
  /** Nodes met, and those of them that an alias repeated. */
  #nodes = 1;
  #repeated = 0;
  #aliasDepth = 0;

  /** Where the last line ends that is not blank; beyond everything where a line end follows it. */
  readonly #end: number;

  constructor(
    readonly types: NodeTypes,
    text: string,
  ) {
    this.#end = OPEN_LINE.test(text) ? text.length : Number.POSITIVE_INFINITY;
  }

  /** @throws YamlFault for what has no value. */
  of(document: Document.Parsed): unknown {
    return this.#value(document.contents);
  }

  #value(node: Node | null): unknown {
    if (node === null) return null;
    const { isAlias, isMap, isScalar, isSeq } = this.types;
    this.#count(node);
    if (isAlias(node)) return this.#repeat(node, (target) => this.#value(target));
    if (isScalar(node)) {
      this.#noteAnchor(node);
      return finite(this.#scalar(node), node);
    }
    if (isMap(node)) return this.#fields(node as YAMLMap<Node, Node | null>, {});
    this.#enter(node);
    const items = isSeq(node) ? (node.items as Node[]).map((item, i) => this.#at(i, item)) : null;
    this.#open.delete(node);
    return items;
  }

  #at(name: string | number, node: Node | null): unknown {
    this.#path.push(name);
    const value = this.#value(node);
    this.#path.pop();
    return value;
  }

  /** Adds the fields of a mapping to those that are there. */
  #fields(map: YAMLMap<Node, Node | null>, fields: Fields): Fields {
    this.#enter(map);
    const written = new Set<string>();
    for (const { key, value } of map.items) {
      if (this.#isMerge(key)) {
        this.#merge(value, offsetOf(key), fields);
        continue;
      }
      const name = this.#key(key);
      if (written.has(name) && this.#aliasDepth === 0) {
        this.duplicates.push({ path: pathText([...this.#path, name]), offset: offsetOf(key) });
      }
      written.add(name);
      const made = this.#at(name, value);
      if (name === "__proto__") Object.defineProperty(fields, name, { value: made, ...PLAIN });
      else fields[name] = made;
    }
    this.#open.delete(map);
    return fields;
  }

  #key(key: Node | null): string {
    const { isAlias, isScalar } = this.types;
    if (key !== null) this.#count(key);
    if (isAlias(key)) return this.#repeat(key, (target) => this.#key(target));
    const value = isScalar(key) ? this.#scalar(key) : null;
    const name = value === null ? undefined : keyText(value, (key as Scalar).source ?? "");
    if (name === undefined) throw new YamlFault(offsetOf(key), "a key is null or no text");
    this.#noteAnchor(key as Scalar);
    return name;
  }

  #isMerge(key: Node | null): boolean {
    if (!this.types.isScalar(key) || key.source !== "<<") return false;
    return key.tag === undefined ? key.type === "PLAIN" : key.tag === MERGE;
  }

  /** Fields that `<<` brings are there as if they had been written in its place. */
  #merge(value: Node | null, offset: number, fields: Fields): void {
    const { isAlias, isSeq } = this.types;
    const mergeOne = (node: Node | null): void => {
      if (node === null) throw new YamlFault(offset, MERGE_SENTENCE);
      this.#count(node);
      if (isAlias(node)) this.#repeat(node, (target) => void this.#mergeMap(target, offset, fields));
      else this.#mergeMap(node, offset, fields);
    };
    if (!isSeq(value)) mergeOne(value);
    else {
      this.#enter(value);
      // The first of several comes before the others.
      for (const item of ([...value.items] as Node[]).reverse()) mergeOne(item);
      this.#open.delete(value);
    }
  }

  #mergeMap(node: Node, offset: number, fields: Fields): void {
    if (!this.types.isMap(node)) throw new YamlFault(offset, MERGE_SENTENCE);
    this.#fields(node as YAMLMap<Node, Node | null>, fields);
  }

  #scalar(node: Scalar): ScalarValue {
    const text = this.#textOf(node);
    const isPlain = node.tag === undefined && node.type === "PLAIN";
    const value = isPlain ? plainValue(text) : node.tag === undefined ? text : taggedValue(node.tag, text);
    if (value === undefined) throw new YamlFault(offsetOf(node), "a tag does not fit its value");
    return value;
  }

  /** A block at the end of a text that does not end its last line has no line end either. */
  #textOf({ range, source = "", type }: Scalar): string {
    const isOpen = (type === "BLOCK_LITERAL" || type === "BLOCK_FOLDED") && range != null && range[1] >= this.#end;
    return isOpen && source.endsWith("\n") ? source.slice(0, -1) : source;
  }

  #repeat<R>(alias: Alias, action: (target: Node) => R): R {
    const target = this.#targets.get(alias) ?? this.#anchors.get(alias.source);
    if (target === undefined) throw new YamlFault(offsetOf(alias), "an alias names no anchor");
    if (this.#open.has(target)) throw new YamlFault(offsetOf(alias), "an alias stands inside what it names");
    this.#targets.set(alias, target);
    this.#aliasDepth++;
    const result = action(target);
    this.#aliasDepth--;
    return result;
  }

  #enter(node: Node): void {
    this.#noteAnchor(node);
    this.#open.add(node);
  }

  #noteAnchor(node: Node): void {
    const { anchor } = node as Scalar;
    if (anchor !== undefined && this.#aliasDepth === 0) this.#anchors.set(anchor, node);
  }

  /** Refuses documents that are little but aliases of aliases, by kubectl's measure. */
  #count(node: Node): void {
    this.#nodes++;
    if (this.#aliasDepth === 0) return;
    this.#repeated++;
    if (this.#repeated <= 100 || this.#nodes <= 1000) return;
    if (this.#repeated / this.#nodes > allowedShare(this.#nodes)) {
      throw new YamlFault(offsetOf(node), "aliases multiply without bounds");
    }
  }
}

const PLAIN = { writable: true, enumerable: true, configurable: true } as const;
const OPEN_LINE = /[^ \n][^\n]*$/;
const FEW_NODES = 400_000;
const MANY_NODES = 4_000_000;

/** How many of so many nodes may be repeated ones. */
function allowedShare(nodes: number): number {
  const share = 0.99 - (0.89 * (nodes - FEW_NODES)) / (MANY_NODES - FEW_NODES);
  return Math.min(0.99, Math.max(0.1, share));
}

function finite(value: ScalarValue, node: Scalar): ScalarValue {
  if (typeof value !== "number" || Number.isFinite(value)) return value;
  throw new YamlFault(offsetOf(node), "a number is infinite or none, which JSON cannot say");
}

function offsetOf(node: Node | null): number {
  return node?.range?.[0] ?? 0;
}

function pathText(path: readonly (string | number)[]): string {
  return path
    .map((step) => (typeof step === "number" ? `[${step}]` : `.${step}`))
    .join("")
    .replace(/^\./, "");
}
