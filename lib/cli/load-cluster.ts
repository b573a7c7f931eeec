// cli: what a command was asked to read -> a matcher that holds it, the pods to ask about, and its notes on standard error.

import type { FilterName, KubernetesMinor, TopologyMatcher } from "../index.js";
import { createMatcher, TopologyError } from "../index.js";
import { ApiFields } from "./api-fields.js";
import type { CheckArguments } from "./arguments.js";
import type { Cluster } from "./cluster.js";
import { settle } from "./cluster.js";
import { counted, Failure, printable, UsageFailure } from "./failure.js";
import { Intake } from "./intake.js";
import type { Io, Output } from "./io.js";
import { load } from "./load.js";
import { Notices } from "./notices.js";
import { Progress } from "./progress.js";
import type { Source } from "./sources.js";
import { nothingWasRead, sourcesOf } from "./sources.js";

export interface LoadedCluster {
  readonly matcher: TopologyMatcher;
  readonly cluster: Cluster;
  /** Knows where each object was read. */
  readonly intake: Intake;
  /** Ready to tell of what comes next. */
  readonly progress: Progress;
}

export interface LoadOptions {
  /** Keeps the objects themselves in `cluster.objects`. Default: where they are printed or settled. */
  readonly keep?: boolean;
  /** Notes what verdicts on pods rest on. Default: true. */
  readonly verdicts?: boolean;
  /** What is read in place of `wanted.paths`. */
  readonly sources?: (notices: Notices) => readonly Source[];
}

/** @throws Failure for what cannot be read or decoded, for no object at all, and for what `--strict` refuses. */
export async function loadCluster(
  wanted: CheckArguments,
  io: Io,
  stderr: Output,
  options: LoadOptions = {},
): Promise<LoadedCluster> {
  const matcher = await matcherFor(wanted);
  const notices = new Notices();
  const progress = new Progress(stderr, wanted.quiet);
  const intake = new Intake(matcher, notices, {
    mode: wanted.mode,
    namespace: wanted.namespace,
    keep: wanted.mode === "manifests" || wanted.printObjects || options.keep === true,
    fields: wanted.mode === "manifests" ? await ApiFields.load() : undefined,
  });
  let cluster: Cluster;
  try {
    const sources = options.sources?.(notices) ?? sourcesOf(wanted.paths, wanted.recursive, io, notices);
    await load(sources, intake, progress);
    if (intake.size === 0) throw new Failure(nothingWasRead(sources, notices.lines()));
    cluster = settle(intake, matcher, wanted, options.verdicts ?? !wanted.printObjects);
  } finally {
    await progress.clear();
  }
  const refused = wanted.strict && notices.doubts > 0;
  if (!wanted.quiet || refused) {
    for (const line of notices.lines()) await stderr.write(`topomatch: ${printable(line)}\n`);
  }
  await stderr.flush();
  if (refused) {
    throw new Failure(
      `--strict refuses what ${counted(notices.doubts, "line")} above ${notices.doubts === 1 ? "says" : "say"}`,
    );
  }
  return { matcher, cluster, intake, progress };
}

async function matcherFor({ filters: named, gates, kubernetes }: CheckArguments): Promise<TopologyMatcher> {
  const filters = named.length === 0 ? "all" : (named as readonly FilterName[]);
  try {
    return await createMatcher({ filters, gates, kubernetes: kubernetes as KubernetesMinor });
  } catch (error) {
    if (error instanceof TopologyError && error.code === "BadOption") throw new UsageFailure(error.message);
    throw error;
  }
}
