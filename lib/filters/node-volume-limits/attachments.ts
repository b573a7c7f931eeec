// filters: VolumeAttachments -> the volumes that they attach to nodes, as attachments and volumes change.

import type { Cluster } from "../../intern/cluster.js";
import { VOLUME } from "../../intern/cluster.js";
import { growU32 } from "../../intern/grow.js";
import { attachmentRow, attachmentSource } from "../../intern/kinds.js";
import { Pairs } from "../../intern/pairs.js";
import { EMPTY_TEXT } from "../../intern/strings.js";
import { Watchers } from "../../intern/watchers.js";

const NODE_NAME = attachmentRow.column("spec.nodeName");
const ATTACHER = attachmentRow.column("spec.attacher");
const SOURCE = attachmentRow.column("spec.source");
const VOLUME_NAME = attachmentSource.bit("persistentVolumeName");

/** Where volumes have their ids, and who counts them. */
interface Counts {
  readonly volumes: Pairs;
  attachmentChanges(node: number, volume: number, on: boolean): void;
}

export class Attachments {
  /** (node, volume). */
  readonly pairs = new Pairs();
  // Row -> its pair + 1, 0 where it attaches nothing that counts.
  #pair = new Uint32Array(64);
  readonly #onVolume = new Watchers();
  readonly #changed = new Set<number>();

  constructor(
    readonly cluster: Cluster,
    readonly counts: Counts,
  ) {}

  addAll(): void {
    const { attachments } = this.cluster;
    for (let row = 0; row < attachments.limit; row++) if (attachments.has(row)) this.add(row);
  }

  add(row: number): void {
    if (row >= this.#pair.length) this.#pair = growU32(this.#pair, row + 1);
    this.#onVolume.set(row, this.#volumeName(row));
    this.#take(row);
  }

  remove(row: number): void {
    this.#release(row);
    this.#onVolume.set(row, 0);
    this.#changed.delete(row);
  }

  /** The volume of this name comes, changes, or goes. */
  volumeChanges(name: number): void {
    for (const row of this.#onVolume.of(name)) this.#changed.add(row);
  }

  /** Counts those anew whose volume has changed. */
  settle(): void {
    for (const row of this.#changed) {
      this.#release(row);
      this.#take(row);
    }
    this.#changed.clear();
  }

  /** A string id, or 0 where no volume is named. */
  #volumeName(row: number): number {
    const { attachments, blocks } = this.cluster;
    const source = attachments.get(row, SOURCE);
    if (source === 0) return 0;
    const cursor = blocks.cursor(source);
    return attachmentSource.seek(cursor, VOLUME_NAME) ? cursor.tokens[cursor.at] : 0;
  }

  #take(row: number): void {
    const { counts, pairs } = this;
    const { attachments, volumes } = this.cluster;
    const node = attachments.get(row, NODE_NAME);
    const attacher = attachments.get(row, ATTACHER);
    const name = this.#onVolume.get(row);
    const volume = name > EMPTY_TEXT ? volumes.find(EMPTY_TEXT, name) : -1;
    // kube: R-LIM-12 one counts that has an attacher and a volume that exists and is a CSI volume, of any driver.
    if (attacher <= EMPTY_TEXT || volume < 0 || volumes.get(volume, VOLUME.csi) === 0) return;
    // kube: R-LIM-12 it counts under its attacher, though the handle be empty.
    const id = counts.volumes.take(attacher, volumes.get(volume, VOLUME.csiHandle) || EMPTY_TEXT);
    const pair = pairs.take(node, id);
    this.#pair[row] = pair + 1;
    if (pairs.references(pair) === 1) counts.attachmentChanges(node, id, true);
  }

  #release(row: number): void {
    const { counts, pairs } = this;
    const pair = this.#pair[row] - 1;
    if (pair < 0) return;
    const [node, volume] = [pairs.get(pair, 0), pairs.get(pair, 1)];
    this.#pair[row] = 0;
    if (pairs.release(pair)) counts.attachmentChanges(node, volume, false);
    counts.volumes.release(volume);
  }
}
