// Claims that no volume suits: whom the PV controller asks for one, and what it says where it can ask nobody.

import type { Case } from "./case.js";
import type { Written } from "./objects.js";
import { claim, storageClass, volume } from "./objects.js";

const NAMED = "volume.kubernetes.io/storage-provisioner";
const BETA = "volume.beta.kubernetes.io/storage-provisioner";
const HOST_PATH = { [NAMED]: "kubernetes.io/host-path", [BETA]: "kubernetes.io/host-path" };

const hostPath = (name: string, more: Written = {}): Written => ({
  ...storageClass(name, "kubernetes.io/host-path", "Immediate"),
  reclaimPolicy: "Delete",
  ...more,
});

function pod(name: string, deleted: boolean, status: Written): Written {
  return {
    kind: "Pod",
    metadata: { namespace: "default", name, ...(deleted && { deletionTimestamp: "2026-01-01T00:00:00Z" }) },
    spec: { volumes: [{ name: "v", persistentVolumeClaim: { claimName: "c" } }] },
    status,
  };
}

const container = (state: string) => [{ name: "x", state: { [state]: {} } }];

export const PROVISIONING: readonly Case[] = [
  {
    title: "R-PVC-2: plugins that the controller still has are asked by name, and provision nothing",
    objects: [
      hostPath("host"),
      hostPath("mounted", { mountOptions: ["ro", "soft"] }),
      storageClass("files", "kubernetes.io/nfs", "Immediate"),
      volume("pvc-uid-made", { class: "other" }),
      claim("c", { class: "host" }),
      claim("m", { class: "mounted" }),
      claim("copy", { class: "host", spec: { dataSource: { kind: "PersistentVolumeClaim", name: "c" } } }),
      claim("made", { class: "host" }),
      claim("f", { class: "files" }),
    ],
    expected: { c: "Pending", m: "Pending", copy: "Pending", made: "Pending", f: "Pending" },
    annotations: { c: HOST_PATH, m: HOST_PATH, copy: {}, made: HOST_PATH, f: {} },
    events: [
      'c ProvisioningFailed: Failed to create provisioner: provisioning in volume plugin "kubernetes.io/host-path" is disabled',
      'm ProvisioningFailed: Mount options are not supported by the provisioner but StorageClass "mounted" has mount options [ro soft]',
      'copy ProvisioningFailed: plugin "kubernetes.io/host-path" is not a CSI plugin. Only CSI plugin can provision a claim with a datasource',
      "f ProvisioningFailed: no provisionable volume plugin matched",
    ],
    silent: ["made"],
  },
  {
    title: "R-PVC-2: a claim that names its provisioner is not written again, one that names another is",
    objects: [
      claim("same", { class: "made", annotations: { [NAMED]: "csi.example.com", [BETA]: "other" } }),
      claim("other", { class: "made", annotations: { [NAMED]: "other" } }),
      claim("beta", { class: "made", annotations: { [BETA]: "csi.example.com" } }),
    ],
    expected: {},
    annotations: {
      same: { [NAMED]: "csi.example.com", [BETA]: "other" },
      other: { [NAMED]: "csi.example.com", [BETA]: "csi.example.com" },
      beta: { [NAMED]: "csi.example.com", [BETA]: "csi.example.com" },
    },
  },
  {
    title: "R-PVC-2: a provisioner without a name is named, too",
    objects: [storageClass("bare", "", "Immediate"), claim("c", { class: "bare" })],
    expected: { c: "Pending" },
    annotations: { c: { [NAMED]: "", [BETA]: "" } },
    events: ["c ExternalProvisioning: Waiting for a volume to be created either by the external provisioner ''"],
  },
  {
    title: "R-PVC-2: pods that are done are not waited for; one that is being deleted is done when no container runs",
    objects: [
      pod("failed", false, { phase: "Failed" }),
      pod("done", false, { phase: "Succeeded" }),
      pod("going", true, { phase: "Pending", containerStatuses: container("waiting") }),
      pod("init", true, { phase: "Pending", initContainerStatuses: container("running") }),
      pod("debug", true, { ephemeralContainerStatuses: container("running") }),
      pod("ended", true, { phase: "Running", containerStatuses: container("terminated") }),
      claim("c", { class: "later" }),
    ],
    expected: { c: "Pending" },
    events: ["c WaitForPodScheduled: waiting for pods init,debug to be scheduled"],
  },
];
