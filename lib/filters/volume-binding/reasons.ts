// filters: the sentences of VolumeBinding, as kube-scheduler prints them.

export const PLUGIN = "VolumeBinding";
export const IMMEDIATE = "pod has unbound immediate PersistentVolumeClaims";
export const BIND = "node(s) didn't find available persistent volumes to bind";
export const SPACE = "node(s) did not have enough free storage";
export const NO_VOLUME = "node(s) unavailable due to one or more pvc(s) bound to non-existent pv(s)";

/** A bound volume's affinity does not match. */
export function affinityReason(minor: number): string {
  // kube: R-GATE-9 worded anew in 1.33.
  return minor >= 33
    ? "node(s) didn't match PersistentVolume's node affinity"
    : "node(s) had volume node affinity conflict";
}
