// controllers: the volumes, claims and classes that the PV controller looks at: a row of each, and the object itself.

import { Amounts } from "../../compile/amounts.js";
import { SelectorCompiler } from "../../compile/selector-compiler.js";
import { Tolerations } from "../../compile/tolerations.js";
import type { Behaviour } from "../../evaluate/context.js";
import { LabelMatching } from "../../evaluate/label-matching.js";
import { Blocks } from "../../intern/blocks.js";
import { CLAIM, Cluster, STORAGE_CLASS, VOLUME } from "../../intern/cluster.js";
import { LabelColumns } from "../../intern/label-columns.js";
import { EMPTY_TEXT } from "../../intern/strings.js";
import type { KubeObject } from "../../objects/fields.js";
import { dig, hasAnnotation } from "../../objects/fields.js";
import { goQuote } from "../../objects/go-quote.js";
import { ANN_BETA_CLASS } from "./annotations.js";

/** Rows decide; objects are what is written. Volumes, claims and classes neither come nor go once the controller runs. */
export class ControllerState {
  readonly cluster = new Cluster(new Blocks());
  readonly compiler: SelectorCompiler;
  readonly matching: LabelMatching;
  readonly amounts: Amounts;
  /** By row. */
  readonly #claims: KubeObject[] = [];
  readonly #volumes: KubeObject[] = [];
  readonly #classes: KubeObject[] = [];

  constructor(readonly behaviour: Behaviour) {
    const { cluster } = this;
    this.compiler = new SelectorCompiler(cluster.codec, cluster.ids, behaviour.minor);
    const tolerations = new Tolerations(cluster.codec, cluster.ids, false);
    const columns = new LabelColumns(cluster.nodes);
    this.matching = new LabelMatching(() => this.compiler.programs, cluster.strings, columns, tolerations);
    this.amounts = new Amounts(cluster.strings);
  }

  /** Feature gate VolumeAttributesClass. */
  get attributesClasses(): boolean {
    return this.behaviour.gates.get("VolumeAttributesClass") === true;
  }

  /** Whether anything has been written since the last call. */
  takeWritten(): boolean {
    const written = this.#written;
    this.#written = false;
    return written;
  }
  #written = false;

  /** @throws TopologyError for what could not be decoded. */
  putClaim(object: KubeObject): number {
    const row = this.cluster.claims.upsert(object);
    this.#claims[row] = object;
    this.#written = true;
    return row;
  }

  /** @throws TopologyError for what could not be decoded. */
  putVolume(object: KubeObject): number {
    const row = this.cluster.volumes.upsert(object);
    this.#volumes[row] = object;
    this.#written = true;
    return row;
  }

  /** @throws TopologyError for what could not be decoded. */
  putClass(object: KubeObject): number {
    const row = this.cluster.storageClasses.upsert(object);
    this.#classes[row] = object;
    return row;
  }

  claim(row: number): KubeObject {
    return this.#claims[row];
  }

  storageClass(row: number): KubeObject {
    return this.#classes[row];
  }

  volume(row: number): KubeObject {
    return this.#volumes[row];
  }

  /** The volume that a claim names, or -1. */
  volumeNamedBy(claim: number): number {
    return this.cluster.volumes.find(EMPTY_TEXT, this.cluster.claims.get(claim, CLAIM.volumeName));
  }

  /** The volume of a name, or -1. */
  volumeCalled(name: string): number {
    const id = this.cluster.strings.find(name);
    return id === 0 ? -1 : this.cluster.volumes.find(EMPTY_TEXT, id);
  }

  /** The claim of a name, or -1. */
  claimNamed(namespace: string, name: string): number {
    const { claims, strings } = this.cluster;
    const [inNamespace, id] = [strings.find(namespace), strings.find(name)];
    return inNamespace === 0 || id === 0 ? -1 : claims.find(inNamespace, id);
  }

  /** The name of the volume that a claim names; `""` for none. */
  volumeNameOf(claim: number): string {
    const name = this.cluster.claims.get(claim, CLAIM.volumeName);
    return name === 0 ? "" : this.cluster.strings.get(name);
  }

