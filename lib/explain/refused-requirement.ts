// explain: a requirement as it was written -> why Kubernetes does not take it, if so.

import { parseLabelInteger } from "../compile/label-grammar.js";
import { labelSelectorError } from "../compile/label-selector-error.js";
import type { WrittenRequirement } from "./written-terms.js";

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
