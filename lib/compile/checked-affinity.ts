// compile: a node affinity of an option -> a copy of its required terms, all of which parse.

import type { OptionField } from "../objects/option-field.js";
import type { LabelSelectorRequirementLike, NodeSelectorLike, NodeSelectorTermLike } from "../objects/types.js";
import { isLabelKey, isLabelValue, parseLabelInteger } from "./label-grammar.js";

const OF_FIELDS = ["In", "NotIn"];
const OF_LABELS = [...OF_FIELDS, "Exists", "DoesNotExist", "Gt", "Lt"];

/** Undefined where nothing is required. @throws TopologyError `BadOption` for what kube-scheduler would not start with. */
export function checkedAffinity(affinity: OptionField): NodeSelectorLike | undefined {
  const [required, preferred] = affinity.fields(
    "requiredDuringSchedulingIgnoredDuringExecution",
    "preferredDuringSchedulingIgnoredDuringExecution",
  );
  for (const item of preferred.items()) {
    const [weight, preference] = item.fields("weight", "preference");
    // What is preferred changes no verdict; a preference without weight is not parsed.
    checkedTerm(preference, weight.integer() !== 0);
  }
  const [terms] = required.fields("nodeSelectorTerms");
  if (required.isMissing) return undefined;
  return { nodeSelectorTerms: terms.items().map((term) => checkedTerm(term, true)) };
}

function checkedTerm(term: OptionField, parsed: boolean): NodeSelectorTermLike {
  const [expressions, fields] = term.fields("matchExpressions", "matchFields");
  return {
    matchExpressions: expressions.items().map((item) => checkedRequirement(item, parsed ? checkLabel : undefined)),
    matchFields: fields.items().map((item) => checkedRequirement(item, parsed ? checkField : undefined)),
  };
}

type Check = (key: OptionField, operator: OptionField, values: OptionField) => void;

function checkedRequirement(item: OptionField, check: Check | undefined): LabelSelectorRequirementLike {
  const [key, operator, values] = item.fields("key", "operator", "values");
  const copy = { key: key.text(), operator: operator.text(), values: values.items().map((value) => value.text()) };
  // kube: R-NOD-22 a term that does not parse is an error of the configuration.
  check?.(key, operator, values);
  return copy;
}

function checkLabel(key: OptionField, operator: OptionField, values: OptionField): void {
  const operation = checkedOperator(operator, OF_LABELS);
  if (!isLabelKey(key.text())) throw key.bad("must be the key of a label");
  const items = values.items();
  switch (operation) {
    case "Gt":
    case "Lt":
      if (items.length !== 1 || parseLabelInteger(items[0].text()) === undefined) {
        throw values.bad(`must be one integer for ${operation}`);
      }
      break;
    case "In":
    case "NotIn":
      if (items.length === 0) throw values.bad(`must have a value for ${operation}`);
      break;
    default:
      if (items.length > 0) throw values.bad(`must be empty for ${operation}`);
  }
  for (const item of items) if (!isLabelValue(item.text())) throw item.bad("must be the value of a label");
}

function checkField(_key: OptionField, operator: OptionField, values: OptionField): void {
  const operation = checkedOperator(operator, OF_FIELDS);
  if (values.items().length !== 1) throw values.bad(`must have one value for ${operation} of a field`);
}

function checkedOperator(operator: OptionField, known: readonly string[]): string {
  const text = operator.text();
  if (!known.includes(text)) throw operator.bad(`must be one of ${known.join(", ")}`);
  return text;
}
