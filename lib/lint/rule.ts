// lint: what a rule is, and where it puts what it finds.

import type { Table } from "../intern/table.js";
import type { SetName } from "../objects/sets.js";
import type { Survey } from "./survey.js";
import type { Finding, FindingObject, LintRule, Severity } from "./types.js";

/** What is wrong, and what helps. */
export interface Fault {
  readonly severity: Severity;
  readonly field: string;
  readonly sentence: string;
  readonly remedy: string;
}

/** Takes a fault of the object of a row. */
export type Report = (table: Table, row: number, fault: Fault) => void;

export interface Rule extends LintRule {
  /** Kinds without which it says nothing: where the input has no object of one, it may not have been read. */
  readonly needs: readonly SetName[];
  find(survey: Survey, report: Report): void;
}

/** The findings of a rule, in no order. */
export function findingsOf({ find, id }: Rule, survey: Survey): Finding[] {
  const findings: Finding[] = [];
  find(survey, (table, row, { field, remedy, sentence, severity }) => {
    findings.push({ id, severity, object: objectOf(table, row), field, sentence, remedy });
  });
  return findings;
}

function objectOf(table: Table, row: number): FindingObject {
  const { codec, NAME, NAMESPACE, type } = table;
  const name = codec.strings.get(table.get(row, NAME));
  if (!type.namespaced) return { kind: type.kind, name };
  return { kind: type.kind, namespace: codec.strings.get(table.get(row, NAMESPACE)), name };
}
