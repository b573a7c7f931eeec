// NodeName, NodeUnschedulable, TaintToleration and NodeAffinity (R-NOD-5 to R-NOD-22).

import { decided } from "./decided.js";
import type { NodeSelector, Opt, Pod, Toleration } from "./kinds.js";
import { type Plugin, rejected, SUCCESS } from "./plugin.js";
import { items, labelsOf, matchesNodeFields, requirementOf } from "./selectors.js";

const ENFORCED = "node(s) didn't match scheduler-enforced node affinity";
const AFFINITY = "node(s) didn't match Pod's node affinity/selector";

/** A report evaluates the pod without its spec.nodeName (R-NOD-7). */
export const nodeName: Plugin = { name: "NodeName", preFilter: () => "skip" };

export const nodeUnschedulable: Plugin = {
  name: "NodeUnschedulable",
  preFilter: ({ pod, settings }) => ({
    filter: ({ spec }) => {
      if (!spec?.unschedulable) return SUCCESS;
      decided("R-NOD-5");
      const cordon = { key: "node.kubernetes.io/unschedulable", value: "", effect: "NoSchedule" };
      const tolerated = tolerationsOf(pod).some((toleration) => tolerates(toleration, cordon, settings.comparisons));
      return tolerated ? SUCCESS : rejected("node(s) were unschedulable");
    },
  }),
};

export const taintToleration: Plugin = {
  name: "TaintToleration",
  preFilter: ({ pod, settings }) => ({
    filter: ({ spec }) => {
      for (const { key, value, effect } of items(spec?.taints)) {
        const taint = { key: key ?? "", value: value ?? "", effect: effect ?? "" };
        const counts = taint.effect === "NoSchedule" || taint.effect === "NoExecute";
        decided(counts ? "R-NOD-9" : "R-NOD-8");
        if (!counts) continue;
        if (tolerationsOf(pod).some((toleration) => tolerates(toleration, taint, settings.comparisons))) continue;
        if (settings.minor >= 34) return rejected("node(s) had untolerated taint(s)");
        return rejected(`node(s) had untolerated taint {${taint.key}: ${taint.value}}`);
      }
      return SUCCESS;
    },
  }),
};

interface Texts {
  key: string;
  value: string;
  effect: string;
}

function tolerationsOf({ spec }: Pod): (Texts & { operator: string })[] {
  return items<Toleration>(spec?.tolerations).map(({ key, operator, value, effect }) => {
    return { key: key ?? "", operator: operator ?? "", value: value ?? "", effect: effect ?? "" };
  });
}

function tolerates(toleration: Texts & { operator: string }, taint: Texts, comparisons: boolean): boolean {
  const { key, operator, value, effect } = toleration;
  decided("R-NOD-10");
  if (effect !== "" && effect !== taint.effect) return false;
  if (key !== "" && key !== taint.key) return false;
  if (key === "") decided("R-NOD-11");
  if (operator === "" || operator === "Equal") return value === taint.value;
  if (operator === "Exists") return true;
  if (operator === "Gt" || operator === "Lt") decided("R-NOD-12");
  if (!comparisons) return false;
  const [bound, actual] = [canonicalInteger(value), canonicalInteger(taint.value)];
  if (bound === undefined || actual === undefined) return false;
  return (operator === "Gt" && actual > bound) || (operator === "Lt" && actual < bound);
}

function canonicalInteger(text: string): bigint | undefined {
  if (text === "" || !/^[-0-9]/.test(text) || !/[0-9]$/.test(text)) return undefined;
  let number: bigint;
  try {
    number = BigInt(text);
  } catch {
    return undefined;
  }
  return String(number) === text && BigInt.asIntN(64, number) === number ? number : undefined;
}

export const nodeAffinity: Plugin = {
  name: "NodeAffinity",
  preFilter: ({ pod, settings }) => {
    const { nodeSelector } = pod.spec ?? {};
    const required = pod.spec?.affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution;
    const { addedAffinity } = settings;
    if (!nodeSelector && !required) decided("R-NOD-14");
    if (!nodeSelector && !required && !addedAffinity) return "skip";
    const names = required ? namesOf(required) : undefined;
    if (names?.length === 0) decided("R-NOD-20");
    if (names?.length === 0) return rejected("pod affinity terms conflict");
    return {
      ...(names && { names }),
      filter: ({ metadata }) => {
        const labels = labelsOf(metadata.labels);
        if (names) decided("R-NOD-21");
        if (addedAffinity) {
          decided("R-NOD-22");
          if (!matchesNodeFields(addedAffinity, labels, metadata.name, settings.texts)) return rejected(ENFORCED);
        }
        for (const [key, value] of Object.entries(nodeSelector ?? {})) {
          decided("R-NOD-16");
          if (labels.get(key) !== (value ?? "")) return rejected(AFFINITY);
        }
        if (!required) return SUCCESS;
        decided("R-NOD-17");
        return matchesNodeFields(required, labels, metadata.name, settings.texts) ? SUCCESS : rejected(AFFINITY);
      },
    };
  },
};

/** The names that the terms leave; undefined where they leave any. */
function namesOf({ nodeSelectorTerms }: NodeSelector): string[] | undefined {
  const terms = items(nodeSelectorTerms);
  if (terms.length === 0) return undefined;
  const left = new Set<string>();
  for (const { matchFields } of terms) {
    let ofTerm: Opt<string[]>;
    for (const { key, operator, values } of items(matchFields).map(requirementOf)) {
      if (key !== "metadata.name" || operator !== "In") continue;
      const before: string[] | undefined = ofTerm ?? undefined;
      ofTerm = values.filter((value) => before === undefined || before.includes(value));
    }
    decided("R-NOD-19");
    if (!ofTerm) return undefined;
    for (const name of ofTerm) left.add(name);
  }
  return [...left];
}
