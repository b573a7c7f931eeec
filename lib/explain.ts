// explain: what `topomatch/explain` offers: why a pod does not fit, down to the field, the value and the object.

import { TopologyError } from "./errors.js";
import { ALL_NODES, single } from "./evaluate/mask.js";
import { explanationOf } from "./explain/explainer.js";
import type { Remedy } from "./explain/remedies/remedy.js";
import type { Explanation } from "./explain/types.js";
import type * as topomatch from "./index.js";
import { Matcher } from "./matcher.js";
import { badArgument } from "./objects/arguments.js";
import { createProvisioner } from "./provisioner.js";
import { triedRemedies } from "./remedies.js";
import { keyOf } from "./result/subject.js";

export type * from "./explain/causes.js";
export type { Change, PatchOperation } from "./explain/remedies/change.js";
export type { Intrusion, Proposal, Remedy } from "./explain/remedies/remedy.js";
export type { TextOptions, TextStyle } from "./explain/text.js";
export { explanationLines } from "./explain/text.js";
export type * from "./explain/types.js";
export { TopologyError };

/**
 * Why a pod (an object, or the key of one in `pods`) fits no node, or only some, or not one that is named. It is made
 * from the very outcome that gives the verdict, of all nodes, whichever are asked about. O(nodes) for a plugin that
 * rejects, and O(volumes of the class) for a claim that found none.
 *
 * @throws TopologyError `UnknownPod`, `UnknownNode`, `Malformed`; `BadArgument` for what is no matcher.
 *
 * @example
 * const { causes, message } = explain(matcher, "default/db-0");
 * for (const { nodes, message, object, path } of causes) console.log(nodes, message, object.name, path);
 */
export function explain(
  matcher: topomatch.TopologyMatcher,
  pod: topomatch.PodLike | string,
  node?: string,
): Explanation {
  const evaluation = Matcher.behind(matcher);
  if (evaluation === undefined) throw badArgument("matcher", "explain takes a matcher or an overlay");
  const { context, cycle } = evaluation;
  const row = node === undefined ? -1 : evaluation.nodeRow(node);
  if (node !== undefined && row < 0) {
    throw new TopologyError("UnknownNode", `node ${node} is not known to the matcher`, "node");
  }
  return evaluation.examine(evaluation.pods, pod, undefined, (asked, result) => {
    const { candidate, table } = evaluation.pods;
    const x = {
      context,
      plugins: cycle.plugins,
      result,
      candidate: candidate(asked),
      index: evaluation.nodeIndex,
      refusal: (claim: string) => createProvisioner(matcher).claimRefusal(claim),
    };
    return explanationOf(x, keyOf(table, pod, asked), row < 0 ? ALL_NODES : single(row));
  });
}

/**
 * What would help a pod, the least intrusive first: each was tried on an overlay, and is offered because the pod then fits
 * nodes that it does not fit now (`opens`), or because its claims then get their volumes. About a question of the matcher
 * for each of a few dozen proposals; the matcher is not changed.
 *
 * @throws TopologyError as `explain` does.
 *
 * @example
 * for (const { command, message, opens } of remedies(matcher, "default/db-0")) console.log(opens, message, command);
 */
export function remedies(
  matcher: topomatch.TopologyMatcher,
  pod: topomatch.PodLike | string,
  explanation: Explanation = explain(matcher, pod),
): readonly Remedy[] {
  const { node } = explanation;
  return triedRemedies(matcher, pod, explanation, (overlay, key) => explain(overlay, key, node));
}
