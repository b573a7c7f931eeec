// whatif: the shapes of what a what-if answers.

import type { PlacementPlan } from "./plan-types.js";

/** What is being done: pods are asked about as the cluster is, then as the changes make it, then placed there. */
export type WhatIfStep = "asking" | "comparing" | "placing";

export interface WhatIfOptions {
  /** `NAMESPACE/NAME` of the pods that are asked about. Default: every pod that waits for a node. */
  readonly pods?: Iterable<string> | undefined;
  /** Keys of pods that go with their node and come back with it alone: those of DaemonSets, and static pods. */
  readonly stay?: Iterable<string> | undefined;
  /**
   * Lists every pod whose nodes change, with the names of the nodes, and the claims of displaced pods that no node could
   * take. Default: false.
   */
  readonly details?: boolean | undefined;
  /**
   * Places the pods that lost their node, then those asked about, then those that changes put in, one after another on the
   * changed cluster: whether they come back together, and not only each alone. Default: false.
   */
  readonly place?: boolean | undefined;
  /** Told after each pod how far a step is. It must leave the matcher alone. */
  readonly progress?: ((step: WhatIfStep, done: number, pods: number) => void) | undefined;
}

/** A pod, and how many nodes it fits. A pod whose cycle ends in an error fits none. */
export interface ChangedPod {
  readonly pod: string;
  readonly before: number;
  readonly after: number;
  /** How many nodes it fitted and does not fit any more, or are gone. */
  readonly lost: number;
  /** How many nodes it did not fit before, or are new. */
  readonly gained: number;
  /** With `details`, by name. */
  readonly lostNodes?: readonly string[] | undefined;
  readonly gainedNodes?: readonly string[] | undefined;
  /** What kube-scheduler says of it then, where it has no node after the changes. */
  readonly message?: string | undefined;
}

/** A claim of a pod that has no node. */
export interface ClaimReach {
  readonly claim: string;
  /** The volume that it is bound to. */
  readonly volume?: string | undefined;
  /** How many nodes a pod with this claim alone would fit; 0 where there is no such claim. */
  readonly nodes: number;
}

/** A pod that was on a node which was drained or removed. */
export interface DisplacedPod {
  readonly pod: string;
  /** The node that it was on. */
  readonly from: string;
  /** How many nodes could take it, as the same pod with the same claims. */
  readonly nodes: number;
  /** Where that is none: what kube-scheduler would say. */
  readonly message?: string | undefined;
  /** Where that is none, with `details`: its claims, those that reach the fewest nodes first. */
  readonly claims?: readonly ClaimReach[] | undefined;
}

/** The difference that changes make. Lists are in the order of the pods that were asked about. */
export interface WhatIfAnswer {
  readonly nodes: { readonly before: number; readonly after: number };
  /** How many pods were compared: those asked about that are there before and after, and were not placed by a change. */
  readonly pods: number;
  /** How many of them lose at least one node, and how many gain one. */
  readonly losing: number;
  readonly gaining: number;
  /** Those that had a node and have none. */
  readonly unschedulable: readonly ChangedPod[];
  /** Those that had none and have one. */
  readonly schedulable: readonly ChangedPod[];
  /** With `details`: all whose nodes change, those above too. */
  readonly changed?: readonly ChangedPod[] | undefined;
  /** Pods that wait for a node only because changes put them in; `before` is 0. */
  readonly added: readonly ChangedPod[];
  /** Pods that lost the node that they were on, by node and then by key. */
  readonly displaced: readonly DisplacedPod[];
  /** With `place`. */
  readonly plan?: PlacementPlan | undefined;
}
