// whatif: changes, one after another -> an overlay that has them, and what became of pods by them.

import { TopologyError } from "../errors.js";
import type { Assumption, Overlay, TopologyMatcher } from "../index.js";
import { badArgument, givenName } from "../objects/arguments.js";
import { isObject } from "../objects/fields.js";
import { whereabouts } from "../objects/near-keys.js";
import { chosenNodes, known } from "./choose-nodes.js";
import { Given } from "./given.js";
import { addNodes } from "./new-nodes.js";
import type { Vacating } from "./node-changes.js";
import { cordon, relabel, vacate } from "./node-changes.js";
import {
  addClaim,
  changeClass,
  deletedObject,
  givenObject,
  resizeClaim,
  restoreSnapshot,
  setOf,
} from "./object-changes.js";
import { waits } from "./pods.js";

const POD = "Pod";

/** What changes did to pods, by their keys. */
export class Effects implements Vacating {
  readonly displaced = new Map<string, string>();
  readonly assumed = new Map<string, Assumption>();
  /** Pods that were put in and did not wait for a node before. */
  readonly put = new Set<string>();
  /** Rows of pods that were taken out, and who was there first: another pod may have one of them now. */
  readonly gone = new Map<number, string>();

  constructor(readonly stay: ReadonlySet<string>) {}

  /** Takes a pod out. */
  remove(overlay: TopologyMatcher, key: string): void {
    const row = overlay.podId(key);
    if (!this.gone.has(row)) this.gone.set(row, key);
    overlay.pods.delete(key);
  }
}

type Apply = (overlay: Overlay, given: Given, effects: Effects) => void;

const CHANGES: { readonly [name: string]: Apply } = {
  removeNodes: (overlay, given, effects) => vacate(overlay, chosenNodes(overlay, given), true, effects),
  drainNodes: (overlay, given, effects) => vacate(overlay, chosenNodes(overlay, given), false, effects),
  cordonNodes: (overlay, given) => {
    for (const name of chosenNodes(overlay, given)) cordon(overlay, name, true);
  },
  uncordonNodes: (overlay, given) => {
    for (const name of chosenNodes(overlay, given)) cordon(overlay, name, false);
  },
  relabelNodes: (overlay, given) => {
    const [nodes, labels] = given.fields("nodes", "labels");
    const changes = labels.labels();
    for (const name of chosenNodes(overlay, nodes)) relabel(overlay, name, changes);
  },
  addNodes,
  changeClass,
  addClaim,
  resizeClaim,
  restoreSnapshot,
  assume: (overlay, given, { assumed }) => {
    const [pod, node] = given.fields("pod", "node");
    if (!overlay.pods.has(pod.text())) {
      const near = whereabouts(pod.text(), overlay.pods.keys());
      throw new TopologyError(
        "UnknownPod",
        `${pod.path}: pod ${pod.text()} is not known to the matcher${near}`,
        pod.path,
      );
    }
    const assumption = overlay.assume(pod.text(), known(overlay, node.text(), node.path));
    assumed.set(assumption.pod, assumption);
  },
  upsert: (overlay, given, { put }) => {
    const { key, kind, object } = givenObject(given);
    const isNew = kind === POD && !waits(overlay, key);
    setOf(overlay, kind, given.path).upsert(object);
    if (isNew) put.add(key);
  },
  delete: (overlay, given, effects) => {
    const { key, kind } = deletedObject(overlay, given);
    if (kind === POD) effects.remove(overlay, key);
    else setOf(overlay, kind, given.path).delete(key);
  },
};

/** The one field of a change, and its value. @throws TopologyError `BadArgument`. */
export function changeOf(change: unknown, i: number): { readonly name: string; readonly given: Given } {
  const path = `changes[${i}]`;
  if (!isObject(change)) throw badArgument(path, `${path} must be an object, but is ${givenName(change)}`);
  const names = Object.keys(change).filter((name) => change[name] !== undefined);
  for (const name of names) {
    if (Object.hasOwn(CHANGES, name)) continue;
    const offered = whereabouts(name, Object.keys(CHANGES)) || `; there are ${Object.keys(CHANGES).join(", ")}`;
    throw badArgument(`${path}.${name}`, `${path}: there is no change ${name}${offered}`);
  }
  const [name, ...others] = names;
  if (name === undefined || others.length > 0) {
    throw badArgument(
      path,
      `${path} must be one change, but ${name === undefined ? "is none" : `has ${names.join(", ")}`}`,
    );
  }
  return { name, given: new Given(`${path}.${name}`, change[name]) };
}

/** @throws TopologyError for a change that cannot be made, with its path; what was done before it goes with the overlay. */
export function apply(
  overlay: Overlay,
  changes: readonly ReturnType<typeof changeOf>[],
  stay: ReadonlySet<string>,
): Effects {
  const effects = new Effects(stay);
  for (const { given, name } of changes) {
    try {
      CHANGES[name](overlay, given, effects);
    } catch (error) {
      if (!(error instanceof TopologyError) || error.path.startsWith("changes[")) throw error;
      const path = error.path === "" ? given.path : `${given.path}.${error.path}`;
      throw new TopologyError(error.code, `${given.path}: ${error.message}`, path);
    }
  }
  return effects;
}
