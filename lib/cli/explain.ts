// cli: `topomatch explain`, from its arguments to its exit status.

import type { TextStyle } from "../explain.js";
import { explain, explanationLines, remedies } from "../explain.js";
import type { TopologyMatcher } from "../index.js";
import type { CheckArguments, ColorChoice, InputArguments, VerdictArguments } from "./arguments.js";
import { nearest, suggesting } from "./did-you-mean.js";
import { Failure, printable } from "./failure.js";
import type { Io, Output } from "./io.js";
import { listWriter } from "./list-writer.js";
import { loadCluster } from "./load-cluster.js";
import { FITS, FITS_NOWHERE } from "./status.js";
import { paintFor } from "./style.js";

export interface ExplainArguments extends InputArguments, VerdictArguments {
  /** As it was named; undefined for every pod that waits for a node. */
  readonly pod: string | undefined;
  readonly node: string | undefined;
  readonly output: "text" | "wide" | "json" | "yaml";
  readonly color: ColorChoice;
  readonly quiet: boolean;
}

/** How many names a sentence offers. */
const OFFERED = 3;

export async function explainPods(wanted: ExplainArguments, io: Io, stdout: Output, stderr: Output): Promise<number> {
  const { cluster, matcher, progress } = await loadCluster(readingOf(wanted), io, stderr);
  const node = wanted.node === undefined ? undefined : nodeIn(matcher, wanted.node);
  const { color, output } = wanted;
  const { pods } = cluster;
  const writer = output === "json" || output === "yaml" ? await listWriter(output, stdout) : undefined;
  const chosen = paintFor(io.stdout, io.env, color);
  // What objects say must not break or forge a line; escapes of colour are ours.
  const paint = (style: TextStyle, text: string): string =>
    style === "plain" ? printable(text) : chosen(style, printable(text));
  await writer?.begin({ apiVersion: "topomatch/v1", kind: "ExplanationList" }, "items");
  let status = FITS;
  const course = progress.course("explaining", pods.length, "pods");
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

function readingOf(wanted: ExplainArguments): CheckArguments {
  const pods = wanted.pod === undefined ? [] : [wanted.pod];
  return { ...wanted, pods, output: "table", headers: true, plans: false, printObjects: false };
}

/** @throws Failure for a node that is not there; it says which names are near. */
function nodeIn({ nodes }: TopologyMatcher, word: string): string {
  const name = word.replace(/^(?:nodes?|no)\//, "");
  if (nodes.has(name)) return name;
  const hint = nodes.size === 0 ? ", which holds no node at all" : suggesting(nearest(name, nodes.keys(), OFFERED));
  throw new Failure(`there is no node ${name} in the input${hint}`);
}
