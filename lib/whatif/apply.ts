// whatif: changes, one after another -> an overlay that has them, and what became of pods by them.

import { TopologyError } from "../errors.js";
import type { Overlay } from "../index.js";
import { badArgument, givenName } from "../objects/arguments.js";
import { isObject } from "../objects/fields.js";
import { whereabouts } from "../objects/near-keys.js";
import { chosenNodes, known } from "./choose-nodes.js";
import { Given } from "./given.js";
import { addNodes } from "./new-nodes.js";
import type { Displaced } from "./node-changes.js";
import { cordon, relabel, vacate } from "./node-changes.js";
import {
  addClaim,
  changeClass,
  deleteObject,
  resizeClaim,
  restoreSnapshot,
  setOf,
  upsertObject,
} from "./object-changes.js";

const POD = "Pod";

/** What changes did to pods, by their keys. */
export class Effects {
  /** Pods that lost their node, and the node. */
  readonly displaced: Displaced = new Map();
  /** Pods that a change has placed. */
  readonly placed = new Set<string>();
  /** Pods that were put in. */
  readonly put = new Set<string>();
  /** Rows of pods that were taken out: another pod may have one of them now. */
  readonly gone = new Set<number>();
}

type Apply = (overlay: Overlay, given: Given, effects: Effects, stay: ReadonlySet<string>) => void;

const CHANGES: { readonly [name: string]: Apply } = {
  removeNodes: (overlay, given, { displaced }, stay) => {
    vacate(overlay, chosenNodes(overlay, given), true, stay, displaced);
  },
  drainNodes: (overlay, given, { displaced }, stay) => {
    vacate(overlay, chosenNodes(overlay, given), false, stay, displaced);
  },
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
  assume: (overlay, given, { placed }) => {
    const [pod, node] = given.fields("pod", "node");
    if (!overlay.pods.has(pod.text())) {
      const near = whereabouts(pod.text(), overlay.pods.keys());
      throw new TopologyError(
        "UnknownPod",
        `${pod.path}: pod ${pod.text()} is not known to the matcher${near}`,
        pod.path,
      );
    }
    placed.add(overlay.assume(pod.text(), known(overlay, node.text(), node.path)).pod);
  },
  upsert: (overlay, given, { put }) => {
    const { key, kind } = upsertObject(overlay, given);
    if (kind === POD) put.add(key);
  },
  delete: (overlay, given, { gone }) => {
    const { key, kind } = deleteObject(overlay, given);
    if (kind === POD) gone.add(overlay.podId(key));
    setOf(overlay, kind, given.path).delete(key);
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
  const effects = new Effects();
  for (const { given, name } of changes) {
    try {
      CHANGES[name](overlay, given, effects, stay);
    } catch (error) {
      if (!(error instanceof TopologyError) || error.path.startsWith("changes[")) throw error;
      const path = error.path === "" ? given.path : `${given.path}.${error.path}`;
      throw new TopologyError(error.code, `${given.path}: ${error.message}`, path);
    }
  }
  return effects;
}
