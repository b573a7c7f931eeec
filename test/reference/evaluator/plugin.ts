// What a plugin is to the cycle: PreFilter over a pod, Filter over one node after another.

import type { Cluster } from "./cluster.js";
import type { NodeObject, Pod } from "./kinds.js";
import type { Settings } from "./settings.js";

export const UAU = "UnschedulableAndUnresolvable";
export const UNS = "Unschedulable";

export interface Snapshot {
  pod: Pod;
  cluster: Cluster;
  settings: Settings;
}

/** A rejection, and its reasons in upstream's order. */
export interface Status {
  code: typeof UAU | typeof UNS;
  reasons: string[];
}

export interface Plan {
  staticBindings: { claim: string; volume: string }[];
  dynamicProvisions: string[];
  /** Absent where the scheduler panics. */
  score?: number;
}

/** Filter's answer for a node; no reasons: it accepts the node. */
export interface Filtered extends Status {
  plan?: Plan;
}

/** `filter` is what runs on each node; `names`, the only nodes that it runs on. */
export type PreFiltered = "skip" | Status | { filter: (node: NodeObject) => Filtered; names?: string[] };

export interface Plugin {
  name: string;
  /** Throws the detail of an Error status, as `filter` does. */
  preFilter(snapshot: Snapshot): PreFiltered;
}

export const SUCCESS: Filtered = { code: UAU, reasons: [] };

export function rejected(...reasons: string[]): Filtered {
  return { code: UAU, reasons };
}
