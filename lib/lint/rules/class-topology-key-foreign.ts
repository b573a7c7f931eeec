// lint: classes that allow topologies under keys that are not their driver's.

import { STORAGE_CLASS } from "../../intern/cluster.js";
import { eachRow } from "../reading.js";
import type { Fault, Rule } from "../rule.js";
import { topologiesOf } from "./class-topology-no-node.js";

export const classTopologyKeyForeign: Rule = {
  id: "class-topology-key-foreign",
  summary: "The allowedTopologies of a StorageClass use a key that its driver does not list on any CSINode.",
  needs: ["csiNodes", "storageClasses"],
  find(survey, report) {
    const { classes, cluster, drivers, labels, text } = survey;
    const { storageClasses } = cluster;
    eachRow(storageClasses, (row) => {
      if (storageClasses.get(row, STORAGE_CLASS.allowedTopologies) === 0) return;
      const driver = text(storageClasses.get(row, STORAGE_CLASS.provisioner));
      const keys = drivers.keysOf(driver);
      if (keys === undefined || keys.length === 0) return;
      const fault = faultFor(driver, keys, classes.delays(row));
      const told = new Set<string>();
      for (const { requirements } of topologiesOf(survey, row)) {
        for (const { key, path } of requirements) {
          if (keys.includes(key) || told.has(key) || labels.present(key) === 0) continue;
          told.add(key);
          report(storageClasses, row, fault(key, path));
        }
      }
    });
  },
};

function faultFor(driver: string, keys: readonly string[], delays: boolean): (key: string, field: string) => Fault {
  // kube: R-TOP-13 the selected node's topology, which has the driver's keys alone, is in no term with another.
  const severity = delays ? "error" : "warning";
  const rest = delays
    ? "kube-scheduler finds nodes, but the provisioner refuses each as not among the allowed topologies"
    : "it is asked for a volume in a topology that it may not understand";
  const remedy = "make the class anew with the driver's own key";
  return (key, field) => {
    return { severity, field, sentence: `driver ${driver} knows ${keys.join(", ")}, not ${key}: ${rest}`, remedy };
  };
}
