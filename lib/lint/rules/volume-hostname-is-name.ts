// lint: volumes whose affinity takes a node's name for its hostname label.

import { HOSTNAME } from "../named-node.js";
import { eachRow } from "../reading.js";
import type { Rule } from "../rule.js";

export const volumeHostnameIsName: Rule = {
  id: "volume-hostname-is-name",
  summary: "A PersistentVolume's node affinity asks for a hostname that is the name of a node, whose label is another.",
  needs: ["nodes", "persistentVolumes"],
  find({ affinities, cluster }, report) {
    eachRow(cluster.volumes, (volume) => {
      const named = affinities.of(volume)?.named;
      if (named === undefined) return;
      const { field, label, name } = named;
      const has = label === undefined ? `has no ${HOSTNAME} label` : `has the ${HOSTNAME} label ${label}`;
      const sentence = `no node has ${HOSTNAME} ${name}: that is the name of a node, which ${has}`;
      const remedy =
        label === undefined
          ? "label the node: its kubelet sets that label when it registers"
          : `write the label, ${label}; the volume has to be made anew, for its affinity cannot be changed in place`;
      report(cluster.volumes, volume, { severity: "error", field, sentence, remedy });
    });
  },
};
