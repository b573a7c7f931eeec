// cli: kinds of which the input has no object although what is asked about needs one -> one line each.
//
// kubectl leaves out the kinds that its user may not list, and the verdict then rests on their absence.

import type { TopologyMatcher } from "../../index.js";
import { counted } from "../failure.js";
import type { KubeObject } from "../fields.js";
import { dig, textAt } from "../fields.js";
import { classOf, delayedClassOf, isFullyBound, volumeNameOf } from "./claim-state.js";
import type { EvaluatedPod } from "./evaluated.js";

/** Kinds that can be missed, in the order of their lines: how the need is said, and what the verdict rests on. */
const LINES = {
  nodes: { kind: "Node", one: "pod waits for one", more: "pods wait for one", rests: "such pods fit nowhere" },
  claims: {
    kind: "PersistentVolumeClaim",
    one: "pod names one",
    more: "pods name one",
    rests: "such pods are judged as if their claims did not exist",
  },
  volumes: {
    kind: "PersistentVolume",
    one: "claim needs one",
    more: "claims need one",
    rests: "pods with such claims fit no node",
  },
  classes: {
    kind: "StorageClass",
    one: "claim names one",
    more: "claims name one",
    rests: "such claims are judged as immediate",
  },
  drivers: {
    kind: "CSIDriver",
    one: "class has an external provisioner",
    more: "classes have external provisioners",
    rests: "storage capacity is not checked",
  },
  capacities: {
    kind: "CSIStorageCapacity",
    one: "class is of a driver that tracks capacity",
    more: "classes are of drivers that track capacity",
    rests: "no node has room for a claim of such a class",
  },
  csiNodes: {
    kind: "CSINode",
    one: "volume is of an in-tree plugin",
    more: "volumes are of in-tree plugins",
    rests: "zones of such volumes are compared as if no plugin were migrated to CSI",
  },
  snapshots: {
    kind: "VolumeSnapshot",
    one: "claim is restored from one",
    more: "claims are restored from one",
    rests: "such claims are told to be refused as if it did not exist",
  },
  contents: {
    kind: "VolumeSnapshotContent",
    one: "claim is restored from a snapshot",
    more: "claims are restored from snapshots",
    rests: "such claims are told to be refused as if the snapshot had none",
  },
  limits: {
    kind: "CSINode",
    one: "pod has volumes of CSI drivers",
    more: "pods have volumes of CSI drivers",
    rests: "attach limits are not checked",
  },
} as const;

type Need = keyof typeof LINES;

const NO_PROVISIONER = "kubernetes.io/no-provisioner";
/** Plugins whose volumes' zones are rewritten on nodes whose CSINode names them as migrated. */
const REWRITTEN = ["awsElasticBlockStore", "gcePersistentDisk", "cinder"];

export class MissingKinds {
  readonly #missing: { readonly [N in Need]: boolean };
  /** What has the need, each once, and the first of them in words. */
  readonly #needs = new Map<Need, { readonly keys: Set<string>; readonly first: string }>();

