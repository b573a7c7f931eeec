// controllers: objects that came without uid -> the uid that they read as.

import type { KubeObject } from "../../objects/fields.js";
import { objectAt, textAt } from "../../objects/fields.js";
import type { Kind } from "../../objects/kinds.js";

export function defaultUid(kind: Kind, namespace: string, name: string): string {
  return `${kind.name}/${kind.namespaced ? namespace : ""}/${name}`;
}

/** The claim that a volume's claimRef names, and the uid that it knows it by. */
export interface Reservation {
  readonly claim: string;
  readonly uid: string;
}

/**
 * Undefined for a volume that names no claim together with a uid, and for one whose claim is gone: what has the name
 * of that claim now is another.
 */
export function reservationOf(volume: KubeObject): Reservation | undefined {
  const reference = objectAt(volume, "spec", "claimRef");
  const uid = textAt(reference, "uid");
  const phase = textAt(volume, "status", "phase");
  if (uid === "" || phase === "Released" || phase === "Failed") return undefined;
  return { claim: `${textAt(reference, "namespace")}/${textAt(reference, "name")}`, uid };
}

/**
 * The uids that volumes know claims by, by the claims' keys. A claim that two volumes know is not among them, even
 * if they agree on its uid.
 */
export function reservedUids(reservations: Iterable<Reservation>): ReadonlyMap<string, string> {
  const uids = new Map<string, string>();
  const seen = new Set<string>();
  for (const { claim, uid } of reservations) {
    if (seen.has(claim)) uids.delete(claim);
    else uids.set(claim, uid);
    seen.add(claim);
  }
  return uids;
}
