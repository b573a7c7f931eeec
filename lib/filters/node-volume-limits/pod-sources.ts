// filters: what pods on nodes have beside claims: sources of their own that are counted, and faults that end a cycle.

import {
  claimUseOf,
  EPHEMERAL_CLAIM,
  ephemeralClaim,
  NAMED,
  namedClaim,
  visitVolumes,
} from "../../evaluate/pod-volumes.js";
import type { Cluster } from "../../intern/cluster.js";
import { POD } from "../../intern/cluster.js";
import { podVolume } from "../../intern/kinds.js";
import type { Pairs } from "../../intern/pairs.js";
import { EMPTY_TEXT } from "../../intern/strings.js";
import type { Cursor } from "../../intern/type.js";
import { isControlledBy } from "../volume-binding/pre-filter.js";
import type { Attachables, Condition } from "./attachable.js";

const NAME = podVolume.bit("name");
const NONE: readonly PodSource[] = [];

export const NO_NAME = "PersistentVolumeClaim had no name";

/** A volume of a pod's own that is counted. */
interface PodSource {
  readonly volume: number;
  readonly condition: Condition;
}

export class PodSources {
  readonly #sources = new Map<number, PodSource[]>();
  /** Node -> the pods on it that end the cycle. */
  readonly faulty = new Map<number, Set<number>>();

  constructor(
    readonly cluster: Cluster,
    readonly attachables: Attachables,
  ) {}

  of(pod: number): readonly PodSource[] {
    return this.#sources.get(pod) ?? NONE;
  }

  add(pod: number, node: number, volumes: Pairs): void {
    const sources: PodSource[] = [];
    visitVolumes(this.cluster, pod, (volume) => {
      const found = isOwn(volume) ? this.attachables.ofSource(volume) : undefined;
      if (found === undefined || "fault" in found) return true;
      sources.push({ volume: volumes.take(found.driver, found.handle), condition: found.condition });
      return true;
    });
    if (sources.length > 0) this.#sources.set(pod, sources);
    this.check(pod, node);
  }

  remove(pod: number, node: number, volumes: Pairs): void {
    for (const { volume } of this.of(pod)) volumes.release(volume);
    this.#sources.delete(pod);
    this.#setFaulty(pod, node, false);
  }

  /** Looks again whether a pod ends the cycle. */
  check(pod: number, node: number): void {
    this.#setFaulty(pod, node, this.faultOf(pod) !== undefined);
  }

  /** Why a pod on a node that has a CSINode ends the cycle, if it does: its first volume at fault. */
  faultOf(pod: number): string | undefined {
    let fault: string | undefined;
    visitVolumes(this.cluster, pod, (volume) => {
      fault = volumeFault(this.cluster, this.attachables, pod, volume);
      return fault === undefined;
    });
    return fault;
  }

  #setFaulty(pod: number, node: number, on: boolean): void {
    const pods = this.faulty.get(node);
    if (on && pods === undefined) this.faulty.set(node, new Set([pod]));
    else if (on) pods?.add(pod);
    else if (pods?.delete(pod) && pods.size === 0) this.faulty.delete(node);
  }
}

/** Whether the volume at the cursor uses no claim: its source counts by itself. */
export function isOwn(volume: Cursor): boolean {
  // kube: R-LIM-1 a volume that has a claim too counts by its claim alone.
  return claimUseOf(volume) === 0;
}

/** What a source that does not translate ends the cycle with. */
export function conversionFault(cluster: Cluster, { at, tokens }: Cursor, detail: string): string {
  const cursor = { at, tokens };
  const name = podVolume.seek(cursor, NAME) ? cluster.strings.get(tokens[cursor.at]) : "";
  return `converting volume(${name}) from inline to csi: ${detail}`;
}

/** What a claim ends the cycle with that an ephemeral volume of another pod would own. */
export function ownershipFault({ claims, pods }: Cluster, claim: number, pod: number): string {
  return `PVC ${claims.keyOf(claim)} was not created for pod ${pods.keyOf(pod)} (pod is not owner)`;
}

function volumeFault(cluster: Cluster, attachables: Attachables, pod: number, volume: Cursor): string | undefined {
  switch (claimUseOf(volume)) {
    // kube: R-LIM-11 an empty claim name, a claim of another pod, or a source that does not translate ends the cycle.
    case NAMED:
      return namedClaim(volume) === EMPTY_TEXT ? NO_NAME : undefined;
    case EPHEMERAL_CLAIM: {
      const name = cluster.strings.find(ephemeralClaim(cluster, pod, volume));
      const claim = cluster.claims.find(cluster.pods.get(pod, POD.namespace), name);
      return claim < 0 || isControlledBy(cluster, claim, pod) ? undefined : ownershipFault(cluster, claim, pod);
    }
    default: {
      const found = attachables.ofSource(volume);
      return found !== undefined && "fault" in found ? conversionFault(cluster, volume, found.fault) : undefined;
    }
  }
}
