// report: findings -> groups of those that differ in nothing but the name of their object.

import type { Finding } from "../lint/types.js";
import { printable } from "./printable.js";
import type { FindingGroup } from "./types.js";

/** So many objects of a group are named. */
const NAMED = 50;

export function groupedFindings(findings: readonly Finding[]): FindingGroup[] {
  return alikeFindings(findings).map((group) => {
    const [{ field, id, object, remedy, sentence, severity }] = group;
    return {
      severity,
      id,
      kind: printable(object.kind),
      names: group.slice(0, NAMED).map(nameOf),
      more: Math.max(0, group.length - NAMED),
      field: printable(field),
      sentence: printable(sentence),
      remedy: printable(remedy),
    };
  });
}

/** Those that differ in nothing but the name of their object, together. */
export function alikeFindings(findings: readonly Finding[]): Finding[][] {
  const groups = new Map<string, Finding[]>();
  for (const finding of findings) {
    const { field, id, object, remedy, sentence, severity } = finding;
    const key = JSON.stringify([severity, id, object.kind, field, sentence, remedy]);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [finding]);
    else group.push(finding);
  }
  return [...groups.values()];
}

function nameOf({ object: { name, namespace } }: Finding): string {
  return printable(namespace === undefined ? name : `${namespace}/${name}`);
}
