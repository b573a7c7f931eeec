// compile: the exact sentences with which label selectors are refused.

import { test } from "uvu";
import * as assert from "uvu/assert";
import { labelSelectorError } from "../lib/compile/label-selector-error.js";
import type { LabelSelectorLike } from "../lib/objects/types.js";

const FORM =
  "must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')";
const SUBDOMAIN =
  "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')";
const VALUE =
  "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyValue',  or 'my_value',  or '12345', regex used for validation is '(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')";

function refuses(selector: unknown, detail: string | undefined, minor = 37): void {
  assert.is(labelSelectorError(selector as LabelSelectorLike, minor), detail);
}

function expression(key: string, operator: string, values?: readonly string[] | null): LabelSelectorLike {
  return { matchExpressions: [{ key, operator, values }] };
}

test("a selector that converts has no error", () => {
  refuses({}, undefined);
  refuses({ matchLabels: null, matchExpressions: null }, undefined);
  refuses({ matchLabels: { a: "b", "c.d/e": "" }, matchExpressions: [] }, undefined);
  refuses(expression("a", "In", ["x", "x", ""]), undefined);
  refuses(expression("a", "NotIn", ["x"]), undefined);
  refuses(expression("a", "Exists", []), undefined);
  refuses(expression("a", "DoesNotExist", null), undefined);
  refuses({ matchLabels: { a: null }, matchExpressions: [{ key: "a", operator: "In", values: [null] }] }, undefined);
});

test("a bad operator is the whole error", () => {
  for (const operator of ["Gt", "Lt", "in", "Equals"]) {
    refuses(expression("-", operator, ["-"]), `"${operator}" is not a valid label selector operator`);
  }
  refuses({ matchExpressions: [{ key: "a" }] }, '"" is not a valid label selector operator');
  refuses({ matchExpressions: [null] }, '"" is not a valid label selector operator');
  refuses(expression("a", 'I"n\u00ad'), '"I\\"n\\u00ad" is not a valid label selector operator');
});

test("a key is refused with every phrase that applies", () => {
  const key = (text: string, phrases: string) => refuses(expression(text, "Exists"), `key: Invalid value: ${phrases}`);
  key("", `"": name part must be non-empty; name part ${FORM}`);
  key("a b", `"a b": name part ${FORM}`);
  key("a/", `"a/": name part must be non-empty; name part ${FORM}`);
  key("/a", '"/a": prefix part must be non-empty');
  key("/", `"/": prefix part must be non-empty; name part must be non-empty; name part ${FORM}`);
  key("A/b", `"A/b": prefix part ${SUBDOMAIN}`);
  key("A/-", `"A/-": prefix part ${SUBDOMAIN}; name part ${FORM}`);
  const one = `a valid label key ${FORM} with an optional DNS subdomain prefix and '/' (e.g. 'example.com/MyName')`;
  key("A/-/c", `"A/-/c": ${one}`);
  key("//", `"//": ${one}`);
});

test("lengths are counted in bytes", () => {
  const key = (text: string, phrases: string) =>
    refuses(expression(text, "Exists"), `key: Invalid value: "${text}": ${phrases}`);
  key("n".repeat(64), "name part must be no more than 63 bytes");
  key("é".repeat(31), `name part ${FORM}`);
  key("é".repeat(32), `name part must be no more than 63 bytes; name part ${FORM}`);
  key(`${"p".repeat(254)}/n`, "prefix part must be no more than 253 bytes");
  key(`${"é".repeat(127)}/n`, `prefix part must be no more than 253 bytes; prefix part ${SUBDOMAIN}`);
  refuses({ matchLabels: { a: "v".repeat(63) } }, undefined);
  refuses(
    { matchLabels: { a: "v".repeat(64) } },
    `values[0][a]: Invalid value: "${"v".repeat(64)}": must be no more than 63 bytes`,
  );
  refuses(
    { matchLabels: { a: "日".repeat(22) } },
    `values[0][a]: Invalid value: "${"日".repeat(22)}": must be no more than 63 bytes; ${VALUE}`,
  );
});

test("In and NotIn need values", () => {
  const detail = "values: Invalid value: null: for 'in', 'notin' operators, values set can't be empty";
  refuses(expression("a", "In"), detail);
  refuses(expression("a", "NotIn", []), detail);
  refuses(expression("a", "NotIn", null), detail);
});

