// The driver and the handle by which a volume is counted (R-LIM-4 to R-LIM-7, R-MIG-8).

import { classOf } from "./classes.js";
import { annotation, type Cluster } from "./cluster.js";
import { decided } from "./decided.js";
import type { Claim, CSINode, PodVolume, Sources, TextMap, Volume } from "./kinds.js";
import { MIGRATED_PLUGINS, type Source, translationFault, ZONE_BETA, ZONE_GA } from "./migration.js";
import { labelsOf } from "./selectors.js";
import type { Settings } from "./settings.js";
import { plainEBSVolumeID } from "./volume-id.js";

export interface Attachable {
  driver: string;
  handle: string;
}

/** Plugin and driver of each source that can be migrated. */
const PLUGINS: Record<string, [plugin: string, driver: string]> = {
  awsElasticBlockStore: ["kubernetes.io/aws-ebs", "ebs.csi.aws.com"],
  gcePersistentDisk: ["kubernetes.io/gce-pd", "pd.csi.storage.gke.io"],
  azureDisk: ["kubernetes.io/azure-disk", "disk.csi.azure.com"],
  azureFile: ["kubernetes.io/azure-file", "file.csi.azure.com"],
  cinder: ["kubernetes.io/cinder", "cinder.csi.openstack.org"],
  vsphereVolume: ["kubernetes.io/vsphere-volume", "csi.vsphere.vmware.com"],
  portworxVolume: ["kubernetes.io/portworx-volume", "pxd.portworx.com"],
};

/** The source, of those that can be migrated, that a volume has. */
export function pluginOf(sources: Sources): keyof typeof PLUGINS | undefined {
  return Object.keys(PLUGINS).find((source) => sources[source as keyof Sources]);
}

/** The volume of a claim; undefined where it is not counted. */
export function attachable(
  claim: Claim,
  csiNode: CSINode | undefined,
  cluster: Cluster,
  settings: Settings,
): Attachable | undefined {
  const volume = cluster.volumesByName.get(claim.spec?.volumeName ?? "");
  decided(volume ? "R-LIM-4" : "R-LIM-5");
  const found = volume ? ofVolume(volume, csiNode, settings) : ofClass(claim, csiNode, cluster, settings);
  return found?.driver && found.handle ? found : undefined;
}

/** The source in a pod itself. Throws the detail of an Error status. */
export function inlineAttachable(
  volume: PodVolume,
  csiNode: CSINode | undefined,
  settings: Settings,
): Attachable | undefined {
  const source = pluginOf(volume);
  if (!source || !isMigrationOn(PLUGINS[source][0], csiNode, settings)) return undefined;
  const fault = translationFault({ kind: "PersistentVolume", metadata: { name: "" }, spec: volume }, source as Source);
  if (fault) throw new Error(`converting volume(${volume.name ?? ""}) from inline to csi: ${fault}`);
  return { driver: PLUGINS[source][1], handle: handleOf(volume, source, undefined) };
}

function ofVolume(
  { metadata, spec }: Volume,
  csiNode: CSINode | undefined,
  settings: Settings,
): Attachable | undefined {
  if (spec?.csi) return { driver: spec.csi.driver ?? "", handle: spec.csi.volumeHandle ?? "" };
  const source = pluginOf(spec ?? {});
  if (!source || !isMigrationOn(PLUGINS[source][0], csiNode, settings)) return undefined;
  if (translationFault({ kind: "PersistentVolume", metadata, spec }, source as Source)) return undefined;
  return { driver: PLUGINS[source][1], handle: handleOf(spec ?? {}, source, metadata.labels) };
}

function ofClass(
  claim: Claim,
  csiNode: CSINode | undefined,
  cluster: Cluster,
  settings: Settings,
): Attachable | undefined {
  const name = classOf(claim);
  const storageClass = name === "" ? undefined : cluster.storageClasses.get(name);
  if (!storageClass) return undefined;
  // No handle of a volume that exists begins like this.
  const handle = `\u0000${claim.metadata.namespace}/${claim.metadata.name}`;
  const provisioner = storageClass.provisioner ?? "";
  const migrated = Object.values(PLUGINS).find(([plugin]) => plugin === provisioner);
  if (!migrated) return { driver: provisioner, handle };
  return isMigrationOn(provisioner, csiNode, settings) ? { driver: migrated[1], handle } : undefined;
}

function isMigrationOn(plugin: string, csiNode: CSINode | undefined, { minor }: Settings): boolean {
  decided("R-LIM-6");
  if (!csiNode || plugin === PLUGINS.azureFile[0] || plugin === PLUGINS.vsphereVolume[0]) return false;
  if (plugin !== PLUGINS.portworxVolume[0] || minor >= 36) return true;
  return (annotation(csiNode.metadata.annotations, MIGRATED_PLUGINS) ?? "").split(",").includes(plugin);
}

function handleOf(sources: Sources, source: string, labels: TextMap): string {
  switch (source) {
    case "awsElasticBlockStore":
      return plainEBSVolumeID(sources.awsElasticBlockStore?.volumeID ?? "");
    case "azureDisk":
      return sources.azureDisk?.diskURI ?? "";
    case "gcePersistentDisk": {
      const zone = labelsOf(labels).get(ZONE_BETA) || labelsOf(labels).get(ZONE_GA) || "UNSPECIFIED";
      const place = zone.includes("__") ? `regions/${zone.split("-").slice(0, 2).join("-")}` : `zones/${zone}`;
      return `projects/UNSPECIFIED/${place}/disks/${sources.gcePersistentDisk?.pdName ?? ""}`;
    }
    case "cinder":
      return sources.cinder?.volumeID ?? "";
    default:
      return sources.portworxVolume?.volumeID ?? "";
  }
}
