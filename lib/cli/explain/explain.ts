// cli: `topomatch explain`, from its arguments to its exit status.

import { explain, explanationLines, remedies } from "../../explain.js";
import { VOLUME_FILTERS } from "../../options.js";
import type { CheckArguments } from "../arguments.js";
import { printable } from "../failure.js";
import type { Io, Output } from "../io.js";
import { listWriter } from "../list-writer.js";
import type { LoadedCluster } from "../load-cluster.js";
import { loadCluster } from "../load-cluster.js";
import { FITS, FITS_NOWHERE } from "../status.js";
import { paintFor } from "../style.js";
import type { ExplainArguments } from "./arguments.js";
import { explainClaim } from "./claim.js";
import type { NamedObject } from "./names.js";
import { namedObjectIn, nodeIn } from "./names.js";
import { explainNode } from "./node.js";
import type { PaintText, Telling } from "./telling.js";

export async function runExplain(wanted: ExplainArguments, io: Io, stdout: Output, stderr: Output): Promise<number> {
  const named = wanted.pod === undefined ? undefined : namedObjectIn(wanted.pod);
  const loaded = await loadCluster(readingOf(wanted, named), io, stderr, { verdicts: named?.kind !== "claim" });
  const chosen = paintFor(io.stdout, io.env, wanted.color);
  // What objects say must not break or forge a line; escapes of colour are ours.
  const paint: PaintText = (style, text) => (style === "plain" ? printable(text) : chosen(style, printable(text)));
  const telling = { output: wanted.output, quiet: wanted.quiet, paint, stdout, stderr };
  if (named === undefined || loaded.matcher.pods.has(wanted.pod as string)) {
    const pods = named === undefined ? loaded.cluster.pods : [wanted.pod as string];
    return explainPods(loaded, pods, wanted.node, telling);
  }
  if (named.kind === "claim") return explainClaim(loaded, named.name, wanted, telling);
  return explainNode(loaded, named.name, telling);
}

/** A claim is asked about as far as volumes go, unless plugins are named. */
function readingOf(wanted: ExplainArguments, named: NamedObject | undefined): CheckArguments {
  const pods = wanted.pod === undefined || named !== undefined ? [] : [wanted.pod];
  const filters = named?.kind === "claim" && wanted.filters.length === 0 ? VOLUME_FILTERS : wanted.filters;
  return { ...wanted, filters, pods, output: "table", headers: true, plans: false, printObjects: false };
}

async function explainPods(
  { matcher, progress }: LoadedCluster,
  pods: readonly string[],
  nodeWord: string | undefined,
  { output, paint, stdout }: Telling,
): Promise<number> {
  const node = nodeWord === undefined ? undefined : nodeIn(matcher, nodeWord);
  const writer = output === "json" || output === "yaml" ? await listWriter(output, stdout) : undefined;
  await writer?.begin({ apiVersion: "topomatch/v1", kind: "ExplanationList" }, "items");
  let status = FITS;
  const course = progress.courseBeside(stdout, "explaining", pods.length, "pods");
  for (const [i, pod] of pods.entries()) {
    const explanation = explain(matcher, pod, node);
    if (!explanation.feasible) status = FITS_NOWHERE;
    const tried = remedies(matcher, pod, explanation);
    if (writer !== undefined) await writer.item({ ...explanation, remedies: tried });
    else {
      const lines = explanationLines(explanation, { wide: output === "wide", paint, remedies: tried });
      await stdout.write(`${i === 0 ? "" : "\n"}${lines.join("\n")}\n`);
    }
    if (stdout.closed) return status;
    course(i + 1);
  }
  progress.clear();
  await writer?.end();
  if (writer === undefined && pods.length === 0) await stdout.write("no pod waits for a node: name one\n");
  return status;
}
