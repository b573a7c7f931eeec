// controllers: nodes, classes and a driver -> the CSIStorageCapacity objects that its provisioner keeps.

import type { Cluster } from "../../intern/cluster.js";
import type { StorageClassLike } from "../../objects/types.js";
import { compareUtf8 } from "../../objects/utf8.js";
import { all, nameOf } from "./known-objects.js";
import type { Term } from "./topology-terms.js";
import type { Topology } from "./types.js";

/** A place of a driver that is reported for a class. */
export interface CapacitySegment {
  readonly storageClassName: string;
  /** An empty selector stands for all nodes. */
  readonly nodeTopology: { readonly matchLabels?: { readonly [key: string]: string } | undefined };
  /** What the driver is asked about. */
  readonly topology: Topology;
}

/** In the order of classes by name, and of segments. */
export function capacityObjects(
  cluster: Cluster,
  segments: readonly Term[],
  driver: string,
  immediateToo: boolean,
): readonly CapacitySegment[] {
  const classes = [...all(cluster, "storageClasses")].filter((each) => isReported(each, driver, immediateToo));
  const names = classes.map(nameOf).sort(compareUtf8);
  return names.flatMap((storageClassName) =>
    segments.map((term) => {
      const matchLabels = labelsOf(term);
      const nodeTopology = term.length === 0 ? {} : { matchLabels };
      return { storageClassName, nodeTopology, topology: { segments: matchLabels } };
    }),
  );
}

function isReported(storageClass: StorageClassLike, driver: string, immediateToo: boolean): boolean {
  // kube: R-CPR-2 classes of the driver by its own name that wait for a pod; a missing mode counts as waiting here.
  if ((storageClass.provisioner ?? "") !== driver) return false;
  return immediateToo || storageClass.volumeBindingMode !== "Immediate";
}

function labelsOf(term: Term): { readonly [key: string]: string } {
  return Object.fromEntries(term);
}
