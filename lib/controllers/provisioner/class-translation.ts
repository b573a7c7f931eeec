// controllers: a StorageClass of an in-tree plugin -> the class that the CSI driver in its place provisions by.

import { IN_TREE_PLUGINS } from "../../filters/migration/in-tree-plugins.js";
import type { StorageClassLike, TopologySelectorTermLike } from "../../objects/types.js";
import { finished } from "./refusals.js";
import type { Refusal } from "./types.js";

const ZONES = ["topology.kubernetes.io/zone", "failure-domain.beta.kubernetes.io/zone"];
const AZURE_KEY = "topology.disk.csi.azure.com/zone";
const FS_TYPE = "csi.storage.k8s.io/fstype";
const PORTWORX_SECRETS = [
  ...["provisioner", "controller-publish", "node-publish", "node-stage", "controller-expand", "node-expand"],
];
const VSPHERE_PARAMETERS = new Set([
  ...["storagepolicyname", "datastore", "diskformat", "hostfailurestotolerate", "forceprovisioning"],
  ...["cachereservation", "diskstripes", "objectspacereservation", "iopslimit"],
]);

/** What the classes of a plugin are translated by; `zoneParameters`: they may name zones in parameters. */
interface Translation {
  readonly zoneKey: string;
  readonly zoneParameters: boolean;
  readonly fsType: boolean;
}

const TRANSLATIONS: ReadonlyMap<string, Translation> = new Map([
  ["kubernetes.io/aws-ebs", { zoneKey: "topology.ebs.csi.aws.com/zone", zoneParameters: true, fsType: true }],
  ["kubernetes.io/gce-pd", { zoneKey: "topology.gke.io/zone", zoneParameters: true, fsType: true }],
  ["kubernetes.io/azure-disk", { zoneKey: AZURE_KEY, zoneParameters: true, fsType: false }],
  ["kubernetes.io/cinder", { zoneKey: "topology.cinder.csi.openstack.org/zone", zoneParameters: false, fsType: true }],
  ["kubernetes.io/vsphere-volume", { zoneKey: "topology.csi.vmware.com/zone", zoneParameters: false, fsType: true }],
]);

export interface ProvisionedClass {
  readonly name: string;
  /** Of the class; where it was translated mostly still the in-tree plugin. */
  readonly provisioner: string;
  /** The CSI driver that makes its volumes. */
  readonly driver: string;
  /** The in-tree plugin in whose place it does; `""` for none. */
  readonly plugin: string;
  readonly allowedTopologies: readonly TopologySelectorTermLike[];
  readonly parameters: readonly (readonly [name: string, value: string])[];
  /** Why it does not translate. */
  readonly refusal?: Refusal | undefined;
}

/** The CSI driver in the place of an in-tree plugin, or the provisioner itself. */
export function driverOf(provisioner: string): string {
  return IN_TREE_PLUGINS.find(({ name }) => name === provisioner)?.driver ?? provisioner;
}

export function provisionedClass(name: string, storageClass: StorageClassLike): ProvisionedClass {
  const provisioner = storageClass.provisioner ?? "";
  const driver = driverOf(provisioner);
  const plugin = driver === provisioner ? "" : provisioner;
  const allowedTopologies = storageClass.allowedTopologies ?? [];
  const parameters = Object.entries(storageClass.parameters ?? {}).map(([key, value]) => [key, value ?? ""] as const);
  const given = { name, provisioner, driver, plugin, allowedTopologies, parameters };
  // kube: R-SNP-6 Portworx' class alone gets its driver's name, so that snapshots and clones work with it.
  if (plugin === "kubernetes.io/portworx-volume") {
    return { ...given, provisioner: driver, parameters: portworxParameters(parameters) };
  }
  const translation = TRANSLATIONS.get(plugin);
  return translation === undefined ? given : translated(given, translation);
}

function translated(given: ProvisionedClass, { fsType, zoneKey, zoneParameters }: Translation): ProvisionedClass {
  const kept = new Map<string, string>();
  let zones: readonly string[] | undefined;
  for (const [key, value] of given.parameters) {
    const lower = key.toLowerCase();
    if (zoneParameters && lower === "zone") zones = [value];
    else if (zoneParameters && lower === "zones") zones = value.split(",");
    else if (fsType && lower === "fstype") kept.set(FS_TYPE, value);
    else if (given.plugin !== "kubernetes.io/vsphere-volume" || VSPHERE_PARAMETERS.has(lower)) kept.set(key, value);
  }
  const parameters = [...kept];
  // kube: R-TOP-17 zones in both places end the attempt.
  if (zones !== undefined && given.allowedTopologies.length > 0) {
    const why = "cannot simultaneously set allowed topologies and zone/zones parameters";
    return { ...given, parameters, refusal: finished("R-TOP-17", `failed to translate storage class: ${why}`) };
  }
  const renamed =
    zones === undefined
      ? given.allowedTopologies.map((term) => withKey(term, zoneKey))
      : [{ matchLabelExpressions: [{ key: zoneKey, values: zones }] }];
  return { ...given, parameters, allowedTopologies: zoneKey === AZURE_KEY ? renamed.map(withoutDomains) : renamed };
}

function withKey(term: TopologySelectorTermLike, zoneKey: string): TopologySelectorTermLike {
  return {
    matchLabelExpressions: (term.matchLabelExpressions ?? []).map((expression) =>
      ZONES.includes(expression.key ?? "") ? { ...expression, key: zoneKey } : expression,
    ),
  };
}

/** Azure's failure domains are no zones. */
function withoutDomains(term: TopologySelectorTermLike): TopologySelectorTermLike {
  return {
    matchLabelExpressions: (term.matchLabelExpressions ?? []).map(({ key, values }) =>
      key === AZURE_KEY
        ? { key, values: (values ?? []).map((value) => (/^[0-9]+$/.test(value ?? "") ? "" : value)) }
        : { key, values },
    ),
  };
}

function portworxParameters(parameters: ProvisionedClass["parameters"]): ProvisionedClass["parameters"] {
  const secrets = (part: "name" | "namespace", value: string) =>
    PORTWORX_SECRETS.map((kind) => [`csi.storage.k8s.io/${kind}-secret-${part}`, value] as const);
  return parameters.flatMap(([key, value]) => {
    const lower = key.toLowerCase();
    if (lower === "openstorage.io/auth-secret-name") return secrets("name", value);
    return lower === "openstorage.io/auth-secret-namespace" ? secrets("namespace", value) : [[key, value] as const];
  });
}
