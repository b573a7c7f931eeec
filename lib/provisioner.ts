// provisioner: what `topomatch/provisioner` offers: what the CSI provisioner will do once the scheduler has decided.

import type { ProvisionerSettings } from "./controllers/provisioner/attempt.js";
import type { CapacitySegment } from "./controllers/provisioner/capacity-objects.js";
import { clusterOfLists, Decoder, find } from "./controllers/provisioner/known-objects.js";
import { ExternalProvisioner } from "./controllers/provisioner/provisioner.js";
import type {
  AvailableCapacity,
  DataSourceStatus,
  DriverCapability,
  ProvisionerOptions,
  Provisioning,
  ProvisioningQuestion,
  Refusal,
  RestorePath,
} from "./controllers/provisioner/types.js";
import { TopologyError } from "./errors.js";
import type * as objects from "./index.js";
import type { Cluster } from "./intern/cluster.js";
import { Matcher } from "./matcher.js";
import { givenName, itemsOf } from "./objects/arguments.js";
import { checkOptionNames } from "./options.js";

export type { CapacitySegment } from "./controllers/provisioner/capacity-objects.js";
export type {
  AccessibilityRequirements,
  AttemptMemory,
  AvailableCapacity,
  CreatedVolume,
  DataSourceStatus,
  DriverCapability,
  KeptTopology,
  NodeDeployment,
  Outcome,
  ProvisionedVolume,
  ProvisionerOptions,
  Provisioning,
  ProvisioningQuestion,
  Refusal,
  RefusalState,
  RestorePath,
  RestoreStep,
  Topology,
  VolumeAffinity,
  VolumeAffinityExpression,
  VolumeAffinityTerm,
} from "./controllers/provisioner/types.js";
export { TopologyError };

/** The objects that a provisioner reads, a list a kind. */
export interface ObjectLists {
  readonly nodes?: Iterable<objects.NodeLike> | undefined;
  readonly csiNodes?: Iterable<objects.CSINodeLike> | undefined;
  readonly storageClasses?: Iterable<objects.StorageClassLike> | undefined;
  readonly persistentVolumes?: Iterable<objects.PersistentVolumeLike> | undefined;
  readonly persistentVolumeClaims?: Iterable<objects.PersistentVolumeClaimLike> | undefined;
  readonly volumeAttributesClasses?: Iterable<objects.VolumeAttributesClassLike> | undefined;
  readonly volumeSnapshots?: Iterable<objects.VolumeSnapshotLike> | undefined;
  readonly volumeSnapshotContents?: Iterable<objects.VolumeSnapshotContentLike> | undefined;
  readonly volumeSnapshotClasses?: Iterable<objects.VolumeSnapshotClassLike> | undefined;
  readonly referenceGrants?: Iterable<objects.ReferenceGrantLike> | undefined;
}

/** A claim, or the `NAMESPACE/NAME` of one that is known. */
export type AskedClaim = objects.PersistentVolumeClaimLike | string;

/** Says what the provisioner of each driver would do. Its verdicts stand beside the scheduler's and change none. */
export interface Provisioner {
  /**
   * What the provisioner does for a claim on the selected node, or without one: what it asks of the driver, or why it
   * asks nothing. It is taken for granted that the PV controller has handed it the claim. Some microseconds once the driver's topology is known; a pass over nodes and CSINodes after a change
   * of these.
   * @throws TopologyError `UnknownClaim`, `Malformed`, `BadArgument`.
   *
   * @example
   * const { accessibilityRequirements, refusal } = provisioner.provisioning("default/data", { node: "worker-1" });
   */
  provisioning(claim: AskedClaim, question?: ProvisioningQuestion): Provisioning;
  /** Why the provisioner leaves the claim alone as it stands; undefined where it attempts it. */
  attemptRefusal(claim: AskedClaim): Refusal | undefined;
  /**
   * Where a provisioner runs on every node (`nodeDeployment`): whether the one on this node would select it for a claim
   * that waits for no pod and has no node. `available` answers for the driver's GetCapacity.
   */
  takes(claim: AskedClaim, available: AvailableCapacity): boolean;
  /** Whether what the claim is to be filled from can be used now. */
  dataSourceStatus(claim: AskedClaim): DataSourceStatus;
  /** What speaks against the claim wherever it is provisioned: a selector, or what its source lacks; undefined: nothing. */
  claimRefusal(claim: AskedClaim): Refusal | undefined;
  /**
   * The way of a claim that is restored from a snapshot: from the disk over the snapshot's class and content, be they there
   * yet or not, to the claim. Undefined for a claim with another source, or none.
   */
  restorePath(claim: AskedClaim): RestorePath | undefined;
  /** The name of the volume that the claim's source was taken of; undefined where it has none, or it is not known. */
  sourceVolume(claim: AskedClaim): string | undefined;
  /**
   * A warning where the volume that the claim's source was taken of cannot be used on the node; undefined where it can,
   * and where nothing is known. It is no verdict of Kubernetes.
   */
  sourceWarning(claim: AskedClaim, node: string): string | undefined;
  /**
   * The CSIStorageCapacity objects that a driver's provisioner keeps, but for the sizes, which the driver says.
   * `immediate`: the flag `--capacity-for-immediate-binding`. O(nodes).
   */
  capacityObjects(driver: string, options?: { readonly immediate?: boolean | undefined }): readonly CapacitySegment[];
}

