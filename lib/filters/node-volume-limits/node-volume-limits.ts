// filters: the plugin NodeVolumeLimits: how many volumes of each driver can be attached to a node.

import type { Context } from "../../evaluate/context.js";
import type { Candidate, Plugin, PreFiltered, Resolution } from "../plugin.js";
import { SKIP } from "../plugin.js";
import { Attachables, EVERYWHERE } from "./attachable.js";
import { LimitsStep } from "./limits-step.js";
import { NodeLimits } from "./node-limits.js";
import { Candidates, wanted } from "./wanted.js";

export class NodeVolumeLimits implements Plugin {
  readonly name = "NodeVolumeLimits";
  readonly limits: NodeLimits;
  readonly #candidates: Candidates;

  constructor(readonly context: Context) {
    const { behaviour, cluster } = context;
    const attachables = new Attachables(cluster, behaviour.minor);
    this.limits = new NodeLimits(context, attachables);
    this.#candidates = new Candidates(cluster, attachables);
  }

  preFilter(candidate: Candidate): PreFiltered {
    const entries = this.#candidates.entries(candidate);
    return entries === undefined ? SKIP : new LimitsStep(this.limits, entries, candidate);
  }

  /** Without any CSINode a pod fits everywhere, or nowhere. */
  resolve(candidate: Candidate): Resolution {
    const entries = this.#candidates.entries(candidate);
    if (entries === undefined) return "selectors";
    if (this.context.cluster.csiNodes.size > 0) return "open";
    const { volumes } = wanted(entries, EVERYWHERE);
    if (volumes === undefined) return "nowhere";
    for (const driver of volumes.keys()) if (this.limits.isRequired(driver)) return "nowhere";
    return "selectors";
  }

  get epoch(): number {
    const { claims, csiDrivers, csiNodes, storageClasses, volumes } = this.context.cluster;
    return claims.epoch + volumes.epoch + storageClasses.epoch + csiDrivers.epoch + csiNodes.epoch;
  }
}
