// The same cluster on the library's side and on the reference evaluator's, as pods of a report.

import { isDeepStrictEqual } from "node:util";
import { type EngineName, FILTERS_CARRIED_OUT } from "../../../lib/index.js";
import { evaluateCluster } from "../../reference/evaluator/evaluate.js";
import type { KubeObject } from "../../reference/generator/world.js";
import { type KubeObject as Loaded, matcherOf } from "../../support/load.js";
import type { GateSetting } from "./gates.js";
import type { JsonReport } from "./oracle.js";

export interface Setting {
  readonly kubernetes: string;
  readonly gates: GateSetting;
  readonly filters: readonly string[];
}

export function libraryReport(objects: readonly KubeObject[], setting: Setting, engine: EngineName): JsonReport {
  try {
    const filters = FILTERS_CARRIED_OUT.filter((filter) => setting.filters.includes(filter));
    const matcher = matcherOf(objects as readonly Loaded[], { ...setting, filters, engine });
    if (matcher.engine !== engine) throw new Error(`runs on ${matcher.engine}`);
    return {
      nodes: matcher.nodes.size,
      pods: objects.filter(isPending).map(({ metadata }) => {
        return matcher.evaluatePod(`${metadata.namespace ?? "default"}/${metadata.name}`).toReport({ plans: true });
      }),
    };
  } catch (fault) {
    return { nodes: -1, pods: [], fault: fault instanceof Error ? fault.stack : String(fault) };
  }
}

export function referenceReport(objects: readonly KubeObject[], { kubernetes, gates }: Setting): JsonReport {
  const vac = gates.VolumeAttributesClass;
  const known: Record<string, boolean> = vac === undefined ? {} : { VolumeAttributesClass: vac };
  return evaluateCluster([...objects], { kubernetes, gates: known, plans: true });
}

/** The places of the pods that differ; -1 for what belongs to no pod. Scores count where `ours` has them. */
export function differingPods(ours: JsonReport, theirs: JsonReport): number[] {
  if (ours.nodes !== theirs.nodes || ours.pods.length !== theirs.pods.length) return [-1];
  return theirs.pods.flatMap((pod: JsonReport, index: number) =>
    isDeepStrictEqual(ours.pods[index], withoutUnknownScores(pod, ours.pods[index])) ? [] : [index],
  );
}

export function withoutUnknownScores(pod: JsonReport, beside: JsonReport): JsonReport {
  const plans = Object.entries<JsonReport>(pod.plans ?? {}).map(([node, plan]) => {
    if (beside.plans?.[node] && "score" in beside.plans[node]) return [node, plan];
    const { score: _, ...rest } = plan;
    return [node, rest];
  });
  return pod.plans ? { ...pod, plans: Object.fromEntries(plans) } : pod;
}

function isPending({ kind, metadata, spec, status }: KubeObject): boolean {
  const ended = status?.phase === "Succeeded" || status?.phase === "Failed";
  return kind === "Pod" && !spec?.nodeName && !ended && !metadata.deletionTimestamp;
}
