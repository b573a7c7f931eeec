// Volumes: their phases, and those whose claim has another one.

import type { Case } from "./case.js";
import { BY_CONTROLLER, COMPLETED, claim, volume } from "./objects.js";

const COMPLETE = { [COMPLETED]: "yes" };
const MINE = { [BY_CONTROLLER]: "yes" };

export const VOLUMES: readonly Case[] = [
  {
    title: "R-PVC-6: phases follow from the claim, and a claim of the same name is another claim",
    objects: [
      volume("free", { phase: "Failed" }),
      volume("named", { ref: ["nobody"], phase: "Released" }),
      volume("gone", { ref: ["nobody", "uid-nobody"], phase: "Bound" }),
      volume("failed", { ref: ["nobody", "uid-nobody"], phase: "Failed" }),
      volume("before", { ref: ["c", "uid-before"], phase: "Bound" }),
      volume("mine", { ref: ["d", "uid-d"], phase: "Available", class: "made" }),
      claim("c"),
      claim("d", { class: "made", volumeName: "mine", annotations: COMPLETE, phase: "Bound" }),
    ],
    expected: {
      free: "Bound c by controller",
      named: "Available nobody",
      gone: "Released nobody",
      failed: "Failed nobody",
      before: "Released c",
      mine: "Bound d",
      c: "Bound free by controller",
    },
  },
  {
    title: "R-PVC-6: a volume of another volume mode than its claim is left, and both are told",
    objects: [
      volume("v", { ref: ["c", "uid-c"], phase: "Bound", spec: { volumeMode: "Block" } }),
      claim("c", { class: "" }),
    ],
    expected: { v: "Bound c", c: "Pending" },
    events: [
      'v VolumeMismatch: Cannot bind PersistentVolume to requested PersistentVolumeClaim "c" due to incompatible volumeMode.',
      'c VolumeMismatch: Cannot bind PersistentVolume "v" to requested PersistentVolumeClaim due to incompatible volumeMode.',
      "c FailedBinding: no persistent volumes available for this claim and no storage class is set",
    ],
  },
  {
    title: "R-PVC-7: a volume that nobody provisioned is freed, though it is to be deleted",
    objects: [
      volume("v", { ref: ["c", "uid-c"], phase: "Bound" }),
      volume("made", {
        ref: ["c", "uid-c"],
        annotations: MINE,
        phase: "Bound",
        spec: { persistentVolumeReclaimPolicy: "Delete" },
      }),
      claim("c", { volumeName: "v", annotations: COMPLETE, phase: "Bound" }),
    ],
    expected: { c: "Bound v", v: "Bound c", made: "Available" },
  },
  {
    title: "R-PVC-7: a volume whose claim has another one is freed, kept reserved, or left to its deleter",
    objects: [
      volume("v", { ref: ["c", "uid-c"], phase: "Bound" }),
      volume("mine", { ref: ["c", "uid-c"], annotations: MINE, phase: "Bound", class: "made" }),
      volume("user", { ref: ["c", "uid-c"], phase: "Bound" }),
      volume("made", {
        ref: ["c", "uid-c"],
        annotations: { ...MINE, "pv.kubernetes.io/provisioned-by": "x" },
        phase: "Bound",
        spec: { persistentVolumeReclaimPolicy: "Delete" },
      }),
      volume("kept", {
        ref: ["c", "uid-c"],
        annotations: { ...MINE, "pv.kubernetes.io/provisioned-by": "x" },
        phase: "Bound",
        class: "later",
        spec: { persistentVolumeReclaimPolicy: "Retain" },
      }),
      claim("c", { annotations: COMPLETE, volumeName: "v", phase: "Bound" }),
    ],
    expected: {
      v: "Bound c",
      mine: "Available",
      user: "Available c",
      made: "Released c by controller",
      kept: "Available",
    },
  },
  {
    title: "R-PVC-7: what is freed may be taken by another claim",
    objects: [
      volume("v", { ref: ["c", "uid-c"], phase: "Bound" }),
      volume("mine", { ref: ["c", "uid-c"], annotations: MINE, phase: "Bound" }),
      claim("d"),
      claim("c", { annotations: COMPLETE, volumeName: "v", phase: "Bound" }),
    ],
    expected: { v: "Bound c", mine: "Bound d by controller", d: "Bound mine by controller" },
  },
];
