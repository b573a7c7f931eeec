// objects: counts and lists of names, as sentences have them.

const SHOWN = 5;

/** `1 object`, `2 objects`; counts with thousands separators. */
export function counted(count: number, one: string, more = `${one}s`): string {
  return `${count.toLocaleString("en")} ${count === 1 ? one : more}`;
}

/** The first names of a list, and how many more there are. */
export function listed(names: readonly string[]): string {
  const shown = names.slice(0, SHOWN).join(", ");
  const more = names.length - SHOWN;
  return more > 0 ? `${shown} and ${more.toLocaleString("en")} more` : shown;
}
