// filters: the in-tree plugins of volumes that have moved to CSI drivers.

/** Sources of a volume that an in-tree plugin served, as fields of a pod's volume or of a persistent volume's spec. */
export type MigratableSource =
  | "gcePersistentDisk"
  | "awsElasticBlockStore"
  | "azureDisk"
  | "azureFile"
  | "cinder"
  | "vsphereVolume"
  | "portworxVolume";

export interface InTreePlugin {
  readonly source: MigratableSource;
  /** As classes and CSINodes name it. */
  readonly name: string;
  readonly driver: string;
  /** Whether the scheduler's plugins translate its volumes. */
  readonly translated: boolean;
}

// kube: R-MIG-1 the sources that can be migrated, and what their plugins and drivers are called.
// kube: R-MIG-2 the scheduler translates all of them but azure-file and vsphere-volume.
export const IN_TREE_PLUGINS: readonly InTreePlugin[] = [
  {
    source: "gcePersistentDisk",
    name: "kubernetes.io/gce-pd",
    driver: "pd.csi.storage.gke.io",
    translated: true,
  },
  {
    source: "awsElasticBlockStore",
    name: "kubernetes.io/aws-ebs",
    driver: "ebs.csi.aws.com",
    translated: true,
  },
  { source: "azureDisk", name: "kubernetes.io/azure-disk", driver: "disk.csi.azure.com", translated: true },
  { source: "azureFile", name: "kubernetes.io/azure-file", driver: "file.csi.azure.com", translated: false },
  { source: "cinder", name: "kubernetes.io/cinder", driver: "cinder.csi.openstack.org", translated: true },
  {
    source: "vsphereVolume",
    name: "kubernetes.io/vsphere-volume",
    driver: "csi.vsphere.vmware.com",
    translated: false,
  },
  { source: "portworxVolume", name: "kubernetes.io/portworx-volume", driver: "pxd.portworx.com", translated: true },
];

export const PORTWORX = "kubernetes.io/portworx-volume";
