// controllers: one attempt to provision a claim: its checks in the provisioner's order, up to the request to the driver.

import type { Cluster } from "../../intern/cluster.js";
import { goQuote } from "../../objects/go-quote.js";
import type { PersistentVolumeClaimLike } from "../../objects/types.js";
import type { ProvisionedClass } from "./class-translation.js";
import { cloneRefusal } from "./clone-source.js";
import type { ClusterTopology } from "./cluster-topology.js";
import type { DataSource } from "./data-source.js";
import { CLAIM_KIND, dataSourceOf, kindRefusal, SNAPSHOT_KIND } from "./data-source.js";
import { find, nameOf } from "./known-objects.js";
import { finished, noChange } from "./refusals.js";
import { requirementsOf } from "./requirements.js";
import { PREFIX as RESERVED, SECRET_PARAMETERS, secretRefusal } from "./secrets.js";
import { snapshotRefusal } from "./snapshot-source.js";
import type { AccessibilityRequirements, DriverCapability, KeptTopology, NodeDeployment, Refusal } from "./types.js";

const FS_TYPE = "csi.storage.k8s.io/fstype";
const MODES = ["ReadWriteOnce", "ReadOnlyMany", "ReadWriteMany", "ReadWriteOncePod"];
const KNOWN_PARAMETERS = new Set([FS_TYPE, ...SECRET_PARAMETERS]);

/** The flags, gates and capabilities, each with its value. */
export interface ProvisionerSettings {
  readonly strictTopology: boolean;
  readonly immediateTopology: boolean;
  readonly preventVolumeModeConversion: boolean;
  readonly crossNamespaceDataSources: boolean;
  readonly capabilities: ReadonlySet<DriverCapability>;
  /** The keys of the Secrets that there are; undefined where that is not asked. */
  readonly secrets: ReadonlySet<string> | undefined;
  /** Where the provisioner runs on every node: the one on this node. */
  readonly nodeDeployment: NodeDeployment | undefined;
}

export interface Attempt {
  readonly cluster: Cluster;
  readonly topology: ClusterTopology;
  readonly settings: ProvisionerSettings;
  readonly claim: PersistentVolumeClaimLike;
  readonly storageClass: ProvisionedClass;
  /** The selected node, or `""`. */
  readonly node: string;
  /** Where attempts are remembered. */
  readonly kept: KeptTopology | undefined;
}

/** At most one of the two is set. */
export interface Prepared {
  readonly requirements?: AccessibilityRequirements | undefined;
  readonly refusal?: Refusal | undefined;
}

/** Everything that is checked before the driver is asked. */
export function prepare(attempt: Attempt): Prepared {
  const { cluster, settings, storageClass } = attempt;
  // kube: R-TOP-17 the first check that fails is the answer.
  const { refusal: choice, source } = dataSourceOf(cluster, attempt.claim, settings.crossNamespaceDataSources);
  const refusal =
    choice ??
    storageClass.refusal ??
    (source && kindRefusal(source, nameOf(attempt.claim))) ??
    capabilityRefusal(attempt, source) ??
    selectorRefusal(attempt.claim) ??
    duplicateFsType(storageClass) ??
    accessModeRefusal(attempt.claim) ??
    (source && sourceRefusal(attempt, source));
  if (refusal !== undefined) return { refusal };
  const outcome = settings.capabilities.has("VOLUME_ACCESSIBILITY_CONSTRAINTS") ? askTopology(attempt) : {};
  if (outcome.refusal !== undefined) return outcome;
  const last =
    secretRefusal(attempt.claim, storageClass, settings.secrets) ??
    unknownParameter(storageClass) ??
    attributesClassRefusal(attempt);
  return last === undefined ? outcome : { refusal: last };
}

/** What is against the claim's source, or against any source beside its selector. */
export function claimRefusal(attempt: Attempt): Refusal | undefined {
  const { claim, cluster, settings } = attempt;
  const { refusal, source } = dataSourceOf(cluster, claim, settings.crossNamespaceDataSources);
  return (
    refusal ??
    (source && kindRefusal(source, nameOf(claim))) ??
    selectorRefusal(claim) ??
    (source && sourceRefusal(attempt, source))
  );
}

export function selectorRefusal(claim: PersistentVolumeClaimLike): Refusal | undefined {
  // kube: R-TOP-2 a claim with a selector is never provisioned, though the selector be empty.
  const selector = claim.spec?.selector ?? undefined;
  return selector === undefined ? undefined : finished("R-TOP-2", "claim Selector is not supported");
}