test("Exists and DoesNotExist take none, and the list is shown as JSON", () => {
  const detail = (list: string) =>
    `values: Invalid value: ${list}: values set must be empty for exists and does not exist`;
  refuses(expression("a", "Exists", ["x"]), detail('["x"]'));
  refuses(expression("a", "DoesNotExist", ["x", "", "y"]), detail('["x","","y"]'));
  const odd = '<>&\u2028\u2029"\\\n\b\u0001\u007fé';
  const escaped = '\\u003c\\u003e\\u0026\\u2028\\u2029\\"\\\\\\n\\b\\u0001\u007fé';
  const quoted = '<>&\\u2028\\u2029\\"\\\\\\n\\b\\x01\\x7fé';
  const value = `values[0][a]: Invalid value: "${quoted}": ${VALUE}`;
  refuses(expression("a", "Exists", [odd]), `[${detail(`["${escaped}"]`)}, ${value}]`);
});

test("every value is checked, for every operator", () => {
  refuses(expression("a", "NotIn", ["ok", "-"]), `values[1][a]: Invalid value: "-": ${VALUE}`);
  refuses(
    expression("a", "In", ["-", "ok", "."]),
    `[values[0][a]: Invalid value: "-": ${VALUE}, values[2][a]: Invalid value: ".": ${VALUE}]`,
  );
});

test("key, count and values follow each other in one list", () => {
  refuses(
    expression("a b", "Exists", ["-"]),
    `[key: Invalid value: "a b": name part ${FORM}, ` +
      'values: Invalid value: ["-"]: values set must be empty for exists and does not exist, ' +
      `values[0][a b]: Invalid value: "-": ${VALUE}]`,
  );
  refuses(
    { matchLabels: { "a\n": "-" } },
    `[key: Invalid value: "a\\n": name part ${FORM}, values[0][a\n]: Invalid value: "-": ${VALUE}]`,
  );
});

test("labels come first, in byte order of their keys, and the first failure ends it", () => {
  const matchExpressions = [{ key: "a", operator: "Gt" }];
  const label = (key: string) => `values[0][${key}]: Invalid value: "-": ${VALUE}`;
  refuses({ matchLabels: { b: "-", a: "-", ab: "-" }, matchExpressions }, label("a"));
  refuses({ matchLabels: { b: "-", a: "ok" }, matchExpressions }, label("b"));
  refuses({ matchLabels: { b: "ok" }, matchExpressions }, '"Gt" is not a valid label selector operator');
  refuses({ matchLabels: { 10: "-", 9: "-", B: "-" } }, label("10"));
  // U+FF21 comes before U+1F600 in UTF-8, though not in UTF-16.
  refuses({ matchLabels: { "\u{1f600}": "", "\uff21": "" } }, `key: Invalid value: "\uff21": name part ${FORM}`);
});

test("up to 1.33 a list of values is printed as Go source", () => {
  refuses(
    expression("a", "In", []),
    "values: Invalid value: []string(nil): for 'in', 'notin' operators, values set can't be empty",
    33,
  );
  refuses(
    expression("a", "Exists", ["x", "y"]),
    'values: Invalid value: []string{"x", "y"}: values set must be empty for exists and does not exist',
    33,
  );
});

test("up to 1.34 a key is a qualified name and limits are in characters", () => {
  const one = `${FORM} with an optional DNS subdomain prefix and '/' (e.g. 'example.com/MyName')`;
  refuses(expression("a/b/c", "Exists"), `key: Invalid value: "a/b/c": a qualified name ${one}`, 34);
  refuses(expression("a/b/c", "Exists"), `key: Invalid value: "a/b/c": a valid label key ${one}`, 35);
  const long = `${"p".repeat(254)}/${"n".repeat(64)}`;
  refuses(
    { matchLabels: { [long]: "v".repeat(64) } },
    `[key: Invalid value: "${long}": prefix part must be no more than 253 characters; ` +
      "name part must be no more than 63 characters, " +
      `values[0][${long}]: Invalid value: "${"v".repeat(64)}": must be no more than 63 characters]`,
    34,
  );
});

test("lone surrogates are shown as U+FFFD", () => {
  refuses(
    { matchLabels: { "\ud800": "\udc00" } },
    `[key: Invalid value: "\ufffd": name part ${FORM}, values[0][\ufffd]: Invalid value: "\ufffd": ${VALUE}]`,
  );
});

test.run();
