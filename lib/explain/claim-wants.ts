// explain: a claim -> what is said of it in every cause: its key, its class and its request.

import { CLAIM } from "../intern/cluster.js";
import { quantityText } from "../intern/numerals.js";
import type { Examination } from "./examination.js";
import { textOf } from "./examination.js";

export interface ClaimWants {
  readonly claim: string;
  readonly storageClass: string;
  readonly requested: string;
}

/** The claim, its class and its request. */
export function wantsOf({ context: { cluster } }: Examination, claim: number): ClaimWants {
  const { claims, strings } = cluster;
  const token = cluster.requestOf(claim);
  return {
    claim: claims.keyOf(claim),
    storageClass: textOf(cluster, claims.get(claim, CLAIM.class)),
    requested: token === 0 ? "0" : quantityText(token, strings),
  };
}
