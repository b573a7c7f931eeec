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
  /**
   * VolumeBinding's raw score of the node, a whole number from 0 to 100: 0 where there is none to compute (the plugin
   * does not run or skips the pod, or the gate StorageCapacityScoring is off); absent where the scheduler itself panics,
   * over a CSIStorageCapacity without `capacity` or a claim to be provisioned without `spec.storageClassName`.
   */
  readonly score?: number | undefined;
}

/** What is added to VolumeBinding's score. */
export interface ScoreOptions {
  /**
   * The caller's own score of each node, at the node's id (`TopologyMatcher.nodeId`), of any range; and what it is
   * multiplied by, 1 unless given. VolumeBinding's own weight is 1, as in kube-scheduler's default profile (R-SCO-10).
   */
  readonly added?: { readonly scores: ArrayLike<number>; readonly weight?: number | undefined } | undefined;
}

/** A node and its score. */
export interface ScoredNode {
  readonly node: string;
  readonly score: number;
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

/** How many nodes have each value of a label. */
export interface LabelCounts {
  /** Value -> how many nodes have it, in no particular order; a value that none has is not there. */
  readonly values: ReadonlyMap<string, number>;
  /** How many have no such label. */
  readonly without: number;
}

/** A set of nodes: counting is free, names are made when they are asked for. Iterating gives names. */
export interface NodeSet extends Iterable<string> {
  /** How many nodes. */
  readonly size: number;
  /**
   * Whether a node, by its name or its id, is in the set. O(1).
   * @throws TopologyError `Stale` for an id that is another node's by now.
   */
  has(node: string | number): boolean;
  /** Node names in no particular order. O(size). */
  toArray(): string[];
  /**
   * Node ids (see `TopologyMatcher.nodeName`), ascending. O(size).
   * @throws TopologyError `Stale` where one is another node's by now; names can still be read.
   */
  ids(): Uint32Array;
  /**
   * The nodes that are in a set of the caller's too. O(size).
   * @throws TopologyError `BadArgument` for a set of another matcher.
   */
  intersection(nodes: NodeMask): NodeSet;
  /**
   * How many nodes have each value of a label, such as `topology.kubernetes.io/zone`; no names are made. O(size): 0.08 ms
   * of one core for 5,000 nodes in 8 zones, 3.2 ms for 131,072. A key that no selector reads costs a pass over all nodes
   * the first time.
   * @throws TopologyError `Stale` where some node was changed since: the set does not keep labels.
   */
  countBy(key: string): LabelCounts;
  /** The names in the order of their bytes, for `JSON.stringify`. */
  toJSON(): string[];
}

/** Nodes that the caller keeps, to cut verdicts with. A node that leaves the matcher leaves the set. */
export interface NodeMask extends Iterable<number> {
  /** How many nodes. */
  readonly size: number;
  /**
   * Puts in a node, by its name or its id. O(1).
   * @throws TopologyError `UnknownNode` for one that the matcher does not hold.
   */
  add(node: string | number): void;
  /** Takes a node out; false where it was not in the set. O(1). */
  delete(node: string | number): boolean;
  /** Whether a node is in the set. O(1). */
  has(node: string | number): boolean;
  /** The ids, ascending. */
  [Symbol.iterator](): IterableIterator<number>;
}

/** What a plugin that does not run here says of a pod, as kube-scheduler's `Status` does. */
export type ExternalRejection = RejectionStatus &
  (
    | {
        /** The nodes that its Filter rejected with this status, by names or ids, or a node mask. */
        readonly nodes: Iterable<string | number> | NodeMask;
        readonly preFilter?: undefined;
      }
    /** Its PreFilter rejected the pod. */
    | { readonly preFilter: true; readonly nodes?: undefined }
  );

/** What a question is about beside its pod. Names cost O(1) each, a node mask a pass over N / 8 bytes. */
export interface EvaluateOptions {
  /**
   * Verdicts of plugins that do not run here: other people's, or those that `filters` leaves out. Each is taken in the
   * scheduler's order: a node that an earlier plugin rejects keeps that verdict, and so does one to which PreFilter did
   * not narrow the pod. NodePorts stands before NodeResourcesFit; PodTopologySpread, InterPodAffinity,
   * DynamicResources and NodeDeclaredFeatures after VolumeZone; plugins that the default profile does not have come
   * last, in the order in which they are given. Source: rule R-FW-1, pkg/scheduler/apis/config/v1/default_plugins.go.
   *
   * Refused with `BadArgument` or `UnknownNode`, which name the entry and the node: another shape, a plugin that runs
   * here, a node that one plugin rejects twice, a node that the matcher does not hold.
   */
  readonly rejected?: readonly ExternalRejection[] | undefined;
  /**
   * The only nodes that there are for this question, as in a scheduler's snapshot of a placement: others are in no
   * set of the answer, and `0/N` of the message counts these. What pods on other nodes hold still counts. A node to
   * which PreFilter did not narrow the pod is rejected as ever. Of no nodes the scheduler says
   * `no nodes available to schedule pods`.
   */
  readonly nodes?: Iterable<string | number> | NodeMask | undefined;
}

/** A plugin's list of reasons, and how many nodes it rejected for them. */
export interface RejectionCount extends RejectionStatus {
  readonly count: number;
}

/** The nodes that one plugin rejected for one list of reasons. */
export interface Rejection extends RejectionCount {
  readonly nodes: NodeSet;
}

/**
 * The verdict on one pod (or one claim) over all nodes, as it was when it was asked for. It prints as a line, and
 * `JSON.stringify` writes the pod's entry of a report. `structuredClone` copies the fields alone, without the names of
 * nodes: clone what `toReport` gives.
 */
export interface Feasibility {
  /** `NAMESPACE/NAME` of the pod, or of the claim. */
  readonly pod: string;
  /** At least one node is feasible and the cycle did not end in an error. */
  readonly schedulable: boolean;
  /** The feasible nodes. */
  readonly nodes: NodeSet;
  /** Who rejected the other nodes, and why: every node, where a PreFilter rejected the pod. */
  readonly rejected: readonly Rejection[];
  /** Set when a PreFilter rejected the pod for all nodes. */
  readonly preFilter?: RejectionStatus | undefined;
  /** Set when the scheduling cycle ends in an Error status: the scheduler's text. */
  readonly error?: string | undefined;
  /** The aggregated message of a pod that no node can take. */
  readonly message?: string | undefined;
  /**
   * The bindings and provisions on a feasible node, by its name or its id; undefined for any other.
   * @throws TopologyError `Stale` where the matcher was changed since.
   */
  plan(node: string | number): Plan | undefined;
  /** As those of `Verdict`. @throws TopologyError `Stale` where the matcher was changed since. */
  scores(into: Float64Array, options?: ScoreOptions): void;
  /** The best `limit` nodes by score, then by the bytes of their names; as `Verdict.best`. */
  best(limit: number, options?: ScoreOptions): ScoredNode[];
  /**
   * The pod's entry of a FeasibilityReport: every name is made. O(nodes).
   * @throws TopologyError `Stale` where plans are wanted and the matcher was changed since.
   */
  toReport(options?: { readonly plans?: boolean | undefined }): PodReport;
  /** The same without plans. */
  toJSON(): PodReport;
}
