// PVC: the PV controller over live objects, ten volumes a claim: what 10,000 claims and 100,000 volumes take, and how it
// grows up to there.

import type { PersistentVolumeClaimLike, PersistentVolumeLike, StorageClassLike } from "../lib/index.js";
import { runPersistentVolumeController } from "../lib/manifests.js";
import { hash } from "./fleet/hash.js";
import type { Bench } from "./lib/bench.js";
import { clock, collectGarbage } from "./lib/bench.js";
import { exponent } from "./lib/growth.js";
import type { BenchResult } from "./lib/result.js";
import { reported } from "./lib/result.js";

const CLAIMS = [1_000, 2_500, 5_000, 10_000];
const QUICK_CLAIMS = [500, 1_000, 2_500];
const EACH = 10;
const CLASSES = 4;

const SHAPES = {
  free: "free volumes of many sizes",
  labelled: "matchLabels that one volume in 100 has",
  bound: "volumes that know their claims",
} as const;
type Shape = keyof typeof SHAPES;

function claimOf(shape: Shape, i: number): PersistentVolumeClaimLike {
  const matchLabels = { disk: "ssd", row: `row-${i % 50}` };
  return {
    metadata: { namespace: "default", name: `claim-${i}`, uid: `claim-${i}`, resourceVersion: "1" },
    spec: {
      accessModes: ["ReadWriteOnce"],
      storageClassName: `class-${i % CLASSES}`,
      resources: { requests: { storage: `${1 + (hash(i, 170) % 4000)}Gi` } },
      ...(shape === "labelled" && { selector: { matchLabels } }),
      ...(shape === "bound" && { volumeName: `volume-${i}` }),
    },
    status: { phase: "Pending" },
  };
}

function volumeOf(shape: Shape, i: number, claims: number): PersistentVolumeLike {
  const { name, uid } = claimOf(shape, i).metadata as { name: string; uid: string };
  return {
    metadata: {
      name: `volume-${i}`,
      uid: `volume-${i}`,
      labels: { disk: i % 2 === 0 ? "ssd" : "hdd", row: `row-${hash(i, 171) % 50}` },
    },
    spec: {
      accessModes: i % 3 === 0 ? ["ReadWriteOnce", "ReadOnlyMany"] : ["ReadWriteOnce"],
      storageClassName: `class-${i % CLASSES}`,
      capacity: { storage: `${1 + (hash(i, 172) % 5000)}Gi` },
      ...(shape === "bound" && i < claims && { claimRef: { namespace: "default", name, uid } }),
    },
    status: { phase: "Available" },
  };
}

const storageClasses: readonly StorageClassLike[] = Array.from({ length: CLASSES }, (_, i) => ({
  metadata: { name: `class-${i}` },
  provisioner: "kubernetes.io/no-provisioner",
  volumeBindingMode: "Immediate",
}));

/** Milliseconds, the better of two runs, and how many claims were bound. */
function timed(shape: Shape, claims: number): { readonly ms: number; readonly bound: number } {
  const persistentVolumes = Array.from({ length: claims * EACH }, (_, i) => volumeOf(shape, i, claims));
  const persistentVolumeClaims = Array.from({ length: claims }, (_, i) => claimOf(shape, i));
  let bound = 0;
  const times = [0, 1].map(() => {
    collectGarbage();
    return clock(() => {
      const after = runPersistentVolumeController({ persistentVolumes, persistentVolumeClaims, storageClasses });
      bound = after.persistentVolumeClaims.filter(({ status }) => status?.phase === "Bound").length;
    });
  });
  return { ms: Math.min(...times) / 1e6, bound };
}

export const bench: Bench = ({ quick }) => {
  const results: BenchResult[] = [];
  const sizes = quick ? QUICK_CLAIMS : CLAIMS;
  for (const shape of Object.keys(SHAPES) as Shape[]) {
    const runs = sizes.map((claims) => timed(shape, claims));
    const [largest, most] = [runs[runs.length - 1], sizes[sizes.length - 1]];
    const what = `${most} claims, ${most * EACH} volumes, ${SHAPES[shape]}: ${largest.bound} bound`;
    const times = runs.map(({ ms }) => ms);
    results.push(reported(`PVC-${shape}`, what, largest.ms, "ms"));
    const points = sizes.map((claims, i) => `${claims}: ${times[i].toFixed(0)} ms`).join(", ");
    results.push(
      reported(
        `PVC-${shape}-growth`,
        `exponent over claims with their volumes (${points})`,
        exponent(sizes, times),
        "",
      ),
    );
  }
  return results;
};
