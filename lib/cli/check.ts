// cli: `topomatch check`, from its arguments to its exit status.

import type { TopologyMatcher } from "../index.js";
import type { CheckArguments } from "./arguments.js";
import type { Cluster } from "./cluster.js";
import type { Io, Output } from "./io.js";
import { listWriter } from "./list-writer.js";
import { loadCluster } from "./load-cluster.js";
import { missingScores } from "./missing-scores.js";
import type { Progress } from "./progress.js";
import { RefusedClaims } from "./refused-claims.js";
import { reportHead } from "./report-head.js";
import { FITS, FITS_NOWHERE } from "./status.js";
import { paintFor } from "./style.js";
import { writeTable } from "./table.js";

export async function check(wanted: CheckArguments, io: Io, stdout: Output, stderr: Output): Promise<number> {
  const { cluster, matcher, progress } = await loadCluster(wanted, io, stderr);
  if (wanted.printObjects) return printObjects(cluster, wanted, stdout);
  const { output, plans } = wanted;
  if (output === "json" || output === "yaml")
    return printReport(matcher, cluster, wanted, output, plans, stdout, stderr, progress);
  const { color, headers } = wanted;
  const paint = paintFor(io.stdout, io.env, color);
  const options = { headers, wide: output === "wide", paint, caveats: cluster.caveats };
  return (await writeTable(matcher, cluster.pods, stdout, progress, options)) ? FITS : FITS_NOWHERE;
}

async function printReport(
  matcher: TopologyMatcher,
  { pods }: Cluster,
  wanted: CheckArguments,
  format: "json" | "yaml",
  plans: boolean,
  stdout: Output,
  stderr: Output,
  progress: Progress,
): Promise<number> {
  const writer = await listWriter(format, stdout);
  await writer.begin(reportHead("FeasibilityReport", wanted, matcher), "pods");
  const refused = new RefusedClaims(matcher);
  let status = FITS;
  const course = progress.courseBeside(stdout, "evaluating", pods.length, "pods");
  for (const [i, pod] of pods.entries()) {
    const verdict = matcher.evaluatePod(pod);
    const provisioning = refused.of(verdict);
    const report = { ...verdict.toReport({ plans }), ...(provisioning.length > 0 && { provisioning }) };
    if (!report.schedulable) status = FITS_NOWHERE;
    await writer.item(report);
    if (stdout.closed) return status;
    const line = wanted.quiet ? "" : missingScores(report);
    if (line !== "") {
      progress.clear();
      await stderr.write(`topomatch: ${line}\n`);
    }
    course(i + 1);
  }
  progress.clear();
  await writer.end();
  return status;
}

async function printObjects({ objects }: Cluster, { output }: CheckArguments, stdout: Output): Promise<number> {
  const writer = await listWriter(output === "yaml" ? "yaml" : "json", stdout);
  await writer.begin({ apiVersion: "v1", kind: "List", metadata: {} }, "items");
  for (const object of objects) {
    await writer.item(object);
    if (stdout.closed) break;
  }
  await writer.end();
  return FITS;
}
