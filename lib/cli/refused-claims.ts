// cli: a pod that fits somewhere -> the claims that its provisioner will refuse, though the scheduler counts on them.

import type { Feasibility, TopologyMatcher } from "../index.js";
import type { Provisioner } from "../provisioner.js";
import { createProvisioner } from "../provisioner.js";
import { dig } from "./fields.js";
import { evaluatedPods } from "./notes/evaluated.js";

export interface RefusedClaim {
  /** `NAMESPACE/NAME`. */
  readonly claim: string;
  /** The provisioner's sentence. */
  readonly reason: string;
  readonly rule: string;
}

/** What a provisioner refuses a claim for, wherever it is to be provisioned. */
const FIELDS = ["selector", "dataSource", "dataSourceRef"];

export class RefusedClaims {
  readonly #provisioner: Provisioner;

  constructor(readonly matcher: TopologyMatcher) {
    this.#provisioner = createProvisioner(matcher);
  }

  /** In the order of the pod's volumes, each claim once. About 20 us a pod and claim; the plans of nodes for refused ones. */
  of(verdict: Feasibility): readonly RefusedClaim[] {
    if (verdict.nodes.size === 0) return [];
    const found = new Map<string, RefusedClaim>();
    for (const { claims } of evaluatedPods(this.matcher, [verdict.pod])) {
      for (const { claim, key } of claims) {
        if (found.has(key) || !FIELDS.some((field) => dig(claim, "spec", field) !== undefined)) continue;
        const refusal = this.#provisioner.claimRefusal(key);
        if (refusal === undefined || refusal.state === "NotAttempted" || !isProvisioned(verdict, key)) continue;
        found.set(key, { claim: key, reason: refusal.reason, rule: refusal.rule });
      }
    }
    return [...found.values()];
  }
}

/** Whether the claim would be provisioned on some node, rather than bound to a volume that is there. */
function isProvisioned(verdict: Feasibility, claim: string): boolean {
  for (const node of verdict.nodes) if (verdict.plan(node)?.dynamicProvisions.includes(claim)) return true;
  return false;
}
