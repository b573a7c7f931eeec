// 18.5, selectors of claims that do not convert and so end the cycle in an error.

import { claim, pod, selector, volume } from "../build.js";
import { BIND, type ConformanceCase, FILTER_ERROR } from "../case.js";
import { twoZones } from "../world.js";

const FORM =
  "must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character " +
  "(e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is " +
  "'([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')";
const VALUE_FORM =
  "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and " +
  "end with an alphanumeric character (e.g. 'MyValue',  or 'my_value',  or '12345', regex used for validation is " +
  "'(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')";
const PREFIX_FORM =
  "prefix part a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and " +
  "must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is " +
  "'[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')";
const TWO_SLASHES = " with an optional DNS subdomain prefix and '/' (e.g. 'example.com/MyName')";
const longName = "n".repeat(64);
const longPrefix = "p".repeat(254);
const bad = { selector: selector(["disk", "Gt", "1"]) };
const badOperator = '"Gt" is not a valid label selector operator';

function errorOf(detail: string, name = "c"): string {
  return `${FILTER_ERROR}error creating internal label selector for claim: default/${name}: ${detail}`;
}

function refused(title: string, given: object, detail: string, kubernetes = "1.37"): ConformanceCase {
  return {
    id: "T-110",
    title,
    rules: ["R-MAT-2", "R-LS-4", "R-LS-5", "R-LS-6"],
    objects: [...twoZones, volume("pv1"), claim("c", { spec: { selector: given } }), pod("c")],
    options: { kubernetes },
    expect: { error: errorOf(detail) },
  };
}

