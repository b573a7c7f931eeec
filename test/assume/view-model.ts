// What a view of a matcher should hold: plain objects, and what assumptions write over them.

import type { Assumption, TopologyMatcher } from "../../lib/index.js";
import type { KubeObject } from "../support/load.js";

// biome-ignore lint/suspicious/noExplicitAny: the model reads whatever objects there are.
export type Plain = any;

export const SELECTED_NODE = "volume.kubernetes.io/selected-node";

/** Objects with a namespace name it here. */
export const keyOf = ({ kind, metadata }: KubeObject): string =>
  `${kind} ${metadata?.namespace ?? ""}/${metadata?.name}`;
export const versionOf = (object: Plain): string => object.metadata.resourceVersion ?? "";
export const isLeaving = (object: Plain): boolean => Boolean(object.metadata.deletionTimestamp);

/** What one pod's assumption writes over one object. */
export interface Edit {
  readonly version: string;
  readonly uid: string | undefined;
  /** Whether it was to be deleted already. */
  readonly leaving: boolean;
  readonly by: Assumption;
  apply(object: Plain): Plain;
}

/** A view: what it puts over the one below, and what it has assumed. */
export class Model {
  readonly own = new Map<string, KubeObject | undefined>();
  readonly edits = new Map<string, Edit>();
  readonly assumptions: Assumption[] = [];
  /** The versions of volumes that the API server has answered, by assumption and key. */
  readonly written = new Map<Assumption, Map<string, string>>();

  constructor(
    readonly matcher: TopologyMatcher,
    readonly below: Model | undefined,
  ) {}

  /** Forgets what was assumed of objects that are others now, as a view does when it is entered. */
  enter(): void {
    this.below?.enter();
    for (const [key, edit] of this.edits) {
      const object = this.informed(key);
      if (object === undefined || !holds(edit, object)) this.edits.delete(key);
    }
  }

  /** An object without what this view has assumed. */
  informed(key: string): KubeObject | undefined {
    return this.own.has(key) ? this.own.get(key) : this.below?.object(key);
  }

  /** An object as the view shows it, once it is entered. */
  object(key: string): KubeObject | undefined {
    const object = this.informed(key);
    const edit = object === undefined ? undefined : this.edits.get(key);
    return edit === undefined ? object : edit.apply(object);
  }

  edit(key: string, by: Assumption, apply: Edit["apply"]): void {
    const object: Plain = this.informed(key);
    const edit = { version: versionOf(object), uid: object.metadata.uid, leaving: isLeaving(object), by, apply };
    this.edits.set(key, edit);
  }

  /** Whether it is a view or stands on it. */
  isOver(view: Model): boolean {
    return this === view || (this.below?.isOver(view) ?? false);
  }
}

function holds({ leaving, uid, version }: Edit, object: Plain): boolean {
  if (object.kind === "Pod") {
    const leaves = isLeaving(object) && !leaving;
    return (object.metadata.uid ?? "") === (uid ?? "") && !object.spec?.nodeName && !leaves;
  }
  return versionOf(object) === version;
}
