// explain: failed terms -> what was wanted of nodes and what they have, in words.

import type { FailedRequirement, FailedTerm } from "./causes.js";
import { counted, nodesText, quoted } from "./words.js";

/** So many values, terms and findings are told. */
const TOLD = 3;

/** `zone in [a, b] or zone in [c]: 2 nodes have d; 1 node has no such label`. */
export function selectorText(terms: readonly FailedTerm[]): string {
  if (terms.length === 0) return "no term, which matches no node";
  const told = terms.slice(0, TOLD).map(termText);
  const more = terms.length - told.length;
  const wanted = `${told.join(" or ")}${more > 0 ? ` or one of ${counted(more, "more term")}` : ""}`;
  const seen = new Set<string>();
  const details = terms
    .flatMap(({ requirements }) => requirements)
    .filter(({ key }) => !seen.has(key) && seen.add(key));
  const found = details.slice(0, TOLD).map((one) => foundText(one, details.length > 1));
  return [wanted, found.join("; ")].filter((part) => part !== "").join(": ");
}

/** One requirement and what nodes have instead. */
export function requirementText(requirement: FailedRequirement): string {
  return `${wantedText(requirement)}: ${foundText(requirement, false)}`;
}

function termText({ path, refused, requirements }: FailedTerm): string {
  if (refused !== undefined) return `what does not count (${path}: ${refused})`;
  return requirements.map(wantedText).join(" and ") || "what some of the nodes lack";
}

export function wantedText({ key, operator, values }: Pick<FailedRequirement, "key" | "operator" | "values">): string {
  const more = values.length - TOLD;
  const list = `${values.slice(0, TOLD).map(quoted).join(", ")}${more > 0 ? ` and ${more.toLocaleString("en")} more` : ""}`;
  switch (operator) {
    case "In":
      return values.length === 1 ? `${key}=${list}` : `${key} in [${list}]`;
    case "NotIn":
      return `${key} not in [${list}]`;
    case "Exists":
      return `the label ${key}`;
    case "DoesNotExist":
      return `no label ${key}`;
    default:
      return `${key} ${operator} ${list}`;
  }
}

function foundText({ absent, found, hints, key, nodes, others, values }: FailedRequirement, withKey: boolean): string {
  const parts: string[] = [];
  for (const hint of hints) {
    if (hint.code === "NameOfNode") {
      const says = hint.label === undefined ? "has no such label" : `says ${quoted(hint.label)} there`;
      parts.push(`${quoted(hint.value)} is the name of a node, which ${says}`);
    } else if (hint.code === "DriverKeys") parts.push(`its driver ${hint.driver} knows ${hint.keys.join(", ")}`);
  }
  const isUnknown = (code: string): boolean => hints.some((hint) => hint.code === code);
  if (isUnknown("NoNodeHasKey")) parts.unshift(withKey ? `no node has the label ${key}` : "no node has that label");
  else {
    const none = values.length === 1 ? `no node has ${quoted(values[0])}` : "no node has one of these";
    if (isUnknown("NoNodeHasValue")) parts.unshift(none);
    const told = found.slice(0, TOLD);
    const have = told.map(({ nodes: count, value }) => `${nodesText(count, "has", "have")} ${quoted(value)}`);
    const rest = others + found.slice(TOLD).reduce((sum, { nodes: count }) => sum + count, 0);
    if (rest > 0) have.push(`${rest.toLocaleString("en")} more ${rest === 1 ? "has another value" : "have others"}`);
    if (absent > 0)
      have.push(
        `${absent === nodes ? nodesText(absent, "has", "have") : `${absent.toLocaleString("en")} ${absent === 1 ? "has" : "have"}`} no such label`,
      );
    parts.push(have.join(", "));
  }
  const text = parts.join("; ");
  return withKey && !isUnknown("NoNodeHasKey") ? `of ${key}, ${text}` : text;
}