export const cases: readonly ConformanceCase[] = [
  refused("labels of volumes are not compared by Gt", selector(["disk", "Gt", "1"]), badOperator),
  refused("nor by Lt", selector(["disk", "Lt", "1"]), badOperator.replace("Gt", "Lt")),
  refused("an unknown operator", selector(["disk", 'Ne"ar', "x"]), '"Ne\\"ar" is not a valid label selector operator'),
  refused("a bad operator is all that is told of its requirement", selector(["-a", "Gt", "b c"]), badOperator),
  refused(
    "a bad key and a bad value, key first",
    selector(["-a", "In", "b c"]),
    `[key: Invalid value: "-a": name part ${FORM}, values[0][-a]: Invalid value: "b c": ${VALUE_FORM}]`,
  ),
  refused("a bad key alone", selector(["a-", "Exists"]), `key: Invalid value: "a-": name part ${FORM}`),
  refused(
    "the empty key",
    selector(["", "Exists"]),
    `key: Invalid value: "": name part must be non-empty; name part ${FORM}`,
  ),
  refused(
    "an empty prefix",
    selector(["/disk", "Exists"]),
    'key: Invalid value: "/disk": prefix part must be non-empty',
  ),
  refused(
    "a prefix in upper case",
    selector(["Example.com/disk", "Exists"]),
    `key: Invalid value: "Example.com/disk": ${PREFIX_FORM}`,
  ),
  refused(
    "a prefix that is too long",
    selector([`${longPrefix}/disk`, "Exists"]),
    `key: Invalid value: "${longPrefix}/disk": prefix part must be no more than 253 bytes`,
  ),
  refused(
    "a name that is too long",
    selector([longName, "Exists"]),
    `key: Invalid value: "${longName}": name part must be no more than 63 bytes`,
  ),
  refused(
    "two slashes",
    selector(["a/b/c", "Exists"]),
    `key: Invalid value: "a/b/c": a valid label key ${FORM}${TWO_SLASHES}`,
  ),
  refused(
    "up to 1.34 it is a qualified name",
    selector(["a/b/c", "Exists"]),
    `key: Invalid value: "a/b/c": a qualified name ${FORM}${TWO_SLASHES}`,
    "1.34",
  ),
  refused(
    "up to 1.34 lengths are told in characters",
    selector(["disk", "In", longName]),
    `values[0][disk]: Invalid value: "${longName}": must be no more than 63 characters`,
    "1.34",
  ),
  refused(
    "since 1.35 lengths are told in bytes",
    selector(["disk", "In", longName]),
    `values[0][disk]: Invalid value: "${longName}": must be no more than 63 bytes`,
    "1.35",
  ),
  refused(
    "In without values",
    selector(["disk", "In"]),
    "values: Invalid value: null: for 'in', 'notin' operators, values set can't be empty",
  ),
  refused(
    "Exists with values",
    selector(["disk", "Exists", "x", "y"]),
    'values: Invalid value: ["x","y"]: values set must be empty for exists and does not exist',
  ),
  refused(
    "up to 1.33 lists of values are told as Go source: none",
    selector(["disk", "In"]),
    "values: Invalid value: []string(nil): for 'in', 'notin' operators, values set can't be empty",
    "1.33",
  ),
  refused(
    "up to 1.33 lists of values are told as Go source: two",
    selector(["disk", "Exists", "x", "y"]),
    'values: Invalid value: []string{"x", "y"}: values set must be empty for exists and does not exist',
    "1.33",
  ),
  refused(
    "Exists with values of which one is bad",
    selector(["disk", "Exists", "x", "<y>"]),
    '[values: Invalid value: ["x","\\u003cy\\u003e"]: values set must be empty for exists and does not exist, ' +
      `values[1][disk]: Invalid value: "<y>": ${VALUE_FORM}]`,
  ),
  refused(
    "values are told with their places",
    selector(["disk", "NotIn", "-x", "ok", `${longName}-`]),
    `[values[0][disk]: Invalid value: "-x": ${VALUE_FORM}, ` +
      `values[2][disk]: Invalid value: "${longName}-": must be no more than 63 bytes; ${VALUE_FORM}]`,
  ),
  refused(
    "matchLabels come before matchExpressions, by key",
    { matchLabels: { z: "a b", a: "c d", m: "ok" }, ...selector(["disk", "Gt", "1"]) },
    `values[0][a]: Invalid value: "c d": ${VALUE_FORM}`,
  ),
  refused(
    "the first bad requirement ends the conversion",
    selector(["disk", "In", "ok"], ["disk", "Exists", "x"], ["disk", "Gt", "1"]),
    'values: Invalid value: ["x"]: values set must be empty for exists and does not exist',
  ),
  {
    id: "T-111",
    title: "a bad selector of the second claim is an error where the first finds a volume",
    rules: ["R-MAT-2"],
    objects: [...twoZones, volume("pv1"), claim("c"), claim("d", { size: "2Gi", spec: bad }), pod("c", "d")],
    expect: { error: errorOf(badOperator, "d") },
  },
  {
    id: "T-111",
    title: "a bad selector of the second claim is an error where the first finds none",
    rules: ["R-MAT-2"],
    objects: [
      ...twoZones,
      volume("pv1"),
      claim("c", { size: "5Gi" }),
      claim("d", { size: "9Gi", spec: bad }),
      pod("c", "d"),
    ],
    expect: { error: errorOf(badOperator, "d") },
  },
  {
    id: "T-111",
    title: "a bad selector of the second claim is an error where the class has no volume",
    rules: ["R-MAT-2"],
    objects: [
      ...twoZones,
      claim("c", { class: "wffc" }),
      claim("d", { class: "wffc", size: "2Gi", spec: bad }),
      pod("c", "d"),
    ],
    expect: { error: errorOf(badOperator, "d") },
  },
  {
    id: "T-111",
    title: "of two bad selectors that of the smaller claim is told",
    rules: ["R-MAT-1", "R-MAT-2"],
    objects: [
      ...twoZones,
      claim("c", { size: "2Gi", spec: { selector: selector(["disk", "Lt", "1"]) } }),
      claim("d", { size: "1Gi", spec: bad }),
      pod("c", "d"),
    ],
    expect: { error: errorOf(badOperator, "d") },
  },
  {
    id: "T-111",
    title: "where the first claim has another node selected no selector is looked at",
    rules: ["R-FLT-5"],
    objects: [
      ...twoZones,
      claim("c", { class: "wffc", selectedNode: "nodeZ" }),
      claim("d", { class: "wffc", spec: bad }),
      pod("c", "d"),
    ],
    expect: { infeasible: { nodeA: [BIND], nodeB: [BIND] } },
  },
  {
    id: "T-111",
    title: "a later claim's other node refuses before an earlier claim's selector is looked at",
    rules: ["R-FLT-5"],
    objects: [
      ...twoZones,
      claim("c", { class: "wffc", spec: bad }),
      claim("d", { class: "wffc", selectedNode: "nodeZ" }),
      pod("c", "d"),
    ],
    expect: { infeasible: { nodeA: [BIND], nodeB: [BIND] } },
  },
  {
    id: "T-111",
    title: "the selector of a claim with a selected node is never looked at",
    rules: ["R-FLT-6", "R-MAT-2"],
    objects: [...twoZones, claim("c", { class: "wffc", selectedNode: "nodeA", spec: bad }), pod("c")],
    expect: { feasible: ["nodeA"], infeasible: { nodeB: [BIND] }, plans: { nodeA: { provision: ["c"] } } },
  },
];
