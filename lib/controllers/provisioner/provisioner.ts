// controllers: one external-provisioner for all drivers of a cluster: what it does for claims.

import type { Cluster } from "../../intern/cluster.js";
import { checkText } from "../../objects/arguments.js";
import type { PersistentVolumeClaimLike, PersistentVolumeLike, StorageClassLike } from "../../objects/types.js";
import type { Attempt, ProvisionerSettings } from "./attempt.js";
import { claimRefusal, prepare, sourceRefusal } from "./attempt.js";
import { checkAvailable, checkCreated, checkPlaces, checkQuestion } from "./bad-arguments.js";
import type { CapacitySegment } from "./capacity-objects.js";
import { capacityObjects } from "./capacity-objects.js";
import type { ProvisionedClass } from "./class-translation.js";
import { provisionedClass } from "./class-translation.js";
import { ClusterTopology } from "./cluster-topology.js";
import { CLAIM_KIND, dataSourceOf, kindRefusal, SNAPSHOT_KIND } from "./data-source.js";
import { find, nameOf, namespaceOf } from "./known-objects.js";
import { foreignRefusal, leftAlone, ownTopology, takesClaim } from "./node-deployment.js";
import { requestedBytes, stateAfterError, volumeFrom } from "./provisioned-volume.js";
import { requirementsOf } from "./requirements.js";
import { snapshotPath, step } from "./restore-path.js";
import {
  attemptRefusal,
  classNameOf,
  classRefusal,
  isForDriver,
  selectedNodeOf,
  waitingRefusal,
} from "./should-provision.js";
import type {
  AvailableCapacity,
  DataSourceStatus,
  KeptTopology,
  Provisioning,
  ProvisioningQuestion,
  Refusal,
  RestorePath,
  RestoreStep,
  Topology,
} from "./types.js";
import { affinityOf } from "./volume-affinity.js";
import { reaches } from "./volume-reach.js";

/** `cluster` gives the cluster as it is now, whenever something is asked. */
export class ExternalProvisioner {
  readonly #cluster: () => Cluster;
  readonly #topology: ClusterTopology;
  /** By driver, where this is the provisioner of one node. */
  readonly #ownTopology = new Map<string, ClusterTopology>();
  readonly settings: ProvisionerSettings;

  constructor(cluster: () => Cluster, settings: ProvisionerSettings) {
    this.#cluster = cluster;
    this.#topology = new ClusterTopology(cluster());
    this.settings = settings;
  }

  provisioning(claim: PersistentVolumeClaimLike, question: ProvisioningQuestion): Provisioning {
    checkQuestion(question);
    const { memory, node = selectedNodeOf(claim) } = question;
    const uid = claim.metadata?.uid ?? "";
    const { attempt, driver, refusal, storageClass } = this.#attempt(claim, node, memory && (memory.get(uid) ?? {}));
    const prepared = attempt === undefined ? { refusal } : prepare(attempt);
    if (attempt?.kept !== undefined) memory?.set(uid, attempt.kept);
    const { capabilities, crossNamespaceDataSources: crossNamespace } = this.settings;
    const hasTopology = capabilities.has("VOLUME_ACCESSIBILITY_CONSTRAINTS");
    const forget = (): void => void memory?.delete(uid);
    const told = {
      claim: `${namespaceOf(claim)}/${nameOf(claim)}`,
      driver,
      refusal: prepared.refusal,
      accessibilityRequirements: prepared.requirements,
      requestedBytes: requestedBytes(claim),
    };
    return {
      ...told,
      toJSON: () => ({ ...told, requestedBytes: String(told.requestedBytes) }),
      nodeAffinityOf(accessible) {
        checkPlaces(accessible, "nodeAffinityOf");
        return hasTopology ? affinityOf(accessible) : undefined;
      },
      volumeFrom(created) {
        checkCreated(created);
        if (attempt === undefined) return { refusal: refusal as Refusal };
        const provisioner = storageClass?.provisioner ?? "";
        const request = { claim, storageClass: attempt.storageClass, provisioner, hasTopology, crossNamespace };
        const outcome = prepared.refusal === undefined ? volumeFrom(request, created) : { refusal: prepared.refusal };
        // kube: R-TOP-18 an answer that was accepted ends what retries use again.
        if (outcome.refusal === undefined) forget();
        return outcome;
      },
      afterError(code) {
        const state = stateAfterError(code, hasTopology && node !== "");
        // kube: R-TOP-18 so does an error that is final, or sends the pod back.
        if (hasTopology && state !== "InBackground") forget();
        return state;
      },
    };
  }

