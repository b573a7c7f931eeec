// filters: an in-tree source of a volume -> the handle by which its CSI driver knows the volume.

import type { Cluster } from "../../intern/cluster.js";
import { inTree } from "../../intern/kinds.js";
import { EMPTY_TEXT } from "../../intern/strings.js";
import type { ObjectType } from "../../intern/structures.js";
import type { Cursor } from "../../intern/type.js";
import { compareUtf8 } from "../../objects/utf8.js";
import { ebsVolumeId } from "./ebs-volume-id.js";
import type { MigratableSource } from "./in-tree-plugins.js";

const BETA_ZONE = "failure-domain.beta.kubernetes.io/zone";
const ZONE = "topology.kubernetes.io/zone";
const DELIMITER = "__";

/** A string id, or why the volume does not translate. */
export type Handle = { readonly id: number; readonly fault?: undefined } | { readonly id: 0; readonly fault: string };

/**
 * The handle of the source at the cursor. `labels` is the block of its persistent volume's labels; 0 where there are
 * none, or the pod itself has the source.
 */
export function volumeHandle(cluster: Cluster, source: MigratableSource, at: Cursor, labels: number): Handle {
  switch (source) {
    case "awsElasticBlockStore":
      return ebsHandle(cluster, at);
    case "gcePersistentDisk":
      return gceHandle(cluster, at, labels);
    case "azureDisk":
      return azureHandle(cluster, at);
    // kube: R-MIG-8 Cinder and Portworx know a volume by the ID that it had in the tree.
    case "cinder":
      return { id: field(inTree.cinder, at, "volumeID") || EMPTY_TEXT };
    case "portworxVolume":
      return { id: field(inTree.portworxVolume, at, "volumeID") || EMPTY_TEXT };
    default:
      return { id: 0, fault: `${source} is not translated` };
  }
}

function ebsHandle({ strings }: Cluster, at: Cursor): Handle {
  const written = field(inTree.awsElasticBlockStore, at, "volumeID") || EMPTY_TEXT;
  const text = strings.get(written);
  const { fault, id } = { id: "", ...ebsVolumeId(text) };
  if (fault !== undefined) return { id: 0, fault: `failed to translate Kubernetes ID to EBS Volume ID ${fault}` };
  return { id: id === text ? written : strings.intern(id) };
}

function gceHandle({ blocks, strings }: Cluster, at: Cursor, labels: number): Handle {
  const disk = strings.get(field(inTree.gcePersistentDisk, at, "pdName"));
  const label = (key: string): string => strings.get(blocks.lookup(labels, strings.find(key)));
  const zone = label(BETA_ZONE) || label(ZONE);
  if (!zone.includes(DELIMITER)) {
    return { id: strings.intern(`projects/UNSPECIFIED/zones/${zone || "UNSPECIFIED"}/disks/${disk}`) };
  }
  const region = regionOf(zone.split(DELIMITER));
  if (region.fault !== undefined) return { id: 0, fault: `failed to get region from zones: ${region.fault}` };
  return { id: strings.intern(`projects/UNSPECIFIED/regions/${region.name}/disks/${disk}`) };
}

// kube: R-MIG-7 all zones of a regional disk lie in one region.
function regionOf(zones: readonly string[]): { readonly name: string; readonly fault?: string } {
  const regions = new Set<string>();
  for (const zone of zones) {
    const pieces = zone.split("-");
    if (pieces.length !== 3) {
      return { name: "", fault: `zone in unexpected format, expected: {locale}-{region}-{zone}, got: ${zone}` };
    }
    regions.add(`${pieces[0]}-${pieces[1]}`);
  }
  const [name, ...more] = regions;
  if (more.length === 0) return { name };
  const listed = [...regions].sort(compareUtf8).map((region) => `${region}:{}`);
  return { name, fault: `multiple or no regions gotten from zones, got: map[${listed.join(" ")}]` };
}

function azureHandle({ strings }: Cluster, at: Cursor): Handle {
  const kind = field(inTree.azureDisk, { ...at }, "kind");
  // kube: R-MIG-7 only managed disks have moved; no kind at all is fine, an empty one is not.
  if (kind !== 0 && strings.get(kind).toLowerCase() !== "managed") {
    return { id: 0, fault: `kind(${strings.get(kind)}) is not supported in csi migration` };
  }
  return { id: field(inTree.azureDisk, at, "diskURI") || EMPTY_TEXT };
}

/** The token of a field of the object at the cursor, or 0. */
function field(type: ObjectType, { at, tokens }: Cursor, name: string): number {
  const cursor = { at, tokens };
  return type.seek(cursor, type.bit(name)) ? tokens[cursor.at] : 0;
}
