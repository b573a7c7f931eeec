// cli: objects as they are read -> the few facts of the cluster that notes need.

import type { KubeObject } from "../fields.js";
import { dig, listAt, textAt } from "../fields.js";
import { OtherPlugins } from "./other-plugins.js";
import { Uncarried } from "./uncarried.js";

/** Pods and claims are looked at when it is known which are asked about. */
const LATER = ["Pod", "PersistentVolumeClaim"];

export class Facts {
  readonly otherPlugins = new OtherPlugins();
  readonly uncarried = new Uncarried();
  /** Nodes that do not say what they hold. */
  readonly unsizedNodes = new Set<string>();
  /** The drivers that CSINodes list. */
  readonly nodeDrivers = new Set<string>();
  /** Whether some volume is reserved for nobody. */
  hasFreeVolumes = false;

  /** O(1) but for a CSINode's drivers. */
  add(kind: string, object: KubeObject, key: string): void {
    if (kind === "Pod") this.uncarried.see(key, object);
    if (kind === "Node") {
      if (dig(object, "status", "allocatable") === undefined) this.unsizedNodes.add(key);
      else this.unsizedNodes.delete(key);
    }
    if (!LATER.includes(kind)) this.otherPlugins.see(kind, object);
    if (kind === "PersistentVolume") this.hasFreeVolumes ||= dig(object, "spec", "claimRef") === undefined;
    if (kind !== "CSINode") return;
    for (const driver of listAt(object, "spec", "drivers")) this.nodeDrivers.add(textAt(driver, "name"));
  }
}
