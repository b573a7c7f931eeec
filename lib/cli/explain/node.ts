// cli: `topomatch explain node/NAME`: which of the pods that wait for a node it rejects, and why.

import type { Explanation } from "../../explain.js";
import { explain } from "../../explain.js";
import { counted } from "../failure.js";
import { listWriter } from "../list-writer.js";
import type { LoadedCluster } from "../load-cluster.js";
import { FITS, FITS_NOWHERE } from "../status.js";
import { padded, widthOf } from "../text-width.js";
import { nodeIn } from "./names.js";
import type { PaintText, Telling } from "./telling.js";

export async function explainNode(
  { cluster: { pods }, matcher, progress }: LoadedCluster,
  name: string,
  { output, paint, stdout }: Telling,
): Promise<number> {
  const node = nodeIn(matcher, name);
  const rejected: Explanation[] = [];
  const course = progress.course("explaining", pods.length, "pods");
  for (const [i, pod] of pods.entries()) {
    const verdict = matcher.evaluatePod(pod);
    if (!verdict.schedulable || !verdict.nodes.has(node)) rejected.push(explain(matcher, pod, node));
    course(i + 1);
  }
  progress.clear();
  if (output === "json" || output === "yaml") {
    const writer = await listWriter(output, stdout);
    await writer.begin({ apiVersion: "topomatch/v1", kind: "ExplanationList", node, pods: pods.length }, "items");
    for (const explanation of rejected) {
      await writer.item({ ...explanation, remedies: [] });
      if (stdout.closed) return FITS_NOWHERE;
    }
    await writer.end();
  } else {
    await stdout.write(`${paint(rejected.length > 0 ? "red" : "green", headOf(node, rejected.length, pods.length))}\n`);
    const width = Math.max(0, ...rejected.map(({ pod }) => widthOf(pod)));
    for (const explanation of rejected) {
      if (stdout.closed) break;
      await stdout.write(`${linesOf(explanation, width, output === "wide", paint).join("\n")}\n`);
    }
  }
  return rejected.length > 0 ? FITS_NOWHERE : FITS;
}

function headOf(node: string, rejected: number, pods: number): string {
  if (pods === 0) return `node ${node}: no pod waits for a node`;
  const waiting = counted(pods, "pod that waits for a node", "pods that wait for a node");
  return rejected === 0
    ? `node ${node} takes each of ${waiting}`
    : `node ${node} rejects ${rejected.toLocaleString("en")} of ${waiting}`;
}

/** A line a cause; with `wide` the field, too. */
function linesOf({ causes, error, pod }: Explanation, width: number, wide: boolean, paint: PaintText): string[] {
  const told = error === undefined || causes.length > 0 ? causes : [{ message: error, object: undefined, path: "" }];
  return told.flatMap(({ message, object, path }, i) => {
    const line = `  ${padded(i === 0 ? pod : "", width)}  ${message}`;
    if (!wide || object === undefined) return [paint("plain", line)];
    return [paint("plain", line), paint("dim", `  ${padded("", width)}  ${object.kind} ${object.name}: ${path}`)];
  });
}
