// cli: parsed documents -> single objects with their kinds. Lists are opened at any depth.

import type { Origin } from "./failure.js";
import { InputFailure } from "./failure.js";
import type { KubeObject } from "./fields.js";
import { isObject, typeName } from "./fields.js";

/** The kind and version of an object, as it says itself or as the list does that it is in. */
export interface TypeMeta {
  readonly kind: string;
  /** `""` where there is none. */
  readonly apiVersion: string;
}

/** Takes what a file holds, object by object. */
export interface ObjectSink {
  /** Whether the kind is read; objects of others are not looked at. */
  knows(type: TypeMeta): boolean;
  add(type: TypeMeta, object: KubeObject, origin: Origin): void;
  skip(type: TypeMeta): void;
  skipEmptyDocument(): void;
  /** A document that cannot be parsed, of a kind that is not read. */
  skipUnreadable(type: TypeMeta, origin: Origin, sentence: string): void;
  /** Something that is read as it stands, but that nobody can have meant. */
  doubt(origin: Origin, sentence: string): void;
}

/** Hands over the objects of a document. */
export function readDocument(value: unknown, origin: Origin, sink: ObjectSink): void {
  if (value === null || value === undefined) sink.skipEmptyDocument();
  else readObject(value, undefined, origin, sink);
}

/** Hands over an item of a list; `itemType` is what a typed list says of it. */
export function readItem(item: unknown, itemType: TypeMeta | undefined, origin: Origin, sink: ObjectSink): void {
  // What is not read may have any form.
  if (itemType !== undefined && !isListKind(itemType.kind) && !sink.knows(itemType)) sink.skip(itemType);
  // A null in a list reads as an empty object.
  else readObject(item ?? {}, itemType, origin, sink);
}

function readObject(value: unknown, given: TypeMeta | undefined, origin: Origin, sink: ObjectSink): void {
  if (!isObject(value)) throw new InputFailure(origin, `must be an object, but is ${typeName(value)}`);
  const type = given ?? typeOf(value, origin);
  if (type === undefined) throw new InputFailure(origin, "kind is missing");
  const list = openList(type, value.items, origin, sink);
  if (list === undefined) {
    if (sink.knows(type)) sink.add(type, value, origin);
    else sink.skip(type);
    return;
  }
  const inside = origin.item === "" ? "" : `${origin.item}.`;
  for (const [index, item] of list.items.entries()) {
    readItem(item, list.itemType, { ...origin, item: `${inside}items[${index}]` }, sink);
  }
}

/** What an object says it is; undefined where it names no kind. */
export function typeOf(object: KubeObject, origin: Origin): TypeMeta | undefined {
  const kind = object.kind ?? "";
  const apiVersion = object.apiVersion ?? "";
  if (typeof kind !== "string") throw new InputFailure(origin, `kind must be a string, but is ${typeName(kind)}`);
  if (typeof apiVersion !== "string") {
    throw new InputFailure(origin, `${kind}: apiVersion must be a string, but is ${typeName(apiVersion)}`);
  }
  return kind === "" ? undefined : { kind, apiVersion };
}

/** Whether a kind is that of a list: a plain one, or one of a kind of items. */
export function isListKind(kind: string): boolean {
  return kind.endsWith("List");
}

/** What the items of a list are, as the list says; a plain list says nothing. */
export function itemTypeOf({ apiVersion, kind }: TypeMeta): TypeMeta | undefined {
  return kind === "List" ? undefined : { kind: kind.slice(0, -"List".length), apiVersion };
}

function openList(
  type: TypeMeta,
  items: unknown,
  origin: Origin,
  sink: ObjectSink,
): { readonly items: readonly unknown[]; readonly itemType: TypeMeta | undefined } | undefined {
  if (!isListKind(type.kind)) return undefined;
  const itemType = itemTypeOf(type);
  if (Array.isArray(items)) return { items, itemType };
  // A kind such as AllowList need not be a list.
  if (itemType !== undefined && !sink.knows(itemType)) return undefined;
  if (items === undefined || items === null) return { items: [], itemType };
  throw new InputFailure(origin, `${type.kind}: items must be a list, but is ${typeName(items)}`);
}
