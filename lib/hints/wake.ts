// hints: what a caller says of a change -> whom it wakes, for as long as that can be told.

import { allocating, TopologyError } from "../errors.js";
import type { Cluster } from "../intern/cluster.js";
import { POD } from "../intern/cluster.js";
import type { Derivations } from "../intern/derived.js";
import { EMPTY_TEXT } from "../intern/strings.js";
import { badArgument, detached, givenName } from "../objects/arguments.js";
import type { ObjectsBySet, SetName } from "../objects/sets.js";
import type { ObjectLike } from "../objects/types.js";
import { INSPECT } from "../result/inspect.js";
import type { RowChange, Wakes, Woken } from "./wakes.js";

type ChangeOf<Name extends SetName> =
  | { readonly set: Name; readonly upsert: ObjectsBySet[Name] }
  | { readonly set: Name; readonly delete: ObjectLike | string };

/** A change that is about to be made: an object that will be put into a set, or taken out of it. */
export type Change = { readonly [Name in SetName]: ChangeOf<Name> }[SetName];

/** Whom a change wakes: every pod that it can make schedulable, and others beside. */
export interface Wake {
  /**
   * Whether a pod, by its key or its id, should be asked about again. O(its volumes).
   * @throws TopologyError `UnknownPod`; `Stale` where the matcher has swept what it knew since.
   */
  has(pod: string | number): boolean;
  /** The keys of the pods without a node that should be. O(pods). */
  pods(): IterableIterator<string>;
}

/** Reads a change, without making it. @throws TopologyError as the change itself would. */
export function wakeOf(wakes: Wakes, derivations: Derivations, change: Change): Wake {
  const read = rowChange(wakes.cluster, change);
  derivations.mend();
  return derivations.guard(() => new LiveWake(wakes.cluster, derivations, wakes.of(read)));
}

class LiveWake implements Wake {
  readonly #cluster: Cluster;
  readonly #derivations: Derivations;
  readonly #woken: Woken;
  readonly #epoch: number;

  constructor(cluster: Cluster, derivations: Derivations, woken: Woken) {
    this.#cluster = cluster;
    this.#derivations = derivations;
    this.#woken = woken;
    this.#epoch = derivations.sweeps;
  }

  has(pod: string | number): boolean {
    LiveWake.#check(this, "has");
    const { pods } = this.#cluster;
    const row = typeof pod === "string" ? pods.findKey(pod) : pods.has(pod) ? pod : -1;
    if (row < 0) throw new TopologyError("UnknownPod", `Pod ${pod} is not known to the matcher`);
    return this.#woken(row);
  }

  pods(): IterableIterator<string> {
    LiveWake.#check(this, "pods");
    return this.#pods();
  }

  *#pods(): IterableIterator<string> {
    const { ids, pods } = this.#cluster;
    for (let row = 0; row < pods.limit; row++) {
      if (!pods.has(row) || pods.get(row, POD.nodeName) > EMPTY_TEXT) continue;
      const phase = pods.get(row, POD.phase);
      if (phase === ids.succeeded || phase === ids.failed) continue;
      LiveWake.#check(this, "pods");
      if (this.#woken(row)) yield pods.keyOf(row);
    }
  }

  [INSPECT](): string {
    return "Wake";
  }

  static #check(wake: unknown, method: string): void {
    if (typeof wake !== "object" || wake === null || !(#epoch in wake)) throw detached(`wake.${method}`);
    if (wake.#derivations.sweeps === wake.#epoch) return;
    throw new TopologyError(
      "Stale",
      "the matcher has been asked too much since: ask whom the change wakes when it comes",
    );
  }
}

function rowChange(cluster: Cluster, change: Change): RowChange {
  const given: { readonly set?: unknown; readonly upsert?: unknown; readonly delete?: unknown } = change ?? {};
  const table =
    typeof given.set === "string" && Object.hasOwn(cluster.tables, given.set) ? cluster.tables[change.set] : undefined;
  if (table === undefined) {
    const name = typeof given.set === "string" ? JSON.stringify(given.set) : givenName(given.set);
    throw badArgument("set", `wakes takes a change with the name of a set, such as nodes, but was given ${name}`);
  }
  if (given.upsert !== undefined) {
    table.encode(given.upsert);
    const tokens = allocating(() => table.codec.stack.slice(0, table.type.written));
    return { table, row: table.findTokens(tokens, 0), tokens };
  }
  const key = given.delete;
  if (typeof key === "string") return { table, row: table.findKey(key), tokens: undefined };
  if (typeof key === "object" && key !== null) return { table, row: table.findObject(key), tokens: undefined };
  throw badArgument("change", "wakes takes a change with upsert: an object, or delete: a key or an object");
}
