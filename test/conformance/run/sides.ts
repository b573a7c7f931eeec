// The same cluster on the library's side and on the reference evaluator's, as pods of a report.

import { isDeepStrictEqual } from "node:util";
import type { EngineName, KubernetesMinor, MatcherOptions, PluginConfig, TopologyMatcher } from "../../../lib/index.js";
import * as shipped from "../../../lib/index.js";
import { FILTERS_CARRIED_OUT } from "../../../lib/index.js";
import { evaluateCluster } from "../../reference/evaluator/evaluate.js";
import type { KubeObject } from "../../reference/generator/world.js";
import { type KubeObject as Loaded, load } from "../../support/load.js";
import { completed, isPending, nameOf } from "./completed.js";
import type { GateSetting } from "./gates.js";
import type { JsonReport } from "./oracle.js";
import type { Library } from "./paths.js";

export interface Setting {
  readonly kubernetes: string;
  readonly gates: GateSetting;
  readonly filters: readonly string[];
  /** Arguments of plugins; the default ones unless given. */
  readonly pluginConfig?: readonly PluginConfig[] | undefined;
}

/** The options of a matcher of one setting. */
export function optionsOf({ filters, gates, kubernetes, pluginConfig }: Setting, engine: EngineName): MatcherOptions {
  const wanted = FILTERS_CARRIED_OUT.filter((filter) => filters.includes(filter));
  return { kubernetes: kubernetes as KubernetesMinor, gates, engine, filters: wanted, pluginConfig };
}

export function loaded(library: Library, objects: readonly KubeObject[], setting: Setting, engine: EngineName) {
  const matcher = library.createMatcherSync(optionsOf(setting, engine));
  if (matcher.engine !== engine) throw new Error(`runs on ${matcher.engine}`);
  load(matcher, objects as readonly Loaded[]);
  return matcher;
}

/** Every pending pod asked for by its key, with plans. */
export function reportOf(matcher: TopologyMatcher, pods: readonly KubeObject[], after = (_: number) => {}): JsonReport {
  return {
    nodes: matcher.nodes.size,
    pods: pods.map((pod, index) => {
      const report = matcher.evaluatePod(nameOf(pod)).toReport({ plans: true });
      after(index);
      return report;
    }),
  };
}

/** What the library says; what it throws is a report that differs from any. */
export function libraryReport(objects: readonly KubeObject[], setting: Setting, engine: EngineName): JsonReport {
  return guarded(() => {
    const complete = completed(objects);
    return reportOf(loaded(shipped, complete, setting, engine), complete.filter(isPending));
  });
}

export function guarded(answer: () => JsonReport): JsonReport {
  try {
    return answer();
  } catch (fault) {
    return { nodes: -1, pods: [], fault: fault instanceof Error ? fault.stack : String(fault) };
  }
}

export function referenceReport(objects: readonly KubeObject[], setting: Setting): JsonReport {
  const { filters, gates, kubernetes, pluginConfig = [] } = setting;
  const options = { kubernetes, gates: { ...gates }, filters, pluginConfig, plans: true };
  return evaluateCluster(completed(objects), options);
}

/** The places of the pods that differ; -1 for what belongs to no pod. */
export function differingPods(ours: JsonReport, theirs: JsonReport): number[] {
  if (ours.nodes !== theirs.nodes || ours.pods.length !== theirs.pods.length) return [-1];
  return theirs.pods.flatMap((pod: JsonReport, index: number) =>
    isDeepStrictEqual(ours.pods[index], pod) ? [] : [index],
  );
}
