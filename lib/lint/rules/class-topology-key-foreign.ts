// lint: classes that allow topologies under keys that are not their driver's.

import { STORAGE_CLASS } from "../../intern/cluster.js";
import { eachRow } from "../reading.js";
import type { Rule } from "../rule.js";
import { topologiesOf } from "./class-topology-no-node.js";

export const classTopologyKeyForeign: Rule = {
  id: "class-topology-key-foreign",
  summary: "The allowedTopologies of a StorageClass use a key that its driver does not list on any CSINode.",
  needs: ["csiNodes", "storageClasses"],
  find(survey, report) {
    const { cluster, drivers, labels, text } = survey;
    const { storageClasses } = cluster;
    eachRow(storageClasses, (row) => {
      if (storageClasses.get(row, STORAGE_CLASS.allowedTopologies) === 0) return;
      const driver = text(storageClasses.get(row, STORAGE_CLASS.provisioner));
      const keys = drivers.keysOf(driver);
      if (keys === undefined || keys.length === 0) return;
      const told = new Set<string>();
      for (const { requirements } of topologiesOf(survey, row)) {
        for (const { key, path } of requirements) {
          if (keys.includes(key) || told.has(key) || labels.present(key) === 0) continue;
          told.add(key);
          // kube: R-TOP-13 the selected node's topology, which has the driver's keys alone, is in no term with another.
          report(storageClasses, row, {
            severity: "error",
            field: path,
            sentence: `driver ${driver} knows ${keys.join(", ")}, not ${key}: kube-scheduler finds nodes, but the provisioner refuses each as not among the allowed topologies`,
            remedy: "make the class anew with the driver's own key",
          });
        }
      }
    });
  },
};
