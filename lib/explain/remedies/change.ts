// explain: a change of one object, as a JSON patch: applied to a plain object, or written as a kubectl command.

import type { KubeObject } from "../../objects/fields.js";
import { isObject } from "../../objects/fields.js";
import type { ObjectReference } from "../causes.js";

/** One operation of a JSON patch (RFC 6902); `add` also replaces. */
export interface PatchOperation {
  readonly op: "add" | "replace" | "remove";
  readonly path: string;
  readonly value?: unknown;
}

/** A change of one object: exactly one of a patch, the object that is made, and its deletion. */
export interface Change {
  readonly object: ObjectReference;
  readonly patch?: readonly PatchOperation[];
  readonly create?: { readonly [field: string]: unknown };
  readonly delete?: true;
}

/** How kubectl calls a kind. */
const SHORT: ReadonlyMap<string, string> = new Map([
  ["PersistentVolume", "pv"],
  ["PersistentVolumeClaim", "pvc"],
  ["StorageClass", "sc"],
  ["Node", "node"],
  ["Pod", "pod"],
]);

/** The JSON pointer of a path such as `spec.volumes[0].name` or `metadata.labels["a/b"]`. */
export function pointerOf(path: string): string {
  const segments = [...path.matchAll(/\["((?:[^"\\]|\\.)*)"\]|\[(\d+)\]|([^.[\]]+)/g)];
  return segments
    .map(([, key, place, name]) => `/${escaped(key === undefined ? (place ?? name) : unquoted(key))}`)
    .join("");
}

const escaped = (segment: string): string => segment.replaceAll("~", "~0").replaceAll("/", "~1");
const unquoted = (key: string): string => JSON.parse(`"${key}"`) as string;

/** The object with the operations carried out; the given one is not changed. Parents that are missing are made. */
export function patched(object: KubeObject, operations: readonly PatchOperation[]): KubeObject {
  const copy = structuredClone(object) as KubeObject;
  for (const { op, path, value } of operations) {
    const segments = path
      .slice(1)
      .split("/")
      .map((segment) => segment.replaceAll("~1", "/").replaceAll("~0", "~"));
    const last = segments.pop() as string;
    let at: unknown = copy;
    for (const segment of segments) {
      const inside = at as Record<string, unknown>;
      if (!Array.isArray(inside) && !isObject(inside[segment]) && !Array.isArray(inside[segment])) inside[segment] = {};
      at = inside[segment];
    }
    if (Array.isArray(at)) {
      if (op === "remove") at.splice(Number(last), 1);
      else if (op === "replace") at[Number(last)] = value;
      else at.splice(last === "-" ? at.length : Number(last), 0, value);
    } else if (op === "remove") delete (at as Record<string, unknown>)[last];
    else (at as Record<string, unknown>)[last] = value;
  }
  return copy;
}

/** `kubectl VERB KIND NAME`, with the namespace where there is one. */
export function kubectl(verb: string, { kind, name }: ObjectReference, ...rest: readonly string[]): string {
  const slash = name.indexOf("/");
  const namespace = slash < 0 ? [] : ["-n", shell(name.slice(0, slash))];
  const words = [verb, ...namespace, SHORT.get(kind) ?? kind.toLowerCase(), shell(name.slice(slash + 1)), ...rest];
  return `kubectl ${words.join(" ")}`;
}

/** A patch of an object that can be patched in place. */
export function patchCommand(object: ObjectReference, operations: readonly PatchOperation[]): string {
  return kubectl("patch", object, "--type=json", "-p", shell(JSON.stringify(operations)));
}

/** The same for one whose fields are fixed once it exists: it is deleted and made again. */
export function replaceCommand(object: ObjectReference, operations: readonly PatchOperation[]): string {
  const patch = kubectl("patch", object, "--dry-run=client", "-o", "json", "--type=json", "-p");
  return `${patch} ${shell(JSON.stringify(operations))} | kubectl replace --force -f -`;
}

/** A word as a POSIX shell takes it. */
export function shell(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
