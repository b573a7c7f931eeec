// cli: `topomatch whatif`, from its arguments to its exit status.

import type { TopologyMatcher } from "../index.js";
import { TopologyError } from "../index.js";
import type { WhatIfAnswer, WhatIfOptions, WhatIfStep } from "../whatif/answer-types.js";
import type { WhatIfChange } from "../whatif/change-types.js";
import { whatIf } from "../whatif.js";
import type { CheckArguments } from "./arguments.js";
import type { ChangesFile } from "./changes-file.js";
import { changesFile } from "./changes-file.js";
import { podsThatStay, withDaemonPods } from "./daemon-pods.js";
import { Failure, UsageFailure } from "./failure.js";
import type { Io, Output } from "./io.js";
import { listWriter } from "./list-writer.js";
import { loadCluster } from "./load-cluster.js";
import type { Progress } from "./progress.js";
import { reportHead } from "./report-head.js";
import { FITS, FITS_NOWHERE } from "./status.js";
import { paintFor } from "./style.js";
import type { ChangeFlags, FlagChange } from "./whatif-changes.js";
import { changesOf } from "./whatif-changes.js";
import { writeWhatIfTable } from "./whatif-table.js";

export interface WhatIfArguments extends CheckArguments {
  readonly flags: ChangeFlags;
  /** The path of a file of changes, which are made before those of the flags. */
  readonly changes: string | undefined;
  readonly place: boolean;
}

export async function askWhatIf(wanted: WhatIfArguments, io: Io, stdout: Output, stderr: Output): Promise<number> {
  const file = wanted.changes === undefined ? undefined : await changesFile(wanted.changes);
  // Flags that do not go together are told before anything is read.
  if ((file?.changes.length ?? 0) + changesOf(wanted.flags, "").length === 0) {
    throw new UsageFailure(
      "whatif needs a change: --remove-node, --drain, --cordon, --add-nodes, ... or --changes FILE",
    );
  }
  const { cluster, matcher, namespace, progress } = await loadCluster(wanted, io, stderr, { keep: true });
  const { color, headers, output, place } = wanted;
  const ofFlags = changesOf(wanted.flags, namespace);
  const changes = [...(file?.changes ?? []), ...ofFlags.map(({ change }) => change)];
  const stay = podsThatStay(cluster.objects);
  const options = { pods: cluster.pods, stay, details: true, place, progress: stepsShownBy(progress) };
  const answer = told(file, ofFlags, () => whatIf(matcher, withDaemonPods(changes, stay, matcher), options));
  progress.clear();
  if (output === "json" || output === "yaml") {
    await printAnswer(answer, { ...reportHead("WhatIfReport", wanted, matcher), changes }, output, stdout);
  } else {
    const paint = paintFor(io.stdout, io.env, color);
    await writeWhatIfTable(answer, stdout, { headers, wide: output === "wide", paint });
  }
  return strands(answer, matcher) ? FITS_NOWHERE : FITS;
}

/** Shows how far each step is. */
function stepsShownBy(progress: Progress): NonNullable<WhatIfOptions["progress"]> {
  let at: WhatIfStep | undefined;
  let course = (_: number): void => {};
  return (step, done, pods) => {
    if (step !== at) course = progress.course(step, pods, "pods");
    at = step;
    course(done);
  };
}

/** Whether a pod has no node because of the changes: one that had none before does not count. */
function strands({ added, displaced, plan, unschedulable }: WhatIfAnswer, before: TopologyMatcher): boolean {
  if (unschedulable.length > 0 || displaced.some(({ nodes }) => nodes === 0)) return true;
  if (added.some(({ after }) => after === 0)) return true;
  const lost = new Set(displaced.map(({ pod }) => pod));
  return (plan?.left ?? []).some(({ pod }) => {
    return lost.has(pod) || !before.pods.has(pod) || before.evaluatePod(pod).schedulable;
  });
}

/** What `ask` gives; a fault in a change is told with its line in the file, or its flag. */
function told(file: ChangesFile | undefined, ofFlags: readonly FlagChange[], ask: () => WhatIfAnswer): WhatIfAnswer {
  try {
    return ask();
  } catch (error) {
    if (!(error instanceof TopologyError)) throw error;
    const message = error.message.replace("is not known to the matcher", "is not in the input");
    const [, place] = /^changes\[(\d+)\]/.exec(error.path) ?? [];
    const flag = ofFlags[Number(place) - (file?.changes.length ?? 0)]?.flag;
    if (flag === undefined) throw new Failure(`${file?.where(error.path) ?? ""}${message}`);
    throw new Failure(message.replace(/^changes\[\d+\][^ ]*: /, `${flag}: `));
  }
}

async function printAnswer(
  { changed = [], nodes, ...answer }: WhatIfAnswer,
  head: object & { readonly changes: readonly WhatIfChange[] },
  format: "json" | "yaml",
  stdout: Output,
): Promise<void> {
  const writer = await listWriter(format, stdout);
  await writer.begin({ ...head, nodes: nodes.before, nodesAfter: nodes.after, ...answer }, "changed");
  for (const pod of changed) {
    await writer.item(pod);
    if (stdout.closed) return;
  }
  await writer.end();
}
