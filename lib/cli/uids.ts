// cli: objects that came without uid -> the uid that they read as.

import type { Kind } from "./kinds.js";

export function defaultUid(kind: Kind, namespace: string, name: string): string {
  return `${kind.name}/${kind.namespaced ? namespace : ""}/${name}`;
}

/**
 * The uids that volumes know claims by, by the claims' keys. A claim that two volumes know is not among them, even
 * if they agree on its uid.
 */
export function reservedUids(
  reservations: Iterable<{ readonly claim: string; readonly uid: string }>,
): ReadonlyMap<string, string> {
  const uids = new Map<string, string>();
  const seen = new Set<string>();
  for (const { claim, uid } of reservations) {
    if (seen.has(claim)) uids.delete(claim);
    else uids.set(claim, uid);
    seen.add(claim);
  }
  return uids;
}
