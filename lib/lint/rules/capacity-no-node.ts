// lint: capacity objects that say something of no node.

import { CAPACITY } from "../../intern/cluster.js";
import { eachRow } from "../reading.js";
import type { Fault, Rule } from "../rule.js";
import type { Survey } from "../survey.js";

export const capacityNoNode: Rule = {
  id: "capacity-no-node",
  summary: "The nodeTopology of a CSIStorageCapacity matches no node, so that its room counts nowhere.",
  needs: ["csiStorageCapacities", "nodes"],
  find(survey, report) {
    const { capacities } = survey.cluster;
    const faults = new Map<number, Fault | undefined>();
    eachRow(capacities, (row) => {
      const topology = capacities.get(row, CAPACITY.nodeTopology);
      if (!faults.has(topology)) faults.set(topology, faultOf(survey, topology));
      const fault = faults.get(topology);
      if (fault !== undefined) report(capacities, row, fault);
    });
  },
};

const STALE = "delete the object if its node is gone; the provisioner makes those that are needed";

function faultOf({ context, counts }: Survey, topology: number): Fault | undefined {
  const fault = (sentence: string): Fault => ({ severity: "warning", field: "nodeTopology", sentence, remedy: STALE });
  // kube: R-CAP-6 no topology, or one that does not convert, reaches no node.
  if (topology === 0) return fault("there is no nodeTopology: the object says something of no node");
  const selector = context.compiler.labelSelector(topology);
  if (typeof selector !== "number") return fault(`it does not parse, and so counts for no node: ${selector}`);
  return counts.of(selector) === 0
    ? fault("no node has these labels: the room that it tells counts nowhere")
    : undefined;
}
