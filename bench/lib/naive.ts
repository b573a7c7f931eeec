// What one would write by hand over the JSON objects: early exit, no validation.

import type {
  NodeLike,
  PersistentVolumeLike,
  LabelSelectorRequirementLike as Requirement,
  NodeSelectorTermLike as Term,
} from "../../lib/index.js";

type Labels = { readonly [key: string]: string };

/** How many nodes a volume can be reached from, in the words that come to mind first. */
export function countReached(volume: PersistentVolumeLike, nodes: readonly NodeLike[]): number {
  const required = volume.spec?.nodeAffinity?.required;
  if (!required) return nodes.length;
  return nodes.filter((node) => matches(required.nodeSelectorTerms ?? [], node.metadata?.labels ?? {})).length;
}

export function matches(terms: readonly Term[], labels: Labels): boolean {
  return terms.some(
    ({ matchExpressions }) =>
      matchExpressions && matchExpressions.length > 0 && matchExpressions.every((one) => holds(one, labels)),
  );
}

/** The same in loops without closures or lists, over label maps taken out of the nodes before. */
export function countReachedTuned(volume: PersistentVolumeLike, nodes: readonly Labels[]): number {
  const terms = volume.spec?.nodeAffinity?.required?.nodeSelectorTerms;
  if (!terms) return nodes.length;
  let count = 0;
  for (const labels of nodes) if (matchesTuned(terms, labels)) count++;
  return count;
}

function matchesTuned(terms: readonly Term[], labels: Labels): boolean {
  for (const term of terms) if (termHolds(term, labels)) return true;
  return false;
}

function termHolds({ matchExpressions }: Term, labels: Labels): boolean {
  if (!matchExpressions || matchExpressions.length === 0) return false;
  for (const requirement of matchExpressions) if (!holds(requirement, labels)) return false;
  return true;
}

function holds({ key, operator, values }: Requirement, labels: Labels): boolean {
  const value = labels[key as string];
  switch (operator) {
    case "In":
      return value !== undefined && (values as readonly string[]).includes(value);
    case "NotIn":
      return value === undefined || !(values as readonly string[]).includes(value);
    case "Exists":
      return value !== undefined;
    case "DoesNotExist":
      return value === undefined;
    case "Gt":
      return value !== undefined && Number(value) > Number((values as readonly string[])[0]);
    case "Lt":
      return value !== undefined && Number(value) < Number((values as readonly string[])[0]);
    default:
      return false;
  }
}
