// lint: topology keys of a driver on a node that the node does not have as labels.

import { NODE } from "../../intern/cluster.js";
import { EMPTY_TEXT } from "../../intern/strings.js";
import { CSI_REMEDY } from "../drivers.js";
import { eachRow } from "../reading.js";
import type { Rule } from "../rule.js";

export const csiNodeKeyWithoutLabel: Rule = {
  id: "csi-node-key-without-label",
  summary:
    "A CSINode lists a topology key that its Node does not have as a label, so that no volume can be made for the node.",
  needs: ["csiNodes", "nodes"],
  find({ cluster, drivers, labels }, report) {
    const { csiNodes, nodes } = cluster;
    eachRow(csiNodes, (row) => {
      const node = nodes.find(EMPTY_TEXT, csiNodes.get(row, csiNodes.NAME));
      if (node < 0) return;
      drivers.of(row).forEach(({ name, topologyKeys }, i) => {
        const missing = topologyKeys.filter((key) => labels.valueOn(node, key) === undefined);
        if (missing.length === 0) return;
        // kube: R-TOP-7 a node that lacks one of its driver's keys is refused.
        report(csiNodes, row, {
          severity: "error",
          field: `spec.drivers[${i}].topologyKeys`,
          sentence: `driver ${name} lists ${missing.join(", ")}, which node ${cluster.strings.get(nodes.get(node, NODE.name))} does not have as a label: its provisioner refuses the node, and the scheduler does not know`,
          remedy: `label the node; ${CSI_REMEDY}`,
        });
      });
    });
  },
};
