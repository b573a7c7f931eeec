// The plugin SnapshotTopology, which is ours (docs/rules.md): a restored claim goes where its snapshot can be used (R-SNP-15).

import { classOf } from "./classes.js";
import { keyOf } from "./cluster.js";
import type { Claim, Opt, TopologyTerm } from "./kinds.js";
import { type Plugin, type Snapshot, SUCCESS, UNS } from "./plugin.js";
import { items, labelsOf, matchesTopologyTerms } from "./selectors.js";

const ELSEWHERE = "node(s) didn't match VolumeSnapshotContent's node affinity";

export const snapshotTopology: Plugin = {
  name: "SnapshotTopology",
  preFilter: (snapshot) => {
    const affinities = claimsOf(snapshot).flatMap((claim) => affinityOf(claim, snapshot));
    if (affinities.length === 0) return "skip";
    const { texts } = snapshot.settings;
    return {
      filter: ({ metadata }) => {
        const labels = labelsOf(metadata.labels);
        const everywhere = affinities.every((terms) => matchesTopologyTerms(terms, labels, texts));
        return everywhere ? SUCCESS : { code: UNS, reasons: [ELSEWHERE] };
      },
    };
  },
};

function claimsOf({ cluster, pod }: Snapshot): Claim[] {
  return items(pod.spec?.volumes).flatMap(({ ephemeral, name, persistentVolumeClaim }) => {
    if (!persistentVolumeClaim && !ephemeral) return [];
    const claimName = persistentVolumeClaim
      ? (persistentVolumeClaim.claimName ?? "")
      : `${pod.metadata.name}-${name ?? ""}`;
    const claim = cluster.claims.get(keyOf(pod.metadata.namespace, claimName));
    if (!claim) return [];
    const controller = items(claim.metadata.ownerReferences).find((owner) => owner.controller === true);
    return persistentVolumeClaim || (controller && (controller.uid ?? "") === pod.metadata.uid) ? [claim] : [];
  });
}

/** The list of the content that the claim is to be filled from; nothing where it lists none. */
function affinityOf(claim: Claim, { cluster }: Snapshot): Opt<TopologyTerm>[][] {
  if (claim.spec?.volumeName) return [];
  if (cluster.storageClasses.get(classOf(claim))?.volumeBindingMode !== "WaitForFirstConsumer") return [];
  const { namespace } = claim.metadata;
  const { dataSource, dataSourceRef } = claim.spec ?? {};
  const source = dataSource ?? dataSourceRef;
  if (source?.kind !== "VolumeSnapshot" || source.apiGroup !== "snapshot.storage.k8s.io") return [];
  if (!dataSource && (dataSourceRef?.namespace || namespace) !== namespace) return [];
  const taken = cluster.snapshots.get(keyOf(namespace, source.name));
  const content = cluster.snapshotContents.get(taken?.status?.boundVolumeSnapshotContentName ?? "");
  const terms = content?.spec?.nodeAffinity ?? [];
  return terms.length === 0 ? [] : [terms];
}
