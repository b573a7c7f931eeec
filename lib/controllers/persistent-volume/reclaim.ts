// controllers: a volume whose claim is gone -> what its reclaim policy makes of it as long as nothing outside is asked.

import type { KubeObject } from "../../objects/fields.js";
import { dig, hasAnnotation, put, textAt } from "../../objects/fields.js";
import { goQuote } from "../../objects/go-quote.js";
import { ANN_MIGRATED_TO, ANN_PROVISIONED_BY } from "./annotations.js";
import { withPhase } from "./binding.js";
import type { ClaimPods } from "./claim-pods.js";
import type { Events } from "./events.js";
import { HOST_PATH, type Plugin, pluginNamed, pluginsFor } from "./in-tree-plugins.js";
import { IN_TREE_PREFIX } from "./migration.js";
import type { ControllerState } from "./state.js";

/** Where the plugin of host paths deletes directories. */
const DELETABLE_PATH = /\/tmp\/.+/;

export class Reclaiming {
  constructor(
    readonly state: ControllerState,
    readonly events: Events,
    readonly pods: ClaimPods,
  ) {}

  /** The volume as its policy leaves it; recyclers, deleters and external provisioners have not yet begun. */
  reclaim(volume: KubeObject): KubeObject {
    // kube: R-PVC-6 a migrated volume is its CSI driver's to reclaim.
    if (textAt(volume, "metadata", "annotations", ANN_MIGRATED_TO) !== "") return volume;
    switch (textAt(volume, "spec", "persistentVolumeReclaimPolicy") || "Retain") {
      case "Retain":
        return volume;
      case "Recycle":
        return this.#recycle(volume);
      case "Delete":
        return this.#delete(volume);
      default: {
        const message = "Volume has unrecognized PersistentVolumeReclaimPolicy";
        return this.#fail(volume, "VolumeUnknownReclaimPolicy", message);
      }
    }
  }

  #recycle(volume: KubeObject): KubeObject {
    const [namespace, name] = ["namespace", "name"].map((field) => textAt(volume, "spec", "claimRef", field));
    const pods = this.pods.using(`${namespace}/${name}`);
    // kube: R-PVC-6 pods of the claim that is gone still use the volume; of a new claim of its name they do not.
    if (pods.length > 0 && this.state.claimNamed(namespace, name) < 0) {
      const message = `Volume is used by pods: ${pods.join(",")}`;
      this.events.volume(textAt(volume, "metadata", "name"), "Normal", "VolumeFailedRecycle", message);
      return volume;
    }
    const plugins = pluginsFor(volume);
    if (plugins.length === 1) return volume;
    return this.#fail(volume, "VolumeFailedRecycle", "No recycler plugin found for the volume!");
  }

  #delete(volume: KubeObject): KubeObject {
    const plugin = deleterOf(volume);
    if (typeof plugin === "string") return this.#fail(volume, "VolumeFailedDelete", plugin);
    if (plugin === undefined) return volume;
    const hostPath = dig(volume, "spec", "hostPath");
    const name = goQuote(textAt(volume, "metadata", "name"));
    if (hostPath === undefined) {
      const message = `failed to create deleter for volume ${name}: spec.PersistentVolumeSource.HostPath is nil`;
      return this.#fail(volume, "VolumeFailedDelete", message);
    }
    const path = textAt(hostPath, "path");
    if (DELETABLE_PATH.test(path)) return volume;
    const message = `host_path deleter only supports /tmp/.+ but received provided ${path}`;
    return this.#fail(volume, "VolumeFailedDelete", message);
  }

  #fail(volume: KubeObject, reason: string, message: string): KubeObject {
    if (textAt(volume, "status", "phase") === "Failed") return volume;
    this.events.volume(textAt(volume, "metadata", "name"), "Warning", reason, message);
    return put(withPhase(volume, "Failed"), ["status", "message"], message);
  }
}

/** The plugin that deletes a volume, undefined where it is not Kubernetes' own, or why there is none. */
function deleterOf(volume: KubeObject): Plugin | undefined | string {
  const provisioner = textAt(volume, "metadata", "annotations", ANN_PROVISIONED_BY);
  if (provisioner !== "") {
    if (!provisioner.startsWith(IN_TREE_PREFIX)) return undefined;
    const plugin = pluginNamed(provisioner);
    if (plugin === undefined) return `no volume plugin matched name: ${provisioner}`;
    return plugin === HOST_PATH ? plugin : "no deletable volume plugin matched";
  }
  if (hasAnnotation(volume, ANN_MIGRATED_TO) || dig(volume, "spec", "csi") !== undefined) return undefined;
  const plugins = pluginsFor(volume);
  if (plugins.length === 1 && plugins[0] === HOST_PATH) return HOST_PATH;
  const name = goQuote(textAt(volume, "metadata", "name"));
  const detail = plugins.length === 0 ? "no volume plugin matched" : "no deletable volume plugin matched";
  return `error getting deleter volume plugin for volume ${name}: ${detail}`;
}
