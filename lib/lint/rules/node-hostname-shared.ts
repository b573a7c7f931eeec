// lint: nodes with the same hostname label, which local volumes are told by.

import { keyed } from "../../explain/written-terms.js";
import { NODE } from "../../intern/cluster.js";
import { listed } from "../../objects/sentence.js";
import { compareUtf8 } from "../../objects/utf8.js";
import { HOSTNAME } from "../named-node.js";
import { shown } from "../node-labels.js";
import type { Rule } from "../rule.js";

export const nodeHostnameShared: Rule = {
  id: "node-hostname-shared",
  summary:
    "Several Nodes have the same kubernetes.io/hostname label: a volume that is local to one seems to be on all.",
  needs: ["nodes"],
  find({ cluster, labels, text }, report) {
    const { nodes } = cluster;
    for (const [value, rows] of labels.shared(HOSTNAME)) {
      const named = rows.map((row) => ({ row, name: text(nodes.get(row, NODE.name)) }));
      named.sort((a, b) => compareUtf8(a.name, b.name));
      const [first, ...others] = named;
      report(nodes, first.row, {
        severity: "warning",
        field: keyed("metadata.labels", HOSTNAME),
        sentence: `${listed(others.map(({ name }) => name))} ${others.length === 1 ? "has" : "have"} the hostname ${shown(value)} too: a volume that is local to one is taken to be on each`,
        remedy: "give each node a hostname of its own (the kubelet's --hostname-override, or the machine's name)",
      });
    }
  },
};
