// controllers: the in-tree plugins that the PV controller itself still has.

import type { KubeObject } from "../../objects/fields.js";
import { dig } from "../../objects/fields.js";

/** A plugin with the field of a volume's spec that it serves. */
export interface Plugin {
  readonly name: string;
  readonly source: string;
}

/** Recycles, and by kube-controller-manager's defaults deletes below /tmp alone and provisions nothing. */
export const HOST_PATH: Plugin = { name: "kubernetes.io/host-path", source: "hostPath" };
/** Recycles only. */
export const NFS: Plugin = { name: "kubernetes.io/nfs", source: "nfs" };

const PLUGINS: readonly Plugin[] = [HOST_PATH, NFS];

export function pluginNamed(name: string): Plugin | undefined {
  return PLUGINS.find((plugin) => plugin.name === name);
}

/** Those that serve a volume's source: one at the most, unless it has several. */
export function pluginsFor(volume: KubeObject): readonly Plugin[] {
  return PLUGINS.filter(({ source }) => dig(volume, "spec", source) !== undefined);
}
