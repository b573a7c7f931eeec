// explain: an explanation -> what may help against each of its causes; whether it does is tried by who asks.

import type { Explanation } from "../types.js";
import { forAfterwards } from "./for-afterwards.js";
import { forClaim } from "./for-claims.js";
import { forNodes } from "./for-nodes.js";
import type { Proposal, Reader } from "./remedy.js";

/** So many causes are looked at, those of the most nodes. */
const MOST_CAUSES = 8;

export interface ProposalFor {
  readonly proposal: Proposal;
  /** The places of the causes that it is against; none for one against what comes after. */
  readonly causes: readonly number[];
}

export function proposalsFor(reader: Reader, explanation: Explanation): ProposalFor[] {
  const { afterwards, causes, groups, node, pod } = explanation;
  const found: ProposalFor[] = [];
  for (const [i, cause] of causes.slice(0, MOST_CAUSES).entries()) {
    const nodes = node === undefined ? (groups.find((group) => group.causes.includes(i))?.nodes ?? []) : [node];
    for (const proposal of [...forClaim(reader, cause), ...forNodes(reader, pod, cause, nodes)]) {
      found.push({ proposal, causes: [i] });
    }
  }
  for (const after of afterwards) {
    for (const proposal of forAfterwards(reader, pod, after)) found.push({ proposal, causes: [] });
  }
  return found;
}
