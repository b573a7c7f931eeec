// The nodes and pods of a feasibility report in live mode: naive loops over everything.

import { type Cluster, keyOf, readCluster, withUid } from "./cluster.js";
import { runCycle, type Verdict } from "./cycle.js";
import type { Pod } from "./kinds.js";
import { nodeAffinity, nodeName, nodeUnschedulable, taintToleration } from "./node-filters.js";
import { nodeResourcesFit } from "./node-resources.js";
import { nodeVolumeLimits } from "./node-volume-limits.js";
import type { Plan, Plugin } from "./plugin.js";
import { type SettingOptions, settingsOf } from "./settings.js";
import { snapshotTopology } from "./snapshot-topology.js";
import { strictCapacity } from "./strict-capacity.js";
import { volumeBinding } from "./volume-binding.js";
import { volumeRestrictions } from "./volume-restrictions.js";
import { volumeZone } from "./volume-zone.js";

export interface EvaluateOptions extends SettingOptions {
  /** VolumeBinding alone unless given. */
  filters?: readonly string[];
  plans?: boolean;
  /** NAMESPACE/NAME or a NAME in default; every pending pod unless given. */
  pods?: string[];
}

export interface PodReport extends Omit<Verdict, "plans"> {
  pod: string;
  plans?: Record<string, Plan>;
}

export interface ClusterReport {
  nodes: number;
  pods: PodReport[];
}

/** In the scheduler's order, and then those that are ours. */
const PLUGINS: readonly Plugin[] = [
  nodeName,
  nodeUnschedulable,
  taintToleration,
  nodeAffinity,
  nodeResourcesFit,
  volumeRestrictions,
  nodeVolumeLimits,
  volumeBinding,
  volumeZone,
  snapshotTopology,
  strictCapacity,
];

export function evaluateCluster(objects: unknown[], options: EvaluateOptions = {}): ClusterReport {
  const { filters = [volumeBinding.name], plans = false } = options;
  const unknown = filters.filter((filter) => !PLUGINS.some(({ name }) => name === filter));
  if (unknown.length > 0) throw new Error(`not carried out: ${unknown}`);
  const plugins = PLUGINS.filter(({ name }) => filters.includes(name));
  const settings = settingsOf(options);
  const cluster = readCluster(objects);
  const pods = chosenPods(cluster, options.pods).map((given) => {
    const pod = withUid(given);
    const report: PodReport = { pod: podName(pod), ...runCycle({ pod, cluster, settings }, plugins) };
    if (!plans) delete report.plans;
    return report;
  });
  return { nodes: cluster.nodes.length, pods };
}

function chosenPods(cluster: Cluster, names: string[] | undefined): Pod[] {
  if (!names?.length) return cluster.pods.filter(isPending);
  const byName = new Map(cluster.pods.map((pod) => [podName(pod), pod]));
  const wanted = new Set(names.map((name) => (name.includes("/") ? name : `default/${name}`)));
  return [...wanted].map((name) => {
    const pod = byName.get(name);
    if (!pod) throw new Error(`pod ${name} is not in the input`);
    return pod;
  });
}

function isPending({ metadata, spec, status }: Pod): boolean {
  const ended = status?.phase === "Succeeded" || status?.phase === "Failed";
  return !spec?.nodeName && !ended && !metadata.deletionTimestamp;
}

function podName({ metadata }: Pod): string {
  return keyOf(metadata.namespace, metadata.name);
}
