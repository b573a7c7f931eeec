// errors: the one error type that leaves the library, and its codes; docs/errors.md says what to do about each.

/**
 * - `MissingName`: an object has no `metadata.name`.
 * - `Malformed`: a field could not be decoded by Kubernetes' own Go types.
 * - `WrongKind`: an object says that it is of another kind than its set or its question.
 * - `UnknownPod`, `UnknownClaim`, `UnknownNode`: a key, a name or an id of nothing that the matcher holds.
 * - `NotFeasible`: a pod was to be assumed on a node that it does not fit, or is on a node already.
 * - `Stale`: what was read belongs to an earlier state of the matcher: ask again.
 * - `Reentrant`: an object's getter asked or changed the matcher that was reading it.
 * - `BadArgument`: an argument is of another type, too short, or of another matcher.
 * - `BadOption`: there is no such option, or it has a value that it does not offer.
 * - `NoEngine`: the engine that was asked for cannot run here.
 * - `EngineFailed`: WebAssembly stopped in the middle of its work, as it does not unless the host or we have a fault.
 * - `OutOfMemory`: there is no memory for what was asked, the engine's or the host's. What is asked next starts anew.
 */
export type TopologyErrorCode =
  | "MissingName"
  | "Malformed"
  | "WrongKind"
  | "UnknownPod"
  | "UnknownClaim"
  | "UnknownNode"
  | "NotFeasible"
  | "Stale"
  | "Reentrant"
  | "BadArgument"
  | "BadOption"
  | "NoEngine"
  | "EngineFailed"
  | "OutOfMemory";

/** Thrown for caller mistakes only: an infeasible pod is an answer, never an exception. */
export class TopologyError extends Error {
  override readonly name = "TopologyError";
  /** The field, argument or option at fault, such as `spec.resources.requests.storage`; empty where it is none. */
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

/** What hosts say where there is no memory for an array: V8, SpiderMonkey and JavaScriptCore. */
const NO_MEMORY = /allocation failed|out of memory|invalid (typed )?array (buffer )?length|maximum size exceeded/i;

/** An error as it leaves the library: the host's own word that memory is missing, or of a trap, becomes ours. */
export function asThrown(error: unknown): unknown {
  // Only one file says WebAssembly, whose type of error this is.
  if (error instanceof Error && error.name === "RuntimeError") {
    return new TopologyError("EngineFailed", `the engine stopped: ${error.message}`);
  }
  if (!(error instanceof RangeError) || !NO_MEMORY.test(error.message)) return error;
  return new TopologyError("OutOfMemory", `the host has no memory for it: ${error.message}`);
}

/** What `work` gives; it throws as `asThrown` says. */
export function allocating<R>(work: () => R): R {
  try {
    return work();
  } catch (error) {
    throw asThrown(error);
  }
}
