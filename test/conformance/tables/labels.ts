// T-254 of 18.14: the grammar of label keys and values at its limits, in every place that reads requirements.

import {
  boundPair,
  claim,
  csiCapacity,
  type Expression,
  limitedClass,
  node,
  pod,
  selector,
  storageClass,
} from "../build.js";
import { AFF, BIND, type ConformanceCase, SPACE } from "../case.js";
import { classes } from "../world.js";

interface Limit {
  readonly title: string;
  readonly key: string;
  readonly value: string;
  readonly valid: boolean;
}

const limit = (title: string, key: string, value: string, valid: boolean): Limit => ({ title, key, value, valid });

const limits: readonly Limit[] = [
  limit("an empty value", "k", "", true),
  limit("a value of 63 characters", "k", "v".repeat(63), true),
  limit("a value of 64 characters", "k", "v".repeat(64), false),
  limit("a value with -, _ and . inside", "k", "A-b_c.9", true),
  limit("a value that begins with -", "k", "-v", false),
  limit("a value that ends with .", "k", "v.", false),
  limit("a value with a blank", "k", "a b", false),
  limit("a value with a slash", "k", "a/b", false),
  limit("a value beyond ASCII", "k", "größe", false),
  limit("a value of another script", "k", "北京", false),
  limit("a value with a line end", "k", "v\n", false),
  limit("a key of 63 characters", "k".repeat(63), "v", true),
  limit("a key of 64 characters", "k".repeat(64), "v", false),
  limit("the empty key", "", "v", false),
  limit("a key beyond ASCII", "größe", "v", false),
  limit("a key in upper case", "KEY", "v", true),
  limit("a key with a prefix", "example.com/k", "v", true),
  limit("a prefix of 253 characters", `${"p".repeat(253)}/k`, "v", true),
  limit("the longest key", `${"p".repeat(253)}/${"k".repeat(63)}`, "v", true),
  limit("a prefix of 254 characters", `${"p".repeat(254)}/k`, "v", false),
  limit("a prefix in upper case", "Example.com/k", "v", false),
  limit("a prefix with an empty part", "example..com/k", "v", false),
  limit("a prefix that ends with a dot", "example.com./k", "v", false),
  limit("an empty prefix", "/k", "v", false),
  limit("an empty name", "example.com/", "v", false),
  limit("two slashes", "a/b/c", "v", false),
  limit("a key that objects inherit", "constructor", "v", true),
  limit("a key that is special in JavaScript", "__proto__", "v", false),
];

/** The node has just this label; whether a requirement of the very same pair finds it. */
function nodeWith({ key, value }: Limit) {
  return node("same", Object.fromEntries([[key, value]]));
}

function outcome(valid: boolean, reason: string): ConformanceCase["expect"] {
  return valid ? { feasible: ["same"] } : { infeasible: { same: [reason] } };
}

function inEveryPlace(given: Limit): ConformanceCase[] {
  const { title, key, value, valid } = given;
  const requirement: Expression = [key, "In", value];
  const made = (place: string, rules: string[], objects: ConformanceCase["objects"], reason: string) => ({
    id: "T-254",
    title: `${title} ${place}`,
    rules: ["R-SEL-1", "R-SEL-2", ...rules],
    objects: [nodeWith(given), ...objects],
    expect: outcome(valid, reason),
  });
  const topology = storageClass("topo", { topologies: [[[key, value]]] });
  const room = (nodeTopology: object) => [
    ...limitedClass("limited"),
    csiCapacity("room", { topology: nodeTopology, capacity: "1Ti" }),
    claim("c", { class: "limited" }),
    pod("c"),
  ];
  const labels = Object.fromEntries([[key, value]]);
  return [
    made("in node affinity", ["R-NS-6"], [...boundPair({ terms: [[requirement]] }), pod("c")], AFF),
    made("in allowedTopologies", ["R-TS-4"], [topology, claim("c", { class: "topo" }), pod("c")], BIND),
    made("in matchExpressions of room", ["R-CAP-6"], room(selector(requirement)), SPACE),
    made("in matchLabels of room", ["R-CAP-6"], room({ matchLabels: labels }), SPACE),
  ];
}

const empty = node("empty", { k: "" });
const none = node("none");
const oddlyLabelled = node("odd", { k: "größe" });

function affinity(title: string, requirement: Expression, feasible: string[]): ConformanceCase {
  const nodes = [empty, none, oddlyLabelled];
  const rejected = nodes.map(({ metadata }) => metadata.name).filter((name) => !feasible.includes(name));
  return {
    id: "T-254",
    title,
    rules: ["R-SEL-6"],
    objects: [...classes, ...nodes, ...boundPair({ terms: [[requirement]] }), pod("c")],
    expect: { feasible, infeasible: Object.fromEntries(rejected.map((name) => [name, [AFF]])) },
  };
}

export const cases: readonly ConformanceCase[] = [
  ...limits.flatMap(inEveryPlace),
  affinity("In with the empty value needs the key", ["k", "In", ""], ["empty"]),
  affinity("NotIn with the empty value does not need the key", ["k", "NotIn", ""], ["none", "odd"]),
  affinity("a label value that no selector may name is another value", ["k", "NotIn", "x"], ["empty", "none", "odd"]),
  affinity("a label value that no selector may name exists", ["k", "Exists"], ["empty", "odd"]),
  affinity("a label value that no selector may name is no number", ["k", "Gt", "0"], []),
];
