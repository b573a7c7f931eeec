// Volumes whose claim is gone: what their reclaim policy makes of them.

import type { Case } from "./case.js";
import type { Written } from "./objects.js";
import { claim, volume } from "./objects.js";

interface Gone {
  readonly by?: string;
  readonly migrated?: string;
  readonly source?: object;
  readonly phase?: string;
}

/** A volume of a claim that is there no more. */
function gone(name: string, policy: string | undefined, { by, migrated, phase = "Bound", source }: Gone = {}): Written {
  return volume(name, {
    ref: ["gone", "uid-gone"],
    phase,
    annotations: {
      ...(by !== undefined && { "pv.kubernetes.io/provisioned-by": by }),
      ...(migrated !== undefined && { "pv.kubernetes.io/migrated-to": migrated }),
    },
    spec: { ...(policy !== undefined && { persistentVolumeReclaimPolicy: policy }), ...source },
  });
}

const LOCAL = { source: { local: { path: "/mnt" } } };
const NFS = { source: { nfs: { server: "s", path: "/" } } };
const HOST = { source: { hostPath: { path: "/data" } } };
const TEMPORARY = { source: { hostPath: { path: "/tmp/data" } } };
const CSI = { source: { csi: { driver: "csi.example.com", volumeHandle: "h" } } };

const failed = (name: string, detail: string): string => `${name} VolumeFailedDelete: ${detail}`;
const noDeleter = (name: string, detail: string): string =>
  failed(name, `error getting deleter volume plugin for volume "${name}": ${detail}`);

function pod(name: string, nodeName: string, claimName: string): Written {
  return {
    kind: "Pod",
    metadata: { namespace: "default", name },
    spec: { nodeName, volumes: [{ name: "v", persistentVolumeClaim: { claimName } }] },
  };
}

export const RECLAIMING: readonly Case[] = [
  {
    title:
      "R-PVC-6: a volume to be kept is Released, one whose policy nobody knows fails, and what has Failed says so once",
    objects: [
      gone("kept", "Retain"),
      gone("silent", undefined),
      gone("odd", "Odd"),
      gone("before", "Odd", { phase: "Failed" }),
      gone("driver", "Odd", { migrated: "ebs.csi.aws.com" }),
    ],
    expected: {
      kept: "Released gone",
      silent: "Released gone",
      odd: "Failed gone",
      before: "Failed gone",
      driver: "Released gone",
    },
    events: ["odd VolumeUnknownReclaimPolicy: Volume has unrecognized PersistentVolumeReclaimPolicy"],
    silent: ["kept", "silent", "before", "driver"],
  },
  {
    title: "R-PVC-6: what others delete stays Released, what nobody can delete fails",
    objects: [
      gone("csi", "Delete", CSI),
      gone("external", "Delete", { by: "csi.example.com", ...LOCAL }),
      gone("migrated", "Delete", { by: "kubernetes.io/aws-ebs", ...LOCAL }),
      gone("marked", "Delete", { migrated: "", ...LOCAL }),
      gone("temporary", "Delete", TEMPORARY),
      gone("local", "Delete", LOCAL),
      gone("unnamed", "Delete", { by: "", ...LOCAL }),
      gone("host", "Delete", HOST),
      gone("files", "Delete", NFS),
      gone("by-odd", "Delete", { by: "kubernetes.io/odd", ...CSI }),
      gone("by-nfs", "Delete", { by: "kubernetes.io/nfs", ...NFS }),
      gone("by-host", "Delete", { by: "kubernetes.io/host-path", ...LOCAL }),
    ],
    expected: {
      ...Object.fromEntries(
        ["csi", "external", "migrated", "marked", "temporary"].map((name) => [name, "Released gone"]),
      ),
      ...Object.fromEntries(
        ["local", "unnamed", "host", "files", "by-odd", "by-nfs", "by-host"].map((name) => [name, "Failed gone"]),
      ),
    },
    events: [
      noDeleter("local", "no volume plugin matched"),
      noDeleter("unnamed", "no volume plugin matched"),
      noDeleter("files", "no deletable volume plugin matched"),
      failed("host", "host_path deleter only supports /tmp/.+ but received provided /data"),
      failed("by-odd", "no volume plugin matched name: kubernetes.io/odd"),
      failed("by-nfs", "no deletable volume plugin matched"),
      failed("by-host", 'failed to create deleter for volume "by-host": spec.PersistentVolumeSource.HostPath is nil'),
    ],
    silent: ["csi", "external", "migrated", "marked", "temporary"],
  },
  {
    title: "R-PVC-6: host paths and nfs can be recycled, other volumes fail",
    objects: [gone("host", "Recycle", HOST), gone("files", "Recycle", NFS), gone("local", "Recycle", LOCAL)],
    expected: { host: "Released gone", files: "Released gone", local: "Failed gone" },
    events: ["local VolumeFailedRecycle: No recycler plugin found for the volume!"],
    silent: ["host", "files"],
  },
  {
    title: "R-PVC-6: a volume that pods still use is not recycled, unless the claim they use is a new one",
    objects: [
      gone("used", "Recycle", LOCAL),
      volume("before", {
        ref: ["new", "uid-before"],
        phase: "Bound",
        spec: { persistentVolumeReclaimPolicy: "Recycle", ...LOCAL.source },
      }),
      claim("new", { class: "made" }),
      pod("q", "n", "gone"),
      pod("p", "", "gone"),
      pod("r", "n", "new"),
    ],
    expected: { used: "Released gone", before: "Failed new" },
    events: [
      "used VolumeFailedRecycle: Volume is used by pods: default/p,default/q",
      "before VolumeFailedRecycle: No recycler plugin found for the volume!",
    ],
  },
  {
    title: "R-PVC-7: a volume that a plugin made for a claim which has another one is that plugin's to delete",
    objects: [
      volume("v", { ref: ["c", "uid-c"], phase: "Bound" }),
      volume("odd", {
        ref: ["c", "uid-c"],
        phase: "Bound",
        annotations: { "pv.kubernetes.io/provisioned-by": "kubernetes.io/odd" },
        spec: { persistentVolumeReclaimPolicy: "Delete" },
      }),
      claim("c", { volumeName: "v", annotations: { "pv.kubernetes.io/bind-completed": "yes" }, phase: "Bound" }),
    ],
    expected: { v: "Bound c", odd: "Failed c" },
    events: [failed("odd", "no volume plugin matched name: kubernetes.io/odd")],
  },
];
