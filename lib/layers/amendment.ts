// layers: what assuming a pod writes into the row of an object that is known; taken back, or dropped by a newer object.

import type { Cluster } from "../intern/cluster.js";
import { CLAIM, POD, VOLUME } from "../intern/cluster.js";
import { volumeRow } from "../intern/kinds.js";
import { isString } from "../intern/numerals.js";
import { EMPTY_TEXT } from "../intern/strings.js";
import type { Table } from "../intern/table.js";
import type { MarkString } from "../intern/type.js";
import { hasUid, stringOfUid, UID_WIDTH } from "../intern/uid.js";
import { withEntry } from "./with-entry.js";

/** An object by its key, which stays its own while its row may become another's. Ids of strings. */
export interface Key {
  readonly namespace: number;
  readonly name: number;
}

export function keyOf(table: Table, row: number): Key {
  return { namespace: table.get(row, table.NAMESPACE), name: table.get(row, table.NAME) };
}

/** The token of the resourceVersion of a row; an empty text is as good as none. */
export function versionOf(table: Table, row: number): number {
  const token = table.get(row, table.VERSION);
  return token === EMPTY_TEXT ? 0 : token;
}

/** Marks the string that a version is, where it is one. */
export function markVersion(version: number, mark: MarkString): void {
  if (isString(version)) mark(version);
}

/** Tokens that stand in a row's place as long as the row's object is the one that was amended. */
export abstract class Amendment implements Key {
  readonly namespace: number;
  readonly name: number;
  /** The version of the object that was amended, where versions count. */
  readonly version: number | undefined = undefined;
  /** What the object itself has in the columns. */
  readonly originals: Uint32Array;
  /** Whether it lies in its row. */
  isWritten = false;

  constructor(
    readonly table: Table,
    row: number,
    readonly columns: readonly number[],
  ) {
    this.namespace = table.get(row, table.NAMESPACE);
    this.name = table.get(row, table.NAME);
    this.originals = new Uint32Array(columns.length);
  }

  /** Whether the object in the row is still the one that was amended. */
  abstract holds(row: number): boolean;

  /** Makes what `apply` will write, which throws nothing then. The row stays as it is. */
  prepare(_row: number): void {}

  /** Writes into the row. */
  protected abstract write(row: number): void;

  /** Marks the strings that it writes. */
  abstract mark(mark: MarkString): void;

  /** Keeps what the object has, and writes over it. Nobody is told. */
  apply(row: number): void {
    for (let i = 0; i < this.columns.length; i++) this.originals[i] = this.table.get(row, this.columns[i]);
    this.write(row);
    this.isWritten = true;
  }

  /** The same over an object that has come again. */
  applyAnew(row: number): void {
    this.apply(row);
  }

  /** Puts back what the object has. Nobody is told. */
  withdraw(row: number): void {
    if (!this.isWritten) return;
    this.isWritten = false;
    for (let i = 0; i < this.columns.length; i++) this.table.set(row, this.columns[i], this.originals[i]);
  }

  /** The same in a copy of the row. */
  withdrawFrom(copy: Uint32Array): void {
    if (!this.isWritten) return;
    for (let i = 0; i < this.columns.length; i++) copy[this.columns[i]] = this.originals[i];
  }

  /** What the object itself has in one of the columns. */
  original(column: number): number {
    return this.originals[this.columns.indexOf(column)];
  }

  /** The same of a uid: whether there is one. */
  hasOriginalUid(column: number): boolean {
    return hasUid(this.originals, this.columns.indexOf(column));
  }
}

/** Objects that are known by their version: a volume or a claim. */
abstract class VersionedAmendment extends Amendment {
  override readonly version: number;

  constructor(table: Table, row: number, columns: readonly number[]) {
    super(table, row, columns);
    this.version = versionOf(table, row);
  }

  holds(row: number): boolean {
    // kube: R-CCH-3 an assumed object counts while the object has the very version that was assumed.
    // kube: R-CCH-4 an update with that version leaves it, any other drops it.
    if (versionOf(this.table, row) !== this.version) return false;
    // Objects that have no versions are the same as long as nobody has changed what was written over.
    return this.version !== 0 || this.columns.every((column, i) => this.table.get(row, column) === this.originals[i]);
  }
}

const REF_UID = Array.from({ length: UID_WIDTH }, (_, i) => VOLUME.refUid + i);
const WHOLE_REF = volumeRow.whole("spec.claimRef");
const VOLUME_COLUMNS = [VOLUME.claimRef, VOLUME.refNamespace, VOLUME.refName, ...REF_UID, VOLUME.annotations];

