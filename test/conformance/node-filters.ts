// What the cases of the node filters share: three nodes, tainted, cordoned or labelled, and who turns them down.

import type { FilterName } from "../../lib/index.js";
import { type Expression, type KubeObject, node, podOf, type Term, termOf } from "./build.js";
import { by, type ConformanceCase, type Expectation, type Rejection } from "./case.js";

export const NODE_FILTERS: readonly FilterName[] = ["NodeName", "NodeUnschedulable", "TaintToleration", "NodeAffinity"];

export const CORDONED = by("NodeUnschedulable", "node(s) were unschedulable");
export const TAINTED = by("TaintToleration", "node(s) had untolerated taint(s)");
export const UNMATCHED = by("NodeAffinity", "node(s) didn't match Pod's node affinity/selector");
export const NARROWED = by("NodeAffinity", "node(s) didn't satisfy plugin(s) [NodeAffinity]");
export const CONFLICT = by("NodeAffinity", "pod affinity terms conflict");

/** Accepted. */
export const OK = "ok";

/** What becomes of each node. */
export function outcome(nodes: Readonly<Record<string, typeof OK | Rejection>>): Expectation {
  const entries = Object.entries(nodes);
  return {
    feasible: entries.filter(([, verdict]) => verdict === OK).map(([name]) => name),
    infeasible: Object.fromEntries(entries.filter((entry): entry is [string, Rejection] => entry[1] !== OK)),
  };
}

/** The node filters about one pod. */
export function asked(
  id: string,
  title: string,
  rules: readonly string[],
  nodes: readonly KubeObject[],
  spec: object,
  expect: Expectation,
  options: ConformanceCase["options"] = {},
): ConformanceCase {
  return { id, title, rules, objects: [...nodes, podOf(spec)], options: { filters: NODE_FILTERS, ...options }, expect };
}

/** A node n1 with these taints, each "KEY=VALUE:EFFECT", "KEY:EFFECT", or written out. */
export function tainted(...taints: readonly (string | object)[]): KubeObject {
  return node("n1", {}, { taints: taints.map((given) => (typeof given === "string" ? taintOf(given) : given)) });
}

function taintOf(text: string): object {
  const colon = text.lastIndexOf(":");
  const [key, value] = text.slice(0, colon).split("=");
  return { key, ...(value !== undefined && { value }), effect: text.slice(colon + 1) };
}

export const n1 = node("n1", { zone: "a" });
export const n2 = node("n2", { zone: "b" });
export const n3 = node("n3", { zone: "c" });
export const three: readonly KubeObject[] = [n1, n2, n3];

/** A spec with this required node affinity. */
export function affine(...terms: readonly Term[]): object {
  return required({ nodeSelectorTerms: terms.map(termOf) });
}

export function required(selector: object | null): object {
  return { affinity: { nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: selector } } };
}

/** A term over the node's name. */
export function named(...names: string[]): { fields: Expression[] } {
  return { fields: [["metadata.name", "In", ...names]] };
}
