// What the parts of the generator share: the random source, the knobs, and everything made so far.

import type { KubeObject as Identified } from "../evaluator/kinds.js";
import type { QuantityText } from "../evaluator/quantities.js";
import type { Knobs } from "./knobs.js";
import { Random } from "./random.js";
import { commonSize, exoticSize, sizeKey, writeSize } from "./sizes.js";

// biome-ignore lint/suspicious/noExplicitAny: generated objects are plain JSON of many shapes
export type Json = any;

export interface KubeObject extends Identified {
  apiVersion: string;
  [field: string]: Json;
}

export type Labels = Record<string, string>;

export interface GeneratedNode {
  name: string;
  labels: Labels;
}

export interface Classes {
  /** Delayed, nothing provisions. */
  fixed: string[];
  /** Delayed, provisioned wherever allowedTopologies let it. */
  provisioned: string[];
  /** Delayed, its driver publishes capacity. */
  limited: string[];
  immediate: string[];
  modeless: string;
}

/** Ends of names where names are long or beyond ASCII. */
const DECORATIONS = ["", ".x".repeat(30), "-y".repeat(126), "-é", "-節点", "-\u{1f600}", "-\uff5a", "-A\u0301"];

export class World {
  readonly random: Random;
  readonly knobs: Knobs;
  readonly objects: KubeObject[] = [];
  readonly nodes: GeneratedNode[] = [];
  readonly namespaces: readonly string[];
  classes: Classes = { fixed: [], provisioned: [], limited: [], immediate: [], modeless: "" };
  readonly #takenSizes = new Set<bigint>();
  readonly #counts = new Map<string, number>();
  readonly #values = new Map<string, readonly string[]>();
  readonly #uidPrefix: string;
  readonly #decorations: readonly string[];

  constructor(seed: number, knobs: Knobs) {
    this.random = new Random(seed);
    this.knobs = knobs;
    this.#uidPrefix = (seed >>> 0).toString(16).padStart(4, "0");
    this.#decorations = new Random(seed ^ 0x10a6).chance(knobs.longNames) ? DECORATIONS : [""];
    this.namespaces = ["default", "team-a", this.decorated("team-b")];
  }

  nextName(prefix: string): string {
    return this.decorated(`${prefix}-${this.#next(prefix)}`);
  }

  /** Longer or not ASCII where the cluster's names are. */
  decorated(name: string): string {
    return this.#decorations.length === 1 ? name : `${name}${this.random.pick(this.#decorations)}`.slice(0, 253);
  }

  get hasLongNames(): boolean {
    return this.#decorations.length > 1;
  }

  uid(): string {
    return `${this.#uidPrefix}-uid-${this.#next("uid")}`;
  }

  /** Every value of a label key among the nodes, which do not change once there are volumes. */
  nodeValues(key: string): readonly string[] {
    let values = this.#values.get(key);
    if (values === undefined) {
      values = [...new Set(this.nodes.flatMap(({ labels }) => (key in labels ? [labels[key]] : [])))];
      this.#values.set(key, values);
    }
    return values;
  }

  #next(prefix: string): number {
    const count = (this.#counts.get(prefix) ?? 0) + 1;
    this.#counts.set(prefix, count);
    return count;
  }

  add(apiVersion: string, kind: string, metadata: Json, fields: Json = {}): KubeObject {
    const object: KubeObject = { apiVersion, kind, metadata: { uid: this.uid(), ...metadata }, ...fields };
    this.objects.push(object);
    return object;
  }

  ofKind(kind: string): KubeObject[] {
    return this.objects.filter((object) => object.kind === kind);
  }

  /** A request or a limit: any size, written in any way. */
  size(): QuantityText | undefined {
    const { random, knobs } = this;
    return random.chance(knobs.exoticQuantities) ? exoticSize(random) : writeSize(random, commonSize(random));
  }

  /** The capacity of a volume: unlike every earlier one unless ties are wanted. */
  capacity(atLeast: bigint): QuantityText | undefined {
    const { random, knobs } = this;
    const exotic = random.chance(knobs.exoticQuantities) ? exoticSize(random) : undefined;
    if (exotic !== undefined && this.#take(exotic)) return exotic;
    for (let bytes = atLeast; ; bytes += BigInt(random.int(1, 64)) << 20n) {
      const size = writeSize(random, bytes);
      if (this.#take(size)) return size;
    }
  }

  #take(size: QuantityText): boolean {
    if (this.knobs.ties) return true;
    const key = sizeKey(size);
    if (this.#takenSizes.has(key)) return false;
    this.#takenSizes.add(key);
    return true;
  }
}
