// lint: a matcher -> what is wrong with its objects, whatever the pod; what `topomatch/lint` offers.

import { TopologyError } from "./errors.js";
import type { TopologyMatcher } from "./index.js";
import { inOrder } from "./lint/order.js";
import { findingsOf } from "./lint/rule.js";
import { RULES } from "./lint/rules/index.js";
import { Survey } from "./lint/survey.js";
import type { Finding, LintRule } from "./lint/types.js";
import { Matcher } from "./matcher.js";
import { badArgument, givenName, itemsOf } from "./objects/arguments.js";
import { nearest } from "./objects/nearest.js";
import { checkOptionNames } from "./options.js";
import type { Provisioner } from "./provisioner.js";
import { createProvisioner } from "./provisioner.js";

export type { Finding, FindingObject, LintRule, Severity } from "./lint/types.js";
export { TopologyError };

export interface LintOptions {
  /** Ids of rules that are left out. */
  readonly skip?: readonly string[] | undefined;
  /** Told before each rule, and at the end, how far it is. It must leave the matcher alone. */
  readonly progress?: ((done: number, rules: number) => void) | undefined;
}

export interface LintResult {
  /** Errors first, then by rule, object and field. */
  readonly findings: readonly Finding[];
  /** Rules that had nothing to look at: the matcher holds no object of a kind that they need. */
  readonly idle: readonly IdleRule[];
}

export interface IdleRule {
  readonly id: string;
  /** The kinds of which there is no object. */
  readonly empty: readonly string[];
}

/** The rules, by id. */
export const LINT_RULES: readonly LintRule[] = RULES.map(({ id, summary }) => ({ id, summary }));

/**
 * Looks through a matcher's objects, as the matcher (or overlay) shows them. O(objects) and O(nodes) for each distinct
 * selector: some 2 us an object. No verdict changes, nor does any object.
 * @throws TopologyError `BadArgument` for what is no matcher, list or function, `BadOption` for a rule or an option that
 * there is not.
 *
 * @example
 * const { findings } = lint(matcher);
 * for (const { severity, object, sentence } of findings) console.log(severity, object.kind, object.name, sentence);
 */
export function lint(matcher: TopologyMatcher, options: LintOptions = {}): LintResult {
  checkOptionNames(options, ["skip", "progress"]);
  const skipped = checkedSkips(itemsOf(options.skip ?? [], "skip", "skip of lint"));
  const evaluation = Matcher.behind(matcher);
  if (evaluation === undefined) throw badArgument("matcher", "lint takes a matcher or an overlay");
  const progress = progressOf(options);
  return evaluation.between(() => {
    const { context, cycle, scorer } = evaluation;
    const survey = new Survey(context, cycle.plugins, scorer !== undefined, sourceRefusals(matcher));
    const findings: Finding[] = [];
    const idle: IdleRule[] = [];
    for (const [i, rule] of RULES.entries()) {
      progress(i, RULES.length);
      if (skipped.has(rule.id)) continue;
      const tables = rule.needs.map((name) => context.cluster.tables[name]);
      const empty = tables.filter(({ size }) => size === 0).map(({ type }) => type.kind);
      if (empty.length > 0) idle.push({ id: rule.id, empty });
      else for (const finding of findingsOf(rule, survey)) findings.push(finding);
    }
    progress(RULES.length, RULES.length);
    return { findings: inOrder(findings), idle };
  });
}

/** Says why a provisioner refuses the source of a claim; it is made when the first claim has one. */
function sourceRefusals(matcher: TopologyMatcher): Survey["sourceRefusal"] {
  let provisioner: Provisioner | undefined;
  return (claim) => {
    provisioner ??= createProvisioner(matcher);
    const status = provisioner.dataSourceStatus(claim);
    if (status.ready || status.state === "NotAttempted" || status.state === "Ignored") return undefined;
    return { reason: status.reason, rule: status.rule };
  };
}

function progressOf({ progress = () => {} }: LintOptions): NonNullable<LintOptions["progress"]> {
  if (typeof progress === "function") return progress;
  throw badArgument("progress", `progress of lint must be a function, but is ${givenName(progress)}`);
}

function checkedSkips(skip: readonly string[]): ReadonlySet<string> {
  const ids = RULES.map(({ id }) => id);
  for (const id of skip) {
    if (ids.includes(id)) continue;
    if (typeof id !== "string") throw badArgument("skip", `skip takes ids of rules, but was given ${givenName(id)}`);
    const near = nearest(id, ids, 1).map((one) => `; did you mean ${one}?`);
    throw new TopologyError("BadOption", `there is no rule ${id}${near.join("")}`, "skip");
  }
  return new Set(skip);
}
