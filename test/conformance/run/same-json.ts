// Whether two values are the same once printed as JSON, whatever the order of their fields.

export function sameJson(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) return false;
  if (Array.isArray(a)) {
    return Array.isArray(b) && a.length === b.length && a.every((item, i) => sameJson(item, b[i]));
  }
  if (Array.isArray(b)) return false;
  const ours = a as Readonly<Record<string, unknown>>;
  const theirs = b as Readonly<Record<string, unknown>>;
  for (const name in theirs) if (theirs[name] !== undefined && ours[name] === undefined) return false;
  for (const name in ours) if (!sameJson(ours[name], theirs[name])) return false;
  return true;
}
