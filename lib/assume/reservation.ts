// assume: the plan for a pod on a node -> what is written over volumes, claims and the pod, and how it is taken back.

import type { VolumePlan } from "../filters/volume-binding/plan.js";
import type { Cluster } from "../intern/cluster.js";
import { CLAIM, NODE, VOLUME } from "../intern/cluster.js";
import { numeralToken } from "../intern/numerals.js";
import type { Table } from "../intern/table.js";
import type { MarkString } from "../intern/type.js";
import { stringOfUid } from "../intern/uid.js";
import type { Amendment, Key } from "../layers/amendment.js";
import { keyOf, markVersion, PlacedPod, ReservedVolume, SelectedNode, versionOf } from "../layers/amendment.js";
import type { Layer } from "../layers/layer.js";
import { badArgument } from "../objects/arguments.js";
import type { BindPatch } from "./types.js";

/** An object that was planned with. Versions are tokens. */
export interface Seen extends Key {
  /** The version that Filter has seen. */
  readonly filtered: number;
  /** The version of the object in the plan. */
  version: number;
  /** The version that the API server has answered, once it was told. */
  written: number | undefined;
}

/** A volume and the claim that it is to be bound to. */
export interface Binding {
  readonly volume: Seen;
  readonly claim: Seen;
  readonly claimUid: Uint32Array;
  /** Whether the object's own reference names the claim in full already. */
  readonly whole: boolean;
  /** Whether the object is to say that it was bound by a controller. */
  readonly annotate: boolean;
  /** The version of the claim that the reference is to tell. */
  readonly claimVersion: number;
}

/** What a pod has reserved in a layer. */
export class Reservation {
  readonly bindings: readonly Binding[];
  readonly provisions: readonly Seen[];
  readonly pod: Key;
  /** The string id of the node's name. */
  readonly node: number;
  readonly #placed: PlacedPod;

  /** `pod` and `node` are rows; the layer is entered. `own`: the pod is known only because it is assumed. */
  constructor(
    readonly cluster: Cluster,
    readonly layer: Layer,
    pod: number,
    node: number,
    plan: VolumePlan,
    own: boolean,
  ) {
    const { claims, nodes, pods, volumes } = cluster;
    this.pod = keyOf(pods, pod);
    this.node = nodes.get(node, NODE.name);
    const changed: boolean[] = [];
    this.bindings = plan.bindings.map(({ claim: { claim }, volume }) => {
      // kube: R-MAT-5 a plan takes a volume that names a claim for that claim alone, with its uid or without one.
      const boundBefore = volumes.get(volume, VOLUME.claimRef) !== 0;
      const says = cluster.blocks.lookup(volumes.get(volume, VOLUME.annotations), cluster.ids.boundByController);
      const binding = {
        volume: seen(volumes, volume),
        claim: seen(claims, claim),
        claimUid: claims.copyUid(claim, CLAIM.uid),
        whole: boundBefore && volumes.sameUid(volume, VOLUME.refUid, claims, claim, CLAIM.uid),
        annotate: !boundBefore && says === 0,
        claimVersion: versionOf(claims, claim),
      };
      changed.push(!binding.whole);
      const earlier = layer.amendmentBelow(volumes, volume);
      if (!binding.whole || !(earlier instanceof ReservedVolume)) return binding;
      // kube: R-BND-2 what another pod has reserved for the claim, and nobody may have written, is written with this one.
      const own = cluster.blocks.lookup(earlier.original(VOLUME.annotations), cluster.ids.boundByController);
      const { byController, claimVersion } = earlier;
      return { ...binding, whole: false, annotate: byController && own === 0, claimVersion };
    });
    this.provisions = plan.provisions.map(({ claim }) => seen(claims, claim));
    // kube: R-RSV-8 the pod is counted on its node before Reserve.
    this.#placed = new PlacedPod(pods, pod, this.node, own);
    const amendments: (readonly [row: number, amendment: Amendment])[] = [[pod, this.#placed]];
    for (const [i, { annotate }] of this.bindings.entries()) {
      const { claim, volume } = plan.bindings[i];
      // kube: R-RSV-3 a volume that would not change is not assumed.
      if (changed[i]) amendments.push([volume, new ReservedVolume(cluster, volume, claim.claim, annotate)]);
    }
    for (const claim of new Set(plan.provisions.map(({ claim }) => claim))) {
      // One that a pod before has assumed has this very node: on another it would not have fitted.
      if (layer.amendmentOf(claims, claim) === undefined) {
        amendments.push([claim, new SelectedNode(cluster, claim, this.node)]);
      }
    }
    layer.amend(amendments);
    layer.holders.add(this);
  }

  /** Takes everything back; the layer is entered. */
  revert(): void {
    const { claims, pods, volumes } = this.cluster;
    // kube: R-RSV-7 what was assumed of an object goes, whoever assumed it, while the object has the version of the plan.
    for (const { volume } of this.bindings) this.#restore(volumes, volume);
    for (const claim of this.provisions) this.#restore(claims, claim);
    const pod = pods.find(this.pod.namespace, this.pod.name);
    if (pod >= 0 && this.layer.amendmentOf(pods, pod) === this.#placed) {
      this.layer.restore(pods, pod);
      if (this.#placed.own) this.layer.delete(pods, pod);
    }
    this.layer.holders.delete(this);
  }

  /** The API server has answered a patch of the plan with this version. @throws TopologyError `BadArgument`. */
  written({ kind, name, namespace }: BindPatch, version: string | undefined): void {
    const { claims, strings, volumes } = this.cluster;
    const ofVolume = kind === volumes.type.kind;
    const isText = typeof name === "string" && typeof (namespace ?? "") === "string";
    const seens = ofVolume ? this.bindings.map(({ volume }) => volume) : this.provisions;
    const seen = seens.find((seen) => {
      return (
        isText && seen.name === strings.find(name) && (ofVolume || seen.namespace === strings.find(namespace ?? ""))
      );
    });
    if (seen === undefined || kind !== (ofVolume ? volumes : claims).type.kind) {
      throw badArgument("patch", "written takes one of the assumption's patches");
    }
    if (typeof version !== "string" || version === "") {
      throw badArgument("answer", `written: the answer for ${kind} ${name} has no metadata.resourceVersion`);
    }
    seen.written = numeralToken(version) || strings.internRare(version);
    // kube: R-RSV-7 a volume that was written has its new version in the plan; a claim keeps the old one.
    if (ofVolume) seen.version = seen.written;
  }

  mark(mark: MarkString): void {
    for (const id of [this.node, this.pod.namespace, this.pod.name]) mark(id);
    for (const { claimUid, claimVersion } of this.bindings) {
      mark(stringOfUid(claimUid, 0));
      markVersion(claimVersion, mark);
    }
    for (const seen of [...this.bindings.flatMap(({ claim, volume }) => [claim, volume]), ...this.provisions]) {
      mark(seen.namespace);
      mark(seen.name);
      for (const version of [seen.filtered, seen.version, seen.written ?? 0]) markVersion(version, mark);
    }
  }

  #restore(table: Table, { name, namespace, version }: Seen): void {
    const row = table.find(namespace, name);
    const amendment = row < 0 ? undefined : this.layer.amendmentOf(table, row);
    if (amendment !== undefined && amendment.version === version) this.layer.restore(table, row);
  }
}

function seen(table: Table, row: number): Seen {
  const version = versionOf(table, row);
  return { ...keyOf(table, row), filtered: version, version, written: undefined };
}
