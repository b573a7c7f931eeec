// lint: a requirement as it was written -> why Kubernetes does not take it, if so.

import { parseLabelInteger } from "../compile/label-grammar.js";
import { labelSelectorError } from "../compile/label-selector-error.js";
import type { WrittenRequirement, WrittenTerm } from "../explain/written-terms.js";

/** Undefined where the requirement parses. `minor`: the release that words the sentence. */
export function refusalOf({ field, key, operator, values }: WrittenRequirement, minor: number): string | undefined {
  if (field) {
    if ((operator === "In" || operator === "NotIn") && values.length === 1) return undefined;
    return `matchFields take In and NotIn with exactly one value, but this is ${operator || '""'} with ${values.length}`;
  }
  if (operator !== "Gt" && operator !== "Lt") {
    return labelSelectorError({ matchExpressions: [{ key, operator, values }] }, minor);
  }
  const refused = labelSelectorError({ matchExpressions: [{ key, operator: "In", values }] }, minor);
  if (values.length === 1 && refused !== undefined) return refused;
  if (values.length === 1 && parseLabelInteger(values[0]) !== undefined) return undefined;
  return `${operator} takes one whole number, but is given ${values.length === 1 ? `"${values[0]}"` : `${values.length} values`}`;
}

/** What makes a term match nothing whatever the nodes are. */
export interface Refused {
  readonly path: string;
  readonly sentence: string;
  /** It is about matchFields. */
  readonly field: boolean;
}

export function refusedTerm({ path, requirements }: WrittenTerm, minor: number): Refused | undefined {
  if (requirements.length === 0) return { path, sentence: "an empty term matches no node", field: false };
  for (const one of requirements) {
    const sentence = refusalOf(one, minor);
    if (sentence !== undefined) return { path: one.path, sentence, field: one.field };
  }
  return undefined;
}