  /** `nodeDrivers` are the drivers that the input's CSINodes list, `running` the plugins that run. */
  constructor(
    readonly matcher: TopologyMatcher,
    readonly nodeDrivers: ReadonlySet<string>,
    running: readonly string[],
  ) {
    const bindsVolumes = running.includes("VolumeBinding");
    this.#missing = {
      nodes: matcher.nodes.size === 0,
      claims: bindsVolumes && matcher.persistentVolumeClaims.size === 0,
      volumes: bindsVolumes && matcher.persistentVolumes.size === 0,
      classes: bindsVolumes && matcher.storageClasses.size === 0,
      drivers: bindsVolumes && matcher.csiDrivers.size === 0,
      capacities: bindsVolumes && matcher.csiStorageCapacities.size === 0,
      csiNodes: bindsVolumes && matcher.csiNodes.size === 0,
      snapshots: bindsVolumes && matcher.volumeSnapshots.size === 0,
      contents: bindsVolumes && matcher.volumeSnapshots.size > 0 && matcher.volumeSnapshotContents.size === 0,
      limits: running.includes("NodeVolumeLimits") && matcher.csiNodes.size === 0,
    };
  }

  /** Whether there is something to find out from pods. */
  get any(): boolean {
    return Object.values(this.#missing).some((missing) => missing);
  }

  add({ claims, key }: EvaluatedPod): void {
    this.#need("nodes", key, key);
    if (claims.length > 0) this.#need("claims", key, `${key} -> ${claims[0].key}`);
    for (const { claim, key: claimKey } of claims) if (claim !== undefined) this.#addClaim(claimKey, claim, key);
  }

  /** One line a kind. */
  lines(): string[] {
    const byKind = new Map<string, string[]>();
    for (const need of Object.keys(LINES) as Need[]) {
      const found = this.#needs.get(need);
      if (found === undefined) continue;
      const { kind, more, one, rests } = LINES[need];
      const part = `${counted(found.keys.size, one, more)} (first: ${found.first}): ${rests}`;
      byKind.set(kind, [...(byKind.get(kind) ?? []), part]);
    }
    return [...byKind].map(([kind, parts]) => `no ${kind} in the input, but ${parts.join("; and ")}`);
  }

  #addClaim(key: string, claim: KubeObject, pod: string): void {
    if (isFullyBound(claim)) {
      this.#addBound(key, volumeNameOf(claim), pod);
      return;
    }
    const name = classOf(claim);
    // Without its class a claim is immediate, and so is one without a class.
    if (name !== "") this.#need("classes", key, `${key} -> ${name}`);
    const delayed = delayedClassOf(claim, this.matcher);
    if (delayed === undefined) return;
    this.#addSource(key, claim);
    const provisioner = textAt(delayed, "provisioner");
    // Such a claim is never provisioned.
    if (provisioner === "" || provisioner === NO_PROVISIONER) this.#need("volumes", key, key);
    else if (!provisioner.startsWith("kubernetes.io/")) this.#addProvisioned(claim, name, provisioner, pod);
  }

  #addSource(key: string, claim: KubeObject): void {
    const source = dig(claim, "spec", "dataSource") ?? dig(claim, "spec", "dataSourceRef");
    if (textAt(source, "kind") !== "VolumeSnapshot") return;
    for (const need of ["snapshots", "contents"] as const) this.#need(need, key, `${key} -> ${textAt(source, "name")}`);
  }

  #addBound(key: string, volumeName: string, pod: string): void {
    this.#need("volumes", key, `${key} -> ${volumeName}`);
    if (!this.#missing.csiNodes && !this.#missing.limits) return;
    const volume = this.matcher.persistentVolumes.get(volumeName);
    // Without a CSINode the volume is used as it is written.
    if (REWRITTEN.some((source) => dig(volume, "spec", source) !== undefined)) {
      this.#need("csiNodes", volumeName, volumeName);
    }
    const driver = textAt(volume, "spec", "csi", "driver");
    if (driver !== "") this.#need("limits", pod, `${pod} -> ${driver}`);
  }

  #addProvisioned(claim: KubeObject, name: string, provisioner: string, pod: string): void {
    this.#need("limits", pod, `${pod} -> ${provisioner}`);
    // A claim without a size needs no room.
    if (dig(claim, "spec", "resources", "requests", "storage") === undefined) return;
    const first = `${name} -> ${provisioner}`;
    // CSINodes that do not list a provisioner say that it is none of CSI's.
    const { csiDrivers, csiNodes } = this.matcher;
    if (csiNodes.size === 0 || this.nodeDrivers.has(provisioner)) this.#need("drivers", name, first);
    // Only a driver that says so tracks capacity.
    if (csiDrivers.get(provisioner)?.spec?.storageCapacity === true) this.#need("capacities", name, first);
  }

  #need(need: Need, key: string, first: string): void {
    if (!this.#missing[need]) return;
    const found = this.#needs.get(need);
    if (found === undefined) this.#needs.set(need, { keys: new Set([key]), first });
    else found.keys.add(key);
  }
}
