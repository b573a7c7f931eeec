// explain: nodes that were rejected for what they are (cordons, taints, labels, a name) -> causes.

import type { Mask } from "../evaluate/mask.js";
import { NO_NODES } from "../evaluate/mask.js";
import { POD } from "../intern/cluster.js";
import { NODE_TAINTS } from "../intern/label-columns.js";
import type { NodeLike, NodeSelectorLike, PodLike } from "../objects/types.js";
import type { Draft, Examination, Finding } from "./examination.js";
import { firstOf, referenceTo, subjectOf, textOf, without } from "./examination.js";
import { failedTerms } from "./failed-terms.js";
import type { WrittenTerm } from "./written-terms.js";
import { termOfLabels, termsOfNodeSelector } from "./written-terms.js";

const AFFINITY = "spec.affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution";
/** Where NodeAffinity's own arguments stand. */
const ARGUMENTS = { kind: "KubeSchedulerConfiguration", name: "" };
const ADDED = "pluginConfig.args.addedAffinity.requiredDuringSchedulingIgnoredDuringExecution";

export function cordonedFindings(x: Examination, nodes: Mask, reasons: readonly string[]): Finding[] {
  const object = referenceTo(x.context.cluster.nodes, firstOf(x, nodes));
  return [{ cause: { code: "Cordoned", object, path: "spec.unschedulable", reasons }, nodes }];
}

/** One finding for each taint that comes first among a node's untolerated ones. O(nodes). */
export function taintFindings(x: Examination, nodes: Mask): Finding[] {
  const { index } = x;
  const { cluster, columns, masks, tolerations } = x.context;
  const { pod } = x.candidate;
  const tolerated = pod < 0 ? 0 : cluster.pods.get(pod, POD.tolerations);
  const column = columns.column(NODE_TAINTS);
  const byBlock = new Map<number, string>();
  const groups = new Map<string, number[]>();
  for (const node of masks.ids(nodes).slice()) {
    const block = column.get(node);
    let key = byBlock.get(block);
    if (key === undefined) {
      const first = block === 0 ? undefined : tolerations.untolerated(tolerated, block);
      key = [first?.key, first?.value, first?.effect].map((id) => id ?? 0).join();
      byBlock.set(block, key);
    }
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [node]);
    else group.push(node);
  }
  const findings = Array.from(groups, ([key, ids]) => {
    const mask = masks.scratchIds(ids);
    const [taintKey, value, effect] = key.split(",").map((id) => textOf(cluster, Number(id)));
    const node = firstOf(x, mask);
    const { spec } = cluster.nodes.read(node) as NodeLike;
    const place = (spec?.taints ?? []).findIndex(
      (taint) => (taint.key ?? "") === taintKey && (taint.value ?? "") === value && (taint.effect ?? "") === effect,
    );
    const object = referenceTo(cluster.nodes, node);
    const cause: Draft = {
      code: "Taint",
      object,
      path: `spec.taints[${place}]`,
      taint: { key: taintKey, value, effect },
    };
    return { cause, nodes: mask, first: index.order.places[node] };
  });
  // By the names of their nodes: rows are in the order in which nodes came.
  return findings.sort((a, b) => a.first - b.first).map(({ cause, nodes: there }) => ({ cause, nodes: there }));
}

/** What the pod, or the plugin's arguments, ask of nodes' labels and names. */
export function nodeAffinityFindings(x: Examination, nodes: Mask): Finding[] {
  const { context } = x;
  const { podSelectors, selectors } = context;
  const findings: Finding[] = [];
  const add = (selector: number | undefined, terms: () => readonly WrittenTerm[], fallback: string): void => {
    const failing = selector === undefined ? NO_NODES : without(x, nodes, selectors.briefMask(selector));
    if (failing === NO_NODES) return;
    const enforced = fallback === ADDED;
    const failed = failedTerms(x, terms(), failing, { named: true });
    const path = failed[0]?.requirements[0]?.path ?? failed[0]?.path ?? `${fallback}.nodeSelectorTerms`;
    const object = enforced ? ARGUMENTS : subjectOf(x);
    findings.push({ cause: { code: "NodeSelector", object, path, enforced, terms: failed }, nodes: failing });
  };
  add(podSelectors.added, () => termsOfNodeSelector(podSelectors.addedAffinity, ADDED), ADDED);
  const { pod } = x.candidate;
  if (pod < 0) return findings;
  const { pods } = context.cluster;
  const { spec } = pods.read(pod) as PodLike;
  const block = pods.get(pod, POD.nodeSelector);
  const labels = (spec?.nodeSelector ?? {}) as { readonly [key: string]: string };
  add(
    block === 0 ? undefined : podSelectors.nodeSelector(block),
    () => [termOfLabels(labels, "spec.nodeSelector")],
    "spec.nodeSelector",
  );
  const required = requiredOf(spec);
  const affinity = podSelectors.affinity(pods.get(pod, POD.affinity));
  add(affinity?.selector, () => termsOfNodeSelector(required, AFFINITY), AFFINITY);
  return findings;
}

/** PreFilter: the terms leave no name that a node may have. */
export function affinityConflict(x: Examination, reasons: readonly string[]): Draft {
  return { code: "AffinityConflict", object: subjectOf(x), path: `${AFFINITY}.nodeSelectorTerms`, reasons };
}

function requiredOf(spec: PodLike["spec"]): NodeSelectorLike | null | undefined {
  return spec?.affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution;
}