  /** A volume's phase; `""` for none. */
  phaseOf(volume: number): string {
    const phase = this.cluster.volumes.get(volume, VOLUME.phase);
    return phase === 0 ? "" : this.cluster.strings.get(phase);
  }

  namesVolume(claim: number): boolean {
    return this.cluster.claims.get(claim, CLAIM.volumeName) > EMPTY_TEXT;
  }

  isBindCompleted(claim: number): boolean {
    return this.cluster.claimAnnotation(claim, this.cluster.ids.bindCompleted) !== 0;
  }

  hasClaimRef(volume: number): boolean {
    return this.cluster.volumes.get(volume, VOLUME.claimRef) !== 0;
  }

  isBoundTo(volume: number, claim: number): boolean {
    const { claims, volumes } = this.cluster;
    // kube: R-MAT-5 by namespace and name, and by uid where the reference has one.
    return (
      this.hasClaimRef(volume) &&
      volumes.get(volume, VOLUME.refNamespace) === claims.get(claim, CLAIM.namespace) &&
      volumes.get(volume, VOLUME.refName) === claims.get(claim, CLAIM.name) &&
      this.cluster.claimRefAllows(volume, claim)
    );
  }

  /** Whether a volume's claimRef has a claim's uid. */
  hasUidOf(volume: number, claim: number): boolean {
    const { claims, volumes } = this.cluster;
    return volumes.sameUid(volume, VOLUME.refUid, claims, claim, CLAIM.uid);
  }

  /** Whether a volume's claimRef has a uid. */
  hasRefUid(volume: number): boolean {
    return this.cluster.volumes.hasUid(volume, VOLUME.refUid);
  }

  /** The claim that a volume's claimRef names together with its uid, or -1. */
  claimByUid(volume: number): number {
    const { claims, volumes } = this.cluster;
    const claim = claims.find(volumes.get(volume, VOLUME.refNamespace), volumes.get(volume, VOLUME.refName));
    return claim >= 0 && this.hasUidOf(volume, claim) ? claim : -1;
  }

  /** Whether a claim and a volume are of different volume modes. */
  modesDiffer(volume: number, claim: number): boolean {
    const { claims, ids, volumes } = this.cluster;
    const wanted = claims.get(claim, CLAIM.volumeMode) || ids.filesystem;
    return (volumes.get(volume, VOLUME.volumeMode) || ids.filesystem) !== wanted;
  }

  /** A claim's class; `""` for none. */
  className(claim: number): string {
    return this.cluster.strings.get(this.cluster.claims.get(claim, CLAIM.class));
  }

  /** Whether a claim says what class it wants, be it none. */
  namesClass(claim: number): boolean {
    const object = this.claim(claim);
    return dig(object, "spec", "storageClassName") !== undefined || hasAnnotation(object, ANN_BETA_CLASS);
  }

  /** The row of a claim's class, or -1. */
  classOf(claim: number): number {
    const { claims, storageClasses } = this.cluster;
    const name = claims.get(claim, CLAIM.class);
    return name === EMPTY_TEXT ? -1 : storageClasses.find(EMPTY_TEXT, name);
  }

  /** The provisioner of a class; `""` where there is none. */
  provisionerOf(storageClass: number): string {
    const { storageClasses, strings } = this.cluster;
    const provisioner = storageClass < 0 ? 0 : storageClasses.get(storageClass, STORAGE_CLASS.provisioner);
    return provisioner === 0 ? "" : strings.get(provisioner);
  }

  /** Whether a claim's class waits for a pod, or the text of an error. */
  isDelayed(claim: number): boolean | string {
    const { ids, storageClasses } = this.cluster;
    // kube: R-CLS-4 no class, or one that does not exist, binds immediately.
    const storageClass = this.classOf(claim);
    if (storageClass < 0) return false;
    const mode = storageClasses.get(storageClass, STORAGE_CLASS.volumeBindingMode);
    // kube: R-CLS-5 a class without a mode is an error.
    if (mode === 0) return `VolumeBindingMode not set for StorageClass ${goQuote(this.className(claim))}`;
    return mode === ids.waitForFirstConsumer;
  }
}
