// lint: findings -> the order in which they are told: errors first, then by rule, object and field.

import { compareUtf8 } from "../objects/utf8.js";
import type { Finding } from "./types.js";
import { SEVERITIES } from "./types.js";

/** Sorts in place. */
export function inOrder(findings: Finding[]): Finding[] {
  return findings.sort(
    (a, b) =>
      SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity) ||
      compareUtf8(a.id, b.id) ||
      compareUtf8(a.object.kind, b.object.kind) ||
      compareUtf8(a.object.namespace ?? "", b.object.namespace ?? "") ||
      compareUtf8(a.object.name, b.object.name) ||
      compareUtf8(a.field, b.field) ||
      compareUtf8(a.sentence, b.sentence),
  );
}
