// cli: the pieces that the scanner cuts out of JSON -> objects. Only one item of a list is in memory at a time.

import type { ObjectSink, TypeMeta } from "./documents.js";
import { isListKind, itemTypeOf, readDocument, readItem, typeOf } from "./documents.js";
import type { Origin } from "./failure.js";
import { InputFailure } from "./failure.js";
import { isObject } from "./fields.js";
import { findJsonFault, lineOf } from "./json-fault.js";
import type { Cut, JsonSink } from "./json-scanner.js";
import { JsonScanner } from "./json-scanner.js";
import { parseJson } from "./numbers.js";

interface HeldItem {
  readonly value: unknown;
  readonly origin: Origin;
}

/** Reads a file of JSON documents. */
export async function readJson(file: string, chunks: AsyncIterable<Uint8Array>, sink: ObjectSink): Promise<void> {
  const documents = new JsonDocuments(file, sink);
  const scanner = new JsonScanner(documents);
  for await (const chunk of chunks) scanner.push(chunk);
  scanner.end();
  if (documents.count === 0) sink.skipEmptyDocument();
}

class JsonDocuments implements JsonSink {
  /** Documents that are done. */
  count = 0;
  #items = 0;
  /** Of the list whose items are being read: its type, where that came before them. */
  #list: TypeMeta | undefined;
  /** Kinds of items that were handed over before the list said what it is. */
  readonly #early = new Set<string>();
  /** Items without a kind of their own, kept until the list's is known. */
  #held: HeldItem[] = [];

  constructor(
    readonly file: string,
    readonly sink: ObjectSink,
  ) {}

  beginItems(head: string, line: number): void {
    const value = this.#parse(`${head}[]}`, line, undefined);
    this.#list = isObject(value) ? typeOf(value, this.#origin(line)) : undefined;
  }

  item(text: string, line: number): void {
    const origin = this.#origin(line, `items[${this.#items++}]`);
    const value = this.#parse(text, line, undefined, origin);
    if (this.#list !== undefined) {
      // Items of what is no list are a field like any other.
      if (isListKind(this.#list.kind)) this.#read(value, itemTypeOf(this.#list), origin);
      return;
    }
    const own = isObject(value) ? typeOf(value, origin) : undefined;
    if (own === undefined) this.#held.push({ value, origin });
    else {
      this.#early.add(own.kind);
      this.#read(value, undefined, origin);
    }
  }

  document(text: string, line: number, cut: Cut | undefined): void {
    const origin = this.#origin(line);
    const value = this.#parse(text, line, cut);
    if (cut === undefined || !isObject(value)) this.#guard(origin, () => readDocument(value, origin, this.sink));
    else this.#endList(typeOf(value, origin), value, origin);
    this.count++;
    this.#items = 0;
    this.#list = undefined;
    this.#held = [];
    this.#early.clear();
  }

  fail(sentence: string): never {
    throw new InputFailure(this.#origin(1), sentence);
  }

  /** Gives the items that waited their kind, now that the list's is known. */
  #endList(type: TypeMeta | undefined, value: unknown, origin: Origin): void {
    if (type === undefined) throw new InputFailure(origin, "kind is missing");
    if (!isListKind(type.kind)) {
      if (this.#early.size > 0) {
        throw new InputFailure(origin, `${type.kind}: items stand before the kind, and this kind is no list`);
      }
      readDocument(value, origin, this.sink);
      return;
    }
    const itemType = itemTypeOf(type);
    for (const kind of this.#early) {
      if (itemType === undefined || kind === itemType.kind) continue;
      throw new InputFailure(origin, `${type.kind}: items of kind ${kind} stand before the list's own kind`);
    }
    for (const held of this.#held) this.#read(held.value, itemType, held.origin);
  }

  #read(value: unknown, itemType: TypeMeta | undefined, origin: Origin): void {
    this.#guard(origin, () => readItem(value, itemType, origin, this.sink));
  }

  #origin(line: number, item = ""): Origin {
    return { file: this.file, document: this.count + 1, item, line };
  }

  #parse(text: string, line: number, cut: Cut | undefined, origin = this.#origin(line)): unknown {
    try {
      return this.#guard(origin, () => parseJson(text));
    } catch (error) {
      if (!(error instanceof SyntaxError)) throw error;
      const { offset, sentence } = findJsonFault(text);
      const skipped = cut !== undefined && offset >= cut.at ? cut.lines : 0;
      throw new InputFailure(origin, `line ${line + lineOf(text, offset) + skipped}: ${sentence}`);
    }
  }

  #guard<R>(origin: Origin, action: () => R): R {
    try {
      return action();
    } catch (error) {
      if (error instanceof RangeError) throw new InputFailure(origin, "is nested too deeply");
      throw error;
    }
  }
}
