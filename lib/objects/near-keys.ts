// objects: a key that is not known -> where else an object of its name is, and the keys that may have been meant.

import { nearest, suggesting } from "./nearest.js";

/** How many names and namespaces a sentence offers. */
const OFFERED = 3;

/** The end of a sentence that says that there is no such key: `; one of that name is in namespace x; did you mean y?`. */
export function whereabouts(key: string, known: Iterable<string>): string {
  const keys = [...known].sort();
  if (!key.includes("/")) return suggesting(nearest(key, keys, OFFERED));
  const elsewhere = keys.filter((other) => nameIn(other) === nameIn(key)).map(namespaceIn);
  const said = elsewhere.length > 0 ? `; one of that name is in ${namespaces(elsewhere)}` : "";
  return `${said}${suggesting(near(key, keys))}`;
}

/** Keys whose names are near: those in the namespace that was named, and without any those in others. */
function near(key: string, keys: readonly string[]): string[] {
  const ours = keys.filter((other) => namespaceIn(other) === namespaceIn(key)).map(nameIn);
  const found = nearest(nameIn(key), ours, OFFERED);
  if (found.length > 0) return found.map((name) => `${namespaceIn(key)}/${name}`);
  const others = keys.filter((other) => nameIn(other) !== nameIn(key));
  const names = nearest(nameIn(key), others.map(nameIn), OFFERED);
  return names.flatMap((name) => others.filter((other) => nameIn(other) === name)).slice(0, OFFERED);
}

function namespaces(all: readonly string[]): string {
  const named = all.slice(0, OFFERED).join(", ");
  const more = all.length - OFFERED;
  return `namespace${all.length === 1 ? "" : "s"} ${named}${more > 0 ? ` and ${more.toLocaleString("en")} more` : ""}`;
}

/** The namespace in a key of two parts. */
export function namespaceIn(key: string): string {
  return key.slice(0, key.indexOf("/"));
}

function nameIn(key: string): string {
  return key.slice(key.indexOf("/") + 1);
}
