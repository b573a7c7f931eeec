// Random clusters of every profile, and what must hold of the explanation of each of their pods.

import * as assert from "uvu/assert";
import type { Cause, Change } from "../../lib/explain.js";
import { explain, remedies } from "../../lib/explain.js";
import type { FilterName, KubernetesMinor, Overlay, PodReport, TopologyMatcher } from "../../lib/index.js";
import { createMatcherSync } from "../../lib/index.js";
import type { KubeObject } from "../conformance/build.js";
import { upsertAll } from "../conformance/library-judge.js";
import { clusterOf } from "../conformance/run/compare.js";
import { PROFILES, profileOf } from "../conformance/run/profiles.js";
import { setOf } from "../support/load.js";
import { takeAway } from "./peel.js";
import { write } from "./situation.js";

/** So often what keeps a pod away is taken away: a node may have several taints, a claim several disks in use. */
const ROUNDS = 16;

export function randomMatcher(seed: number, kubernetes: KubernetesMinor = "1.37"): TopologyMatcher {
  const profile = profileOf(seed, kubernetes);
  const filters = (PROFILES[profile].filters ?? ["VolumeBinding"]) as readonly FilterName[];
  const matcher = createMatcherSync({ filters, kubernetes, engine: seed % 2 === 0 ? "wasm" : "javascript" });
  upsertAll(matcher, clusterOf(profile, seed, kubernetes).objects as KubeObject[]);
  return matcher;
}

/**
 * The scheduler's verdict is told, each rejected node once, with causes that name an object and a field. How many nodes
 * were rejected: all of them, where it was before any was looked at.
 */