export function sourceRefusal(attempt: Attempt, source: DataSource): Refusal | undefined {
  const { claim, cluster, settings, storageClass } = attempt;
  if (source.kind === CLAIM_KIND) return cloneRefusal(cluster, claim, source, storageClass);
  const preventModeConversion = settings.preventVolumeModeConversion;
  return snapshotRefusal(cluster, claim, source, { storageClass, preventModeConversion });
}

/** The topology of a class for the attempt's node. */
export function askTopology({ claim, kept, node, settings, storageClass, topology }: Attempt): Prepared {
  return requirementsOf(topology, {
    driver: storageClass.driver,
    claimName: nameOf(claim),
    allowedTopologies: storageClass.allowedTopologies,
    node,
    strict: settings.strictTopology,
    immediate: settings.immediateTopology,
    kept,
  });
}

function capabilityRefusal({ claim, settings }: Attempt, source: DataSource | undefined): Refusal | undefined {
  const needed: (readonly [capability: DriverCapability, place: string, feature: string])[] = [
    ["CONTROLLER_SERVICE", "plugin", "dynamic provisioning"],
    ["CREATE_DELETE_VOLUME", "controller", "dynamic provisioning"],
  ];
  if (source?.kind === SNAPSHOT_KIND) needed.push(["CREATE_DELETE_SNAPSHOT", "controller", "snapshot restore"]);
  if (source?.kind === CLAIM_KIND) needed.push(["CLONE_VOLUME", "controller", "clone operations"]);
  if (attributesClassOf(claim) !== "") needed.push(["MODIFY_VOLUME", "controller", "VolumeAttributesClass"]);
  const lacking = needed.find(([capability]) => !settings.capabilities.has(capability));
  if (lacking === undefined) return undefined;
  const [capability, place, feature] = lacking;
  // kube: R-TOP-3 what the claim needs the driver must report.
  const sentence = `CSI driver does not support ${feature}: ${place} ${capability} capability is not reported`;
  return finished("R-TOP-3", sentence);
}

function duplicateFsType({ parameters }: ProvisionedClass): Refusal | undefined {
  const named = parameters.filter(([key]) => key.toLowerCase() === "fstype" || key === FS_TYPE);
  // kube: R-TOP-17 the type of the file system may be named once, under either name.
  if (named.length <= 1) return undefined;
  return finished("R-TOP-17", `fstype specified in parameters with both "fstype" and "${FS_TYPE}" keys`);
}

function accessModeRefusal({ spec }: PersistentVolumeClaimLike): Refusal | undefined {
  // kube: R-TOP-17 each access mode is looked at alone.
  const odd = spec?.accessModes?.find((mode) => !MODES.includes(mode ?? ""));
  return odd === undefined ? undefined : finished("R-TOP-17", `unsupported AccessMode combination: [${odd ?? ""}]`);
}

function unknownParameter({ parameters }: ProvisionedClass): Refusal | undefined {
  // kube: R-TOP-17 of parameters under the reserved prefix all must be known; the first by name is told.
  const [unknown] = parameters
    .map(([key]) => key)
    .filter((key) => key.startsWith(RESERVED) && !KNOWN_PARAMETERS.has(key))
    .sort();
  if (unknown === undefined) return undefined;
  const why = `found unknown parameter key "${unknown}" with reserved namespace ${RESERVED}`;
  return finished("R-TOP-17", `failed to strip CSI Parameters of prefixed keys: ${why}`);
}

function attributesClassRefusal({ claim, cluster, storageClass }: Attempt): Refusal | undefined {
  const name = attributesClassOf(claim);
  if (name === "") return undefined;
  const attributesClass = find(cluster, "volumeAttributesClasses", name);
  // kube: R-TOP-4 the attributes class must exist and be of the driver.
  if (attributesClass === undefined) {
    return noChange("R-TOP-4", `volumeattributesclasses.storage.k8s.io ${goQuote(name)} not found`);
  }
  const driver = attributesClass.driverName ?? "";
  if (driver === storageClass.driver) return undefined;
  const whose = `is for driver ${driver} which does not match driver name ${storageClass.driver}`;
  return finished("R-TOP-4", `VAC ${name} referenced in PVC ${whose}`);
}

function attributesClassOf({ spec }: PersistentVolumeClaimLike): string {
  return spec?.volumeAttributesClassName ?? "";
}
