// filters: the plugin VolumeRestrictions: disks that cannot be mounted twice, and claims that one pod alone may use.

import type { Context } from "../../evaluate/context.js";
import type { Mask } from "../../evaluate/mask.js";
import { NO_NODES } from "../../evaluate/mask.js";
import { claimUseOf, NAMED, namedClaim, visitVolumes } from "../../evaluate/pod-volumes.js";
import type { PodsByKey } from "../../evaluate/pods-by-key.js";
import { CLAIM, POD } from "../../intern/cluster.js";
import { EMPTY_TEXT } from "../../intern/strings.js";
import { goQuote } from "../../objects/go-quote.js";
import type { Candidate, Filtered, NodeStep, Plugin, PreFiltered, Resolution } from "../plugin.js";
import { SKIP, UNRESOLVABLE } from "../plugin.js";
import type { RawDisk } from "./raw-disks.js";
import { conflict, podsByDisk, rawDisksOf } from "./raw-disks.js";

const DISK = "node(s) had no available disk";
const READ_WRITE_ONCE_POD =
  "node(s) unavailable due to PersistentVolumeClaim with ReadWriteOncePod access mode already in-use by another pod";
const READ_WRITE_ONCE_POD_BEFORE_34 =
  "node has pod using PersistentVolumeClaim with the same name and ReadWriteOncePod access mode";

export class VolumeRestrictions implements Plugin {
  readonly name = "VolumeRestrictions";
  readonly byClaim: PodsByKey;
  readonly byDisk: PodsByKey;
  /** The reason of a claim that another pod uses. */
  readonly inUseReason: string;

  constructor(readonly context: Context) {
    this.inUseReason = context.behaviour.minor >= 34 ? READ_WRITE_ONCE_POD : READ_WRITE_ONCE_POD_BEFORE_34;
    this.byClaim = context.podsByClaim;
    this.byDisk = podsByDisk(context.cluster);
    context.derivations.add(this.byDisk);
  }

  preFilter(candidate: Candidate): PreFiltered {
    const claims: number[] = [];
    const missing = this.#claims(candidate, claims);
    // kube: R-RST-1 a missing claim rejects the pod, whatever else it mounts.
    if (missing >= 0) return { kind: "rejected", code: UNRESOLVABLE, reasons: [this.#notFound(missing)] };
    const { pod } = candidate;
    const disks = pod < 0 ? [] : rawDisksOf(this.context.cluster, pod);
    const self = pod < 0 ? -1 : this.context.cluster.knownPod(pod);
    const inUse = claims.some((claim) => this.#isExclusive(claim) && this.#isUsed(claim, self));
    // kube: R-RST-3 without a raw disk and a claim in use there is nothing to decide.
    return disks.length === 0 && !inUse ? SKIP : new RestrictionsStep(this, self, disks, inUse);
  }

  /** A pod with raw disks, or with a claim for one pod alone, depends on other pods: it has to be asked about. */
  resolve(candidate: Candidate): Resolution {
    const claims: number[] = [];
    if (this.#claims(candidate, claims) >= 0) return "nowhere";
    if (claims.some((claim) => this.#isExclusive(claim))) return "open";
    return candidate.pod >= 0 && rawDisksOf(this.context.cluster, candidate.pod).length > 0 ? "open" : "selectors";
  }

  get epoch(): number {
    return this.context.cluster.claims.epoch;
  }

  /** Appends the claims that a candidate names; returns the name (a string id) of the first missing one, or -1. */
  #claims({ claim, pod }: Candidate, into: number[]): number {
    if (pod < 0) {
      into.push(claim);
      return -1;
    }
    const { cluster } = this.context;
    const namespace = cluster.pods.get(pod, POD.namespace);
    let missing = -1;
    visitVolumes(cluster, pod, (volume) => {
      // kube: R-RST-1 claims of ephemeral volumes are not looked at.
      if (claimUseOf(volume) !== NAMED) return true;
      const name = namedClaim(volume);
      const row = cluster.claims.find(namespace, name);
      if (row >= 0) into.push(row);
      else missing = name;
      return row >= 0;
    });
    return missing;
  }

  #notFound(name: number): string {
    return `persistentvolumeclaim ${goQuote(this.context.cluster.strings.get(name))} not found`;
  }

  #isExclusive(claim: number): boolean {
    const { blocks, claims, ids } = this.context.cluster;
    const modes = claims.get(claim, CLAIM.accessModes);
    if (modes === 0) return false;
    const { at, tokens } = blocks.cursor(modes);
    // kube: R-RST-1 the claim's own access modes count, not its volume's.
    return tokens.subarray(at + 1, at + 1 + tokens[at]).includes(ids.readWriteOncePod);
  }

  /** Whether another pod on a node uses a claim. O(its users), which is O(1) where one of them is on a known node. */
  #isUsed(claim: number, self: number): boolean {
    const { byClaim, context } = this;
    const { cluster } = context;
    const { claims, nodes } = cluster;
    byClaim.build();
    const key = byClaim.keys.find(claims.get(claim, CLAIM.namespace), claims.get(claim, CLAIM.name));
    if (key < 0) return false;
    for (let use = byClaim.first(key); use >= 0; use = byClaim.next(use)) {
      const pod = byClaim.podOf(use);
      // kube: R-RST-2 any pod on a node that exists, by the names of its claims; a pod does not stand in its own way.
      if (byClaim.markOf(use) === 0 && pod !== self && nodes.find(EMPTY_TEXT, cluster.nodeOf(pod)) >= 0) return true;
    }
    return false;
  }
}

class RestrictionsStep implements NodeStep {
  readonly kind = "nodes";

  constructor(
    readonly plugin: VolumeRestrictions,
    /** The row of the pod that is known by the candidate's name, or -1. */
    readonly self: number,
    readonly disks: readonly RawDisk[],
    readonly inUse: boolean,
  ) {}

  filter(nodes: Mask): Filtered {
    const { masks } = this.plugin.context;
    const taken = this.#taken(nodes);
    const free = masks.andNot(nodes, taken);
    const rejected: { code: "Unschedulable"; reasons: string[]; nodes: Mask }[] = [
      { code: "Unschedulable", reasons: [DISK], nodes: taken },
    ];
    if (!this.inUse) return { accepted: free, rejected };
    // kube: R-RST-5 a claim in use rejects every node that the disks have left.
    rejected.push({ code: "Unschedulable", reasons: [this.plugin.inUseReason], nodes: free });
    return { accepted: NO_NODES, rejected };
  }

  /** Those of the nodes on which a pod has one of the disks. O(pods that have them). */
  #taken(nodes: Mask): Mask {
    const { byDisk, context } = this.plugin;
    if (this.disks.length === 0) return NO_NODES;
    const { cluster, masks } = context;
    const found = new Set<number>();
    byDisk.build();
    for (const disk of this.disks) {
      const key = byDisk.keys.find(disk.kind, disk.id);
      for (let use = key < 0 ? -1 : byDisk.first(key); use >= 0; use = byDisk.next(use)) {
        const pod = byDisk.podOf(use);
        if (pod === this.self) continue;
        const node = cluster.nodes.find(EMPTY_TEXT, cluster.nodeOf(pod));
        if (node < 0 || found.has(node) || !masks.has(nodes, node)) continue;
        if (rawDisksOf(cluster, pod).some((other) => conflict(disk, other))) found.add(node);
      }
    }
    return masks.scratchIds([...found].sort((a, b) => a - b));
  }
}
