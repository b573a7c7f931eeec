// filters: a candidate -> the volumes that it would attach, by driver, on each sort of node.

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
import { EMPTY_TEXT } from "../../intern/strings.js";
import { goQuote } from "../../objects/go-quote.js";
import type { Candidate } from "../plugin.js";
import { isControlledBy } from "../volume-binding/pre-filter.js";
import type { Attachables, Condition } from "./attachable.js";
import { EVERYWHERE, hasSource, UNBOUND } from "./attachable.js";
import { conversionFault, NO_NAME, ownershipFault } from "./pod-sources.js";

/** A volume of a candidate, or what ends the verdict on it; both where the node meets the condition. */
export interface Entry {
  readonly condition: Condition;
  readonly driver: number;
  /** A string id; for a claim without a volume, its row + 2, negative. */
  readonly handle: number;
  /** The row of the claim, or -1. */
  readonly claim: number;
  readonly error?: string | undefined;
  readonly missing?: string;
}

/** A volume that a candidate would attach. */
export interface WantedVolume {
  readonly handle: number;
  readonly claim: number;
}

/** What a candidate would attach to nodes of one sort: exactly one of the fields is set. */
export interface Wanted {
  /** Driver -> its volumes, each once. */
  readonly volumes?: ReadonlyMap<number, readonly WantedVolume[]>;
  /** The cycle ends. */
  readonly error?: string;
  /** The node cannot take the pod: a claim is missing. */
  readonly missing?: string;
}

export class Candidates {
  constructor(
    readonly cluster: Cluster,
    readonly attachables: Attachables,
  ) {}

  /** The volumes of a candidate up to the first that ends every verdict; undefined where there is nothing to count. */
  entries({ claim, pod }: Candidate): readonly Entry[] | undefined {
    const entries: Entry[] = [];
    if (pod < 0) {
      this.#pushClaim(claim, entries);
      return entries;
    }
    let concerned = false;
    visitVolumes(this.cluster, pod, (volume) => {
      const use = claimUseOf(volume);
      if (use === NAMED || use === EPHEMERAL_CLAIM) {
        concerned = true;
        const ephemeral = use === EPHEMERAL_CLAIM;
        const name = ephemeral ? ephemeralClaim(this.cluster, pod, volume) : namedClaim(volume);
        return this.#pushNamed(pod, name, entries);
      }
      if (!hasSource(volume)) return true;
      concerned = true;
      const found = this.attachables.ofSource(volume);
      if (found === undefined) return true;
      if ("fault" in found)
        entries.push(errorEntry(conversionFault(this.cluster, volume, found.fault), found.condition));
      else entries.push({ ...found, claim: -1 });
      return true;
    });
    // kube: R-LIM-1 a pod without claims and sources that can be migrated skips the plugin.
    return concerned ? entries : undefined;
  }

  /** False where no node can do without the claim. A name is that of an ephemeral claim, or a string id. */
  #pushNamed(pod: number, name: string | number, entries: Entry[]): boolean {
    const { claims, pods, strings } = this.cluster;
    // kube: R-LIM-3 an empty claim name is an error.
    if (name === EMPTY_TEXT) return push(entries, errorEntry(NO_NAME, EVERYWHERE));
    const namespace = pods.get(pod, POD.namespace);
    const claim = claims.find(namespace, typeof name === "string" ? strings.find(name) : name);
    if (claim < 0) {
      const text = typeof name === "string" ? name : strings.get(name);
      // kube: R-LIM-3 a missing claim of the new pod rejects every node.
      const missing = `looking up PVC ${strings.get(namespace)}/${text}: persistentvolumeclaim ${goQuote(text)} not found`;
      return push(entries, { ...errorEntry("", EVERYWHERE), error: undefined, missing });
    }
    // kube: R-LIM-3 an ephemeral volume's claim must be controlled by this very pod.
    if (typeof name === "string" && !isControlledBy(this.cluster, claim, pod)) {
      return push(entries, errorEntry(ownershipFault(this.cluster, claim, pod), EVERYWHERE));
    }
    this.#pushClaim(claim, entries);
    return true;
  }

  #pushClaim(claim: number, entries: Entry[]): void {
    const found = this.attachables.ofClaim(claim);
    if (found === undefined) return;
    entries.push({ ...found, claim, handle: found.handle === UNBOUND ? -2 - claim : found.handle });
  }
}

/** What entries come down to on nodes that meet conditions up to this one. */
export function wanted(entries: readonly Entry[], met: Condition): Wanted {
  const volumes = new Map<number, WantedVolume[]>();
  for (const entry of entries) {
    if (entry.condition > met) continue;
    const { claim, driver, error, handle, missing } = entry;
    if (error !== undefined) return { error };
    if (missing !== undefined) return { missing };
    const known = volumes.get(driver);
    // kube: R-LIM-3 each volume counts once, however often the pod uses it.
    if (known === undefined) volumes.set(driver, [{ claim, handle }]);
    else if (!known.some((other) => other.handle === handle)) known.push({ claim, handle });
  }
  return { volumes };
}

function errorEntry(error: string, condition: Condition): Entry {
  return { condition, driver: 0, handle: 0, claim: -1, error };
}

/** False, which ends the visit. */
function push(entries: Entry[], entry: Entry): false {
  entries.push(entry);
  return false;
}
