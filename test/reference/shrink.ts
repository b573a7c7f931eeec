// Makes a failing cluster small: takes away objects, then fields and list items, as long as it still fails.

type Json = unknown;
type Key = string | number;
type Container = Record<Key, Json>;

/** Without these an object is no longer one that every reader accepts. */
const KEPT = new Set(["apiVersion", "kind", "metadata", "metadata.name", "metadata.namespace"]);

export function shrink<T>(objects: readonly T[], stillFails: (objects: T[]) => boolean): T[] {
  let current = [...objects];
  if (!stillFails(current)) return current;
  for (;;) {
    const before = JSON.stringify(current);
    current = withoutObjects(current, stillFails);
    current = withoutFields(current, stillFails);
    if (JSON.stringify(current) === before) return current;
  }
}

/** Large pieces first, so that hundreds of objects go in few trials. */
function withoutObjects<T>(objects: T[], stillFails: (objects: T[]) => boolean): T[] {
  let current = objects;
  for (let size = Math.ceil(current.length / 2); size >= 1; size = size === 1 ? 0 : Math.ceil(size / 2)) {
    for (let start = 0; start < current.length; ) {
      const candidate = [...current.slice(0, start), ...current.slice(start + size)];
      if (stillFails(candidate)) current = candidate;
      else start += size;
    }
  }
  return current;
}

function withoutFields<T>(objects: T[], stillFails: (objects: T[]) => boolean): T[] {
  const current = [...objects];
  for (let index = 0; index < current.length; index++) {
    const attempt = (candidate: T): boolean => {
      const all = [...current];
      all[index] = candidate;
      if (!stillFails(all)) return false;
      current[index] = candidate;
      return true;
    };
    thin(() => current[index], [], attempt);
  }
  return current;
}

/** A container before its contents; the last key first, so that the other places of a list stay the same. */
function thin<T>(current: () => T, path: Key[], attempt: (candidate: T) => boolean): void {
  const container = at(current(), path);
  if (typeof container !== "object" || container === null) return;
  const keys: Key[] = Array.isArray(container) ? [...container.keys()] : Object.keys(container);
  for (const key of keys.reverse()) {
    const below = [...path, key];
    if (KEPT.has(below.join(".")) || !attempt(without(current(), below))) thin(current, below, attempt);
  }
}

function at(value: Json, path: Key[]): Json {
  return path.reduce((inside, key) => (inside as Container)[key], value);
}

function without<T>(object: T, path: Key[]): T {
  const copy = structuredClone(object);
  const parent = at(copy, path.slice(0, -1)) as Container;
  const last = path[path.length - 1];
  if (Array.isArray(parent)) parent.splice(last as number, 1);
  else delete parent[last];
  return copy;
}
