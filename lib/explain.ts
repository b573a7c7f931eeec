// explain: what `topomatch/explain` offers: why a pod does not fit, down to the field, the value and the object.

import { TopologyError } from "./errors.js";
import { ALL_NODES, single } from "./evaluate/mask.js";
import { explanationOf } from "./explain/explainer.js";
import type { Remedy } from "./explain/remedies/remedy.js";
import type { Explanation } from "./explain/types.js";
import type * as topomatch from "./index.js";
import { Matcher } from "./matcher.js";
import { badArgument, checkText, givenName } from "./objects/arguments.js";
import type { Provisioner } from "./provisioner.js";
import { createProvisioner } from "./provisioner.js";
import { triedRemedies } from "./remedies.js";
import { keyOf } from "./result/subject.js";
import type { EvaluateOptions, ExternalRejection } from "./result/types.js";

export type * from "./explain/causes.js";
export type { Change, PatchOperation } from "./explain/remedies/change.js";
export type { Intrusion, Proposal, Remedy } from "./explain/remedies/remedy.js";
export type { TextOptions, TextStyle } from "./explain/text.js";
export { explanationLines } from "./explain/text.js";
export type * from "./explain/types.js";
export type { EvaluateOptions, ExternalRejection, NodeMask, RejectionStatus } from "./result/types.js";
export { TopologyError };

/**
 * Why a pod (an object, or the key of one in `pods`) fits no node, or only some, or not one that is named. It is made
 * from the very outcome that gives the verdict, of all nodes, whichever are asked about. `options` are those of
 * `evaluatePod`: of what another plugin rejected no more is known than its reasons. O(nodes) for a plugin that rejects,
 * and O(volumes of the class) for a claim that found none.
 *
 * @throws TopologyError `UnknownPod`, `UnknownNode`, `Malformed`; `BadArgument` for what is no matcher, pod or node, and
 * for a node that is not among `options.nodes`.
 *
 * @example
 * const { causes, message } = explain(matcher, "default/db-0");
 * for (const { nodes, message, object, path } of causes) console.log(nodes, message, object.name, path);
 */
export function explain(
  matcher: topomatch.TopologyMatcher,
  pod: topomatch.PodLike | string,
  node?: string,
  options?: EvaluateOptions,
): Explanation {
  const evaluation = Matcher.behind(matcher);
  if (evaluation === undefined) throw badArgument("matcher", "explain takes a matcher or an overlay");
  const { context, cycle } = evaluation;
  checkPod(pod);
  if (node !== undefined) checkText(node, "node", "explain");
  const question = evaluation.question(options);
  let provisioner: Provisioner | undefined;
  const row = node === undefined ? -1 : evaluation.nodeRow(node);
  if (node !== undefined && row < 0) {
    throw new TopologyError("UnknownNode", `node ${node} is not known to the matcher`, "node");
  }
  return evaluation.examine(evaluation.pods, pod, question, (asked, result) => {
    const { candidate, table } = evaluation.pods;
    const focus = row < 0 ? ALL_NODES : single(row);
    if (row >= 0 && !context.masks.has(result.asked, row)) {
      throw badArgument("node", `node ${node} is not among options.nodes, the only ones that are asked about`);
    }
    const x = {
      context,
      plugins: cycle.plugins,
      result,
      candidate: candidate(asked),
      index: evaluation.nodeIndex,
      provisioner: () => {
        provisioner ??= createProvisioner(matcher);
        return provisioner;
      },
    };
    return explanationOf(x, keyOf(table, pod, asked), focus);
  });
}

/**
 * What would help a pod, the least intrusive first: each was tried on an overlay, and is offered because the pod then fits
 * nodes that it does not fit now (`opens`), or because its claims then get their volumes. About a question of the matcher
 * for each of a few dozen proposals; the matcher is not changed. `options` are those that the explanation was asked with.
 *
 * @throws TopologyError as `explain` does; `BadArgument` for an explanation that is none.
 *
 * @example
 * for (const { command, message, opens } of remedies(matcher, "default/db-0")) console.log(opens, message, command);
 */
export function remedies(
  matcher: topomatch.TopologyMatcher,
  pod: topomatch.PodLike | string,
  explanation?: Explanation,
  options?: EvaluateOptions,
): readonly Remedy[] {
  // They are read again for every proposal, and an iterator gives its items once.
  const kept = options === undefined ? undefined : keptOptions(options);
  if (explanation !== undefined) checkExplanation(explanation);
  const told = explanation ?? explain(matcher, pod, undefined, kept);
  const ask = (overlay: topomatch.TopologyMatcher, key: string) => overlay.evaluatePod(key, kept);
  return triedRemedies(matcher, pod, told, ask, (overlay, key) => explain(overlay, key, told.node, kept));
}

/** @throws TopologyError `BadArgument` for what is neither a pod nor the key of one. */
function checkPod(pod: unknown): void {
  if (typeof pod !== "bigint" && typeof pod !== "symbol") return;
  throw badArgument("pod", `explain takes a pod or the key of one, but was given ${givenName(pod)}`);
}

/** @throws TopologyError `BadArgument` for what `explain` has not made: the options come after it. */
function checkExplanation(explanation: unknown): void {
  const { causes, groups, kind } = Object(explanation) as Partial<Explanation>;
  if (kind === "Explanation" && Array.isArray(causes) && Array.isArray(groups)) return;
  const sentence = "remedies: explanation must be what explain has given, or undefined";
  throw badArgument("explanation", `${sentence}, but is ${givenName(explanation)}`);
}

/** What is no options is left to the question, which says so. */
function keptOptions(options: EvaluateOptions): EvaluateOptions {
  const { nodes, rejected } = Object(options) as EvaluateOptions;
  if (nodes === undefined && rejected === undefined) return options;
  return {
    ...options,
    ...(nodes !== undefined && { nodes: kept(nodes) }),
    ...(rejected !== undefined && { rejected: keptRejections(rejected) }),
  };
}

function keptRejections(rejected: readonly ExternalRejection[]): readonly ExternalRejection[] {
  const all = kept(rejected);
  if (!Array.isArray(all)) return all;
  return all.map((one) => (one?.nodes === undefined ? one : { ...one, nodes: kept(one.nodes) }));
}

/** The items, to be read more than once; a node mask, or what has no items, as it is. */
function kept<T>(items: T): T {
  const isIterable = typeof items === "object" && items !== null && Symbol.iterator in items;
  return isIterable ? ([...(items as Iterable<unknown>)] as T) : items;
}
