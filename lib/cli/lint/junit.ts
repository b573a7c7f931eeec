// cli: findings -> JUnit's XML as CI systems read it: a suite for each rule, a case for each finding. Errors fail.

import type { Finding, IdleRule } from "../../lint.js";
import { LINT_RULES } from "../../lint.js";
import { wellFormed } from "../../objects/go-quote.js";
import { printable } from "../failure.js";
import type { Output } from "../io.js";
import { nameOf } from "./text.js";

export interface RulesLeftOut {
  /** Rules with nothing to look at. */
  readonly idle: readonly IdleRule[];
  /** Ids that were not wanted. */
  readonly skipped: readonly string[];
}

export async function writeJunit(
  findings: readonly Finding[],
  { idle, skipped }: RulesLeftOut,
  output: Output,
): Promise<void> {
  const ofRule = new Map<string, Finding[]>(LINT_RULES.map(({ id }) => [id, []]));
  for (const finding of findings) ofRule.get(finding.id)?.push(finding);
  const suites = LINT_RULES.filter(({ id }) => !skipped.includes(id));
  const counts = suites.map(({ id }) => countsOf(ofRule.get(id) ?? []));
  const all = counts.reduce(
    (sum, { failures, tests }) => ({
      tests: sum.tests + tests,
      failures: sum.failures + failures,
    }),
    { tests: 0, failures: 0 },
  );
  await output.write(`<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="topomatch lint"${attributes(all)}>\n`);
  for (const [i, { id, summary }] of suites.entries()) {
    const empty = idle.find((rule) => rule.id === id)?.empty;
    const skips = empty === undefined ? {} : { skipped: 1 };
    await output.write(`  <testsuite${attributes({ name: id, ...counts[i], ...skips })}>\n`);
    const found = ofRule.get(id) ?? [];
    if (found.length === 0) await output.write(emptyCase(id, summary, empty));
    for (const finding of found) {
      if (output.closed) return;
      await output.write(caseOf(finding));
    }
    await output.write("  </testsuite>\n");
  }
  await output.write("</testsuites>\n");
}

/** A rule without findings is a case that passes, or is skipped. */
function countsOf(findings: readonly Finding[]): { readonly tests: number; readonly failures: number } {
  const failures = findings.filter(({ severity }) => severity === "error").length;
  return { tests: Math.max(1, findings.length), failures };
}

function emptyCase(id: string, summary: string, empty: readonly string[] | undefined): string {
  const head = `    <testcase${attributes({ classname: id, name: summary })}`;
  if (empty === undefined) return `${head}/>\n`;
  return `${head}><skipped${attributes({ message: `the input has no ${empty.join(", no ")}` })}/></testcase>\n`;
}

function caseOf(finding: Finding): string {
  const { field, id, object, remedy, sentence, severity } = finding;
  const name = `${object.kind} ${nameOf(finding)} ${field}`;
  const head = `    <testcase${attributes({ classname: id, name })}>\n`;
  const body = escaped(`${sentence}\nWhat helps: ${remedy}`);
  const told =
    severity === "error"
      ? `      <failure${attributes({ type: id, message: sentence })}>${body}</failure>\n`
      : `      <system-out>${severity}: ${body}</system-out>\n`;
  return `${head}${told}    </testcase>\n`;
}

function attributes(values: { readonly [name: string]: string | number }): string {
  return Object.entries(values)
    .map(([name, value]) => ` ${name}="${escaped(String(value))}"`)
    .join("");
}

const ESCAPES: ReadonlyMap<string, string> = new Map([
  ["&", "&amp;"],
  ["<", "&lt;"],
  [">", "&gt;"],
  ['"', "&quot;"],
]);

/** Text that XML 1.0 can hold; lines are ended by `\n` alone. */
function escaped(text: string): string {
  const lines = wellFormed(text).split("\n").map(printable);
  return lines
    .join("\n")
    .replace(/[&<>"]/g, (character) => ESCAPES.get(character) ?? "")
    .replace(/[\ufffe\uffff]/g, "\ufffd");
}
