// cli: volumes and claims as they were written -> as the volume controller would bind them.

import type { KubeObject } from "../fields.js";
import { put, textAt } from "../fields.js";
import { LIVE_KINDS } from "../kinds.js";
import type { Notices } from "../notices.js";
import { bind, isBindCompleted } from "./binding.js";
import type { Settled } from "./settled.js";
import { Unbound } from "./unbound.js";
import {
  accessModesOf,
  attributesClassOf,
  capacityOf,
  classOf,
  hasClaimRef,
  isBoundTo,
  isDeleting,
  modeOf,
  requestOf,
} from "./volume-facts.js";
import { findVolume } from "./volume-search.js";

const CLAIM = LIVE_KINDS.get("PersistentVolumeClaim");
const VOLUME = LIVE_KINDS.get("PersistentVolume");
const STORAGE_CLASS = LIVE_KINDS.get("StorageClass");

export function controlVolumes(
  objects: readonly Settled[],
  notices: Notices,
  volumeAttributesClass: boolean,
): Settled[] {
  const controller = new VolumeController(objects, volumeAttributesClass);
  controller.run(notices);
  return objects.map((settled) => ({ ...settled, object: controller.current(settled) }));
}

class VolumeController {
  readonly #claims: Map<string, KubeObject>;
  readonly #volumes: Map<string, KubeObject>;
  readonly #classes: Map<string, KubeObject>;

  constructor(
    objects: readonly Settled[],
    readonly volumeAttributesClass: boolean,
  ) {
    const ofKind = (kind: Settled["kind"] | undefined): Map<string, KubeObject> =>
      new Map(objects.filter((settled) => settled.kind === kind).map(({ key, object }) => [key, object]));
    this.#claims = ofKind(CLAIM);
    this.#classes = ofKind(STORAGE_CLASS);
    // Their names decide between volumes that serve equally well.
    const byName = [...ofKind(VOLUME)].sort(([a], [b]) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
    this.#volumes = new Map(byName);
  }

  /** The object as it is now. */
  current({ key, kind, object }: Settled): KubeObject {
    if (kind === CLAIM) return this.#claims.get(key) ?? object;
    return kind === VOLUME ? (this.#volumes.get(key) ?? object) : object;
  }

  run(notices: Notices): void {
    for (const [name, volume] of this.#volumes) this.#volumes.set(name, this.#withPhase(volume));
    const unbound = new Unbound();
    for (const [key, claim] of this.#claims) {
      if (isBindCompleted(claim)) continue;
      const volume = this.#volumeFor(claim);
      if (volume !== undefined) this.#bind(key, claim, volume);
      else if (!this.#waitsForPod(claim)) unbound.add(key, claim, this.#classes.get(classOf(claim)));
    }
    unbound.tell(notices);
  }

  // kube: R-PVC-6 the phase follows from the claim that the volume is for.
  #withPhase(volume: KubeObject): KubeObject {
    const reservedFor = textAt(volume, "spec", "claimRef", "uid");
    const setPhase = (phase: string): KubeObject => put(volume, ["status", "phase"], phase);
    if (reservedFor === "") return setPhase("Available");
    const claim = this.#claims.get(
      `${textAt(volume, "spec", "claimRef", "namespace")}/${textAt(volume, "spec", "claimRef", "name")}`,
    );
    if (claim === undefined || textAt(claim, "metadata", "uid") !== reservedFor) {
      return textAt(volume, "status", "phase") === "Failed" ? volume : setPhase("Released");
    }
    const isMutual = textAt(claim, "spec", "volumeName") === textAt(volume, "metadata", "name");
    return isMutual ? setPhase("Bound") : volume;
  }

  #volumeFor(claim: KubeObject): KubeObject | undefined {
    const { volumeAttributesClass } = this;
    const name = textAt(claim, "spec", "volumeName");
    if (name === "") {
      const volumes = [...this.#volumes.values()];
      return findVolume(claim, volumes, { delayed: this.#isDelayed(claim), volumeAttributesClass });
    }
    // kube: R-PVC-3 the volume that the claim names, if it is free and fits, or is meant for the claim.
    const volume = this.#volumes.get(name);
    if (volume === undefined) return undefined;
    if (hasClaimRef(volume)) return isBoundTo(volume, claim) ? volume : undefined;
    return fits(volume, claim, volumeAttributesClass) ? volume : undefined;
  }

  #bind(key: string, claim: KubeObject, volume: KubeObject): void {
    const pair = bind({ claim, volume });
    this.#claims.set(key, pair.claim);
    this.#volumes.set(textAt(volume, "metadata", "name"), pair.volume);
  }

  #isDelayed(claim: KubeObject): boolean {
    return textAt(this.#classes.get(classOf(claim)), "volumeBindingMode") === "WaitForFirstConsumer";
  }

  /** A claim that names its volume does not. */
  #waitsForPod(claim: KubeObject): boolean {
    return this.#isDelayed(claim) && textAt(claim, "spec", "volumeName") === "";
  }
}

function fits(volume: KubeObject, claim: KubeObject, volumeAttributesClass: boolean): boolean {
  const offered = accessModesOf(volume);
  const attributes = [attributesClassOf(volume), attributesClassOf(claim)];
  return (
    !isDeleting(volume) &&
    requestOf(claim).value <= capacityOf(volume).value &&
    classOf(claim) === classOf(volume) &&
    (volumeAttributesClass ? attributes[0] === attributes[1] : attributes.join("") === "") &&
    modeOf(claim) === modeOf(volume) &&
    accessModesOf(claim).every((mode) => offered.includes(mode))
  );
}
