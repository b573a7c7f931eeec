// filters: the plugin NodeVolumeLimits: how many volumes of each driver can be attached to a node.

import type { Context } from "../../evaluate/context.js";
import type { Candidate, ConditionRows, Plugin, PreFiltered, Resolution, SelectorList } from "../plugin.js";
import { SKIP } from "../plugin.js";
import { Attachables, EVERYWHERE } from "./attachable.js";
import { LimitsStep } from "./limits-step.js";
import { NodeLimits } from "./node-limits.js";
import { Candidates, wanted } from "./wanted.js";

export class NodeVolumeLimits implements Plugin {
  readonly name = "NodeVolumeLimits";
  readonly limits: NodeLimits;
  readonly #candidates: Candidates;
  // Whether some pod on a node ends the cycle there, and how often that has changed.
  #hadFaults = false;
  #faultChanges = 0;

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

  /** A pod some of whose volumes pods on nodes use, or are counted on some nodes only, has to be asked about. */
  resolve(candidate: Candidate, list: SelectorList): Resolution {
    const { limits } = this;
    const entries = this.#candidates.entries(candidate);
    if (entries === undefined) return "selectors";
    const { volumes } = wanted(entries, EVERYWHERE);
    if (!limits.none && (this.#hadFaults || entries.some(({ condition }) => condition !== EVERYWHERE))) return "open";
    if (volumes === undefined) return "nowhere";
    for (const [driver, some] of volumes) {
      if (limits.none) {
        if (limits.isRequired(driver)) return "nowhere";
        continue;
      }
      if (some.some((volume) => limits.isInUse(driver, volume))) return "open";
      if (limits.isRequired(driver) && !list.pushCondition(limits.rooms.lists(driver))) return "open";
      if (!list.pushCondition(limits.rooms.roomFor(driver, some.length))) return "open";
    }
    return "selectors";
  }

  get epoch(): number {
    const { claims, csiDrivers, csiNodes, storageClasses, volumes } = this.context.cluster;
    const objects = claims.epoch + volumes.epoch + storageClasses.epoch + csiDrivers.epoch + csiNodes.epoch;
    return objects + this.limits.attached.usesEpoch + this.#faultChanges;
  }

  get rows(): ConditionRows {
    return this.limits.rooms.rows;
  }

  settle(): void {
    const { attached, none, rooms } = this.limits;
    if (none) return;
    attached.settle();
    rooms.settle();
    const hasFaults = attached.sources.faulty.size > 0;
    if (hasFaults !== this.#hadFaults) this.#faultChanges++;
    this.#hadFaults = hasFaults;
  }
}
