// filters: the plugin SnapshotTopology, which no release of kube-scheduler has: a claim that will be restored from a
// snapshot -> the nodes at which its content says that the snapshot can be used. docs/rules.md lists its rules.

import type { Context } from "../../evaluate/context.js";
import { claimUseOf, ephemeralClaim, NAMED, NO_CLAIM, namedClaim, visitVolumes } from "../../evaluate/pod-volumes.js";
import { CLAIM, POD, STORAGE_CLASS } from "../../intern/cluster.js";
import { claimRow, reference, snapshotContentRow, snapshotRow } from "../../intern/kinds.js";
import { EMPTY_TEXT } from "../../intern/strings.js";
import type { Candidate, Plugin, PreFiltered, Resolution, SelectorList } from "../plugin.js";
import { SKIP } from "../plugin.js";
import { MatchingNodes } from "../selected-nodes.js";
import { isControlledBy } from "../volume-binding/pre-filter.js";

const REASON = "node(s) didn't match VolumeSnapshotContent's node affinity";
const SNAPSHOT_KIND = "VolumeSnapshot";
const SNAPSHOT_GROUP = "snapshot.storage.k8s.io";

const DATA_SOURCE = claimRow.column("spec.dataSource");
const DATA_SOURCE_REF = claimRow.column("spec.dataSourceRef");
const CONTENT = snapshotRow.column("status.boundVolumeSnapshotContentName");
const NODE_AFFINITY = snapshotContentRow.column("spec.nodeAffinity");
const API_GROUP = reference.bit("apiGroup");
const KIND = reference.bit("kind");
const NAME = reference.bit("name");
const NAMESPACE = reference.bit("namespace");

export class SnapshotTopology implements Plugin {
  readonly name = "SnapshotTopology";

  constructor(readonly context: Context) {}

  preFilter(candidate: Candidate): PreFiltered {
    const selectors = this.#selectorsOf(candidate);
    return selectors.length === 0 ? SKIP : new MatchingNodes(this.context, selectors, REASON, "Unschedulable");
  }

  resolve(candidate: Candidate, list: SelectorList): Resolution {
    return this.#selectorsOf(candidate).every((selector) => list.push(selector)) ? "selectors" : "open";
  }

  get epoch(): number {
    const { claims, storageClasses, tables } = this.context.cluster;
    return claims.epoch + storageClasses.epoch + tables.volumeSnapshots.epoch + tables.volumeSnapshotContents.epoch;
  }

  /** The row of the content that a claim is to be filled from, or -1 where nothing is asked of nodes for its sake. */
  contentOf(claim: number): number {
    const { claims, ids, storageClasses, tables } = this.context.cluster;
    // SNAPSHOT-3: a volume that is there is where it is, and a claim that does not wait is provisioned without a node.
    if (claims.get(claim, CLAIM.volumeName) > EMPTY_TEXT) return -1;
    const storageClass = storageClasses.find(EMPTY_TEXT, claims.get(claim, CLAIM.class));
    if (storageClass < 0) return -1;
    if (storageClasses.get(storageClass, STORAGE_CLASS.volumeBindingMode) !== ids.waitForFirstConsumer) return -1;
    const snapshot = tables.volumeSnapshots.find(claims.get(claim, CLAIM.namespace), this.#snapshotOf(claim));
    if (snapshot < 0) return -1;
    return tables.volumeSnapshotContents.find(EMPTY_TEXT, tables.volumeSnapshots.get(snapshot, CONTENT));
  }

  /** A selector for each claim whose snapshot cannot be used everywhere. O(volumes). */
  #selectorsOf({ claim, pod }: Candidate): readonly number[] {
    const { cluster, compiler } = this.context;
    const contents = cluster.tables.volumeSnapshotContents;
    const selectors: number[] = [];
    for (const row of pod < 0 ? [claim] : this.#claimsOf(pod)) {
      const content = this.contentOf(row);
      if (content < 0) continue;
      // kube: R-SNP-15 read as allowedTopologies are; a content that says nothing can be used everywhere.
      const selector = compiler.topology(contents.get(content, NODE_AFFINITY));
      if (selector !== compiler.programs.EVERYTHING) selectors.push(selector);
    }
    return selectors;
  }

  #claimsOf(pod: number): readonly number[] {
    const { cluster } = this.context;
    const { claims, pods, strings } = cluster;
    const found: number[] = [];
    visitVolumes(cluster, pod, (volume) => {
      const use = claimUseOf(volume);
      if (use === NO_CLAIM) return true;
      const name = use === NAMED ? namedClaim(volume) : strings.find(ephemeralClaim(cluster, pod, volume));
      const claim = claims.find(pods.get(pod, POD.namespace), name);
      // SNAPSHOT-4: what is missing, or another's, is for VolumeBinding to say.
      if (claim >= 0 && (use === NAMED || isControlledBy(cluster, claim, pod))) found.push(claim);
      return true;
    });
    return found;
  }

  /** The name (a string id) of the snapshot of its own namespace that a claim is to be restored from, or 0. */
  #snapshotOf(claim: number): number {
    const { blocks, claims, strings } = this.context.cluster;
    const own = claims.get(claim, DATA_SOURCE);
    const source = own !== 0 ? own : claims.get(claim, DATA_SOURCE_REF);
    if (source === 0) return 0;
    const field = (bit: number): number => {
      const cursor = blocks.cursor(source);
      return reference.seek(cursor, bit) ? cursor.tokens[cursor.at] : 0;
    };
    const says = (bit: number, wanted: string): boolean => field(bit) !== 0 && strings.get(field(bit)) === wanted;
    if (!says(KIND, SNAPSHOT_KIND) || !says(API_GROUP, SNAPSHOT_GROUP)) return 0;
    const namespace = own !== 0 ? 0 : field(NAMESPACE);
    // SNAPSHOT-5: snapshots of other namespaces are not looked at.
    if (namespace > EMPTY_TEXT && namespace !== claims.get(claim, CLAIM.namespace)) return 0;
    return field(NAME);
  }
}
