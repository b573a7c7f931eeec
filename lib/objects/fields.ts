// objects: fields of plain objects whose types nobody has checked yet, or whose types were checked elsewhere.

export interface KubeObject {
  readonly [field: string]: unknown;
}

export function isObject(value: unknown): value is KubeObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** What a value is, for a sentence that says what it should have been. */
export function typeName(value: unknown): string {
  if (value === null || value === undefined) return "null";
  if (Array.isArray(value)) return "a list";
  return typeof value === "object" ? "an object" : `a ${typeof value}`;
}

/** The value at a path through objects; undefined where the path ends early. */
export function dig(value: unknown, ...path: readonly string[]): unknown {
  let at = value;
  for (const name of path) {
    if (!isObject(at)) return undefined;
    at = at[name];
  }
  return at ?? undefined;
}

export function objectAt(value: unknown, ...path: readonly string[]): KubeObject {
  const found = dig(value, ...path);
  return isObject(found) ? found : {};
}

export function listAt(value: unknown, ...path: readonly string[]): readonly unknown[] {
  const found = dig(value, ...path);
  return Array.isArray(found) ? found : [];
}

/** The text at a path; `""` where there is none. */
export function textAt(value: unknown, ...path: readonly string[]): string {
  const found = dig(value, ...path);
  return typeof found === "string" ? found : "";
}

/** A copy with another value at the path. */
export function put(object: KubeObject, path: readonly string[], value: unknown): KubeObject {
  const [name, ...rest] = path;
  return { ...object, [name]: rest.length === 0 ? value : put(objectAt(object, name), rest, value) };
}

/** Whether an object carries an annotation, whatever its value. */
export function hasAnnotation(object: unknown, key: string): boolean {
  return Object.hasOwn(objectAt(object, "metadata", "annotations"), key);
}

/** A copy with the annotation, unless it is there. */
export function annotate(object: KubeObject, key: string, value: string): KubeObject {
  return hasAnnotation(object, key) ? object : put(object, ["metadata", "annotations", key], value);
}

/** A copy without the field at the path; the object itself where there is none. */
export function drop(object: KubeObject, path: readonly string[]): KubeObject {
  const [name, ...rest] = path;
  if (!Object.hasOwn(object, name)) return object;
  if (rest.length > 0) {
    const inner = object[name];
    const kept = isObject(inner) ? drop(inner, rest) : inner;
    return kept === inner ? object : { ...object, [name]: kept };
  }
  const { [name]: _, ...kept } = object;
  return kept;
}
