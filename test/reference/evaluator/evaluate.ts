// The nodes and pods of a feasibility report in live mode, VolumeBinding alone: naive loops over everything.

import { nameOf } from "./classes.js";
import { type Cluster, keyOf, readCluster, withUid } from "./cluster.js";
import { decided, verdictBegins } from "./decided.js";
import { compareBytes } from "./go-text.js";
import type { Pod } from "./kinds.js";
import { type SettingOptions, type Settings, settingsOf } from "./settings.js";
import { type FilterResult, filter, preFilter } from "./volume-binding.js";

export interface EvaluateOptions extends SettingOptions {
  /** Only ["VolumeBinding"] is carried out. */
  filters?: string[];
  plans?: boolean;
  /** NAMESPACE/NAME or a NAME in default; every pending pod unless given. */
  pods?: string[];
}

export interface NodeRejection {
  node: string;
  plugin: string;
  code: string;
  reasons: string[];
}

export interface Plan {
  staticBindings: { claim: string; volume: string }[];
  dynamicProvisions: string[];
}

export interface PodReport {
  pod: string;
  schedulable: boolean;
  feasible: string[];
  infeasible: NodeRejection[];
  preFilter?: { plugin: string; code: string; reasons: string[] };
  error?: string;
  message?: string;
  plans?: Record<string, Plan>;
}

export interface ClusterReport {
  nodes: number;
  pods: PodReport[];
}

const PLUGIN = "VolumeBinding";
const CODE = "UnschedulableAndUnresolvable";

export function evaluateCluster(objects: unknown[], options: EvaluateOptions = {}): ClusterReport {
  const { filters = [PLUGIN], plans = false } = options;
  if (filters.length !== 1 || filters[0] !== PLUGIN) throw new Error(`only ${PLUGIN} is carried out: ${filters}`);
  const settings = settingsOf(options);
  const cluster = readCluster(objects);
  const pods = chosenPods(cluster, options.pods).map((pod) => {
    const report = evaluatePod(withUid(pod), cluster, settings);
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

function evaluatePod(pod: Pod, cluster: Cluster, settings: Settings): PodReport {
  const report: PodReport = { pod: podName(pod), schedulable: false, feasible: [], infeasible: [], plans: {} };
  verdictBegins();
  if (cluster.nodes.length === 0) decided("R-MSG-2");
  if (cluster.nodes.length === 0) return { ...report, error: "no nodes available to schedule pods" };
  const before = attempt(() => preFilter(pod, cluster));
  if ("error" in before) decided("R-FW-2 (error)");
  if ("error" in before) return { ...report, error: `running PreFilter plugin "${PLUGIN}": ${before.error}` };
  if ("reason" in before.result) {
    const reasons = [before.result.reason];
    decided("R-FW-2 (rejection)");
    decided("R-MSG-3");
    const message = `${available(cluster)} ${reasons[0]}.`;
    return { ...report, preFilter: { plugin: PLUGIN, code: CODE, reasons }, message };
  }
  const claims = "claims" in before.result ? before.result.claims : undefined;
  for (const node of cluster.nodes) {
    const name = node.metadata.name;
    verdictBegins();
    const after = claims
      ? attempt(() => filter(claims, node, cluster, settings))
      : { result: { reasons: [], bindings: [], provisions: [] } };
    if ("error" in after) decided("R-FW-5");
    if ("error" in after) report.error ??= `running "${PLUGIN}" filter plugin: ${after.error}`;
    else if (after.result.reasons.length > 0) {
      report.infeasible.push({ node: name, plugin: PLUGIN, code: CODE, reasons: after.result.reasons });
    } else {
      report.feasible.push(name);
      report.plans![name] = planOf(after.result);
    }
  }
  verdictBegins();
  report.schedulable = report.feasible.length > 0 && report.error === undefined;
  if (!report.schedulable && report.error === undefined) report.message = statistics(report, cluster);
  return report;
}

function planOf({ bindings, provisions }: FilterResult): Plan {
  return {
    staticBindings: bindings.map(({ claim, volume }) => ({ claim: nameOf(claim), volume: volume.metadata.name })),
    dynamicProvisions: provisions.map(nameOf),
  };
}

function available(cluster: Cluster): string {
  return `0/${cluster.nodes.length} nodes are available:`;
}

function statistics({ infeasible }: PodReport, cluster: Cluster): string {
  const counts = new Map<string, number>();
  decided("R-MSG-4");
  for (const reason of infeasible.flatMap(({ reasons }) => reasons)) counts.set(reason, (counts.get(reason) ?? 0) + 1);
  const lines = [...counts].map(([reason, count]) => `${count} ${reason}`).sort(compareBytes);
  return `${available(cluster)} ${lines.join(", ")}.`;
}

/** Statuses of code Error are thrown by the rules as errors whose message is the scheduler's detail. */
function attempt<T>(run: () => T): { result: T } | { error: string } {
  try {
    return { result: run() };
  } catch (fault) {
    if (!(fault instanceof Error) || fault.constructor !== Error) throw fault;
    return { error: fault.message };
  }
}
