// A case of the PV controller: objects, and how they stand once it rests.

import type { ControllerOptions } from "../../lib/manifests.js";
import type { Written } from "./objects.js";

export interface Case {
  readonly title: string;
  readonly objects: readonly Written[];
  /** Name -> phase, the volume or claim that it is bound to, and `by controller` where its annotation says so. */
  readonly expected: { readonly [name: string]: string };
  /** Name -> annotations, those of `expected` aside. */
  readonly annotations?: { readonly [name: string]: { readonly [key: string]: string } };
  /** Name -> finalizers. */
  readonly finalizers?: { readonly [name: string]: readonly string[] };
  /** `NAME REASON`, or `NAME REASON: MESSAGE`. */
  readonly events?: readonly string[];
  /** Names of objects that nothing is said of. */
  readonly silent?: readonly string[];
  readonly options?: ControllerOptions;
}
