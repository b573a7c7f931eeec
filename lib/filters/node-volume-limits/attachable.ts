// filters: a claim, or a source in a pod itself -> the driver and the handle by which its volume is counted.

import type { Cluster } from "../../intern/cluster.js";
import { CLAIM, STORAGE_CLASS, VOLUME } from "../../intern/cluster.js";
import { podVolume, volumeRow } from "../../intern/kinds.js";
import { EMPTY_TEXT } from "../../intern/strings.js";
import type { Cursor } from "../../intern/type.js";
import type { InTreePlugin } from "../migration/in-tree-plugins.js";
import { IN_TREE_PLUGINS, PORTWORX } from "../migration/in-tree-plugins.js";
import { volumeHandle } from "../migration/volume-handles.js";

// On which nodes a volume is counted.
export const EVERYWHERE = 0;
/** Where there is a CSINode. */
export const WITH_CSI_NODE = 1;
/** Where there is a CSINode that says that the plugin has migrated. */
export const WHERE_MIGRATED = 2;
export type Condition = typeof EVERYWHERE | typeof WITH_CSI_NODE | typeof WHERE_MIGRATED;

/** The handle of a volume that does not exist yet: one a claim. */
export const UNBOUND = -1;

/** A volume as it is counted: string ids. */
export interface Attachable {
  readonly driver: number;
  /** Or UNBOUND. */
  readonly handle: number;
  readonly condition: Condition;
}

/** Only a pod's own source tells; others that do not translate are not counted. */
export interface Untranslatable {
  readonly fault: string;
  readonly condition: Condition;
}

interface Source {
  readonly plugin: InTreePlugin;
  readonly column: number;
  readonly bit: number;
}

const SOURCES: readonly Source[] = IN_TREE_PLUGINS.map((plugin) => ({
  plugin,
  column: volumeRow.column(`spec.${plugin.source}`),
  bit: podVolume.bit(plugin.source),
}));
const INLINE_BITS = SOURCES.reduce((bits, { bit }) => bits | (1 << bit), 0);

export class Attachables {
  constructor(
    readonly cluster: Cluster,
    /** 37 for 1.37. */
    readonly minor: number,
  ) {}

  /** The volume of a claim, or undefined where it is not counted. */
  ofClaim(claim: number): Attachable | undefined {
    const { claims, volumes } = this.cluster;
    const name = claims.get(claim, CLAIM.volumeName);
    const volume = name > EMPTY_TEXT ? volumes.find(EMPTY_TEXT, name) : -1;
    // kube: R-LIM-4 without a volume that exists the claim's class decides; whether it is fully bound is not asked.
    return volume < 0 ? this.#ofClass(claims.get(claim, CLAIM.class)) : this.#ofVolume(volume);
  }

  /** Whether the claim's class decides about it, and not a volume. */
  isByClass(claim: number): boolean {
    const { claims, volumes } = this.cluster;
    return volumes.find(EMPTY_TEXT, claims.get(claim, CLAIM.volumeName)) < 0;
  }

  /** The source in the pod itself at the cursor. */
  ofSource(volume: Cursor): Attachable | Untranslatable | undefined {
    const { cluster } = this;
    for (const { bit, plugin } of SOURCES) {
      const cursor = { ...volume };
      if (!podVolume.seek(cursor, bit)) continue;
      // kube: R-LIM-7 a source in the pod itself is counted where its plugin is translated.
      if (!plugin.translated) return undefined;
      const { fault, id } = volumeHandle(cluster, plugin.source, cursor, 0);
      const condition = this.#conditionOf(plugin);
      if (fault !== undefined) return { fault, condition };
      return { driver: cluster.strings.intern(plugin.driver), handle: id, condition };
    }
    return undefined;
  }

  #ofVolume(volume: number): Attachable | undefined {
    const { blocks, strings, volumes } = this.cluster;
    if (volumes.get(volume, VOLUME.csi) !== 0) {
      const driver = volumes.get(volume, VOLUME.csiDriver);
      const handle = volumes.get(volume, VOLUME.csiHandle);
      // kube: R-LIM-3 without a driver or a handle it is not counted.
      return driver > EMPTY_TEXT && handle > EMPTY_TEXT ? { driver, handle, condition: EVERYWHERE } : undefined;
    }
    for (const { column, plugin } of SOURCES) {
      const block = volumes.get(volume, column);
      if (block === 0) continue;
      if (!plugin.translated) return undefined;
      const labels = volumes.get(volume, VOLUME.labels);
      const { fault, id } = volumeHandle(this.cluster, plugin.source, blocks.cursor(block), labels);
      // kube: R-LIM-4 a volume that does not translate is not counted.
      if (fault !== undefined || id <= EMPTY_TEXT) return undefined;
      return { driver: strings.intern(plugin.driver), handle: id, condition: this.#conditionOf(plugin) };
    }
    return undefined;
  }

  #ofClass(name: number): Attachable | undefined {
    const { storageClasses, strings } = this.cluster;
    const row = name === EMPTY_TEXT ? -1 : storageClasses.find(EMPTY_TEXT, name);
    // kube: R-LIM-5 a claim without a class, or of one that does not exist, is not counted.
    if (row < 0) return undefined;
    const provisioner = storageClasses.get(row, STORAGE_CLASS.provisioner);
    if (provisioner <= EMPTY_TEXT) return undefined;
    const text = strings.get(provisioner);
    const plugin = IN_TREE_PLUGINS.find((known) => known.name === text);
    // kube: R-LIM-5 any other provisioner is the driver's name, whatever it says.
    if (plugin === undefined) return { driver: provisioner, handle: UNBOUND, condition: EVERYWHERE };
    if (!plugin.translated) return undefined;
    return { driver: strings.intern(plugin.driver), handle: UNBOUND, condition: this.#conditionOf(plugin) };
  }

  #conditionOf({ name }: InTreePlugin): Condition {
    // kube: R-LIM-6 volumes in the tree count where there is a CSINode, whatever its annotation says.
    // kube: R-GATE-7 up to 1.35 the annotation has to name Portworx.
    return name === PORTWORX && this.minor <= 35 ? WHERE_MIGRATED : WITH_CSI_NODE;
  }
}

/** Whether the volume at the cursor has a source in the pod itself that can be migrated. */
export function hasSource({ at, tokens }: Cursor): boolean {
  return (tokens[at] & INLINE_BITS) !== 0;
}
