// cli: an object on its way through the steps of manifests mode.

import type { Origin } from "../failure.js";
import type { KubeObject } from "../fields.js";
import type { Kind } from "../kinds.js";

export interface Settled {
  readonly kind: Kind;
  readonly key: string;
  /** Where the object was read, or the one that it was made for. */
  readonly origin: Origin;
  readonly object: KubeObject;
}
