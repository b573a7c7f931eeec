// bench: 131,072 nodes, 10,000 selectors in use by 100,000 claims, and what every claim's count must be after an event.

import type { NodeLike, NodeSelectorTermLike, TopologyMatcher } from "../../lib/index.js";
import { matches } from "../lib/naive.js";
import { boundClaim, boundVolume, podKey, podWith } from "./bound.js";
import { hash } from "./hash.js";
import { nodeLabels, nodeName } from "./nodes.js";
import { distinctSelectors, freeLocal } from "./selectors.js";

const FREE_NODES = 2_000;
const FREE_EACH = 4;
const FREE_STEP = 17;
const DELAYED = 2_000;
const CHECKED = 50;

type Labels = Record<string, string>;

/** A claim is bound to the volume of its number; the last ones are delayed. Pod i uses claim i. */
export class EventCluster {
  readonly selectors: readonly NodeSelectorTermLike[][];
  /** Pod ids, by claim. */
  ids: Uint32Array = new Uint32Array(0);
  /** What is expected. */
  readonly counts: Uint32Array;
  readonly #labels: (Labels | undefined)[] = [];
  readonly #free = new Map<number, { readonly volume: number; readonly gi: number }[]>();
  readonly #matched: Uint32Array;

  constructor(
    readonly matcher: TopologyMatcher,
    readonly nodes: number,
    readonly claims: number,
    selectors: number,
  ) {
    this.selectors = distinctSelectors(selectors - FREE_NODES, nodes);
    this.counts = new Uint32Array(claims);
    this.#matched = new Uint32Array(this.selectors.length);
    this.#load();
  }

  get bound(): number {
    return this.claims - DELAYED;
  }

  labelsOf(node: number): Labels | undefined {
    return this.#labels[node];
  }

  node(node: number, labels: Labels): NodeLike {
    return { metadata: { name: nodeName(node), labels } };
  }

  requestGi(claim: number): number {
    return 100 + (hash(claim, 96) % 1900);
  }

  pendingClaim(claim: number) {
    const { metadata, spec } = boundClaim(claim);
    const resources = { requests: { storage: `${this.requestGi(claim)}Gi` } };
    return {
      metadata: { ...metadata, annotations: {} },
      spec: { ...spec, resources, storageClassName: "local", volumeName: undefined },
      status: { phase: "Pending" },
    };
  }

  /** Takes over a node's new labels, undefined for none; returns the claims whose counts change. */
  relabel(node: number, labels: Labels | undefined): number[] {
    const before = this.#labels[node];
    this.#labels[node] = labels;
    const affected: number[] = [];
    this.selectors.forEach((terms, selector) => {
      const was = before !== undefined && matches(terms, before);
      const is = labels !== undefined && matches(terms, labels);
      if (was === is) return;
      this.#matched[selector] += is ? 1 : -1;
      for (let claim = selector; claim < this.bound; claim += this.selectors.length) affected.push(claim);
    });
    for (const claim of affected) this.counts[claim] = this.#matched[claim % this.selectors.length];
    // A node that goes takes its free volumes along.
    if (labels === undefined && this.#free.has(node))
      affected.push(...this.#largest(node, () => this.#free.delete(node)));
    return affected;
  }

  /** Binds a delayed claim to a free volume that holds it. Returns the volume, its node, and the claims affected. */
  bind(claim: number): { volume: number; gi: number; node: number; affected: number[] } | undefined {
    for (let n = 0; n < FREE_NODES; n++) {
      const node = ((hash(claim, 97) + n) % FREE_NODES) * FREE_STEP;
      const volumes = this.#free.get(node) ?? [];
      const fitting = volumes.filter(({ gi }) => gi >= this.requestGi(claim)).sort((a, b) => a.gi - b.gi);
      if (fitting.length === 0) continue;
      const [{ gi, volume }] = fitting;
      const affected = this.#largest(node, () => volumes.splice(volumes.indexOf(fitting[0]), 1));
      this.counts[claim] = 1;
      if (!affected.includes(claim)) affected.push(claim);
      this.#bound.add(claim);
      return { volume, gi, node, affected };
    }
    return undefined;
  }

  readonly #bound = new Set<number>();

  /** How many nodes have a free volume for a claim. */
  reach(claim: number): number {
    let count = 0;
    for (const volumes of this.#free.values()) if (largest(volumes) >= this.requestGi(claim)) count++;
    return count;
  }

  /** The delayed claims that a change of a node's largest free volume concerns. */
  #largest(node: number, change: () => void): number[] {
    const before = largest(this.#free.get(node) ?? []);
    change();
    const after = largest(this.#free.get(node) ?? []);
    const affected: number[] = [];
    for (let claim = this.bound; claim < this.claims; claim++) {
      if (this.#bound.has(claim)) continue;
      const request = this.requestGi(claim);
      if (before >= request !== after >= request) {
        this.counts[claim] += after >= request ? 1 : -1;
        affected.push(claim);
      }
    }
    return affected;
  }

  #load(): void {
    const { claims, matcher, nodes, selectors } = this;
    for (let node = 0; node < nodes; node++) {
      const labels = nodeLabels(node);
      this.#labels.push(labels);
      matcher.nodes.upsert(this.node(node, labels));
    }
    for (let i = 0; i < claims; i++) {
      const isBound = i < this.bound;
      if (isBound) matcher.persistentVolumes.upsert(boundVolume(i, selectors[i % selectors.length]));
      matcher.persistentVolumeClaims.upsert(isBound ? boundClaim(i) : this.pendingClaim(i));
      matcher.pods.upsert(podWith(i, [i]));
    }
    matcher.storageClasses.upsert({
      metadata: { name: "local" },
      provisioner: "kubernetes.io/no-provisioner",
      volumeBindingMode: "WaitForFirstConsumer",
    });
    for (let i = 0; i < FREE_NODES * FREE_EACH; i++) {
      const node = Math.floor(i / FREE_EACH) * FREE_STEP;
      const gi = 200 + (hash(i, 95) % 2000);
      this.#free.set(node, [...(this.#free.get(node) ?? []), { volume: i, gi }]);
      matcher.persistentVolumes.upsert(freeLocal(i, node, gi));
    }
    this.ids = Uint32Array.from({ length: claims }, (_, i) => matcher.podId(podKey(i)));
  }

  /** Takes the first counts from the matcher; seeded ones of them are worked out here too. */
  begin(counts: Uint32Array): void {
    this.counts.set(counts);
    this.#matched.set(counts.subarray(0, this.selectors.length));
    for (let i = 0; i < CHECKED; i++) {
      const claim = hash(i, 98) % this.claims;
      const terms = this.selectors[claim % this.selectors.length];
      const fits = () => this.#labels.filter((labels) => labels !== undefined && matches(terms, labels)).length;
      const expected = claim < this.bound ? fits() : this.reach(claim);
      if (counts[claim] !== expected) throw new Error(`claim ${claim}: ${counts[claim]} nodes, expected ${expected}`);
    }
  }
}

const largest = (volumes: readonly { readonly gi: number }[]): number =>
  volumes.reduce((most, { gi }) => Math.max(most, gi), 0);
