// controllers: annotations that the PV controller and the API server write or look for.

export { ANN_BETA_CLASS, ANN_BIND_COMPLETED, ANN_SELECTED_NODE } from "../../intern/kinds.js";
export const ANN_BOUND_BY_CONTROLLER = "pv.kubernetes.io/bound-by-controller";
export const ANN_MIGRATED_TO = "pv.kubernetes.io/migrated-to";
export const ANN_PROVISIONED_BY = "pv.kubernetes.io/provisioned-by";
export const ANN_PROVISIONER = "volume.kubernetes.io/storage-provisioner";
export const ANN_BETA_PROVISIONER = "volume.beta.kubernetes.io/storage-provisioner";
/** On a volume that was made larger: what it held before. */
export const ANN_PRE_RESIZE_CAPACITY = "volume.alpha.kubernetes.io/pre-resize-capacity";