const OPTIONS = [
  ...["strictTopology", "immediateTopology", "preventVolumeModeConversion", "crossNamespaceDataSources"],
  ...["capabilities", "secrets", "nodeDeployment"],
];
const CAPABILITIES: readonly DriverCapability[] = [
  "CONTROLLER_SERVICE",
  "VOLUME_ACCESSIBILITY_CONSTRAINTS",
  "CREATE_DELETE_VOLUME",
  "CREATE_DELETE_SNAPSHOT",
  "CLONE_VOLUME",
  "MODIFY_VOLUME",
];

/**
 * A provisioner over the objects of a matcher, as they are when it is asked, or over lists that are read here, once:
 * external-provisioner v6.4.0. Reading takes some microseconds an object.
 * @throws TopologyError `BadOption`, `BadArgument`, `Malformed`.
 */
export function createProvisioner(
  source: objects.TopologyMatcher | ObjectLists,
  options: ProvisionerOptions = {},
): Provisioner {
  const settings = settingsOf(options);
  if (typeof source !== "object" || source === null) {
    const sentence = `createProvisioner takes a matcher or lists of objects, but was given ${givenName(source)}`;
    throw new TopologyError("BadArgument", sentence, "source");
  }
  const known = Matcher.behind(source)?.cluster ?? clusterOfLists(source as ObjectLists);
  const cluster = (): Cluster => Matcher.behind(source)?.cluster ?? known;
  const provisioner = new ExternalProvisioner(cluster, settings);
  let decoder: Decoder | undefined;
  const read = (claim: AskedClaim): objects.PersistentVolumeClaimLike => {
    if (typeof claim !== "string") {
      decoder ??= new Decoder();
      return decoder.decode("persistentVolumeClaims", claim);
    }
    const found = find(cluster(), "persistentVolumeClaims", claim);
    if (found === undefined) throw new TopologyError("UnknownClaim", `there is no claim ${claim}`, "claim");
    return found;
  };
  return {
    provisioning(claim, question = {}) {
      checkOptionNames(question, ["node", "memory"]);
      return provisioner.provisioning(read(claim), question);
    },
    attemptRefusal: (claim) => provisioner.attemptRefusal(read(claim)),
    takes: (claim, available) => provisioner.takes(read(claim), available),
    dataSourceStatus: (claim) => provisioner.dataSourceStatus(read(claim)),
    claimRefusal: (claim) => provisioner.claimRefusal(read(claim)),
    restorePath: (claim) => provisioner.restorePath(read(claim)),
    sourceVolume: (claim) => provisioner.sourceVolume(read(claim))?.metadata?.name ?? undefined,
    sourceWarning: (claim, node) => provisioner.sourceWarning(read(claim), node),
    capacityObjects: (driver, { immediate = false } = {}) => provisioner.capacityObjects(driver, immediate),
  };
}

function settingsOf(options: ProvisionerOptions): ProvisionerSettings {
  checkOptionNames(options, OPTIONS);
  const { capabilities = CAPABILITIES, nodeDeployment, secrets } = options;
  if (nodeDeployment !== undefined) checkOptionNames(nodeDeployment, ["node", "segments", "immediateBinding"]);
  if (nodeDeployment !== undefined && !nodeDeployment.node) {
    throw new TopologyError("BadOption", "nodeDeployment.node must be the name of a node", "nodeDeployment.node");
  }
  for (const capability of capabilities) {
    if (CAPABILITIES.includes(capability)) continue;
    const sentence = `capability ${capability} is unknown; there are ${CAPABILITIES.join(", ")}`;
    throw new TopologyError("BadOption", sentence, "capabilities");
  }
  return {
    strictTopology: options.strictTopology ?? false,
    immediateTopology: options.immediateTopology ?? true,
    preventVolumeModeConversion: options.preventVolumeModeConversion ?? true,
    crossNamespaceDataSources: options.crossNamespaceDataSources ?? false,
    capabilities: new Set(capabilities),
    secrets: secrets && new Set(itemsOf(secrets, "secrets", "secrets of createProvisioner")),
    nodeDeployment,
  };
}
