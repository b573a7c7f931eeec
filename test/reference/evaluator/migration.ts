// In-tree volumes as their CSI driver sees them: what migration does to node affinity (R-MIG).

import { annotation } from "./cluster.js";
import { decided } from "./decided.js";
import { compareBytes, trimSpace } from "./go-text.js";
import type { KubeObject, NodeSelector, NodeSelectorTerm, Volume } from "./kinds.js";
import { items, labelsOf } from "./selectors.js";
import { checkEBSVolumeID } from "./volume-id.js";

export const MIGRATED_PLUGINS = "storage.alpha.kubernetes.io/migrated-plugins";
export const ZONE_GA = "topology.kubernetes.io/zone";
export const ZONE_BETA = "failure-domain.beta.kubernetes.io/zone";
const REGION_GA = "topology.kubernetes.io/region";
const REGION_BETA = "failure-domain.beta.kubernetes.io/region";
const ZONE_DELIMITER = "__";

export type Source = "awsElasticBlockStore" | "gcePersistentDisk" | "azureDisk" | "cinder" | "portworxVolume";

/** Only the plugins that VolumeBinding translates; a topology key where the affinity is rewritten. */
const PLUGINS: { source: Source; plugin: string; topologyKey?: string }[] = [
  {
    source: "awsElasticBlockStore",
    plugin: "kubernetes.io/aws-ebs",
    topologyKey: "topology.ebs.csi.aws.com/zone",
  },
  { source: "gcePersistentDisk", plugin: "kubernetes.io/gce-pd", topologyKey: "topology.gke.io/zone" },
  { source: "azureDisk", plugin: "kubernetes.io/azure-disk" },
  { source: "cinder", plugin: "kubernetes.io/cinder", topologyKey: "topology.cinder.csi.openstack.org/zone" },
  { source: "portworxVolume", plugin: "kubernetes.io/portworx-volume" },
];

/** The node selector of a bound volume after translation; undefined: accessible everywhere. */
export function translatedAffinity(volume: Volume, csiNode: KubeObject | undefined): NodeSelector | undefined {
  const required = volume.spec?.nodeAffinity?.required ?? undefined;
  const found = PLUGINS.find(({ source }) => volume.spec?.[source]);
  const migrated = annotation(csiNode?.metadata.annotations, MIGRATED_PLUGINS)?.split(",") ?? [];
  if (found) decided(migrated.includes(found.plugin) ? "R-MIG-2" : "R-MIG-3");
  if (!found || !migrated.includes(found.plugin)) return required;
  const fault = translationFault(volume, found.source);
  if (fault !== undefined) decided("R-MIG-7");
  if (fault !== undefined) throw new Error(`could not translate pv: ${fault}`);
  return found.topologyKey ? rewritten(volume, required, found.topologyKey) : required;
}

/** Why a volume with this source does not translate. */
export function translationFault(volume: Volume, source: Source): string | undefined {
  if (source === "awsElasticBlockStore") {
    const fault = checkEBSVolumeID(volume.spec?.awsElasticBlockStore?.volumeID ?? "");
    return fault && `failed to translate Kubernetes ID to EBS Volume ID ${fault}`;
  }
  if (source === "azureDisk") {
    const kind = volume.spec?.azureDisk?.kind ?? undefined;
    const managed = kind === undefined || kind.toLowerCase() === "managed";
    return managed ? undefined : `kind(${kind}) is not supported in csi migration`;
  }
  return source === "gcePersistentDisk" ? regionFault(volume) : undefined;
}

function regionFault(volume: Volume): string | undefined {
  const labels = labelsOf(volume.metadata.labels);
  const zones = labels.get(ZONE_BETA) || labels.get(ZONE_GA) || "";
  if (!zones.includes(ZONE_DELIMITER)) return undefined;
  const regions = new Set<string>();
  for (const zone of zones.split(ZONE_DELIMITER)) {
    const pieces = zone.split("-");
    if (pieces.length !== 3) {
      return (
        "failed to get region from zones: zone in unexpected format, " +
        `expected: {locale}-{region}-{zone}, got: ${zone}`
      );
    }
    regions.add(`${pieces[0]}-${pieces[1]}`);
  }
  if (regions.size === 1) return undefined;
  const listed = [...regions].sort(compareBytes).map((region) => `${region}:{}`);
  return `failed to get region from zones: multiple or no regions gotten from zones, got: map[${listed.join(" ")}]`;
}

function rewritten(volume: Volume, required: NodeSelector | undefined, topologyKey: string): NodeSelector | undefined {
  const labels = labelsOf(volume.metadata.labels);
  let terms = items(required?.nodeSelectorTerms);
  const keys = new Set(terms.flatMap((term) => items(term.matchExpressions).map(({ key }) => key)));
  const beta = usesBeta(keys, labels);
  const zoneKey = beta ? ZONE_BETA : ZONE_GA;
  let changed = false;
  if (hasValues(terms, zoneKey)) {
    terms = renamed(terms, zoneKey, topologyKey);
    changed = true;
  } else {
    const zones = zonesOf(labels.get(zoneKey));
    if (zones.length > 0) {
      const expression = { key: topologyKey, operator: "In", values: zones };
      terms = (terms.length > 0 ? terms : [{}]).map((term) => ({
        ...term,
        matchExpressions: [...items(term.matchExpressions), expression],
      }));
      changed = true;
    }
  }
  if (beta && hasValues(terms, REGION_BETA)) {
    terms = renamed(terms, REGION_BETA, REGION_GA);
    changed = true;
  }
  if (changed) decided("R-MIG-5");
  return changed ? { nodeSelectorTerms: terms } : required;
}

function usesBeta(keys: Set<unknown>, labels: ReadonlyMap<string, string>): boolean {
  if (keys.has(ZONE_GA)) return false;
  if (keys.has(ZONE_BETA)) return true;
  return !labels.has(ZONE_GA) && labels.has(ZONE_BETA);
}

function hasValues(terms: NodeSelectorTerm[], key: string): boolean {
  return terms.some((term) =>
    items(term.matchExpressions).some((expression) => expression.key === key && (expression.values ?? []).length > 0),
  );
}

function renamed(terms: NodeSelectorTerm[], from: string, to: string): NodeSelectorTerm[] {
  return terms.map((term) => ({
    ...term,
    matchExpressions: items(term.matchExpressions).map((expression) =>
      expression.key === from ? { ...expression, key: to } : expression,
    ),
  }));
}

function zonesOf(label: string | undefined): string[] {
  const zones = (label ?? "")
    .split(ZONE_DELIMITER)
    .map(trimSpace)
    .filter((zone) => zone !== "");
  return [...new Set(zones)].sort(compareBytes);
}