export function checkCauses(matcher: TopologyMatcher, pod: string, where: string): number {
  const report: PodReport = matcher.evaluatePod(pod).toReport();
  const explanation = explain(matcher, pod);
  const { causes, groups } = explanation;
  assert.is(explanation.feasible, report.schedulable, where);
  assert.is(explanation.message, report.message, where);
  assert.is(explanation.error, report.error, where);
  const told = new Map<string, readonly [plugin: string, reasons: readonly string[]]>();
  for (const group of groups) {
    assert.ok(group.causes.length > 0, where);
    assert.is(group.count, group.nodes.length, where);
    for (const node of group.nodes) {
      assert.not.ok(told.has(node), where);
      told.set(node, [group.plugin, group.reasons]);
    }
  }
  for (const { node, plugin, reasons } of report.infeasible) assert.equal(told.get(node), [plugin, reasons], where);
  if (report.error === undefined) assert.is(told.size, report.infeasible.length, where);
  if (!report.schedulable) assert.ok(causes.length > 0, where);
  for (const { code, message, nodes, object, path } of causes) {
    const what = `${where}: ${code}`;
    assert.is.not(code, "Other", what);
    assert.ok(object.kind !== "" && (object.name !== "" || code === "NoNodes"), what);
    assert.ok(path !== "" && !path.includes("[-1]"), what);
    assert.ok(nodes > 0 || code === "NoNodes", what);
    assert.not.match(message, /undefined|NaN|\[object|\n/, what);
  }
  return groups.length === 0 && !report.schedulable ? matcher.nodes.size : told.size;
}

/** What became of a verdict whose causes were taken away. */
export interface Peeled {
  /** The code of the cause, or of all of them. */
  readonly codes: readonly string[];
  /** `kept`: it is still there, which contradicts the cause; `unknown`: nobody knows how to take one of them away. */
  readonly became: "changed" | "kept" | "unknown";
  readonly where: string;
}

/**
 * Takes away what the causes of a verdict name: all together, until the verdict is another one, for some node of each of
 * the first groups, or for the pod where it was rejected as a whole; and each cause alone, which is not told again then.
 */
export function peel(matcher: TopologyMatcher, pod: string, groups = 3): readonly Peeled[] {
  const explanation = explain(matcher, pod);
  const nodes = explanation.groups.slice(0, groups).map((group) => group.nodes[0]);
  if (explanation.groups.length === 0 && !explanation.feasible) nodes.push("");
  return nodes.flatMap((node) => {
    const first = causesOf(matcher, pod, node);
    const alone = first.length > 1 ? first.map((cause) => peelOne(matcher, pod, node, cause)) : [];
    return [peelAll(matcher, pod, node), ...alone];
  });
}

/** `node`: `""` for the pod as a whole. */
function causesOf(matcher: TopologyMatcher, pod: string, node: string): readonly Cause[] {
  return explain(matcher, pod, node === "" ? undefined : node).causes;
}

function verdictOf(matcher: TopologyMatcher, pod: string, node: string): string {
  // Of one node alone: an error of another one would be the verdict on the whole pod.
  const { error, infeasible, message } = matcher.evaluatePod(pod, node === "" ? {} : { nodes: [node] }).toReport();
  return JSON.stringify([error, message, infeasible[0]?.plugin]);
}

function peelAll(matcher: TopologyMatcher, pod: string, node: string): Peeled {
  const view = matcher.overlay();
  const verdict = verdictOf(view, pod, node);
  const codes = new Set<string>();
  let known = true;
  for (let round = 0; known && round < ROUNDS && verdictOf(view, pod, node) === verdict; round++) {
    const causes = causesOf(view, pod, node);
    for (const { code } of causes) codes.add(code);
    known = causes.every((cause) => takeAway(view, pod, node, cause));
  }
  const became = !known ? "unknown" : verdictOf(view, pod, node) === verdict ? "kept" : "changed";
  view.drop();
  return { codes: [...codes].sort(), became, where: `${pod}, ${node}: ${verdict}` };
}

function peelOne(matcher: TopologyMatcher, pod: string, node: string, cause: Cause): Peeled {
  const view: Overlay = matcher.overlay();
  const verdict = verdictOf(view, pod, node);
  const known = takeAway(view, pod, node, cause);
  const again =
    known && verdictOf(view, pod, node) === verdict && causesOf(view, pod, node).some((one) => isSame(one, cause));
  view.drop();
  const where = `${pod}, ${node}: ${cause.message}`;
  return { codes: [cause.code], became: !known ? "unknown" : again ? "kept" : "changed", where };
}

function isSame(a: Cause, b: Cause): boolean {
  return a.code === b.code && a.path === b.path && a.object.name === b.object.name && a.message === b.message;
}

/** Each remedy that is offered opens as many nodes as it says. How many were offered. */
export function checkRemedies(matcher: TopologyMatcher, pod: string, where: string): number {
  const { nodes, schedulable } = matcher.evaluatePod(pod);
  // An error ends the cycle for all nodes.
  const before = new Set(schedulable ? nodes : []);
  const told = explain(matcher, pod).afterwards.length;
  const offered = remedies(matcher, pod);
  for (const { causes, changes, follows = [], message, opens } of offered) {
    const view = matcher.overlay();
    for (const change of [...changes, ...follows]) carryOut(view, change);
    const after = [...view.evaluatePod(pod).nodes].filter((node) => !before.has(node));
    const left = explain(view, pod).afterwards.length;
    view.drop();
    assert.is(after.length, opens, `${where}: ${message}`);
    assert.ok(causes.length > 0 ? opens > 0 : left < told, `${where}: ${message}`);
  }
  return offered.length;
}

function carryOut(view: TopologyMatcher, { create, delete: isDeleted, object, patch = [] }: Change): void {
  const set = setOf(view, object.kind);
  if (isDeleted === true) set.delete(object.name);
  else if (create !== undefined) set.upsert(create);
  else {
    const changed = structuredClone(set.get(object.name));
    for (const { op, path, value } of patch) write(changed, path, op === "remove" ? undefined : value);
    set.upsert(changed as KubeObject);
  }
}
