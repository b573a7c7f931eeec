// result: the shapes of an answer. Reports follow topomatch/v1 (docs/report.md).

/** The plugin that decided, its status code and its reasons, as kube-scheduler words them. */
export interface RejectionStatus {
  readonly plugin: string;
  readonly code: "Unschedulable" | "UnschedulableAndUnresolvable";
  readonly reasons: readonly string[];
}

export interface NodeReport extends RejectionStatus {
  readonly node: string;
}

/** What VolumeBinding would do on a node that it accepts. */
export interface Plan {
  readonly staticBindings: readonly { readonly claim: string; readonly volume: string }[];
  readonly dynamicProvisions: readonly string[];
}

/** Makes the plans of an outcome. */
export interface Planner {
  /** @throws TopologyError `Stale` where they can no longer be told. */
  of(node: number): Plan;
}

/** One pod of a FeasibilityReport. */
export interface PodReport {
  readonly pod: string;
  readonly schedulable: boolean;
  readonly feasible: readonly string[];
  readonly infeasible: readonly NodeReport[];
  readonly preFilter?: RejectionStatus;
  readonly error?: string;
  readonly message?: string;
  readonly plans?: { readonly [node: string]: Plan };
}

/** A set of nodes: counting is free, names are made when they are asked for. */
export interface NodeSet extends Iterable<string> {
  /** How many nodes. */
  readonly size: number;
  /** Whether the named node is in the set. O(1). */
  has(node: string): boolean;
  /** Node names in no particular order. O(size). */
  toArray(): string[];
  /** Node ids (see `TopologyMatcher.nodeName`), ascending. O(size). */
  ids(): Uint32Array;
}

/** The nodes that one plugin rejected for one list of reasons. */
export interface Rejection extends RejectionStatus {
  readonly nodes: NodeSet;
}

/** The verdict on one pod (or one claim) over all nodes, as it was when it was asked for. */
export interface Feasibility {
  /** `NAMESPACE/NAME` of the pod, or of the claim. */
  readonly pod: string;
  /** At least one node is feasible and the cycle did not end in an error. */
  readonly schedulable: boolean;
  /** The feasible nodes. */
  readonly nodes: NodeSet;
  /** Who rejected the other nodes, and why. */
  readonly rejected: readonly Rejection[];
  /** Set when a PreFilter rejected the pod for all nodes. */
  readonly preFilter?: RejectionStatus | undefined;
  /** Set when the scheduling cycle ends in an Error status: the scheduler's text. */
  readonly error?: string | undefined;
  /** The aggregated message of a pod that no node can take. */
  readonly message?: string | undefined;
  /** The bindings and provisions on a feasible node; undefined for any other. */
  plan(node: string): Plan | undefined;
  /** The pod's entry of a FeasibilityReport: every name is made. O(nodes). */
  toReport(options?: { readonly plans?: boolean }): PodReport;
}