/** A volume that is reserved for a claim. */
export class ReservedVolume extends VersionedAmendment {
  /** The version of the claim that the reference tells. */
  readonly claimVersion: number;
  readonly #claim: Key;
  readonly #uid = new Uint32Array(UID_WIDTH);
  #annotations = 0;

  constructor(
    readonly cluster: Cluster,
    volume: number,
    claim: number,
    /** Whether the volume becomes the claim's by this, rather than by somebody's hand before. */
    readonly byController: boolean,
  ) {
    super(cluster.volumes, volume, VOLUME_COLUMNS);
    const { claims } = cluster;
    this.claimVersion = versionOf(claims, claim);
    this.#claim = keyOf(claims, claim);
    for (let i = 0; i < UID_WIDTH; i++) this.#uid[i] = claims.get(claim, CLAIM.uid + i);
  }

  override prepare(row: number): void {
    const { cluster, table } = this;
    const { boundByController, yes } = cluster.ids;
    const annotations = table.get(row, VOLUME.annotations);
    const isThere = !this.byController || cluster.blocks.lookup(annotations, boundByController) !== 0;
    this.#annotations = isThere ? annotations : withEntry(cluster.blocks, annotations, boundByController, yes);
  }

  // kube: R-RSV-5 the full reference to the claim; and the annotation, where the volume was not the claim's before.
  // kube: R-RSV-6 the phase stays as it is.
  protected write(row: number): void {
    const { table } = this;
    table.set(row, VOLUME.claimRef, WHOLE_REF);
    table.set(row, VOLUME.refNamespace, this.#claim.namespace);
    table.set(row, VOLUME.refName, this.#claim.name);
    for (let i = 0; i < UID_WIDTH; i++) table.set(row, VOLUME.refUid + i, this.#uid[i]);
    table.set(row, VOLUME.annotations, this.#annotations);
  }

  mark(mark: MarkString): void {
    markVersion(this.claimVersion, mark);
    markVersion(this.version, mark);
    mark(this.namespace);
    mark(this.name);
    mark(this.#claim.namespace);
    mark(this.#claim.name);
    mark(stringOfUid(this.#uid, 0));
  }
}

/** A claim that is to be provisioned on a node. */
export class SelectedNode extends VersionedAmendment {
  #annotations = 0;

  constructor(
    readonly cluster: Cluster,
    claim: number,
    /** The string id of the node's name. */
    readonly node: number,
  ) {
    super(cluster.claims, claim, [CLAIM.annotations]);
  }

  override prepare(row: number): void {
    const { cluster, node, table } = this;
    const annotations = table.get(row, CLAIM.annotations);
    this.#annotations = withEntry(cluster.blocks, annotations, cluster.ids.selectedNode, node);
  }

  // kube: R-RSV-4 the claim says which node was selected.
  protected write(row: number): void {
    this.table.set(row, CLAIM.annotations, this.#annotations);
  }

  mark(mark: MarkString): void {
    markVersion(this.version, mark);
    mark(this.namespace);
    mark(this.name);
    mark(this.node);
  }
}

/** A pod that is counted on a node before it is bound there. */
export class PlacedPod extends Amendment {
  readonly #uid = new Uint32Array(UID_WIDTH);
  readonly #wasLeaving: boolean;

  constructor(
    pods: Table,
    pod: number,
    readonly node: number,
    /** Whether it is known only because it was assumed. */
    public own: boolean,
  ) {
    super(pods, pod, [POD.nodeName]);
    this.#wasLeaving = pods.get(pod, POD.deletionTimestamp) !== 0;
    for (let i = 0; i < UID_WIDTH; i++) this.#uid[i] = pods.get(pod, POD.uid + i);
  }

  holds(row: number): boolean {
    const { table } = this;
    // kube: R-RSV-8 a pod that is to be deleted since leaves its node at once.
    if (table.get(row, POD.deletionTimestamp) !== 0 && !this.#wasLeaving) return false;
    // kube: R-RSV-8 a pod that is shown bound is where it says; another pod of the name is not assumed.
    return table.isUid(row, POD.uid, { tokens: this.#uid, at: 0 }) && table.get(row, POD.nodeName) <= EMPTY_TEXT;
  }

  override applyAnew(row: number): void {
    this.own = false;
    super.applyAnew(row);
  }

  protected write(row: number): void {
    this.table.set(row, POD.nodeName, this.node);
  }

  mark(mark: MarkString): void {
    mark(this.namespace);
    mark(this.name);
    mark(this.node);
    mark(stringOfUid(this.#uid, 0));
  }
}
