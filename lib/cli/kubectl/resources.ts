// cli: the kinds that are read -> how kubectl calls them.

import type { Kind } from "../../objects/kinds.js";
import { STORED_KINDS } from "../../objects/kinds.js";

export interface Resource {
  readonly kind: Kind;
  /** With its group, such as `csinodes.storage.k8s.io`. */
  readonly name: string;
}

export const RESOURCES: readonly Resource[] = [...STORED_KINDS.values()].map((kind) => {
  const plural = pluralOf(kind.name.toLowerCase());
  return { kind, name: kind.group === "" ? plural : `${plural}.${kind.group}` };
});

function pluralOf(word: string): string {
  if (word.endsWith("y")) return `${word.slice(0, -1)}ies`;
  return word.endsWith("s") ? `${word}es` : `${word}s`;
}
