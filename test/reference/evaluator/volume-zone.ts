// VolumeZone: zone and region labels of a pod's volumes against those of the nodes (R-ZON).

import { classOf } from "./classes.js";
import { keyOf } from "./cluster.js";
import { decided } from "./decided.js";
import { goQuote, trimSpace } from "./go-text.js";
import type { Claim, NodeObject, Volume } from "./kinds.js";
import { ZONE_BETA, ZONE_GA } from "./migration.js";
import { type Filtered, type Plugin, rejected, type Snapshot, SUCCESS } from "./plugin.js";
import { items, labelsOf } from "./selectors.js";

const REGION_GA = "topology.kubernetes.io/region";
const REGION_BETA = "failure-domain.beta.kubernetes.io/region";
const KEYS = [ZONE_BETA, REGION_BETA, ZONE_GA, REGION_GA];
const TWINS: Readonly<Record<string, string>> = { [ZONE_BETA]: ZONE_GA, [REGION_BETA]: REGION_GA };

interface Topology {
  key: string;
  values: Set<string>;
}

export const volumeZone: Plugin = {
  name: "VolumeZone",
  preFilter: (snapshot) => {
    const topologies: Topology[] = [];
    for (const { persistentVolumeClaim, ephemeral } of items(snapshot.pod.spec?.volumes)) {
      if (!persistentVolumeClaim && ephemeral) decided("R-ZON-1");
      if (!persistentVolumeClaim) continue;
      const found = topologiesOf(persistentVolumeClaim.claimName ?? "", snapshot);
      if (typeof found === "string") return rejected(found);
      topologies.push(...found);
    }
    if (topologies.length === 0) decided("R-ZON-8");
    return topologies.length === 0 ? "skip" : { filter: (node) => filter(topologies, node) };
  },
};

/** Why the pod is rejected, or what the labels of a claim's volume record. */
function topologiesOf(claimName: string, { pod, cluster }: Snapshot): string | Topology[] {
  if (claimName === "") decided("R-ZON-2");
  if (claimName === "") return "PersistentVolumeClaim had no name";
  const claim = cluster.claims.get(keyOf(pod.metadata.namespace, claimName));
  if (!claim) decided("R-ZON-3");
  if (!claim) return `persistentvolumeclaim ${goQuote(claimName)} not found`;
  const name = claim.spec?.volumeName ?? "";
  if (name === "") return withoutVolume(claim, cluster);
  const volume = cluster.volumesByName.get(name);
  if (!volume) decided("R-ZON-6");
  return volume ? recorded(volume) : `persistentvolume ${goQuote(name)} not found`;
}

function withoutVolume(claim: Claim, { storageClasses }: Snapshot["cluster"]): string | Topology[] {
  decided("R-ZON-4");
  const name = classOf(claim);
  if (name === "") return "PersistentVolumeClaim had no pv name and storageClass name";
  const storageClass = storageClasses.get(name);
  if (!storageClass) return `storageclass.storage.k8s.io ${goQuote(name)} not found`;
  const mode = storageClass.volumeBindingMode ?? undefined;
  if (mode === undefined) return `VolumeBindingMode not set for StorageClass ${goQuote(name)}`;
  return mode === "WaitForFirstConsumer" ? [] : "PersistentVolume had no name";
}

function recorded({ metadata }: Volume): Topology[] {
  const labels = labelsOf(metadata.labels);
  return KEYS.flatMap((key) => {
    const value = labels.get(key);
    if (value === undefined) return [];
    decided("R-ZON-7");
    const parts = value.split("__").map(trimSpace);
    return parts.includes("") ? [] : [{ key, values: new Set(parts) }];
  });
}

function filter(topologies: Topology[], node: NodeObject): Filtered {
  const labels = labelsOf(node.metadata.labels);
  if (!KEYS.some((key) => labels.has(key))) {
    decided("R-ZON-9");
    return SUCCESS;
  }
  decided("R-ZON-10");
  if (topologies.length > 1) decided("R-ZON-11");
  const fits = topologies.every(({ key, values }) => {
    const value = labels.get(key) ?? labels.get(TWINS[key] ?? "");
    return value !== undefined && values.has(value);
  });
  return fits ? SUCCESS : rejected("node(s) had no available volume zone");
}
