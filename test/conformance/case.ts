// One case of a table: a few objects and what kube-scheduler says about one pod, as worked out by hand.

import type { FilterName, PluginConfig } from "../../lib/index.js";
import type { KubeObject } from "./build.js";

// The reasons of VolumeBinding, as the scheduler words them.
export const AFF = "node(s) didn't match PersistentVolume's node affinity";
export const BIND = "node(s) didn't find available persistent volumes to bind";
export const SPACE = "node(s) did not have enough free storage";
export const NOPV = "node(s) unavailable due to one or more pvc(s) bound to non-existent pv(s)";
export const IMM = "pod has unbound immediate PersistentVolumeClaims";

/** The scheduler's wrappers around an error of a plugin. */
export const FILTER_ERROR = 'running "VolumeBinding" filter plugin: ';
export const PRE_FILTER_ERROR = 'running PreFilter plugin "VolumeBinding": ';

export interface ConformanceCase {
  /** The family of the specification. */
  readonly id: string;
  /** One sentence; together with the id it is the name of the test. */
  readonly title: string;
  /** The rules that decide. */
  readonly rules?: readonly string[];
  readonly objects: readonly KubeObject[];
  /** Upserted after a first evaluation; the verdict is the one after them. */
  readonly updates?: readonly KubeObject[];
  readonly options?: {
    readonly kubernetes?: string;
    readonly gates?: Readonly<Record<string, boolean>>;
    /** VolumeBinding alone unless given. */
    readonly filters?: readonly FilterName[];
    readonly pluginConfig?: readonly PluginConfig[];
    readonly scoring?: { readonly shape: readonly { readonly utilization: number; readonly score: number }[] };
  };
  readonly expect: Expectation;
}

/** Who turns a node or a pod down. */
export interface Rejection {
  readonly plugin: string;
  readonly code: "Unschedulable" | "UnschedulableAndUnresolvable";
  readonly reasons: readonly string[];
}

/** A rejection that no preemption can help against. */
export function by(plugin: string, ...reasons: string[]): Rejection {
  return { plugin, code: "UnschedulableAndUnresolvable", reasons };
}

/** Whatever is left out is expected to be empty or absent. */
export interface Expectation {
  /** `NAMESPACE/NAME` of the pod, default/pod unless given. */
  readonly pod?: string;
  /** Sorted by bytes. */
  readonly feasible?: readonly string[];
  /** Reasons alone are VolumeBinding's. */
  readonly infeasible?: Readonly<Record<string, readonly string[] | Rejection>>;
  /** A rejection for all nodes; a reason alone is VolumeBinding's. */
  readonly preFilter?: string | Rejection;
  readonly error?: string;
  /** Where it is the point of the case; everywhere else it is counted from `infeasible`. */
  readonly message?: string;
  /** For some or all of the feasible nodes. */
  readonly plans?: Readonly<Record<string, ExpectedPlan>>;
  /** The input or an option is refused with this code, in a sentence that contains this text. */
  readonly refused?: { readonly code: "Malformed" | "BadOption"; readonly text: string };
}

/** Claims of the namespace default, in the order in which the scheduler decides them. */
export interface ExpectedPlan {
  readonly bind?: readonly (readonly [claim: string, volume: string])[];
  readonly provision?: readonly string[];
  /** Where it is the point of the case; none where the scheduler panics. */
  readonly score?: number | "none";
}
