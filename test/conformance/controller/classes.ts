// Classes of the PV controller's random inputs: of every binding mode and kind of provisioner, some of them default.

import type { Setting, Written } from "./generate.js";

const PROVISIONERS = new Map([
  ["now", "csi.example.com"],
  ["later", "csi.example.com"],
  ["none", "kubernetes.io/no-provisioner"],
  ["none-later", "kubernetes.io/no-provisioner"],
  ["host", "kubernetes.io/host-path"],
  ["nfs", "kubernetes.io/nfs"],
  ["odd", "kubernetes.io/odd"],
  ["modeless", "csi.example.com"],
  ["weird", "csi.example.com"],
]);

const MIGRATED = ["aws-ebs", "gce-pd", "azure-disk", "azure-file", "cinder", "vsphere-volume", "portworx-volume"];

const MODES = new Map([
  ["later", "WaitForFirstConsumer"],
  ["none-later", "WaitForFirstConsumer"],
  ["weird", "Sometimes"],
  ["modeless", undefined],
]);

const DEFAULTS = ["storageclass.kubernetes.io/is-default-class", "storageclass.beta.kubernetes.io/is-default-class"];

export function classesOf({ random }: Setting): Written[] {
  const defaults = random.chance(0.45) ? random.some([...PROVISIONERS.keys(), "tree"], 1, 3) : [];
  const names = random.shuffle([...PROVISIONERS.keys(), "tree"]).filter(() => random.chance(0.97));
  return names.map((name) => ({
    kind: "StorageClass",
    metadata: {
      name,
      ...(random.chance(0.8) && { creationTimestamp: `2026-01-0${random.int(1, 3)}T00:00:00Z` }),
      ...(defaults.includes(name)
        ? {
            annotations: {
              [random.pick(DEFAULTS)]: random.weighted([
                [9, "true"],
                [1, "True"],
              ]),
            },
          }
        : random.chance(0.1) && { annotations: { [random.pick(DEFAULTS)]: random.pick(["false", ""]) } }),
    },
    provisioner: PROVISIONERS.get(name) ?? `kubernetes.io/${random.pick(MIGRATED)}`,
    reclaimPolicy: "Delete",
    ...(name === "host" && random.chance(0.3) && { mountOptions: random.some(["ro", "soft"], 1, 2) }),
    ...(name !== "modeless" && { volumeBindingMode: MODES.get(name) ?? "Immediate" }),
  }));
}
