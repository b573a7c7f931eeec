// filters: the sentences of VolumeBinding, as kube-scheduler prints them.

export const PLUGIN = "VolumeBinding";
export const IMMEDIATE = "pod has unbound immediate PersistentVolumeClaims";
export const BIND = "node(s) didn't find available persistent volumes to bind";
export const SPACE = "node(s) did not have enough free storage";
export const NO_VOLUME = "node(s) unavailable due to one or more pvc(s) bound to non-existent pv(s)";
/** A bound volume's affinity does not match. */
export const AFFINITY = "node(s) didn't match PersistentVolume's node affinity";
