// controllers: plain objects of any kind -> those that are looked at, decoded and complete with namespace and uid.

import { TopologyError } from "../../errors.js";
import type { KubeObject } from "../../objects/fields.js";
import { isObject, textAt, typeName } from "../../objects/fields.js";
import type { Kind } from "../../objects/kinds.js";
import { groupOf, keyOf, kindIn, SKIPPED_WORKLOADS, STORED_KINDS, WORKLOAD_KINDS } from "../../objects/kinds.js";
import { defaultUid } from "../defaults/identity.js";
import type { Decoder } from "../workloads/decoding.js";
import type { Item } from "./item.js";
import { idOf, naming } from "./item.js";
import type { ManifestNote, ObjectReplacedNote } from "./notes.js";
import { Skips } from "./notes.js";

export interface Reading {
  /** A later object of equal kind, namespace and name stands in the place of the earlier one. */
  readonly items: readonly Item[];
  readonly notes: readonly ManifestNote[];
}

/**
 * Reads objects; lists are read as their items.
 * @throws ManifestError for what Kubernetes' Go types could not decode.
 */
export function readObjects(objects: Iterable<unknown>, namespace: string, decoder: Decoder): Reading {
  const items = new Map<string, Item>();
  const replaced: ObjectReplacedNote[] = [];
  const skips = new Skips();
  let index = 0;
  for (const given of objects) {
    const at = index++;
    naming(at, () => {
      for (const object of flattened(given, "", `objects[${at}]`)) {
        const item = itemOf(object, at, namespace, skips);
        if (item === undefined) continue;
        decoder.check(item.kind, item.object);
        const id = idOf(item);
        const earlier = items.get(id);
        if (earlier !== undefined) {
          const message = `objects[${at}]: ${id} replaces that of objects[${earlier.index}]`;
          replaced.push({ code: "ObjectReplaced", message, object: id, dropped: earlier.index, kept: at });
        }
        items.set(id, item);
      }
    });
  }
  return { items: [...items.values()], notes: [...replaced, ...skips.notes()] };
}

/** An object, or the items of a list at any depth; items of a typed list take their kind from it. */
function* flattened(given: unknown, kind: string, place: string): Iterable<KubeObject> {
  if (!isObject(given)) {
    throw new TopologyError("Malformed", `${place} must be an object, but is ${typeName(given)}`);
  }
  const object = given.kind === undefined && kind !== "" ? { ...given, kind } : given;
  const own = textAt(object, "kind");
  if (own === "") throw new TopologyError("Malformed", `${place}: kind is missing`, "kind");
  if (!own.endsWith("List") || !Array.isArray(object.items)) {
    yield object;
    return;
  }
  for (const [i, item] of object.items.entries()) {
    yield* flattened(item, own.slice(0, -"List".length), `${place}.items[${i}]`);
  }
}

function itemOf(given: KubeObject, index: number, namespace: string, skips: Skips): Item | undefined {
  const [name, apiVersion] = [textAt(given, "kind"), textAt(given, "apiVersion")];
  const kind = kindIn(STORED_KINDS, name, apiVersion) ?? kindIn(WORKLOAD_KINDS, name, apiVersion);
  if (kind !== undefined) {
    const object = complete(kind, given, namespace);
    const key = keyOf(kind, textAt(object, "metadata", "namespace"), textAt(object, "metadata", "name"));
    return { kind, key, index, lacksUid: textAt(given, "metadata", "uid") === "", object };
  }
  const workload = SKIPPED_WORKLOADS.get(name);
  const group = groupOf(apiVersion);
  if (workload !== undefined && (apiVersion === "" || group === workload.group)) skips.add(name, workload.reason);
  else skips.add(group === "" ? name : `${name} (${group})`);
  return undefined;
}

/** The object with its kind, namespace and uid. */
function complete(kind: Kind, object: KubeObject, namespace: string): KubeObject {
  const type = { apiVersion: textAt(object, "apiVersion") || kind.apiVersion, kind: kind.name };
  if (!isObject(object.metadata)) return { ...object, ...type };
  const metadata: Record<string, unknown> = { ...object.metadata };
  // What is there but no text is left to be refused.
  if (kind.namespaced && isAbsent(metadata.namespace)) metadata.namespace = namespace;
  if (isAbsent(metadata.uid)) {
    metadata.uid = defaultUid(kind, textAt(metadata, "namespace"), textAt(metadata, "name"));
  }
  return { ...type, ...object, ...type, metadata };
}

function isAbsent(value: unknown): boolean {
  return value === undefined || value === null || value === "";
}
