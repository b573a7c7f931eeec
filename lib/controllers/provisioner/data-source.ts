// controllers: a claim -> the source that it is to be filled from, and whether it may use it.

import type { Cluster } from "../../intern/cluster.js";
import type { PersistentVolumeClaimLike, ReferenceGrantLike, TypedReferenceLike } from "../../objects/types.js";
import { namespaceOf } from "./known-objects.js";
import { finished, ignored } from "./refusals.js";
import type { Refusal } from "./types.js";

export const SNAPSHOT_KIND = "VolumeSnapshot";
export const CLAIM_KIND = "PersistentVolumeClaim";
const SNAPSHOT_GROUP = "snapshot.storage.k8s.io";

export interface DataSource {
  readonly apiGroup: string;
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
}

/** At most one of the two is set; neither where the claim names no source. */
export interface DataSourceChoice {
  readonly source?: DataSource | undefined;
  readonly refusal?: Refusal | undefined;
}

export function dataSourceOf(
  cluster: Cluster,
  claim: PersistentVolumeClaimLike,
  crossNamespace: boolean,
): DataSourceChoice {
  const { dataSource, dataSourceRef } = claim.spec ?? {};
  const namespace = namespaceOf(claim);
  // kube: R-DS-1 dataSource hides dataSourceRef, and is always of the claim's own namespace.
  if (dataSource) return { source: { ...partsOf(dataSource), namespace } };
  if (!dataSourceRef) return {};
  const named = dataSourceRef.namespace;
  if (typeof named === "string" && named !== "" && !crossNamespace) {
    // kube: R-DS-2 another namespace may be named only where the gate is on, though it be the claim's own.
    const sentence = "dataSourceRef namespace specified but the CrossNamespaceVolumeDataSource feature is disabled";
    return { refusal: finished("R-DS-2", sentence) };
  }
  const source = { ...partsOf(dataSourceRef), namespace: named ?? namespace };
  // kube: R-XNS-2 the claim's own namespace needs no grant.
  if (source.namespace === namespace || isGranted(cluster, source, namespace)) return { source };
  const { kind, name } = source;
  const [from, to] = [`${source.namespace}/${name}`, `${namespace}/${claim.metadata?.name ?? ""}`];
  return { refusal: finished("R-XNS-1", `accessing ${from} of ${kind} dataSource from ${to} isn't allowed`) };
}

/** What is wrong with the reference itself. */
export function kindRefusal({ apiGroup, kind, name }: DataSource, claimName: string): Refusal | undefined {
  // kube: R-DS-3 a name there must be; of the kinds two are known, and snapshots are of one group.
  if (name === "") return finished("R-DS-3", `the PVC source not found for PVC ${claimName}`);
  if (kind === CLAIM_KIND) return undefined;
  if (kind !== SNAPSHOT_KIND) {
    return ignored("R-DS-3", "Assuming an external populator will provision the volume");
  }
  if (apiGroup === SNAPSHOT_GROUP) return undefined;
  const sentence = `the PVC source does not belong to the right APIGroup. Expected ${SNAPSHOT_GROUP}, Got ${apiGroup}`;
  return finished("R-DS-3", sentence);
}

function partsOf({ apiGroup, kind, name }: TypedReferenceLike) {
  return { apiGroup: apiGroup ?? "", kind: kind ?? "", name: name ?? "" };
}

function isGranted({ tables }: Cluster, source: DataSource, namespace: string): boolean {
  const { referenceGrants } = tables;
  for (let row = 0; row < referenceGrants.limit; row++) {
    if (!referenceGrants.has(row)) continue;
    const grant = referenceGrants.read(row) as ReferenceGrantLike;
    if (namespaceOf(grant) === source.namespace && grants(grant, source, namespace)) return true;
  }
  return false;
}

function grants({ spec }: ReferenceGrantLike, source: DataSource, namespace: string): boolean {
  // kube: R-XNS-1 one and the same grant names who may come and what may be used.
  const from = spec?.from?.some(
    (each) => (each.group ?? "") === "" && each.kind === CLAIM_KIND && each.namespace === namespace,
  );
  const to = spec?.to?.some(
    ({ group, kind, name }) =>
      (group ?? "") === source.apiGroup &&
      (kind ?? "") === source.kind &&
      ((name ?? "") === "" || name === source.name),
  );
  return from === true && to === true;
}
