// lint: nodes without a CSINode, where others have one.

import { CSI_REMEDY } from "../drivers.js";
import { eachRow } from "../reading.js";
import type { Rule } from "../rule.js";

export const nodeWithoutCsiNode: Rule = {
  id: "node-without-csi-node",
  summary:
    "A Node has no CSINode: attach limits are not checked there, and volumes of CSI drivers cannot be made for it.",
  needs: ["csiNodes", "nodes"],
  find({ cluster: { nodes }, drivers }, report) {
    eachRow(nodes, (node) => {
      if (drivers.onNode(node) !== undefined) return;
      report(nodes, node, {
        severity: "warning",
        field: "metadata.name",
        sentence:
          "there is no CSINode of this name: attach limits are not checked here, and provisioners that need the node's topology refuse it",
        remedy: CSI_REMEDY,
      });
    });
  },
};
