// lint: classes whose driver is not on all nodes to which the scheduler may send a pod.

import { STORAGE_CLASS } from "../../intern/cluster.js";
import { OpenNodes } from "../open-nodes.js";
import { eachRow } from "../reading.js";
import type { Rule } from "../rule.js";

export const classDriverNotEverywhere: Rule = {
  id: "class-driver-not-everywhere",
  summary: "The driver of a StorageClass is not registered on some nodes, which the scheduler may choose all the same.",
  needs: ["csiNodes", "nodes", "storageClasses"],
  find(survey, report) {
    const { classes, cluster, drivers, text } = survey;
    const { storageClasses } = cluster;
    const open = new OpenNodes(survey);
    eachRow(storageClasses, (row) => {
      // Where room is looked for, a node without the driver has none.
      if (!classes.provisions(row) || !classes.delays(row) || classes.tracksCapacity(row)) return;
      const driver = text(storageClasses.get(row, STORAGE_CLASS.provisioner));
      const keys = drivers.keysOf(driver);
      // A driver without topology makes its volumes anywhere.
      if (keys === undefined || keys.length === 0) return;
      const allowed = open.of(row);
      const without = allowed.filter((node) => !open.hasTopology(node, driver));
      if (without.length === 0 || without.length === allowed.length) return;
      const first = open.firstName(without);
      report(storageClasses, row, {
        severity: "warning",
        field: "provisioner",
        // kube: R-PRV-8 the scheduler asks nothing about the driver on the node.
        // kube: R-TOP-7 the provisioner does.
        sentence: `driver ${driver} has no topology on ${without.length.toLocaleString("en")} of ${allowed.length.toLocaleString("en")} nodes that the class allows (first: ${first}): where the scheduler chooses one of them, provisioning fails for want of a topology key`,
        remedy:
          "run the driver on these nodes, or keep them out by allowedTopologies, taints or the pods' node affinity",
      });
    });
  },
};
