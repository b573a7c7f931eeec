// Claims and volumes of in-tree plugins: annotations and finalizers that tell CSI drivers whose they are.

import type { Case } from "./case.js";
import type { Written } from "./objects.js";
import { claim, volume } from "./objects.js";

const BY = "pv.kubernetes.io/provisioned-by";
const TO = "pv.kubernetes.io/migrated-to";
const NAMED = "volume.kubernetes.io/storage-provisioner";
const BETA = "volume.beta.kubernetes.io/storage-provisioner";
const EBS = { plugin: "kubernetes.io/aws-ebs", driver: "ebs.csi.aws.com" };

const PROTECTION = "kubernetes.io/pv-protection";
const IN_TREE = "kubernetes.io/pv-controller";
const EXTERNAL = "external-provisioner.volume.kubernetes.io/finalizer";
const ALL = [EXTERNAL, PROTECTION, IN_TREE];

function made(name: string, by: string, policy: string, finalizers: readonly string[]): Written {
  return volume(name, {
    annotations: { [BY]: by },
    metadata: { finalizers },
    spec: { persistentVolumeReclaimPolicy: policy },
  });
}

export const MIGRATING: readonly Case[] = [
  {
    title: "R-PVC-2: a claim whose provisioner has moved to a CSI driver names it, and no other does",
    objects: [
      claim("moved", { class: "", annotations: { [NAMED]: EBS.plugin } }),
      claim("beta", { class: "", annotations: { [BETA]: EBS.plugin, [TO]: "old" } }),
      claim("both", { class: "", annotations: { [NAMED]: "csi.example.com", [BETA]: EBS.plugin } }),
      claim("back", { class: "", annotations: { [NAMED]: "kubernetes.io/odd", [TO]: EBS.driver } }),
      claim("open", { class: "", annotations: { [TO]: EBS.driver } }),
      claim("empty", { class: "", annotations: { [NAMED]: "csi.example.com", [TO]: "" } }),
    ],
    expected: {},
    annotations: {
      moved: { [NAMED]: EBS.plugin, [TO]: EBS.driver },
      beta: { [BETA]: EBS.plugin, [TO]: EBS.driver },
      both: { [NAMED]: "csi.example.com", [BETA]: EBS.plugin },
      back: { [NAMED]: "kubernetes.io/odd" },
      open: { [TO]: EBS.driver },
      empty: { [NAMED]: "csi.example.com", [TO]: "" },
    },
  },
  {
    title: "R-PVC-6: so does a volume that was provisioned, and one that was not stays as it is",
    objects: [
      volume("moved", { annotations: { [BY]: EBS.plugin } }),
      volume("back", { annotations: { [BY]: "kubernetes.io/odd", [TO]: EBS.driver } }),
      volume("static", { annotations: { [TO]: EBS.driver }, metadata: { finalizers: ALL } }),
    ],
    expected: {},
    annotations: {
      moved: { [BY]: EBS.plugin, [TO]: EBS.driver },
      back: { [BY]: "kubernetes.io/odd" },
      static: { [TO]: EBS.driver },
    },
    finalizers: { static: ALL },
  },
  {
    title: "R-PVC-6: finalizers say who has to delete a volume",
    objects: [
      made("moved", EBS.plugin, "Delete", ALL),
      made("alone", EBS.plugin, "Delete", [IN_TREE]),
      made("external", "csi.example.com", "Delete", ALL),
      made("kept", "kubernetes.io/odd", "Retain", ALL),
      made("recycled", "kubernetes.io/odd", "Recycle", ALL),
      made("deleted", "kubernetes.io/odd", "Delete", ALL),
      made("bare", "kubernetes.io/odd", "Delete", [PROTECTION]),
      made("unknown", "kubernetes.io/odd", "Odd", ALL),
    ],
    expected: {},
    finalizers: {
      moved: [EXTERNAL, PROTECTION],
      alone: [],
      external: ALL,
      kept: [PROTECTION],
      recycled: [PROTECTION],
      deleted: [PROTECTION, IN_TREE],
      bare: [PROTECTION, IN_TREE],
      unknown: [PROTECTION, IN_TREE],
    },
  },
];
