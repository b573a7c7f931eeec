// lint: classes whose driver tracks capacity, where nothing is known of the room on some nodes or on all.

import { OP_IN } from "../../compile/programs.js";
import type { Context } from "../../evaluate/context.js";
import { CAPACITY, STORAGE_CLASS } from "../../intern/cluster.js";
import { OpenNodes } from "../open-nodes.js";
import { eachRow } from "../reading.js";
import type { Rule } from "../rule.js";
import type { Survey } from "../survey.js";

const NONE_REMEDY =
  "run the driver's provisioner with --enable-capacity, or set the CSIDriver's spec.storageCapacity to false";
const SOME_REMEDY =
  "see that the driver's node pod runs there and that the node has the labels of its topology keys: the provisioner makes the objects";

export const capacityMissing: Rule = {
  id: "capacity-missing",
  summary:
    "The driver of a StorageClass tracks capacity, but no CSIStorageCapacity says what room some nodes have, or any.",
  needs: ["csiDrivers", "nodes", "storageClasses"],
  find(survey, report) {
    const { classes, cluster, drivers, text } = survey;
    const { capacities, capacitiesByClass, storageClasses } = cluster;
    const open = new OpenNodes(survey);
    eachRow(storageClasses, (row) => {
      if (!classes.tracksCapacity(row)) return;
      const name = storageClasses.get(row, STORAGE_CLASS.name);
      const driver = text(storageClasses.get(row, STORAGE_CLASS.provisioner));
      const field = "provisioner";
      // kube: R-CAP-9 where no object is known, no node has room.
      if (capacities.size === 0 || capacitiesByClass.first(name, name) < 0) {
        const sentence = `driver ${driver} tracks capacity, but there is no CSIStorageCapacity of this class: no claim of it will be placed on any node`;
        report(storageClasses, row, { severity: "error", field, sentence, remedy: NONE_REMEDY });
        return;
      }
      const known = coveredNodes(survey, name);
      // A node without the driver has no room, and that is right.
      const allowed = open
        .of(row)
        .filter((node) => drivers.keysOf(driver) === undefined || open.hasDriver(node, driver));
      const bare = allowed.filter((node) => known[node] === 0);
      if (bare.length === 0) return;
      const sentence = `no CSIStorageCapacity of this class reaches ${bare.length.toLocaleString("en")} of ${allowed.length.toLocaleString("en")} nodes with driver ${driver} (first: ${open.firstName(bare)}): no claim of it will be placed there`;
      report(storageClasses, row, { severity: "warning", field, sentence, remedy: SOME_REMEDY });
    });
  },
};

/** A byte for each node: 1 where some capacity object of a class reaches it. */
function coveredNodes({ cluster, context }: Survey, name: number): Uint8Array {
  const { capacities, capacitiesByClass, nodes } = cluster;
  const known = new Uint8Array(nodes.limit);
  const done = new Set<number>();
  for (let row = capacitiesByClass.first(name, name); row >= 0; row = capacitiesByClass.next(row)) {
    const limited =
      capacities.get(row, CAPACITY.capacity) !== 0 || capacities.get(row, CAPACITY.maximumVolumeSize) !== 0;
    const topology = capacities.get(row, CAPACITY.nodeTopology);
    if (!limited || topology === 0 || done.has(topology)) continue;
    done.add(topology);
    const selector = context.compiler.labelSelector(topology);
    if (typeof selector !== "number") continue;
    for (const node of nodesOf(context, selector)) known[node] = 1;
  }
  return known;
}

/** The nodes that a selector matches; one that asks for a value of one key, as nearly all do, needs no mask for that. */
function nodesOf(
  { columns, compiler, masks, selectors }: Context,
  selector: number,
): ArrayLike<number> & Iterable<number> {
  const { blocks } = compiler.programs;
  const term = blocks.length(selector) === 1 ? blocks.at(selector, 0) : 0;
  const literal = term !== 0 && blocks.length(term) === 1 ? blocks.at(term, 0) : 1;
  const requirement = literal >>> 1;
  if ((literal & 1) !== 0 || blocks.at(requirement, 0) !== OP_IN) return masks.ids(selectors.mask(selector));
  const column = columns.column(blocks.at(requirement, 1));
  const nodes: number[] = [];
  for (let i = 2; i < blocks.length(requirement); i++) column.collect(blocks.at(requirement, i), nodes);
  return nodes;
}
