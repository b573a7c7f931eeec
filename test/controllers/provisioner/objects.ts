// Objects for the tables of the provisioner, and what it says of them.

import type * as objects from "../../../lib/index.js";
import type { ObjectLists, ProvisionerOptions, Refusal } from "../../../lib/provisioner.js";
import { createProvisioner } from "../../../lib/provisioner.js";

export const DRIVER = "csi.example.com";
export const SNAPSHOTS = "snapshot.storage.k8s.io";
export const SELECTED = "volume.kubernetes.io/selected-node";

type Labels = { readonly [key: string]: string };

/** `keys`: what the driver has registered on the node; null: no CSINode; undefined: the driver is not in it. */
export interface Place {
  readonly name: string;
  readonly labels?: Labels;
  readonly keys?: readonly string[] | null | undefined;
  /** There is a CSINode, but no Node. */
  readonly gone?: boolean;
  readonly driver?: string;
}

export function place(name: string, labels: Labels, keys?: readonly string[] | null): Place {
  return { name, labels, ...(keys === undefined ? {} : { keys }) };
}

/** A node of the zone, where the driver has registered the zone. */
export const zonal = (name: string, zone: string): Place => place(name, { zone }, ["zone"]);

export function nodesOf(places: readonly Place[]): Pick<ObjectLists, "nodes" | "csiNodes"> {
  return {
    nodes: places.filter(({ gone }) => !gone).map(({ labels, name }) => ({ metadata: { name, labels } })),
    csiNodes: places
      .filter(({ keys }) => keys !== null)
      .map(({ driver = DRIVER, keys, name }) => ({
        metadata: { name },
        spec: { drivers: keys === undefined ? [] : [{ name: driver, topologyKeys: keys ?? [] }] },
      })),
  };
}

export interface ClassSpec {
  readonly name?: string;
  readonly provisioner?: string;
  readonly mode?: string;
  /** An OR of ANDs of a key with its values. */
  readonly allowed?: readonly (readonly (readonly [key: string, values: readonly string[]])[])[];
  readonly parameters?: Labels;
}

export function classOf(of: ClassSpec = {}): objects.StorageClassLike {
  const allowedTopologies = of.allowed?.map((term) => ({
    matchLabelExpressions: term.map(([key, values]) => ({ key, values })),
  }));
  return {
    metadata: { name: of.name ?? "fast" },
    provisioner: of.provisioner ?? DRIVER,
    volumeBindingMode: of.mode ?? "Immediate",
    ...(allowedTopologies && { allowedTopologies }),
    ...(of.parameters && { parameters: of.parameters }),
  };
}

export interface ClaimSpec {
  readonly name?: string;
  readonly class?: string | null;
  readonly size?: string | null;
  readonly phase?: string;
  readonly spec?: object;
  readonly annotations?: Labels;
  readonly deleting?: boolean;
}

/** Its uid is `uid-NAME`. */
export function claimOf(of: ClaimSpec = {}): objects.PersistentVolumeClaimLike {
  const { annotations, name = "pvc", phase = "Pending", size = "5Gi", spec } = of;
  return {
    metadata: {
      namespace: "default",
      name,
      uid: `uid-${name}`,
      ...(annotations && { annotations }),
      ...(of.deleting && { deletionTimestamp: "2026-01-01T00:00:00Z" }),
    },
    spec: {
      accessModes: ["ReadWriteOnce"],
      ...(size !== null && { resources: { requests: { storage: size } } }),
      ...(of.class === null ? {} : { storageClassName: of.class ?? "fast" }),
      ...spec,
    },
    status: { phase },
  };
}

/** A source's state and sentence without what is before its own words, or `ready`. */
export function statusOf(claim: objects.PersistentVolumeClaimLike, lists: ObjectLists, options?: ProvisionerOptions) {
  const status = createProvisioner(lists, options).dataSourceStatus(claim);
  return status.ready ? "ready" : told(status);
}

/** `RULE STATE: SENTENCE`. */
export function told({ reason, rule, state }: Refusal): string {
  const own = reason.replace(/^error getting handle for DataSource Type \S+ by Name \S*: /, "... ");
  return `${rule} ${state}: ${own.replace(/^error generating accessibility requirements: /, "topology: ")}`;
}

/** `zone=a,rack=1`. */
export function printed(topologies: readonly { readonly segments: Labels }[] | undefined): string {
  return (topologies ?? [])
    .map(({ segments }) =>
      Object.keys(segments)
        .sort()
        .map((key) => `${key}=${segments[key]}`)
        .join(","),
    )
    .join(" ");
}
