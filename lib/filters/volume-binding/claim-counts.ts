// filters: claims, each alone in a pod -> how many nodes such a pod fits.

import type { Context } from "../../evaluate/context.js";
import { CLAIM } from "../../intern/cluster.js";
import { EMPTY_TEXT } from "../../intern/strings.js";
import { isPlainlyBound } from "./pre-filter.js";

/** O(1) a claim that is bound, and O(nodes / 512) at the most for each new selector; `evaluate` is asked for others. */
export function countClaims(
  context: Context,
  claims: Uint32Array,
  into: Uint32Array,
  evaluate: (claim: number) => number,
): void {
  const { cluster, counts } = context;
  const { claims: table, volumes } = cluster;
  for (let i = 0; i < claims.length; i++) {
    const claim = claims[i];
    if (!isPlainlyBound(cluster, claim)) {
      into[i] = evaluate(claim);
      continue;
    }
    const volume = volumes.find(EMPTY_TEXT, table.get(claim, CLAIM.volumeName));
    into[i] = volume < 0 ? 0 : counts.of(context.affinityOf(volume));
  }
}
