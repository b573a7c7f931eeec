// compile: a label selector -> the sentence with which Kubernetes refuses to convert it, if it does.

import { goQuote, wellFormed } from "../objects/go-quote.js";
import type { LabelSelectorLike, LabelSelectorRequirementLike } from "../objects/types.js";
import { compareUtf8 } from "../objects/utf8.js";
import {
  hasNameForm,
  isLabelKey,
  isLabelValue,
  isSubdomain,
  LABEL_MAX_BYTES,
  PREFIX_MAX_BYTES,
  utf8Length,
} from "./label-grammar.js";

const FORM =
  "must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character" +
  " (e.g. 'MyName',  or 'my.name',  or '123-abc', " +
  "regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')";
const SUBDOMAIN_FORM =
  "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', " +
  "and must start and end with an alphanumeric character (e.g. 'example.com', " +
  "regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')";
const VALUE_FORM =
  "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', " +
  "and must start and end with an alphanumeric character (e.g. 'MyValue',  or 'my_value',  or '12345', " +
  "regex used for validation is '(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')";

/**
 * The DETAIL of the error that converting the selector gives, or undefined where it converts.
 * `minor` is the version whose wording is wanted: 37 for 1.37.
 */
export function labelSelectorError(selector: LabelSelectorLike, minor: number): string | undefined {
  // kube: R-LS-6 labels first, in key order, then expressions as they stand; the first that fails ends it.
  const detail = labelsError(selector.matchLabels ?? {}, minor) ?? expressionsError(selector, minor);
  return detail === undefined ? undefined : wellFormed(detail);
}

function labelsError(labels: { readonly [key: string]: string | null }, minor: number): string | undefined {
  let refused: string[] | undefined;
  for (const key of Object.keys(labels)) {
    // kube: R-LS-3 a label is a requirement with one value.
    if (isLabelKey(key) && isLabelValue(labels[key] ?? "")) continue;
    refused ??= [];
    refused.push(key);
  }
  if (refused === undefined) return undefined;
  const key = refused.reduce((first, other) => (compareUtf8(other, first) < 0 ? other : first));
  return listed([...keyErrors(key, minor), ...valueErrors(key, [labels[key] ?? ""], minor)]);
}

function expressionsError(selector: LabelSelectorLike, minor: number): string | undefined {
  for (const expression of selector.matchExpressions ?? []) {
    const detail = expressionError(expression ?? {}, minor);
    if (detail !== undefined) return detail;
  }
  return undefined;
}

function expressionError(expression: LabelSelectorRequirementLike, minor: number): string | undefined {
  const operator = expression.operator ?? "";
  const takesValues = operator === "In" || operator === "NotIn";
  if (!takesValues && operator !== "Exists" && operator !== "DoesNotExist") {
    // kube: R-LS-4 a bad operator hides everything else.
    return `${goQuote(operator)} is not a valid label selector operator`;
  }
  const key = expression.key ?? "";
  const values = (expression.values ?? []).map((value) => value ?? "");
  const errors = keyErrors(key, minor);
  // kube: R-SEL-3 In and NotIn need a value, Exists and DoesNotExist take none.
  if (takesValues && values.length === 0) {
    const none = minor <= 33 ? "[]string(nil)" : "null";
    errors.push(`values: Invalid value: ${none}: for 'in', 'notin' operators, values set can't be empty`);
  } else if (!takesValues && values.length > 0) {
    errors.push(
      `values: Invalid value: ${goList(values, minor)}: values set must be empty for exists and does not exist`,
    );
  }
  errors.push(...valueErrors(key, values, minor));
  return listed(errors);
}

function listed(errors: readonly string[]): string | undefined {
  return errors.length > 1 ? `[${errors.join(", ")}]` : errors[0];
}

function keyErrors(key: string, minor: number): string[] {
  if (isLabelKey(key)) return [];
  return [`key: Invalid value: ${goQuote(key)}: ${keyPhrases(key, minor).join("; ")}`];
}

function keyPhrases(key: string, minor: number): string[] {
  const parts = key.split("/");
  if (parts.length > 2) {
    const subject = minor <= 34 ? "a qualified name" : "a valid label key";
    return [`${subject} ${FORM} with an optional DNS subdomain prefix and '/' (e.g. 'example.com/MyName')`];
  }
  const phrases: string[] = [];
  const name = parts[parts.length - 1];
  if (parts.length === 2) {
    const prefix = parts[0];
    if (prefix === "") phrases.push("prefix part must be non-empty");
    else {
      if (utf8Length(prefix) > PREFIX_MAX_BYTES) phrases.push(`prefix part ${tooLong(PREFIX_MAX_BYTES, minor)}`);
      if (!isSubdomain(prefix)) phrases.push(`prefix part ${SUBDOMAIN_FORM}`);
    }
  }
  if (name === "") phrases.push("name part must be non-empty");
  else if (utf8Length(name) > LABEL_MAX_BYTES) phrases.push(`name part ${tooLong(LABEL_MAX_BYTES, minor)}`);
  if (!hasNameForm(name)) phrases.push(`name part ${FORM}`);
  return phrases;
}

function valueErrors(key: string, values: readonly string[], minor: number): string[] {
  const errors: string[] = [];
  for (const [index, value] of values.entries()) {
    if (isLabelValue(value)) continue;
    const phrases: string[] = [];
    if (utf8Length(value) > LABEL_MAX_BYTES) phrases.push(tooLong(LABEL_MAX_BYTES, minor));
    if (!hasNameForm(value)) phrases.push(VALUE_FORM);
    errors.push(`values[${index}][${key}]: Invalid value: ${goQuote(value)}: ${phrases.join("; ")}`);
  }
  return errors;
}

function tooLong(limit: number, minor: number): string {
  return `must be no more than ${limit} ${minor <= 34 ? "characters" : "bytes"}`;
}

/** A list as Go prints it: up to 1.33 as source, then as JSON. */
function goList(values: readonly string[], minor: number): string {
  if (minor <= 33) return `[]string{${values.map(goQuote).join(", ")}}`;
  return JSON.stringify(values.map(wellFormed)).replace(
    /[<>&\u2028\u2029]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}
