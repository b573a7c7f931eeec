// controllers: an object on its way through the steps that settle it.

import { TopologyError } from "../../errors.js";
import type { KubeObject } from "../../objects/fields.js";
import type { Kind } from "../../objects/kinds.js";

export interface Item {
  readonly kind: Kind;
  readonly key: string;
  /** Which of the given objects it is, or was made for. */
  readonly index: number;
  /** It came without uid, or was made. */
  readonly lacksUid: boolean;
  readonly object: KubeObject;
}

export function idOf({ key, kind }: Item): string {
  return `${kind.name} ${key}`;
}

/** Something is wrong with one of the objects that were to be settled. */
export class ManifestError extends TopologyError {
  constructor(
    /** Which of the given objects it is, counted from 0. */
    readonly index: number,
    { code, message, path }: TopologyError,
  ) {
    super(code, message, path);
  }
}

/** What `read` returns. @throws ManifestError for what it finds wrong with the given object at `index`. */
export function naming<R>(index: number, read: () => R): R {
  try {
    return read();
  } catch (error) {
    throw error instanceof TopologyError ? new ManifestError(index, error) : error;
  }
}
