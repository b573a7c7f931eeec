// lint: labels of old that volumes, classes and capacity objects still ask for.

import { keyed } from "../../explain/written-terms.js";
import { CAPACITY, STORAGE_CLASS, VOLUME } from "../../intern/cluster.js";
import { LEGACY_KEYS } from "../legacy-keys.js";
import { eachRow } from "../reading.js";
import type { Fault, Rule } from "../rule.js";
import type { Survey } from "../survey.js";
import type { Severity } from "../types.js";
import type { Affinity } from "../volume-affinities.js";
import { topologiesOf } from "./class-topology-no-node.js";

export const legacyTopologyLabel: Rule = {
  id: "legacy-topology-label",
  summary: "A volume, class or capacity object uses a beta label that another one has replaced.",
  needs: [],
  find(survey, report) {
    const { affinities, classes, cluster, keys, labels, text } = survey;
    // Where nothing has such a key, nothing asks for one.
    if (keys.legacy.length === 0) return;
    const { capacities, storageClasses, volumes } = cluster;
    const ofAffinity = new Map<Affinity, readonly Fault[]>();
    eachRow(volumes, (volume) => {
      const affinity = affinities.of(volume);
      // Where no node matches, that is said already.
      if (affinity !== undefined && (affinity.nodes > 0 || labels.nodes === 0)) {
        let faults = ofAffinity.get(affinity);
        if (faults === undefined) {
          const expressions = affinity.terms.flatMap(({ requirements }) => requirements.filter(({ field }) => !field));
          faults = expressions.flatMap(({ key, path }) => faultOf(survey, key, path) ?? []);
          ofAffinity.set(affinity, faults);
        }
        for (const fault of faults) report(volumes, volume, fault);
      }
      const block = volumes.get(volume, VOLUME.labels);
      for (const id of keys.legacy) {
        if (cluster.blocks.lookup(block, id) === 0) continue;
        const key = text(id);
        const fault = faultOf(survey, key, keyed("metadata.labels", key), "info");
        if (fault !== undefined) report(volumes, volume, fault);
      }
    });
    eachRow(storageClasses, (row) => {
      if (storageClasses.get(row, STORAGE_CLASS.allowedTopologies) === 0 || !classes.provisions(row)) return;
      for (const { requirements } of topologiesOf(survey, row)) {
        for (const { key, path } of requirements) {
          const fault = faultOf(survey, key, path);
          if (fault !== undefined) report(storageClasses, row, fault);
        }
      }
    });
    const ofTopology = new Map<number, Fault | undefined>();
    eachRow(capacities, (row) => {
      const block = capacities.get(row, CAPACITY.nodeTopology);
      if (!ofTopology.has(block)) ofTopology.set(block, inTopology(survey, row));
      const fault = ofTopology.get(block);
      if (fault !== undefined) report(capacities, row, fault);
    });
  },
};

function inTopology(survey: Survey, row: number): Fault | undefined {
  const { capacities } = survey.cluster;
  const block = capacities.get(row, CAPACITY.nodeTopology);
  const selector = block === 0 ? "" : survey.context.compiler.labelSelector(block);
  if (typeof selector !== "number" || survey.keys.hasAllOf(selector)) return undefined;
  const { nodeTopology } = capacities.read(row) as {
    readonly nodeTopology?: { readonly matchLabels?: object };
  };
  const key = Object.keys(nodeTopology?.matchLabels ?? {}).find((one) => LEGACY_KEYS.has(one));
  return key === undefined ? undefined : faultOf(survey, key, keyed("nodeTopology.matchLabels", key));
}

function faultOf({ labels }: Survey, key: string, field: string, severity: Severity = "warning"): Fault | undefined {
  const today = LEGACY_KEYS.get(key);
  if (today === undefined) return undefined;
  const present = labels.present(key);
  const there = `${present.toLocaleString("en")} of ${labels.nodes.toLocaleString("en")} nodes have it still`;
  const still = labels.nodes === 0 ? "" : `; ${present === 0 ? "no node has it any more" : there}`;
  const sentence = `${today} took the place of ${key}${still}`;
  return { severity, field, sentence, remedy: `write ${today}, before nodes come that lack the old label` };
}
