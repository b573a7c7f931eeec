// explain: selectors as they stand in objects -> terms of requirements, each with the path of its field.

import type { LabelSelectorRequirementLike, NodeSelectorLike, TopologySelectorTermLike } from "../objects/types.js";

/** A requirement as it was written. */
export interface WrittenRequirement {
  readonly path: string;
  readonly key: string;
  readonly operator: string;
  readonly values: readonly string[];
  /** About the nodes' fields, not their labels. */
  readonly field: boolean;
  /** Key and value are compared as they stand, though no parser would take them. */
  readonly exact: boolean;
}

export interface WrittenTerm {
  readonly path: string;
  readonly requirements: readonly WrittenRequirement[];
}

/** The terms of a node selector; `path` leads to it. */
export function termsOfNodeSelector(selector: NodeSelectorLike | null | undefined, path: string): WrittenTerm[] {
  return (selector?.nodeSelectorTerms ?? []).map((term, i) => {
    const at = `${path}.nodeSelectorTerms[${i}]`;
    const { matchExpressions, matchFields } = term ?? {};
    const expressions = (matchExpressions ?? []).map((one, j) => written(one, `${at}.matchExpressions[${j}]`, false));
    const fields = (matchFields ?? []).map((one, j) => written(one, `${at}.matchFields[${j}]`, true));
    return { path: at, requirements: [...expressions, ...fields] };
  });
}

/** The terms of a class's allowedTopologies. */
export function termsOfTopologies(topologies: readonly TopologySelectorTermLike[] | null | undefined): WrittenTerm[] {
  return (topologies ?? []).map((term, i) => {
    const at = `allowedTopologies[${i}]`;
    const requirements = (term?.matchLabelExpressions ?? []).map((one, j) => {
      return written({ ...one, operator: "In" }, `${at}.matchLabelExpressions[${j}]`, false);
    });
    return { path: at, requirements };
  });
}

/** Labels that must all be there, as one term. */
export function termOfLabels(labels: { readonly [key: string]: string }, path: string): WrittenTerm {
  const requirements = Object.entries(labels).map(([key, value]) => {
    return { path: keyed(path, key), key, operator: "In", values: [value], field: false, exact: true };
  });
  return { path, requirements };
}

/** The path of an entry of a map. */
export function keyed(path: string, key: string): string {
  return `${path}[${JSON.stringify(key)}]`;
}

function written(one: LabelSelectorRequirementLike | null, path: string, field: boolean): WrittenRequirement {
  const { key, operator, values } = one ?? {};
  const texts = (values ?? []).map((value) => value ?? "");
  return { path, key: key ?? "", operator: operator ?? "", values: texts, field, exact: false };
}
