// lint: findings -> the order in which they are told: errors first, then by rule, object and field.

import type { Finding } from "./types.js";
import { SEVERITIES } from "./types.js";

/** Sorts in place. */
export function inOrder(findings: Finding[]): Finding[] {
  return findings.sort(
    (a, b) =>
      SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity) ||
      compare(a.id, b.id) ||
      compare(a.object.kind, b.object.kind) ||
      compare(a.object.namespace ?? "", b.object.namespace ?? "") ||
      compare(a.object.name, b.object.name) ||
      compare(a.field, b.field) ||
      compare(a.sentence, b.sentence),
  );
}

/** Names are ASCII; whatever else a text holds, its order is the same each time. */
function compare(a: string, b: string): number {
  return a === b ? 0 : a < b ? -1 : 1;
}
