// controllers: where a driver's new volume can be reached -> the node affinity and labels that the volume gets.

import { compareUtf8 } from "../../objects/utf8.js";
import { inBackground } from "./refusals.js";
import type { VolumeAffinityExpression as Expression, Refusal, Topology, VolumeAffinity } from "./types.js";

const ZONE = "topology.kubernetes.io/zone";
const REGION = "topology.kubernetes.io/region";
const BETA_ZONE = "failure-domain.beta.kubernetes.io/zone";
const BETA_REGION = "failure-domain.beta.kubernetes.io/region";

/** Expressions are in the order of their keys, which Go leaves open. */
export function affinityOf(accessible: readonly Topology[]): VolumeAffinity | undefined {
  // kube: R-TOP-14 no topology, no affinity; one without segments gives no term, though no other be left.
  if (accessible.length === 0) return undefined;
  const terms = accessible
    .map(({ segments }) =>
      Object.keys(segments ?? {})
        .sort(compareUtf8)
        .map((key) => within(key, segments[key])),
    )
    .filter((expressions) => expressions.length > 0)
    .map((matchExpressions) => ({ matchExpressions }));
  return { required: { nodeSelectorTerms: terms } };
}

/** What is stored of a volume of a migrated class: an in-tree volume's affinity and labels. */
export type InTreeAffinity =
  | { readonly affinity: VolumeAffinity | undefined; readonly labels: { readonly [key: string]: string } }
  | { readonly refusal: Refusal };

interface Plugin {
  readonly zoneKey: string;
  readonly regionKey?: string;
  /** The region of a zone, or undefined where it has not the cloud's form. */
  readonly regionOf?: (zone: string) => string | undefined;
  readonly badZone?: (zone: string) => string;
}

const PLUGINS: ReadonlyMap<string, Plugin> = new Map([
  [
    "kubernetes.io/aws-ebs",
    {
      zoneKey: "topology.ebs.csi.aws.com/zone",
      regionOf: awsRegion,
      badZone: (zone: string) => `Unexpected zone format: ${zone} is not a valid AWS zone`,
    },
  ],
  [
    "kubernetes.io/gce-pd",
    {
      zoneKey: "topology.gke.io/zone",
      regionOf: gceRegion,
      badZone: (zone: string) => `zone in unexpected format, expected: {locale}-{region}-{zone}, got: ${zone}`,
    },
  ],
  ["kubernetes.io/cinder", { zoneKey: "topology.cinder.csi.openstack.org/zone" }],
  [
    "kubernetes.io/vsphere-volume",
    { zoneKey: "topology.csi.vmware.com/zone", regionKey: "topology.csi.vmware.com/region" },
  ],
]);

export function inTreeAffinity(plugin: string, affinity: VolumeAffinity | undefined): InTreeAffinity {
  const how = PLUGINS.get(plugin);
  if (how === undefined || affinity === undefined) return { affinity, labels: {} };
  let terms = affinity.required.nodeSelectorTerms.map(({ matchExpressions }) => [...matchExpressions]);
  const isBeta = !hasKey(terms, ZONE) && hasKey(terms, BETA_ZONE);
  const [zone, region] = isBeta ? [BETA_ZONE, BETA_REGION] : [ZONE, REGION];
  // kube: R-TOP-14 the driver's keys become those that in-tree volumes have.
  terms = renamed(terms, how.zoneKey, zone);
  if (how.regionKey !== undefined) terms = renamed(terms, how.regionKey, region);
  for (const term of how.regionOf === undefined ? [] : terms) {
    if (term.some(({ key }) => key === region)) continue;
    const zones = term.flatMap(({ key, values }) => (key === zone ? values : []));
    const regions = new Set<string>();
    for (const name of zones) {
      const found = how.regionOf?.(name);
      if (found === undefined) return { refusal: untranslated(how.badZone?.(name) ?? "") };
      regions.add(found);
    }
    // kube: R-TOP-14 a term without a zone has no region, and then the volume is not stored.
    if (regions.size === 0) return { refusal: untranslated("no zones specified") };
    if (regions.size > 1) return { refusal: untranslated(manyRegions(regions)) };
    term.push(within(region, [...regions][0]));
  }
  const found = { required: { nodeSelectorTerms: terms.map((matchExpressions) => ({ matchExpressions })) } };
  return { affinity: found, labels: labelsOf(how, terms, zone, region) };
}

/** Labels as the in-tree plugin would have written them; VolumeZone reads them. */
function labelsOf({ regionKey, regionOf }: Plugin, terms: readonly Expression[][], zone: string, region: string) {
  const [zones, regions] = [zone, region].map((key) => valuesOf(terms, key));
  const labels: Record<string, string> = {};
  // kube: R-TOP-14 the labels name all zones at once, and a region where there is one; vSphere's the first of each.
  if (zones.length > 0) labels[zone] = regionKey === undefined ? zones.join("__") : zones[0];
  const hasRegion = regionKey === undefined ? regionOf !== undefined && regions.length === 1 : regions.length > 0;
  if (hasRegion) labels[region] = regions[0];
  return labels;
}

function untranslated(detail: string): Refusal {
  return inBackground("R-TOP-14a", `Failed to handle region topology. error: ${detail}`);
}

function manyRegions(regions: ReadonlySet<string>): string {
  const printed = [...regions].sort(compareUtf8).map((region) => `${region}:{}`);
  return `multiple or no regions gotten from zones, got: map[${printed.join(" ")}]`;
}

function within(key: string, value: string): Expression {
  return { key, operator: "In", values: [value] };
}

function hasKey(terms: readonly Expression[][], wanted: string): boolean {
  return terms.some((term) => term.some(({ key }) => key === wanted));
}

function renamed(terms: readonly Expression[][], from: string, to: string): Expression[][] {
  return terms.map((term) =>
    term.map((expression) => (expression.key === from ? { ...expression, key: to } : expression)),
  );
}

function valuesOf(terms: readonly Expression[][], wanted: string): string[] {
  const values = terms.flatMap((term) => term.flatMap(({ key, values: all }) => (key === wanted ? all : [])));
  return [...new Set(values)].sort(compareUtf8);
}

/** us-west-2a, us-gov-east-1a, us-west-2-lax-1a, us-east-1-wl1-bos-wlz-1. */
function awsRegion(zone: string): string | undefined {
  const parts = zone.split("-");
  const last = parts[parts.length - 1];
  if ((parts.length === 3 || parts.length === 4) && new TextEncoder().encode(last).length === 2) {
    return [...parts.slice(0, -1), last[0]].join("-");
  }
  return parts.length === 5 || parts.length === 7 ? parts.slice(0, 3).join("-") : undefined;
}

function gceRegion(zone: string): string | undefined {
  const parts = zone.split("-");
  return parts.length === 3 ? parts.slice(0, 2).join("-") : undefined;
}
