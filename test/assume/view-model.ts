// What a view of a matcher should hold: plain objects, and what assumptions write over them.

import type { Assumption, TopologyMatcher } from "../../lib/index.js";
import type { KubeObject } from "../support/load.js";

// biome-ignore lint/suspicious/noExplicitAny: the model reads whatever objects there are.
export type Plain = any;

export const versionOf = (object: Plain): string => object.metadata.resourceVersion ?? "";
export const isLeaving = (object: Plain): boolean => Boolean(object.metadata.deletionTimestamp);

/** What one pod's assumption writes over one object. */
export interface Edit {
  readonly key: string;
  readonly version: string;
  readonly uid: string | undefined;
  /** Whether it was to be deleted already. */
  readonly leaving: boolean;
  apply(object: Plain): Plain;
}

/** A view: what it puts over the one below, and what it has assumed. */
export class Model {
  readonly own = new Map<string, KubeObject | undefined>();
  readonly edits = new Map<string, Edit>();
  readonly assumptions: Assumption[] = [];

  constructor(
    readonly matcher: TopologyMatcher,
    readonly below: Model | undefined,
  ) {}

  /** The objects without what this view has assumed. */
  get informed(): Map<string, KubeObject> {
    const objects = new Map(this.below?.objects);
    for (const [key, object] of this.own) {
      if (object === undefined) objects.delete(key);
      else objects.set(key, object);
    }
    return objects;
  }

  get objects(): Map<string, KubeObject> {
    const objects = this.informed;
    for (const [key, edit] of this.edits) {
      const object: Plain = objects.get(key);
      if (object === undefined || !holds(edit, object)) this.edits.delete(key);
      else objects.set(key, edit.apply(object));
    }
    return objects;
  }
}

function holds({ leaving, uid, version }: Edit, object: Plain): boolean {
  if (object.kind === "Pod") {
    const leaves = isLeaving(object) && !leaving;
    return (object.metadata.uid ?? "") === (uid ?? "") && !object.spec?.nodeName && !leaves;
  }
  return versionOf(object) === version;
}
