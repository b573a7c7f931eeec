// A situation that somebody asked about: objects, the scheduler's verdict, the cause to name, and a remedy that helps.

import * as assert from "uvu/assert";
import type { Explanation, Remedy } from "../../lib/explain.js";
import { explain, remedies } from "../../lib/explain.js";
import type { MatcherOptions, TopologyMatcher } from "../../lib/index.js";
import { createMatcherSync } from "../../lib/index.js";
import { createProvisioner } from "../../lib/provisioner.js";
import type { KubeObject } from "../conformance/build.js";
import { load } from "../support/load.js";

export interface Situation {
  readonly name: string;
  readonly objects: readonly KubeObject[];
  /** Default: `default/pod`. */
  readonly pod?: string;
  readonly options?: MatcherOptions;
  /** What the scheduler says behind `N nodes are available: `, or how many nodes fit. */
  readonly verdict: string | number | RegExp;
  /** The first cause; or, where the pod fits, what comes after. */
  readonly cause: { readonly code: string; readonly object: string; readonly path: string; readonly says: RegExp };
  /** What must be offered, how many nodes it opens, and what objects it leaves behind; none where nothing is offered. */
  readonly remedy?: { readonly says: RegExp; readonly command?: RegExp; readonly opens: number };
  /** What helps and is not offered, for nothing in the cluster says how: these objects come, in place of others of their names. */
  readonly byHand?: readonly KubeObject[];
  /** Objects that go, by kind and key. */
  readonly gone?: readonly string[];
  /** How many nodes the pod fits then. */
  readonly opens?: number;
}

export function check(situation: Situation): void {
  const { cause, objects, options, pod = "default/pod", remedy, verdict } = situation;
  for (const engine of ["wasm", "javascript"] as const) {
    const matcher = createMatcherSync({ filters: "volumes", engine, ...options });
    load(matcher, objects);
    const explanation = explain(matcher, pod);
    checkVerdict(explanation, verdict);
    const [told] = explanation.feasible ? explanation.afterwards : explanation.causes;
    assert.ok(told !== undefined, "there is a cause");
    assert.is(told.code, cause.code);
    assert.is(`${told.object.kind} ${told.object.name}`, cause.object);
    assert.is(told.path, cause.path);
    assert.match(told.message, cause.says);
    // What is said of the provisioner, its own model says too.
    if (/^(Selector|Snapshot|Provisioner)/.test(told.code) && "claim" in told) {
      assert.ok(createProvisioner(matcher).claimRefusal(told.claim as string) !== undefined, told.code);
    }
    if (told.code === "SourceOutOfReach") {
      const { sourceWarning } = createProvisioner(matcher);
      const warned = [...matcher.evaluatePod(pod).nodes].filter(
        (node) => sourceWarning(told.claim, node) !== undefined,
      );
      assert.is(warned.length, told.nodes);
    }
    const offered = remedies(matcher, pod, explanation);
    if (remedy !== undefined) checkRemedy(situation, offered, explanation);
    else checkByHand(situation, explanation);
    // Nothing is left behind.
    assert.equal(explain(matcher, pod).message, explanation.message);
  }
}

function checkVerdict(explanation: Explanation, verdict: Situation["verdict"]): void {
  const { error, feasible, feasibleNodes, message } = explanation;
  if (typeof verdict === "number") assert.equal([feasible, feasibleNodes], [true, verdict]);
  else if (verdict instanceof RegExp) assert.match(error ?? message ?? "", verdict);
  else if (error !== undefined) assert.is(error, verdict);
  else assert.is(message?.replace(/^0\/\d+ nodes are available: /, ""), verdict);
}

/** The remedy is there, and helps in a cluster whose objects were changed by it. */
function checkRemedy(
  { objects, options, pod = "default/pod", remedy }: Situation,
  offered: readonly Remedy[],
  before: Explanation,
): void {
  const wanted = remedy as NonNullable<Situation["remedy"]>;
  const found = offered.find(({ message }) => wanted.says.test(message));
  assert.ok(found !== undefined, `offered: ${offered.map(({ message }) => message).join(" | ")}`);
  assert.is(found.opens, wanted.opens, found.message);
  if (wanted.command !== undefined) assert.match(found.command ?? "", wanted.command);
  const matcher = changedMatcher(objects, options, found);
  const after = explain(matcher, pod);
  if (before.feasible) {
    assert.ok(after.feasible);
    assert.ok(after.afterwards.length < before.afterwards.length || untroubled(after) > untroubled(before));
  } else assert.is(after.feasibleNodes, wanted.opens);
}

function checkByHand(
  { byHand, gone = [], objects, opens, options, pod = "default/pod" }: Situation,
  before: Explanation,
) {
  assert.ok(byHand !== undefined || gone.length > 0, "something helps");
  const come = new Map((byHand ?? []).map((object) => [keyOf(object), object]));
  const left = objects.filter((object) => !come.has(keyOf(object)) && !gone.includes(keyOf(object)));
  const matcher = createMatcherSync({ filters: "volumes", ...options });
  load(matcher, [...left, ...come.values()]);
  const after = explain(matcher, pod);
  assert.ok(after.feasible, after.message ?? after.error);
  if (before.feasible) assert.ok(after.afterwards.length < before.afterwards.length);
  else assert.is(after.feasibleNodes, opens ?? after.nodes);
}

/** On how many nodes nothing speaks against the pod's claims. */
function untroubled({ afterwards, feasibleNodes }: Explanation): number {
  return feasibleNodes - Math.max(0, ...afterwards.map(({ nodes }) => nodes));
}

function changedMatcher(
  objects: readonly KubeObject[],
  options: MatcherOptions | undefined,
  { changes, follows = [] }: Remedy,
): TopologyMatcher {
  const changed = new Map(objects.map((object) => [keyOf(object), structuredClone(object) as KubeObject]));
  for (const change of [...changes, ...follows]) {
    const key = `${change.object.kind} ${change.object.name}`;
    if (change.delete === true) changed.delete(key);
    else if (change.create !== undefined)
      changed.set(key, { kind: change.object.kind, ...change.create } as KubeObject);
    else
      for (const { op, path, value } of change.patch ?? [])
        write(changed.get(key), path, op === "remove" ? undefined : value);
  }
  const matcher = createMatcherSync({ filters: "volumes", ...options });
  load(matcher, JSON.parse(JSON.stringify([...changed.values()])));
  return matcher;
}

function keyOf({ kind, metadata: { name, namespace } }: KubeObject): string {
  return namespace === undefined ? `${kind} ${name}` : `${kind} ${namespace}/${name}`;
}

/** One operation on a JSON pointer, as far as remedies use them. */
export function write(object: unknown, pointer: string, value: unknown): void {
  const names = pointer
    .slice(1)
    .split("/")
    .map((name) => name.replaceAll("~1", "/").replaceAll("~0", "~"));
  const last = names.pop() as string;
  let at = object as Record<string, unknown>;
  for (const name of names) {
    at[name] ??= {};
    at = at[name] as Record<string, unknown>;
  }
  if (Array.isArray(at) && last === "-") at.push(value);
  else if (Array.isArray(at) && value === undefined) at.splice(Number(last), 1);
  else if (value === undefined) delete at[last];
  else at[last] = value;
}
