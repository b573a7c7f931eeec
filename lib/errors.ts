// errors: the one error type that leaves the library, its codes and what they mean.

/**
 * - `MissingName`: an object has no `metadata.name`.
 * - `Malformed`: a field could not be decoded by Kubernetes' own Go types.
 * - `UnknownPod`, `UnknownClaim`: a key names nothing that the matcher holds.
 * - `Stale`: a reusable verdict was read after the matcher had been asked again or changed.
 * - `BadOption`: an option of `createMatcher` has a value that it does not offer.
 * - `NoEngine`: the engine that was asked for cannot run here.
 * - `OutOfMemory`: the masks no longer fit the engine's memory.
 */
export type TopologyErrorCode =
  | "MissingName"
  | "Malformed"
  | "UnknownPod"
  | "UnknownClaim"
  | "Stale"
  | "BadOption"
  | "NoEngine"
  | "OutOfMemory";

/** Thrown for caller mistakes only: an infeasible pod is an answer, never an exception. */
export class TopologyError extends Error {
  override readonly name = "TopologyError";
  /** The field at fault, such as `spec.resources.requests.storage`; empty where no field is. */
  readonly path: string;

  constructor(
    readonly code: TopologyErrorCode,
    message: string,
    path = "",
  ) {
    super(message);
    this.path = path;
  }
}
