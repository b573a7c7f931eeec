// Label selectors, node selectors and topology terms (R-LS, R-NS, R-TS).

import { decided } from "./decided.js";
import { compareBytes, goQuote } from "./go-text.js";
import type { Expression, LabelSelector, NodeSelector, NodeSelectorTerm, Opt, TextMap, TopologyTerm } from "./kinds.js";
import { type Labels, matchesRequirement, type Requirement, type Texts, violations } from "./requirements.js";

const LABEL_SELECTOR_OPERATORS = new Set(["In", "NotIn", "Exists", "DoesNotExist"]);

export function labelsOf(map: TextMap): Labels {
  return new Map(Object.entries(map ?? {}).map(([key, value]) => [key, value ?? ""]));
}

export function items<T extends object>(list: Opt<Opt<T>[]>): T[] {
  return (list ?? []).map((item) => item ?? ({} as T));
}

export function requirementOf(expression: Expression): Requirement {
  return {
    key: expression.key ?? "",
    operator: expression.operator ?? "",
    values: (expression.values ?? []).map((value) => value ?? ""),
  };
}

export type Converted = { requirements: Requirement[] } | { error: string };

/** Upstream's LabelSelectorAsSelector: the first bad requirement ends the conversion. */
export function convertLabelSelector(selector: LabelSelector, texts: Texts): Converted {
  const requirements: Requirement[] = [];
  const labels = [...labelsOf(selector.matchLabels)].sort(([a], [b]) => compareBytes(a, b));
  for (const [key, value] of labels) requirements.push({ key, operator: "In", values: [value] });
  if (requirements.length > 0) decided("R-LS-3");
  requirements.push(...items(selector.matchExpressions).map(requirementOf));
  if (requirements.length === 0) decided("R-LS-2");
  for (const requirement of requirements) {
    const { operator } = requirement;
    if (!LABEL_SELECTOR_OPERATORS.has(operator)) {
      decided("R-LS-4");
      return { error: `${goQuote(operator)} is not a valid label selector operator` };
    }
    const found = violations(requirement, texts);
    if (found.length > 0) decided("R-LS-6");
    if (found.length > 0) return { error: found.length === 1 ? found[0] : `[${found.join(", ")}]` };
  }
  return { requirements };
}

export function matchesAll(requirements: Requirement[], labels: Labels): boolean {
  return requirements.every((requirement) => matchesRequirement(requirement, labels));
}

/**
 * A volume's node selector against labels alone: without a node name the scheduler does not look at matchFields,
 * but a bad one still spoils its term (R-NS-5).
 */
export function matchesNodeLabels(selector: NodeSelector, labels: Labels, texts: Texts): boolean {
  const terms = items(selector.nodeSelectorTerms);
  const results = terms.map((term) => matchTerm(term, labels, texts));
  const matches = results.includes("matches");
  const usable = results.some((result) => result !== "empty");
  if (terms.length !== 1) decided("R-NS-1");
  if (results.includes("empty")) decided("R-NS-2");
  if (results.includes("error")) decided(matches ? "R-NS-6" : "R-NS-7");
  if (!usable) decided("R-AFF-5");
  return matches;
}

/** The same against a node that has a name: matchFields count (R-NOD-18). */
export function matchesNodeFields(selector: NodeSelector, labels: Labels, name: string, texts: Texts): boolean {
  const fieldsHold = ({ matchFields }: NodeSelectorTerm): boolean =>
    items(matchFields)
      .map(requirementOf)
      .every(({ key, operator, values: [value] }) => {
        decided("R-NOD-18");
        return (value === (key === "metadata.name" ? name : "")) === (operator === "In");
      });
  return items(selector.nodeSelectorTerms).some((term) => {
    const result = matchTerm(term, labels, texts);
    if (result === "error") decided("R-NS-6");
    return result === "matches" && fieldsHold(term);
  });
}

function matchTerm(term: NodeSelectorTerm, labels: Labels, texts: Texts): "empty" | "error" | "matches" | "differs" {
  const expressions = items(term.matchExpressions).map(requirementOf);
  const fields = items(term.matchFields).map(requirementOf);
  if (expressions.length === 0 && fields.length === 0) return "empty";
  if (fields.some(({ operator, values }) => !["In", "NotIn"].includes(operator) || values.length !== 1)) {
    decided("R-NS-4");
    return "error";
  }
  for (const expression of expressions) {
    if (violations(expression, texts).length > 0) return "error";
  }
  if (fields.length > 0) decided("R-NS-5");
  if (expressions.length > 1) decided("R-NS-3");
  return matchesAll(expressions, labels) ? "matches" : "differs";
}

export function matchesTopologyTerms(terms: Opt<Opt<TopologyTerm>[]>, labels: Labels, texts: Texts): boolean {
  const all = items(terms);
  decided(all.length === 0 ? "R-TS-1" : "R-TS-2");
  if (all.length === 0) return true;
  return all.some((term) => {
    const requirements = items(term.matchLabelExpressions).map((expression) =>
      requirementOf({ ...expression, operator: "In" }),
    );
    if (requirements.length === 0) return false;
    if (requirements.length > 1) decided("R-TS-3");
    if (new Set(requirements.map(({ key }) => key)).size < requirements.length) decided("R-TS-5");
    if (requirements.some((requirement) => violations(requirement, texts).length > 0)) {
      decided("R-TS-4");
      return false;
    }
    return matchesAll(requirements, labels);
  });
}
