// filters: the plugin VolumeZone: the zone and region labels of a pod's volumes -> the nodes that do not contradict them.

import type { Context } from "../../evaluate/context.js";
import { CLAIM, POD, STORAGE_CLASS, VOLUME } from "../../intern/cluster.js";
import { claimSource, podVolume } from "../../intern/kinds.js";
import { EMPTY_TEXT } from "../../intern/strings.js";
import { goQuote } from "../../objects/go-quote.js";
import type { Candidate, Plugin, PreFiltered, Resolution, SelectorList } from "../plugin.js";
import { SKIP, UNRESOLVABLE } from "../plugin.js";
import { MatchingNodes } from "../selected-nodes.js";
import { ZoneSelectors } from "./zone-selectors.js";

const REASON = "node(s) had no available volume zone";
const NO_CLAIM_NAME = "PersistentVolumeClaim had no name";
const NO_VOLUME_NAME = "PersistentVolume had no name";
const NO_CLASS_EITHER = "PersistentVolumeClaim had no pv name and storageClass name";
const PERSISTENT_VOLUME_CLAIM = podVolume.bit("persistentVolumeClaim");
const CLAIM_NAME = claimSource.bit("claimName");

export class VolumeZone implements Plugin {
  readonly name = "VolumeZone";
  readonly zones: ZoneSelectors;

  constructor(readonly context: Context) {
    this.zones = new ZoneSelectors(context);
  }

  preFilter(candidate: Candidate): PreFiltered {
    const selectors = this.#selectorsOf(candidate);
    if (typeof selectors === "string") return { kind: "rejected", code: UNRESOLVABLE, reasons: [selectors] };
    // kube: R-ZON-8 where no label is compared Filter does not run.
    return selectors.length === 0 ? SKIP : new MatchingNodes(this.context, selectors, REASON);
  }

  resolve(candidate: Candidate, list: SelectorList): Resolution {
    const selectors = this.#selectorsOf(candidate);
    if (typeof selectors === "string") return "nowhere";
    return selectors.every((selector) => list.push(selector)) ? "selectors" : "open";
  }

  get epoch(): number {
    const { claims, storageClasses, volumes } = this.context.cluster;
    return claims.epoch + volumes.epoch + storageClasses.epoch;
  }

  /** A selector for each volume with labels to compare, or why the pod is rejected. O(volumes). */
  #selectorsOf({ claim, pod }: Candidate): readonly number[] | string {
    const selectors: number[] = [];
    if (pod < 0) return this.#addSelector(claim, selectors) ?? selectors;
    const { blocks, pods } = this.context.cluster;
    const volumes = pods.get(pod, POD.volumes);
    if (volumes === 0) return selectors;
    const cursor = blocks.cursor(volumes);
    const { tokens } = cursor;
    // kube: R-ZON-1 claims are taken in volume order, and those of ephemeral volumes are not looked at.
    for (let count = tokens[cursor.at++]; count > 0; count--) {
      const source = { tokens, at: cursor.at };
      podVolume.skip(cursor);
      if (!podVolume.seek(source, PERSISTENT_VOLUME_CLAIM)) continue;
      const name = claimSource.seek(source, CLAIM_NAME) ? tokens[source.at] : EMPTY_TEXT;
      const rejected = this.#addSelectorOf(pods.get(pod, POD.namespace), name, selectors);
      if (rejected !== undefined) return rejected;
    }
    return selectors;
  }

  #addSelectorOf(namespace: number, name: number, selectors: number[]): string | undefined {
    const { claims, strings } = this.context.cluster;
    // kube: R-ZON-2 a claim needs a name.
    if (name === EMPTY_TEXT) return NO_CLAIM_NAME;
    const claim = claims.find(namespace, name);
    // kube: R-ZON-3 and it must exist.
    if (claim < 0) return `persistentvolumeclaim ${goQuote(strings.get(name))} not found`;
    return this.#addSelector(claim, selectors);
  }

  /** Adds what the labels of a claim's volume ask for; returns why the pod is rejected, if it is. */
  #addSelector(claim: number, selectors: number[]): string | undefined {
    const { cluster, compiler } = this.context;
    const { claims, strings, volumes } = cluster;
    const name = claims.get(claim, CLAIM.volumeName);
    if (name <= EMPTY_TEXT) return this.#withoutVolume(claim);
    // kube: R-ZON-5 that the claim is bound completely is not asked.
    const volume = volumes.find(EMPTY_TEXT, name);
    // kube: R-ZON-6 the volume must exist.
    if (volume < 0) return `persistentvolume ${goQuote(strings.get(name))} not found`;
    // kube: R-ZON-12 its node affinity is not looked at.
    const selector = this.zones.selectorOf(volumes.get(volume, VOLUME.labels));
    if (selector !== compiler.programs.EVERYTHING) selectors.push(selector);
    return undefined;
  }

  /** Why a claim that names no volume rejects the pod, if it does. */
  #withoutVolume(claim: number): string | undefined {
    const { claims, ids, storageClasses, strings } = this.context.cluster;
    const name = claims.get(claim, CLAIM.class);
    // kube: R-ZON-4 only a class that delays binding excuses a claim without a volume.
    if (name === EMPTY_TEXT) return NO_CLASS_EITHER;
    const storageClass = storageClasses.find(EMPTY_TEXT, name);
    if (storageClass < 0) return `storageclass.storage.k8s.io ${goQuote(strings.get(name))} not found`;
    const mode = storageClasses.get(storageClass, STORAGE_CLASS.volumeBindingMode);
    if (mode === 0) return `VolumeBindingMode not set for StorageClass ${goQuote(strings.get(name))}`;
    return mode === ids.waitForFirstConsumer ? undefined : NO_VOLUME_NAME;
  }
}