  /** Why no provisioner attempts the claim as it stands; undefined where one does. */
  attemptRefusal(claim: PersistentVolumeClaimLike): Refusal | undefined {
    const { nodeDeployment } = this.settings;
    const left = nodeDeployment && leftAlone(nodeDeployment, claim);
    const isOfAnother = left !== undefined && selectedNodeOf(claim) !== "";
    return isOfAnother ? left : (attemptRefusal(this.#cluster(), claim) ?? left);
  }

  /** What is against the claim itself, wherever it is provisioned: its selector or its source. */
  claimRefusal(claim: PersistentVolumeClaimLike): Refusal | undefined {
    const { attempt, refusal } = this.#attempt(claim, "", undefined, false);
    return attempt === undefined ? refusal : claimRefusal(attempt);
  }

  dataSourceStatus(claim: PersistentVolumeClaimLike): DataSourceStatus {
    const { attempt, refusal } = this.#attempt(claim, "", undefined, false);
    const chosen = dataSourceOf(this.#cluster(), claim, this.settings.crossNamespaceDataSources);
    const { source } = chosen;
    const found =
      chosen.refusal ??
      (source && kindRefusal(source, nameOf(claim))) ??
      refusal ??
      (source && attempt && sourceRefusal(attempt, source));
    if (found !== undefined && (source !== undefined || chosen.refusal !== undefined))
      return { ready: false, ...found };
    return { ready: true, source: source && `${source.namespace}/${source.name}`, kind: source?.kind };
  }

  /** The way of a claim that is restored from a snapshot; undefined for any other claim. */
  restorePath(claim: PersistentVolumeClaimLike): RestorePath | undefined {
    const cluster = this.#cluster();
    const { source } = dataSourceOf(cluster, claim, this.settings.crossNamespaceDataSources);
    if (source?.kind !== SNAPSHOT_KIND) return undefined;
    const { driver, steps, volume } = snapshotPath(cluster, source);
    const { attempt, refusal } = this.#attempt(claim, "", undefined, false);
    const topology = attempt === undefined ? undefined : this.#placesOf(attempt);
    const last =
      attempt === undefined
        ? refusedStep(claim, refusal)
        : this.#restoreStep(attempt, driver, volume?.spec?.volumeMode);
    const all = [...steps, last];
    return { steps: all, driver, passable: all.every(({ state }) => state !== "missing"), topology };
  }

  /**
   * What to know before the claim is provisioned for a node: that the disk which its source was taken of cannot be used
   * there. Some drivers cannot fill a volume from it then; others can, and nothing in the cluster says which.
   */
  sourceWarning(claim: PersistentVolumeClaimLike, node: string): string | undefined {
    checkText(node, "node", "sourceWarning");
    const volume = this.sourceVolume(claim);
    const labels = this.#topology.labelsOf(node);
    // kube: R-SNP-16 ours: the place of the source is told, and changes no verdict.
    if (volume === undefined || labels === undefined || reaches(volume, labels)) return undefined;
    return `the source's volume ${nameOf(volume)} cannot be used on node ${node}: the driver may not be able to fill a volume there`;
  }

  /** The volume that the claim's source was taken of, as far as it is known. */
  sourceVolume(claim: PersistentVolumeClaimLike): PersistentVolumeLike | undefined {
    const cluster = this.#cluster();
    const { source } = dataSourceOf(cluster, claim, this.settings.crossNamespaceDataSources);
    if (source === undefined) return undefined;
    return source.kind === SNAPSHOT_KIND ? snapshotPath(cluster, source).volume : this.#volumeOf(source);
  }

  capacityObjects(driver: string, immediateToo: boolean): readonly CapacitySegment[] {
    const cluster = this.#cluster();
    return capacityObjects(cluster, this.#topologyOf(driver).of(driver).segments, driver, immediateToo);
  }

  /** Whether the provisioner of this node would select its node for the claim. `available`: the driver's GetCapacity. */
  takes(claim: PersistentVolumeClaimLike, available: AvailableCapacity): boolean {
    checkAvailable(available);
    const { settings } = this;
    const cluster = this.#cluster();
    // The annotation that classes were once named by is not looked at here.
    const name = claim.spec?.storageClassName ?? "";
    const storageClass = name === "" ? undefined : find(cluster, "storageClasses", name);
    if (settings.nodeDeployment === undefined || storageClass === undefined) return false;
    const provisioned = provisionedClass(name, storageClass);
    if (!isForDriver(claim, provisioned.driver)) return false;
    const topology = this.#topologyOf(provisioned.driver);
    const { node } = settings.nodeDeployment;
    const attempt = { cluster, topology, settings, claim, storageClass: provisioned, node, kept: undefined };
    return takesClaim(attempt, storageClass, available);
  }

  /** The places that the provisioner knows: the cluster's, or its own node's. */
  #topologyOf(driver: string): ClusterTopology {
    const { nodeDeployment } = this.settings;
    if (nodeDeployment === undefined) return this.#topology;
    const known = this.#ownTopology.get(driver) ?? ownTopology(nodeDeployment, driver);
    this.#ownTopology.set(driver, known);
    return known;
  }

  #volumeOf({ kind, name, namespace }: { readonly kind: string; readonly name: string; readonly namespace: string }) {
    if (kind !== CLAIM_KIND) return undefined;
    const cluster = this.#cluster();
    const volumeName = find(cluster, "persistentVolumeClaims", `${namespace}/${name}`)?.spec?.volumeName ?? "";
    return volumeName === "" ? undefined : find(cluster, "persistentVolumes", volumeName);
  }

  /** An attempt, or why there is none. `waits`: whether a claim that waits for a pod has none. */
  #attempt(claim: PersistentVolumeClaimLike, node: string, kept: KeptTopology | undefined, waits = true): Started {
    const cluster = this.#cluster();
    const className = classNameOf(claim);
    const storageClass = className === "" ? undefined : find(cluster, "storageClasses", className);
    const provisioned = storageClass === undefined ? undefined : provisionedClass(className, storageClass);
    const early = classRefusal(claim, storageClass);
    const waiting = storageClass && waits ? waitingRefusal(claim, storageClass, node) : undefined;
    const refusal = early ?? waiting;
    const driver = provisioned?.driver ?? "";
    if (refusal !== undefined || provisioned === undefined) return { driver, refusal, storageClass };
    const { settings } = this;
    const foreign = waits && settings.nodeDeployment && foreignRefusal(settings.nodeDeployment, claim, node);
    if (foreign) return { driver, refusal: foreign, storageClass };
    const attempt = {
      cluster,
      topology: this.#topologyOf(driver),
      settings,
      claim,
      storageClass: provisioned,
      node,
      kept,
    };
    return { attempt, driver, storageClass };
  }

  #placesOf({ claim, storageClass }: Attempt): readonly Topology[] | undefined {
    const question = { claimName: nameOf(claim), node: "", strict: false, immediate: true, kept: undefined };
    const { allowedTopologies, driver } = storageClass;
    return requirementsOf(this.#topologyOf(storageClass.driver), { ...question, allowedTopologies, driver })
      .requirements?.requisite;
  }

  #restoreStep(attempt: Attempt, driver: string, sourceMode: string | null | undefined): RestoreStep {
    const { claim, storageClass } = attempt;
    const key = `${namespaceOf(claim)}/${nameOf(claim)}`;
    const refusal = claimRefusal(attempt);
    if (refusal === undefined) return step("PersistentVolumeClaim", key, "made", `restored by ${storageClass.driver}`);
    // What a snapshot lacks that is on its way comes by itself.
    const comes = ["R-SNP-3", "R-SNP-4", "R-SNP-7", "R-SNP-8"].includes(refusal.rule);
    if (!comes) return step("PersistentVolumeClaim", key, "missing", refusal.reason);
    const note = foreseen(storageClass, driver, claim.spec?.volumeMode, sourceMode);
    if (note !== "") return step("PersistentVolumeClaim", key, "missing", note);
    return step("PersistentVolumeClaim", key, "made", `restored by ${storageClass.driver} once the snapshot is ready`);
  }
}

interface Started {
  readonly attempt?: Attempt | undefined;
  readonly driver: string;
  readonly refusal?: Refusal | undefined;
  readonly storageClass: StorageClassLike | undefined;
}

function refusedStep(claim: PersistentVolumeClaimLike, refusal: Refusal | undefined): RestoreStep {
  const key = `${namespaceOf(claim)}/${nameOf(claim)}`;
  return step("PersistentVolumeClaim", key, "missing", refusal?.reason ?? "");
}

/** What a content that is still to be made will have against the claim. */
function foreseen(
  storageClass: ProvisionedClass,
  driver: string,
  mode: string | null | undefined,
  sourceMode: string | null | undefined,
): string {
  if (driver !== "" && driver !== storageClass.provisioner) {
    return `its storage class ${storageClass.name} is of ${storageClass.provisioner}, which cannot restore what ${driver} takes`;
  }
  if (!mode || !sourceMode || mode === sourceMode) return "";
  return `it asks for volume mode ${mode}, and the snapshot is of a volume of mode ${sourceMode}`;
}
