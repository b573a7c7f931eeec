// filters: the plugin VolumeBinding: a pod's claims -> the nodes on which all of them are bound, or can be.

import type { Context } from "../../evaluate/context.js";
import type { Candidate, Plugin, PreFiltered, Resolution, SelectorList } from "../plugin.js";
import { SKIP, UNRESOLVABLE } from "../plugin.js";
import { BoundClaims, volumeOf } from "./bound-claims.js";
import { BoundVolumes } from "./bound-volumes.js";
import { Capacities } from "./capacities.js";
import { DelayedClaims } from "./delayed-claims.js";
import { FreeVolumes } from "./free-volumes.js";
import { isPlainlyBound, preFilter } from "./pre-filter.js";

export class VolumeBinding implements Plugin {
  readonly name = "VolumeBinding";
  readonly boundVolumes: BoundVolumes;
  readonly freeVolumes: FreeVolumes;
  readonly capacities: Capacities;
  /** Of the cycle that runs: the claims that wait for a node, where there are some. */
  delayed: DelayedClaims | undefined;

  constructor(readonly context: Context) {
    this.boundVolumes = new BoundVolumes(context);
    this.freeVolumes = new FreeVolumes(context);
    this.capacities = new Capacities(context);
  }

  preFilter(candidate: Candidate): PreFiltered {
    this.delayed = undefined;
    const { claims, error, rejected } = preFilter(this.context.cluster, candidate);
    if (rejected !== undefined) return { kind: "rejected", code: UNRESOLVABLE, reasons: [rejected] };
    if (error !== undefined) return { kind: "error", error };
    if (claims === undefined) return SKIP;
    const bound = new BoundClaims(this.context, this.boundVolumes, claims.bound);
    if (claims.delayed.length === 0) return bound;
    this.delayed = new DelayedClaims(this, bound, claims.delayed);
    return this.delayed;
  }

  resolve(candidate: Candidate, list: SelectorList): Resolution {
    const { cluster } = this.context;
    if (candidate.pod < 0 && isPlainlyBound(cluster, candidate.claim)) {
      return this.#push(candidate.claim, list);
    }
    const { claims, error, rejected } = preFilter(cluster, candidate);
    if (rejected !== undefined || error !== undefined) return "nowhere";
    if (claims === undefined) return "selectors";
    if (claims.delayed.length > 0) return "open";
    for (const claim of claims.bound) {
      const resolution = this.#push(claim, list);
      if (resolution !== "selectors") return resolution;
    }
    return "selectors";
  }

  get epoch(): number {
    const { claims, storageClasses, volumes } = this.context.cluster;
    return claims.epoch + volumes.epoch + storageClasses.epoch;
  }

  #push(claim: number, list: SelectorList): Resolution {
    const volume = volumeOf(this.context.cluster, claim);
    if (volume < 0) return "nowhere";
    return list.push(this.boundVolumes.selectorOf(volume)) ? "selectors" : "open";
  }
}
