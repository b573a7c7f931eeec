// lint: capacity objects over which kube-scheduler itself crashes.

import { CAPACITY } from "../../intern/cluster.js";
import { eachRow } from "../reading.js";
import type { Rule } from "../rule.js";

export const schedulerCrashCapacity: Rule = {
  id: "scheduler-crash-capacity",
  summary:
    "A CSIStorageCapacity has a maximumVolumeSize and no capacity: kube-scheduler crashes when it scores with it.",
  needs: ["csiStorageCapacities", "storageClasses"],
  find({ classes, cluster: { capacities }, scores }, report) {
    if (!scores) return;
    eachRow(capacities, (row) => {
      if (capacities.get(row, CAPACITY.maximumVolumeSize) === 0 || capacities.get(row, CAPACITY.capacity) !== 0) return;
      const storageClass = classes.row(capacities.get(row, CAPACITY.class));
      if (storageClass < 0 || !classes.tracksCapacity(storageClass)) return;
      report(capacities, row, {
        severity: "error",
        field: "capacity",
        // kube: R-SCO-4 the scorer reads the capacity of the object that it has found, which may be absent.
        sentence:
          "there is a maximumVolumeSize and no capacity: kube-scheduler crashes when it scores a node for which it has found this object",
        remedy: "have the driver report a capacity, or switch the gate StorageCapacityScoring off",
      });
    });
  },
};
