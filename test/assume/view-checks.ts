// What is looked at after a step: the objects that a view shows, and all its answers.

import * as assert from "uvu/assert";
import type { Assumption, TopologyMatcher } from "../../lib/index.js";
import type { KubeObject } from "../support/load.js";
import { setOf } from "../support/load.js";
import type { Model, Plain } from "./view-model.js";
import { SELECTED_NODE, versionOf } from "./view-model.js";

/** A view shows the object of a key as its model has it: whether there is one, its version, and what is assumed of it. */
export function checkShown({ matcher, object }: Shown, key: string, hint: string): void {
  const [kind, name] = key.split(" ");
  const shown: Plain = setOf(matcher, kind).get(name.replace(/^\//, ""));
  const told = shown === undefined ? undefined : essence(shown);
  const expected = object === undefined ? undefined : essence(object);
  if (told !== expected) assert.is(told, expected, `${hint}: ${key}`);
}

interface Shown {
  readonly matcher: TopologyMatcher;
  readonly object: KubeObject | undefined;
}

function essence(object: Plain): string {
  const { claimRef, nodeName } = object.spec ?? {};
  const selected = object.metadata.annotations?.[SELECTED_NODE];
  // Null is an empty text, as Go reads it.
  const node = selected === null ? "" : selected;
  const ref = claimRef && [claimRef.namespace ?? "", claimRef.name ?? "", claimRef.uid ?? ""];
  return JSON.stringify([versionOf(object), nodeName || null, node ?? null, ref ?? null]);
}

/** No volume is given twice: what a pod gets was nobody's, or its own claim's. */
export function checkFree(view: Model, { staticBindings }: Assumption, hint: string): void {
  const taken = new Set<string>();
  for (const { claim, volume } of staticBindings) {
    const { claimRef }: Plain = (view.object(`PersistentVolume /${volume}`) as Plain).spec;
    const owner = claimRef ? `${claimRef.namespace ?? ""}/${claimRef.name ?? ""}` : undefined;
    assert.ok(owner === undefined || owner === claim, `${hint}: ${volume} is ${owner}'s, and given to ${claim}`);
    assert.not.ok(taken.has(volume), `${hint}: ${volume} is given twice`);
    taken.add(volume);
  }
}

/** Every pod's answer, with its plans, is that of a matcher made anew; how many there are. */
export function compareAnswers(
  { matcher }: Model,
  fresh: TopologyMatcher,
  objects: readonly KubeObject[],
  hint: string,
): number {
  let pods = 0;
  for (const { kind, metadata } of objects) {
    if (kind !== "Pod") continue;
    const pod = `${metadata?.namespace}/${metadata?.name}`;
    const [ours, theirs] = [matcher, fresh].map((asked) => {
      return JSON.stringify(asked.evaluatePod(pod).toReport({ plans: true }));
    });
    if (ours !== theirs) assert.equal(JSON.parse(ours), JSON.parse(theirs), `${hint}, pod ${pod}`);
    pods++;
  }
  return pods;
}
