// filters: claims whose node was selected and which have no volume yet -> how much is to be made on each node, by class.

import type { Context } from "../../evaluate/context.js";
import { CLAIM } from "../../intern/cluster.js";
import type { Derived, Held } from "../../intern/derived.js";
import { EMPTY_TEXT } from "../../intern/strings.js";

const NOTHING: ReadonlyMap<number, bigint> = new Map();

/** Nothing is kept until somebody asks first. Amounts are the integers of Value(), ids those of strings. */
export class PendingClaims implements Derived {
  readonly cache = "pendingClaims";
  #built = false;
  /** Class -> name of a node -> amount. */
  readonly #amounts = new Map<number, Map<number, bigint>>();

  constructor(readonly context: Context) {
    context.cluster.claims.listen({
      leaving: (claim) => {
        if (this.#built) this.#add(claim, -1n);
      },
      entered: (claim) => {
        if (this.#built) this.#add(claim, 1n);
      },
    });
    context.derivations.add(this);
  }

  /** By the names of nodes, what is to be made of a class there; nodes may be unknown. First call: O(claims). */
  of(storageClass: number): ReadonlyMap<number, bigint> {
    if (!this.#built) this.#build();
    return this.#amounts.get(storageClass) ?? NOTHING;
  }

  /** The name of the node on which a claim is to be made; 0 where it waits for none, or has its volume. */
  nodeOf(claim: number): number {
    const { cluster } = this.context;
    if (cluster.claims.get(claim, CLAIM.volumeName) > EMPTY_TEXT) return 0;
    const node = cluster.claimAnnotation(claim, cluster.ids.selectedNode);
    return node > EMPTY_TEXT ? node : 0;
  }

  held(): Held {
    let entries = 0;
    for (const byNode of this.#amounts.values()) entries += byNode.size;
    return { entries, bytes: entries * 64 };
  }

  dropIds(): void {
    this.#amounts.clear();
    this.#built = false;
  }

  #build(): void {
    const { claims } = this.context.cluster;
    this.#built = true;
    for (let claim = 0; claim < claims.limit; claim++) {
      if (!claims.has(claim)) continue;
      // A claim that is staged has a row, and no key leads to it.
      const known = claims.find(claims.get(claim, CLAIM.namespace), claims.get(claim, CLAIM.name));
      if (known === claim) this.#add(claim, 1n);
    }
  }

  #add(claim: number, times: bigint): void {
    const node = this.nodeOf(claim);
    if (node === 0) return;
    const { amounts, cluster } = this.context;
    const amount = amounts.value(cluster.requestOf(claim)) * times;
    if (amount === 0n) return;
    const storageClass = cluster.claims.get(claim, CLAIM.class);
    let byNode = this.#amounts.get(storageClass);
    if (byNode === undefined) {
      byNode = new Map();
      this.#amounts.set(storageClass, byNode);
    }
    const sum = (byNode.get(node) ?? 0n) + amount;
    if (sum !== 0n) byNode.set(node, sum);
    else if (byNode.delete(node) && byNode.size === 0) this.#amounts.delete(storageClass);
  }
}
