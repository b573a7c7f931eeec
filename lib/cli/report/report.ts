// cli: `topomatch report`, from its arguments to its exit status.

import { writeFile } from "node:fs/promises";
import { explain, remedies } from "../../explain.js";
import type { PodLike, TopologyMatcher } from "../../index.js";
import { lint } from "../../lint.js";
import { ReportBuilder } from "../../report/builder.js";
import { markdownOf } from "../../report/markdown.js";
import type { ReportData } from "../../report/types.js";
import { countsOf } from "../../report/words.js";
import type { CheckArguments } from "../arguments.js";
import { counted, Failure } from "../failure.js";
import { version } from "../help.js";
import type { Io, Output } from "../io.js";
import type { LoadedCluster } from "../load-cluster.js";
import { loadCluster } from "../load-cluster.js";
import { FITS, FITS_NOWHERE } from "../status.js";
import type { ReportArguments, ReportSubject } from "./arguments.js";
import { groupByOf, groupKeys, nodeFacts } from "./group-keys.js";

/** So many that fit nowhere get remedies, each of which is tried. */
const HELPED = 25;

export async function runReport(wanted: ReportArguments, io: Io, stdout: Output, stderr: Output): Promise<number> {
  const loaded = await loadCluster(readingOf(wanted), io, stderr);
  const report = await gather(loaded, wanted);
  if (wanted.html !== undefined) await writePage(report, wanted.html);
  if (wanted.output === "md") await stdout.write(markdownOf(report));
  else {
    const { all, nowhere } = countsOf(report);
    const told = `${counted(all, report.subject.slice(0, -1))}, ${nowhere.toLocaleString("en")} without a node`;
    await stdout.write(`${wanted.html}: ${counted(report.nodes.length, "node")}, ${told}\n`);
  }
  return countsOf(report).nowhere > 0 ? FITS_NOWHERE : FITS;
}

/** Explains every pod or claim, and lints. */
async function gather(
  { cluster, matcher, namespace, progress }: LoadedCluster,
  wanted: ReportArguments,
): Promise<ReportData> {
  const nodes = nodeFacts(matcher);
  const keys = groupKeys(matcher, nodes, wanted.groupBy);
  const subject: ReportSubject = wanted.columns ?? (cluster.pods.length > 0 ? "pods" : "claims");
  const names = subject === "pods" ? cluster.pods : claimsOf(matcher, wanted, namespace);
  const builder = new ReportBuilder(nodes);
  const course = progress.course("explaining", names.length, subject);
  let helped = 0;
  for (const [i, name] of names.entries()) {
    const pod = subject === "pods" ? name : podWith(name);
    const explanation = explain(matcher, pod);
    const isHelped = !explanation.feasible && helped < HELPED;
    if (isHelped) helped++;
    builder.add(name, explanation, isHelped ? remedies(matcher, pod, explanation) : undefined);
    course(i + 1);
  }
  progress.clear();
  const made = `${new Date().toISOString().slice(0, 16).replace("T", " ")} UTC`;
  const head = { version: version(), kubernetes: wanted.kubernetes, made, subject };
  const skip = matcher.csiStorageCapacities.size === 0 && wanted.mode === "manifests" ? ["capacity-missing"] : [];
  return builder.build(head, keys, groupByOf(keys, nodes, wanted.groupBy), lint(matcher, { skip }).findings);
}

/** Of a cluster that is read through kubectl those of one namespace, as with pods. */
function claimsOf(
  { persistentVolumeClaims }: TopologyMatcher,
  { kubectl }: ReportArguments,
  namespace: string,
): string[] {
  const claims = [...persistentVolumeClaims.keys()];
  if (kubectl === undefined || kubectl.allNamespaces) return claims;
  return claims.filter((claim) => claim.startsWith(`${namespace}/`));
}

/** A pod that would use this claim alone, under the claim's name. */
function podWith(claim: string): PodLike {
  const [namespace, name] = claim.split("/");
  return {
    metadata: { namespace, name },
    spec: { volumes: [{ name: "claim", persistentVolumeClaim: { claimName: name } }] },
  };
}

async function writePage(report: ReportData, path: string): Promise<void> {
  const [{ htmlOf }, { pageText }] = await Promise.all([
    import("../../report/html.js"),
    import("../../report/page-text.js"),
  ]);
  try {
    await writeFile(path, htmlOf(report, pageText));
  } catch (error) {
    throw new Failure(`the report cannot be written to ${path}: ${(error as Error).message}`);
  }
}

function readingOf(wanted: ReportArguments): CheckArguments {
  return { ...wanted, output: "json", color: "never", headers: true, plans: false, printObjects: false };
}
