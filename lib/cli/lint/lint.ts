// cli: `topomatch lint`, from its arguments to its exit status.

import type { Finding, LintResult } from "../../lint.js";
import { LINT_RULES, lint } from "../../lint.js";
import type { CheckArguments, LintArguments } from "../arguments.js";
import { didYouMean } from "../did-you-mean.js";
import { counted, printable, UsageFailure } from "../failure.js";
import type { Intake } from "../intake.js";
import type { Io, Output } from "../io.js";
import { loadCluster } from "../load-cluster.js";
import { FAULTY, FITS } from "../status.js";
import { paintFor } from "../style.js";
import { writeJson } from "./json.js";
import { writeJunit } from "./junit.js";
import { writeSarif } from "./sarif.js";
import { writeText } from "./text.js";

export async function runLint(wanted: LintArguments, io: Io, stdout: Output, stderr: Output): Promise<number> {
  checkRules(wanted.skip);
  const asked: CheckArguments = { ...wanted, ...WITHOUT_PODS };
  const { intake, matcher, namespace, progress } = await loadCluster(asked, io, stderr, { verdicts: false });
  const skip = matcher.csiStorageCapacities.size === 0 && wanted.mode === "manifests" ? RUNTIME : [];
  const course = progress.course("linting", LINT_RULES.length, "rules");
  const all = lint(matcher, { skip: [...wanted.skip, ...skip], progress: course });
  progress.clear();
  const result = { ...all, findings: all.findings.filter((finding) => isAskedAbout(finding, wanted, namespace)) };
  if (!wanted.quiet) {
    const others = all.findings.length - result.findings.length;
    for (const line of [idleLine(result), lineOnOthers(others, namespace)]) {
      if (line !== undefined) await stderr.write(`topomatch: ${line}\n`);
    }
    await stderr.flush();
  }
  await write(result, intake, wanted, io, stdout);
  return result.findings.some(({ severity }) => severity === "error") ? FAULTY : FITS;
}

/** Rules about objects that nobody writes by hand. */
const RUNTIME = ["capacity-missing"];

/** Nothing is asked about pods, and findings are told in their own forms. */
const WITHOUT_PODS = {
  filters: [],
  pods: [],
  plans: false,
  printObjects: false,
  headers: true,
  output: "json",
} as const;

async function write(
  { findings, idle }: LintResult,
  intake: Intake,
  wanted: LintArguments,
  io: Io,
  stdout: Output,
): Promise<void> {
  const originOf = ({ object: { kind, name, namespace } }: Finding) =>
    // What kubectl prints is no file.
    wanted.kubectl !== undefined
      ? undefined
      : intake.originOf(kind, namespace === undefined ? name : `${namespace}/${name}`);
  switch (wanted.format) {
    case "json":
      return writeJson(findings, originOf, wanted, stdout);
    case "sarif":
      return writeSarif(findings, originOf, stdout);
    case "junit":
      return writeJunit(findings, { idle, skipped: wanted.skip }, stdout);
    default:
      return writeText(findings, stdout, paintFor(io.stdout, io.env, wanted.color));
  }
}

/** Of a cluster that kubectl reads: findings on what has no namespace, or the one that is asked about. */
function isAskedAbout({ object }: Finding, { kubectl }: LintArguments, namespace: string): boolean {
  if (kubectl === undefined || kubectl.allNamespaces) return true;
  // Capacity objects are where their driver is, and about nodes and classes.
  return object.namespace === undefined || object.namespace === namespace || object.kind === "CSIStorageCapacity";
}

function lineOnOthers(count: number, namespace: string): string | undefined {
  if (count === 0) return undefined;
  const findings = counted(count, "finding");
  return `asked about namespace ${namespace}; in others ${count === 1 ? "is" : "are"} ${findings}: -A tells them too`;
}

/** @throws UsageFailure for a rule that there is not. */
function checkRules(skip: readonly string[]): void {
  const ids = LINT_RULES.map(({ id }) => id);
  const unknown = skip.find((id) => !ids.includes(id));
  if (unknown !== undefined) throw new UsageFailure(`there is no rule ${unknown}${didYouMean(unknown, ids)}`);
}

function idleLine({ idle }: LintResult): string | undefined {
  if (idle.length === 0) return undefined;
  const kinds = [...new Set(idle.flatMap(({ empty }) => empty))].sort();
  const rules = counted(idle.length, "rule needs", "rules need");
  return printable(`the input has no ${kinds.join(", no ")}: ${rules} such objects and had nothing to look at`);
}
