// lint: topology keys that neither nodes have nor drivers know.

import type { WrittenTerm } from "../../explain/written-terms.js";
import { CAPACITY, STORAGE_CLASS } from "../../intern/cluster.js";
import type { CSIStorageCapacityLike } from "../../objects/types.js";
import { LEGACY_KEYS } from "../legacy-keys.js";
import { eachRow } from "../reading.js";
import type { Fault, Rule } from "../rule.js";
import type { Survey } from "../survey.js";
import type { Affinity } from "../volume-affinities.js";
import { topologiesOf } from "./class-topology-no-node.js";

export const topologyKeyUnknown: Rule = {
  id: "topology-key-unknown",
  summary:
    "A volume, class or capacity object asks for a topology key that no node has as a label and no CSINode lists.",
  needs: ["nodes"],
  find(survey, report) {
    const { affinities, classes, cluster, context, counts } = survey;
    const { capacities, storageClasses, volumes } = cluster;
    const known = new Map<Affinity, readonly Fault[]>();
    eachRow(volumes, (volume) => {
      const affinity = affinities.of(volume);
      // Where no node matches, that is said already.
      if (affinity === undefined || affinity.nodes === 0) return;
      let faults = known.get(affinity);
      if (faults === undefined) {
        faults = faultsIn(survey, affinity.usable);
        known.set(affinity, faults);
      }
      for (const fault of faults) report(volumes, volume, fault);
    });
    eachRow(storageClasses, (row) => {
      const block = storageClasses.get(row, STORAGE_CLASS.allowedTopologies);
      if (block === 0 || !classes.provisions(row) || counts.of(context.compiler.topology(block)) === 0) return;
      for (const fault of faultsIn(survey, topologiesOf(survey, row))) report(storageClasses, row, fault);
    });
    const ofTopology = new Map<number, readonly Fault[]>();
    eachRow(capacities, (row) => {
      const block = capacities.get(row, CAPACITY.nodeTopology);
      if (block === 0) return;
      let faults = ofTopology.get(block);
      if (faults === undefined) {
        const selector = context.compiler.labelSelector(block);
        const usual = typeof selector === "number" && survey.keys.hasAllOf(selector);
        faults = usual ? [] : faultsIn(survey, [topologyOf(capacities.read(row) as CSIStorageCapacityLike)]);
        ofTopology.set(block, faults);
      }
      for (const fault of faults) report(capacities, row, fault);
    });
  },
};

/** Each unknown key once. */
function faultsIn({ drivers, labels }: Survey, terms: readonly WrittenTerm[]): Fault[] {
  const faults = new Map<string, Fault>();
  for (const { requirements } of terms) {
    for (const { field, key, operator, path } of requirements) {
      if (field || faults.has(key) || (operator !== "In" && operator !== "Exists")) continue;
      if (labels.present(key) > 0 || drivers.driverWith(key) !== undefined) continue;
      const today = LEGACY_KEYS.get(key);
      const replaced = today === undefined ? "" : `; ${today} took its place`;
      const sentence = `no node has the label ${key}, and no CSINode lists it${replaced}`;
      const remedy = "write a key that nodes have, or check that the driver runs on the nodes and labels them";
      faults.set(key, { severity: "warning", field: path, sentence, remedy });
    }
  }
  return [...faults.values()];
}

function topologyOf({ nodeTopology }: CSIStorageCapacityLike): WrittenTerm {
  const path = "nodeTopology";
  const labels = Object.keys(nodeTopology?.matchLabels ?? {}).map((key) => written(key, `${path}.matchLabels`));
  const expressions = (nodeTopology?.matchExpressions ?? []).map(({ key, operator }, i) => {
    return { ...written(key ?? "", `${path}.matchExpressions[${i}]`), operator: operator ?? "" };
  });
  return { path, requirements: [...labels, ...expressions] };
}

function written(key: string, path: string) {
  return { path, key, operator: "In", values: [], field: false, exact: false };
}
