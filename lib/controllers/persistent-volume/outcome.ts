// controllers: how a claim stands once the PV controller has looked at it.

import type { Mismatch } from "./obstacle.js";

export type ClaimOutcome =
  /** It is bound, or it is given its last parts. */
  | { readonly kind: "bound"; readonly volume: number }
  /** It was bound, and what it was bound to is not there or another's. */
  | { readonly kind: "lost" }
  /** Its class waits for a pod. */
  | { readonly kind: "waiting" }
  /** No volume is there for it; its class has a provisioner, or no class does. */
  | { readonly kind: "unserved" }
  /** It was given the default class, and will be looked at again. */
  | { readonly kind: "defaulted" }
  /** The volume that it names is not there. */
  | { readonly kind: "volumeMissing" }
  /** The volume that it names is reserved for another claim. */
  | { readonly kind: "volumeTaken"; readonly volume: number }
  /** The volume that it names is free and does not fit. */
  | { readonly kind: "volumeMismatch"; readonly volume: number; readonly failed: readonly Mismatch[] }
  /** Upstream's sync ends in an error. */
  | { readonly kind: "error"; readonly error: string };
