// controllers: the name that stands for no provisioner at all.

export const NO_PROVISIONER = "kubernetes.io/no-provisioner";
