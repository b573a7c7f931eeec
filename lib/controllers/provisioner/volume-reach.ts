// controllers: the node affinity of one volume against the labels of one node, for a warning and no verdict.

import { isLabelKey, isLabelValue, parseLabelInteger } from "../../compile/label-grammar.js";
import type { LabelSelectorRequirementLike, NodeSelectorTermLike, PersistentVolumeLike } from "../../objects/types.js";

type Labels = { readonly [key: string]: string };

/** Whether pods on a node with these labels can use the volume. */
export function reaches({ spec }: PersistentVolumeLike, labels: Labels): boolean {
  const required = spec?.nodeAffinity?.required;
  if (!required) return true;
  return (required.nodeSelectorTerms ?? []).some((term) => holds(term, labels));
}

function holds({ matchExpressions, matchFields }: NodeSelectorTermLike, labels: Labels): boolean {
  const [expressions, fields] = [matchExpressions ?? [], matchFields ?? []];
  if (expressions.length + fields.length === 0) return false;
  // A volume's matchFields hold wherever they are well formed.
  const fit = fields.every(({ operator, values }) => ["In", "NotIn"].includes(operator ?? "") && values?.length === 1);
  return fit && expressions.every((expression) => requirementHolds(expression, labels));
}

function requirementHolds({ key, operator, values }: LabelSelectorRequirementLike, labels: Labels): boolean {
  const wanted = (values ?? []).map((value) => value ?? "");
  if (!isLabelKey(key ?? "") || !wanted.every(isLabelValue)) return false;
  const value = Object.hasOwn(labels, key ?? "") ? labels[key ?? ""] : undefined;
  switch (operator) {
    case "In":
      return value !== undefined && wanted.includes(value);
    case "NotIn":
      return wanted.length > 0 && (value === undefined || !wanted.includes(value));
    case "Exists":
      return wanted.length === 0 && value !== undefined;
    case "DoesNotExist":
      return wanted.length === 0 && value === undefined;
    default:
      return compares(operator ?? "", wanted, value);
  }
}

function compares(operator: string, wanted: readonly string[], value: string | undefined): boolean {
  if (value === undefined || wanted.length !== 1 || (operator !== "Gt" && operator !== "Lt")) return false;
  const [label, bound] = [parseLabelInteger(value), parseLabelInteger(wanted[0])];
  if (typeof label !== "bigint" || typeof bound !== "bigint") return false;
  return operator === "Gt" ? label > bound : label < bound;
}
