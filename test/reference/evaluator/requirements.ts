// One label requirement: validation with upstream's texts, and matching (R-SEL, R-LS-6).

import { decided } from "./decided.js";
import { byteLength, goJsonList, goQuote, goSourceList } from "./go-text.js";

export interface Requirement {
  key: string;
  operator: string;
  values: string[];
}

export type Labels = ReadonlyMap<string, string>;

/** Texts differ between releases (R-LS-6). */
export interface Texts {
  qualifiedName: string;
  bytes: string;
  list: (values: string[]) => string;
}

export function textsOf(minor: number): Texts {
  return {
    qualifiedName: minor <= 34 ? "a qualified name " : "a valid label key ",
    bytes: minor <= 34 ? "characters" : "bytes",
    // Up to 1.33 a list of values is printed as Go source, not as JSON.
    list: minor <= 33 ? goSourceList : goJsonList,
  };
}

const NAME = /^([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]$/;
const SUBDOMAIN = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;
const VALUE = /^(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?$/;
const NAME_FORM =
  "must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character " +
  "(e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is " +
  "'([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')";
const SUBDOMAIN_FORM =
  "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start " +
  "and end with an alphanumeric character (e.g. 'example.com', regex used for validation is " +
  "'[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')";
const VALUE_FORM =
  "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start " +
  "and end with an alphanumeric character (e.g. 'MyValue',  or 'my_value',  or '12345', regex used for " +
  "validation is '(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')";

export function keyViolations(key: string, texts: Texts): string[] {
  const parts = key.split("/");
  if (parts.length > 2) {
    return [
      `${texts.qualifiedName}${NAME_FORM} with an optional DNS subdomain prefix and '/' (e.g. 'example.com/MyName')`,
    ];
  }
  const found: string[] = [];
  if (parts.length === 2) {
    const prefix = parts[0];
    if (prefix === "") found.push("prefix part must be non-empty");
    else {
      if (byteLength(prefix) > 253) found.push(`prefix part must be no more than 253 ${texts.bytes}`);
      if (!SUBDOMAIN.test(prefix)) found.push(`prefix part ${SUBDOMAIN_FORM}`);
    }
  }
  const name = parts[parts.length - 1];
  if (name === "") found.push("name part must be non-empty");
  else if (byteLength(name) > 63) found.push(`name part must be no more than 63 ${texts.bytes}`);
  if (!NAME.test(name)) found.push(`name part ${NAME_FORM}`);
  return found;
}

export function valueViolations(value: string, texts: Texts): string[] {
  const found: string[] = [];
  if (byteLength(value) > 63) found.push(`must be no more than 63 ${texts.bytes}`);
  if (!VALUE.test(value)) found.push(VALUE_FORM);
  return found;
}

/** Every violation of a requirement, in the order in which upstream lists them. */
export function violations({ key, operator, values }: Requirement, texts: Texts): string[] {
  const found: string[] = [];
  const ofKey = keyViolations(key, texts);
  if (ofKey.length > 0) decided("R-SEL-1");
  if (ofKey.length > 0) found.push(`key: Invalid value: ${goQuote(key)}: ${ofKey.join("; ")}`);
  switch (operator) {
    case "In":
    case "NotIn":
      if (values.length === 0) {
        decided("R-SEL-3");
        found.push(`values: Invalid value: ${texts.list([])}: for 'in', 'notin' operators, values set can't be empty`);
      }
      break;
    case "Exists":
    case "DoesNotExist":
      if (values.length > 0) {
        decided("R-SEL-3");
        found.push(
          `values: Invalid value: ${texts.list(values)}: values set must be empty for exists and does not exist`,
        );
      }
      break;
    case "Gt":
    case "Lt":
      if (values.length !== 1) decided("R-SEL-3");
      if (values.length !== 1) found.push("values: for 'Gt', 'Lt' operators, exactly one value is required");
      for (const value of values) {
        if (parseInt64(value) !== undefined) continue;
        decided("R-SEL-4");
        found.push("values: must be an integer");
      }
      break;
    default:
      decided("R-SEL-5");
      found.push(`operator: ${goQuote(operator)} is not a valid label selector operator`);
  }
  values.forEach((value, index) => {
    const ofValue = valueViolations(value, texts);
    if (ofValue.length > 0) {
      decided("R-SEL-2");
      found.push(`values[${index}][${key}]: Invalid value: ${goQuote(value)}: ${ofValue.join("; ")}`);
    }
  });
  return found;
}

export function matchesRequirement({ key, operator, values }: Requirement, labels: Labels): boolean {
  const label = labels.get(key);
  decided(`R-SEL-6 (${operator})`);
  switch (operator) {
    case "In":
      return label !== undefined && values.includes(label);
    case "NotIn":
      return label === undefined || !values.includes(label);
    case "Exists":
      return label !== undefined;
    case "DoesNotExist":
      return label === undefined;
    case "Gt":
    case "Lt": {
      const left = label === undefined ? undefined : parseInt64(label);
      const right = parseInt64(values[0]);
      if (left === undefined || right === undefined) return false;
      return operator === "Gt" ? left > right : left < right;
    }
    default:
      return false;
  }
}

export function parseInt64(text: string): bigint | undefined {
  if (!/^[+-]?[0-9]+$/.test(text)) return undefined;
  const magnitude = BigInt(text.replace(/^[+-]/, ""));
  const number = text.startsWith("-") ? -magnitude : magnitude;
  return BigInt.asIntN(64, number) === number ? number : undefined;
}
