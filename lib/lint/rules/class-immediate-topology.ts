// lint: classes that bind at once although their volumes can be used on some nodes only.

import { STORAGE_CLASS, VOLUME } from "../../intern/cluster.js";
import { EMPTY_TEXT } from "../../intern/strings.js";
import { counted } from "../../objects/sentence.js";
import { eachRow } from "../reading.js";
import type { Rule } from "../rule.js";
import type { Survey } from "../survey.js";
import { topologiesOf } from "./class-topology-no-node.js";

export const classImmediateTopology: Rule = {
  id: "class-immediate-topology",
  summary:
    "A StorageClass binds at once, though its volumes are zonal or local: the volume is chosen before the pod's node is.",
  needs: ["storageClasses"],
  find(survey, report) {
    const { classes, cluster } = survey;
    const { ids, nodes, storageClasses } = cluster;
    const immediate = cluster.strings.find("Immediate");
    // With one node, all of them are reached.
    if (nodes.size === 1) return;
    eachRow(storageClasses, (row) => {
      const mode = storageClasses.get(row, STORAGE_CLASS.volumeBindingMode);
      if (mode === 0 || mode !== immediate || mode === ids.waitForFirstConsumer) return;
      const reason =
        nodes.size === 0
          ? byValues(survey, row)
          : classes.provisions(row)
            ? (partial(survey, row) ?? byTopology(survey, row))
            : partial(survey, row);
      if (reason === undefined) return;
      report(storageClasses, row, {
        severity: "warning",
        field: "volumeBindingMode",
        sentence: `claims are bound before their pods are placed, but ${reason}: a pod may find its volumes out of its reach, or each of them elsewhere`,
        remedy:
          "make the class anew with volumeBindingMode: WaitForFirstConsumer (the field cannot be changed in place)",
      });
    });
  },
};

/** Without nodes: what allowedTopologies name. */
function byValues(survey: Survey, row: number): string | undefined {
  if (!survey.classes.provisions(row)) return undefined;
  const named = new Set<string>();
  for (const { requirements } of topologiesOf(survey, row)) {
    for (const { key, values } of requirements) for (const value of values) named.add(JSON.stringify([key, value]));
  }
  return named.size < 2 ? undefined : `allowedTopologies name ${named.size.toLocaleString("en")} topologies`;
}

/** A volume that is there and not reached by all. */
function partial({ classes, cluster }: Survey, row: number): string | undefined {
  const { nodes, storageClasses, volumes } = cluster;
  const { partial: volume, reach } = classes.volumes(storageClasses.get(row, STORAGE_CLASS.name));
  if (volume < 0) return undefined;
  const name = cluster.strings.get(volumes.get(volume, VOLUME.name) || EMPTY_TEXT);
  return `volume ${name} is reached from ${reach.toLocaleString("en")} of ${counted(nodes.size, "node")}`;
}

/** What the class or its driver says of volumes that are still to be made. */
function byTopology({ cluster, context, counts, drivers, labels, text }: Survey, row: number): string | undefined {
  const { nodes, storageClasses } = cluster;
  const topologies = storageClasses.get(row, STORAGE_CLASS.allowedTopologies);
  const allowed = counts.of(context.compiler.topology(topologies));
  if (allowed > 0 && allowed < nodes.size) {
    return `allowedTopologies allow ${allowed.toLocaleString("en")} of ${counted(nodes.size, "node")}`;
  }
  const driver = text(storageClasses.get(row, STORAGE_CLASS.provisioner));
  const key = drivers.keysOf(driver)?.find((one) => labels.values(one) > 1);
  return key === undefined
    ? undefined
    : `driver ${driver} makes them for one ${key} of ${labels.values(key).toLocaleString("en")}`;
}
