// Objects for the tables of the PV controller.

export interface Written {
  readonly [field: string]: unknown;
}

interface VolumeSpec {
  readonly class?: string;
  readonly size?: string;
  readonly modes?: readonly string[];
  readonly ref?: readonly [name: string, uid?: string];
  readonly phase?: string;
  readonly annotations?: { readonly [key: string]: string };
  readonly labels?: { readonly [key: string]: string };
  readonly spec?: object;
  readonly metadata?: object;
}

export const BY_CONTROLLER = "pv.kubernetes.io/bound-by-controller";
export const COMPLETED = "pv.kubernetes.io/bind-completed";

export function volume(name: string, of: VolumeSpec = {}): Written {
  const { annotations, labels, metadata, phase = "Available", ref, size = "10Gi", spec } = of;
  const claimRef = ref && { namespace: "default", name: ref[0], ...(ref[1] === undefined ? {} : { uid: ref[1] }) };
  return {
    kind: "PersistentVolume",
    metadata: { name, ...(annotations && { annotations }), ...(labels && { labels }), ...metadata },
    spec: {
      capacity: { storage: size },
      accessModes: of.modes ?? ["ReadWriteOnce"],
      storageClassName: of.class ?? "now",
      ...(claimRef && { claimRef }),
      ...spec,
    },
    status: { phase },
  };
}

interface ClaimSpec {
  readonly class?: string | null;
  readonly size?: string;
  readonly modes?: readonly string[];
  readonly volumeName?: string;
  readonly phase?: string;
  readonly status?: object;
  readonly annotations?: { readonly [key: string]: string };
  readonly spec?: object;
}

/** Its uid is `uid-NAME`. */
export function claim(name: string, of: ClaimSpec = {}): Written {
  const { annotations, phase = "Pending", size = "5Gi", spec, status, volumeName } = of;
  return {
    kind: "PersistentVolumeClaim",
    metadata: { namespace: "default", name, uid: `uid-${name}`, ...(annotations && { annotations }) },
    spec: {
      accessModes: of.modes ?? ["ReadWriteOnce"],
      resources: { requests: { storage: size } },
      ...(of.class === null ? {} : { storageClassName: of.class ?? "now" }),
      ...(volumeName && { volumeName }),
      ...spec,
    },
    status: { phase, ...status },
  };
}

export function storageClass(name: string, provisioner: string, mode?: string, metadata: object = {}): Written {
  return {
    kind: "StorageClass",
    metadata: { name, ...metadata },
    provisioner,
    ...(mode === undefined ? {} : { volumeBindingMode: mode }),
  };
}
