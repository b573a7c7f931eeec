// The NodeVolumeLimits plugin (R-LIM), counting anew for every node.

import { attachable, inlineAttachable, pluginOf } from "./attachable.js";
import { type Cluster, keyOf } from "./cluster.js";
import { decided } from "./decided.js";
import { compareBytes, goQuote } from "./go-text.js";
import type { CSINode, KubeObject, Pod, PodVolume } from "./kinds.js";
import { podsOn } from "./placed-pods.js";
import { type Filtered, type Plugin, rejected, SUCCESS, UNS } from "./plugin.js";
import { items } from "./selectors.js";
import type { Settings } from "./settings.js";

const MAX = "node(s) exceed max volume count";

/** Unique name -> driver. */
type Volumes = Map<string, string>;

/** The claim of a new pod is missing. */
class Missing {
  constructor(readonly reason: string) {}
}

export const nodeVolumeLimits: Plugin = {
  name: "NodeVolumeLimits",
  preFilter: ({ pod, cluster, settings }) => {
    const counts = ({ ephemeral, persistentVolumeClaim, ...sources }: PodVolume) =>
      Boolean(ephemeral || persistentVolumeClaim || pluginOf(sources));
    if (!items(pod.spec?.volumes).some(counts)) {
      decided("R-LIM-1");
      return "skip";
    }
    return { filter: (node) => filter(pod, node, cluster, settings) };
  },
};

/** Up to 1.35 a CSIDriver did not have to ask for it. */
function isRequired(driver: string, { drivers }: Cluster, minor: number): boolean {
  const found = drivers.get(driver);
  return minor < 36 ? found !== undefined : found?.spec?.preventPodSchedulingIfMissing === true;
}

function filter(pod: Pod, node: KubeObject, cluster: Cluster, settings: Settings): Filtered {
  const nodeName = node.metadata.name;
  const csiNode = cluster.csiNodes.get(nodeName);
  if (!csiNode) decided("R-LIM-2");
  const fresh: Volumes = new Map();
  const missing = collect(pod, true, csiNode, cluster, settings, fresh);
  if (missing) return rejected(missing.reason);
  if (fresh.size === 0) decided("R-LIM-8");
  if (fresh.size === 0) return SUCCESS;
  if (settings.volumeLimitScaling) {
    const listed = items(csiNode?.spec?.drivers).map(({ name }) => name ?? "");
    const lacking = [...fresh.values()].filter(
      (driver) => isRequired(driver, cluster, settings.minor) && !listed.includes(driver),
    );
    const [first] = lacking.sort(compareBytes);
    if (first !== undefined) decided("R-LIM-9");
    if (first !== undefined) return unschedulable(`${first} CSI driver is not installed on the node`);
  }
  const limits = limitsOf(csiNode);
  if (limits.size === 0) decided("R-LIM-10");
  if (limits.size === 0) return SUCCESS;
  const attached: Volumes = new Map();
  for (const other of podsOn(cluster, nodeName, pod)) collect(other, false, csiNode, cluster, settings, attached);
  const counts = new Map<string, number>();
  const count = (driver: string) => counts.set(driver, (counts.get(driver) ?? 0) + 1);
  for (const [name, driver] of attached) {
    decided("R-LIM-11");
    fresh.delete(name);
    count(driver);
  }
  for (const [name, driver] of attachmentsOf(nodeName, cluster)) {
    decided("R-LIM-12");
    if (!attached.has(name)) count(driver);
  }
  const added = new Map<string, number>();
  for (const driver of fresh.values()) added.set(driver, (added.get(driver) ?? 0) + 1);
  for (const [driver, number] of added) {
    const limit = limits.get(driver);
    decided(limit === undefined ? "R-LIM-14" : "R-LIM-13");
    if (limit !== undefined && (counts.get(driver) ?? 0) + number > limit) return unschedulable(MAX);
  }
  return SUCCESS;
}

function unschedulable(reason: string): Filtered {
  return { code: UNS, reasons: [reason] };
}

function limitsOf(csiNode: CSINode | undefined): Map<string, number> {
  const limits = new Map<string, number>();
  for (const { allocatable, name } of items(csiNode?.spec?.drivers)) {
    const count = allocatable?.count ?? undefined;
    if (count !== undefined) limits.set(name ?? "", count);
  }
  return limits;
}

/** Throws the detail of an Error status. */
function collect(
  pod: Pod,
  isNew: boolean,
  csiNode: CSINode | undefined,
  cluster: Cluster,
  settings: Settings,
  into: Volumes,
): Missing | undefined {
  for (const volume of items(pod.spec?.volumes)) {
    const { ephemeral, persistentVolumeClaim } = volume;
    if (!persistentVolumeClaim && !ephemeral) {
      const found = inlineAttachable(volume, csiNode, settings);
      if (found) decided("R-LIM-7");
      if (found) into.set(`${found.driver}/${found.handle}`, found.driver);
      continue;
    }
    const name = persistentVolumeClaim
      ? (persistentVolumeClaim.claimName ?? "")
      : `${pod.metadata.name}-${volume.name ?? ""}`;
    decided("R-LIM-3");
    if (name === "") throw new Error("PersistentVolumeClaim had no name");
    const key = keyOf(pod.metadata.namespace, name);
    const claim = cluster.claims.get(key);
    if (!claim && isNew) return new Missing(`looking up PVC ${key}: persistentvolumeclaim ${goQuote(name)} not found`);
    if (!claim) continue;
    if (!persistentVolumeClaim) {
      const controller = items(claim.metadata.ownerReferences).find((owner) => owner.controller);
      if (controller === undefined || (controller.uid ?? "") !== pod.metadata.uid) {
        const owner = keyOf(pod.metadata.namespace, pod.metadata.name);
        throw new Error(`PVC ${key} was not created for pod ${owner} (pod is not owner)`);
      }
    }
    const found = attachable(claim, csiNode, cluster, settings);
    if (found) into.set(`${found.driver}/${found.handle}`, found.driver);
  }
  return undefined;
}

function attachmentsOf(nodeName: string, cluster: Cluster): Volumes {
  const volumes: Volumes = new Map();
  for (const { spec } of cluster.attachments) {
    const volume = cluster.volumesByName.get(spec?.source?.persistentVolumeName ?? "");
    if (spec?.nodeName !== nodeName || !spec.attacher || !volume?.spec?.csi) continue;
    volumes.set(`${spec.attacher}/${volume.spec.csi.volumeHandle ?? ""}`, spec.attacher);
  }
  return volumes;
}
