// filters: the node affinity of an in-tree volume -> the one that it has as a volume of its CSI driver.

import type { NodeSelectorLike, NodeSelectorTermLike } from "../../objects/types.js";
import { zonesIn } from "../../objects/zones.js";

const ZONE = "topology.kubernetes.io/zone";
const REGION = "topology.kubernetes.io/region";
const BETA_ZONE = "failure-domain.beta.kubernetes.io/zone";
const BETA_REGION = "failure-domain.beta.kubernetes.io/region";

/** The values of a volume's labels that name its zones; undefined where it lacks the label. */
export interface ZoneLabels {
  readonly zone: string | undefined;
  readonly betaZone: string | undefined;
}

type Terms = readonly NodeSelectorTermLike[];

/** Takes and returns the `required` of a node affinity; what stays as it was is the same object. */
export function migratedAffinity(
  required: NodeSelectorLike | undefined,
  labels: ZoneLabels,
  /** The driver's. */
  topologyKey: string,
): NodeSelectorLike | undefined {
  const terms: Terms = required?.nodeSelectorTerms ?? [];
  const beta = isBeta(terms, labels);
  const zoneKey = beta ? BETA_ZONE : ZONE;
  let migrated = terms;
  // kube: R-MIG-5 zones in the affinity get the driver's key; without any the label's zones join every term.
  if (hasValues(terms, zoneKey)) migrated = renamed(terms, zoneKey, topologyKey);
  else migrated = withZones(terms, beta ? labels.betaZone : labels.zone, topologyKey);
  // kube: R-MIG-5 a beta region gets the key that it has today.
  if (beta && hasValues(migrated, BETA_REGION)) migrated = renamed(migrated, BETA_REGION, REGION);
  return migrated === terms ? required : { nodeSelectorTerms: migrated };
}

/** Whether the beta keys are looked at, and not today's. */
function isBeta(terms: Terms, labels: ZoneLabels): boolean {
  // kube: R-MIG-5 the affinity comes before the labels, and today's keys before the beta ones.
  if (keysOf(terms).has(ZONE)) return false;
  if (keysOf(terms).has(BETA_ZONE)) return true;
  return labels.zone === undefined && labels.betaZone !== undefined;
}

function keysOf(terms: Terms): ReadonlySet<unknown> {
  return new Set(terms.flatMap(({ matchExpressions }) => (matchExpressions ?? []).map(({ key }) => key)));
}

function hasValues(terms: Terms, wanted: string): boolean {
  return terms.some(({ matchExpressions }) =>
    matchExpressions?.some(({ key, values }) => key === wanted && (values ?? []).length > 0),
  );
}

/** Every expression of a key, with values or without. */
function renamed(terms: Terms, from: string, to: string): Terms {
  return terms.map((term) => ({
    ...term,
    matchExpressions: term.matchExpressions?.map((given) => (given.key === from ? { ...given, key: to } : given)),
  }));
}

function withZones(terms: Terms, label: string | undefined, key: string): Terms {
  const values = label === undefined ? [] : zonesIn(label).filter((zone) => zone !== "");
  if (values.length === 0) return terms;
  const expression = { key, operator: "In", values };
  // kube: R-MIG-5 an empty term becomes one that matches; where there is no term there is one now.
  return (terms.length === 0 ? [{}] : terms).map((term: NodeSelectorTermLike) => ({
    ...term,
    matchExpressions: [...(term.matchExpressions ?? []), expression],
  }));
}
