// explain: proposals of which none helps alone -> one for each of the causes that have to be met together.

import type { Explanation } from "../types.js";
import type { ProposalFor } from "./proposals.js";
import type { Intrusion, Proposal } from "./remedy.js";
import { INTRUSIONS } from "./remedy.js";

/** So many groups, causes of one, and proposals for a cause are looked at. */
const GROUPS = 3;
const CAUSES = 3;
const PROPOSALS = 3;

export function combinations({ causes, groups }: Explanation, proposals: readonly ProposalFor[]): ProposalFor[] {
  const together = groups.length > 0 ? groups.slice(0, GROUPS).map((group) => group.causes) : [causes.map((_, i) => i)];
  return together.flatMap((places) => {
    if (places.length < 2 || places.length > CAUSES) return [];
    let joined: readonly ProposalFor[] = [{ causes: [], proposal: NOTHING }];
    for (const place of places) {
      const offered = proposals.filter((one) => one.causes.includes(place)).slice(0, PROPOSALS);
      joined = joined.flatMap((before) => offered.map((one) => both(before, one)));
    }
    return joined;
  });
}

const NOTHING: Proposal = { intrusion: "state", message: "", changes: [] };

function both(a: ProposalFor, b: ProposalFor): ProposalFor {
  const parts = [a.proposal, b.proposal].filter(({ message }) => message !== "");
  const cautions = parts.flatMap(({ caution }) => caution ?? []);
  const commands = parts.flatMap(({ command }) => command ?? []);
  const proposal: Proposal = {
    intrusion: more(a.proposal.intrusion, b.proposal.intrusion),
    message: parts.map(({ message }) => message).join(", and "),
    ...(cautions.length > 0 && { caution: [...new Set(cautions)].join("; ") }),
    ...(commands.length === parts.length && { command: commands.join(" && ") }),
    changes: parts.flatMap(({ changes }) => changes),
    follows: parts.flatMap(({ follows }) => follows ?? []),
  };
  return { causes: [...a.causes, ...b.causes], proposal };
}

function more(a: Intrusion, b: Intrusion): Intrusion {
  return INTRUSIONS.indexOf(a) > INTRUSIONS.indexOf(b) ? a : b;
}
