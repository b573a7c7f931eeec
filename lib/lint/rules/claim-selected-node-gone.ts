// lint: claims that wait for a node which is gone.

import { keyed } from "../../explain/written-terms.js";
import { CLAIM } from "../../intern/cluster.js";
import { ANN_SELECTED_NODE } from "../../intern/kinds.js";
import { EMPTY_TEXT } from "../../intern/strings.js";
import { shown } from "../node-labels.js";
import { eachClaim } from "../reading.js";
import type { Rule } from "../rule.js";

export const claimSelectedNodeGone: Rule = {
  id: "claim-selected-node-gone",
  summary:
    "A PersistentVolumeClaim without a volume has a selected node that does not exist, so that no node is let through.",
  needs: ["nodes", "persistentVolumeClaims"],
  find({ cluster, text }, report) {
    const { claims, ids, nodes } = cluster;
    eachClaim(cluster, (claim) => {
      if (claims.get(claim, CLAIM.volumeName) > EMPTY_TEXT) return;
      // kube: R-FLT-5 every other node is rejected, and so is every node if the name is empty or gone.
      const node = cluster.claimAnnotation(claim, ids.selectedNode);
      if (node === 0 || (node !== EMPTY_TEXT && nodes.find(EMPTY_TEXT, node) >= 0)) return;
      report(claims, claim, {
        severity: "error",
        field: keyed("metadata.annotations", ANN_SELECTED_NODE),
        sentence: `node ${shown(text(node))} was selected for the claim, but there is no such node: kube-scheduler lets no other one through`,
        remedy: `take the annotation off: kubectl annotate pvc NAME ${ANN_SELECTED_NODE}-`,
      });
    });
  },
};
