// cli: what a command was asked to read -> a matcher that holds it, the pods to ask about, and its notes on standard error.

import type { FilterName, KubernetesMinor, TopologyMatcher } from "../index.js";
import { createMatcher, TopologyError } from "../index.js";
import { ApiFields } from "./api-fields.js";
import type { CheckArguments, Located } from "./arguments.js";
import { namespacesOf } from "./asked-pods.js";
import type { Cluster } from "./cluster.js";
import { settle } from "./cluster.js";
import { counted, Failure, printable, UsageFailure } from "./failure.js";
import { Intake } from "./intake.js";
import type { Io, Output } from "./io.js";
import { DEFAULT_NAMESPACE, Kubectl } from "./kubectl/kubectl.js";
import { ClusterReading } from "./kubectl/reading.js";
import { load } from "./load.js";
import { Notices } from "./notices.js";
import { Progress } from "./progress.js";
import { nothingWasRead, sourcesOf } from "./sources.js";

export interface LoadedCluster {
  /** Where objects are that name no namespace. */
  readonly namespace: string;
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
}

/** @throws Failure for what cannot be read or decoded, for no object at all, and for what `--strict` refuses. */
export async function loadCluster(
  asked: CheckArguments,
  io: Io,
  stderr: Output,
  options: LoadOptions = {},
): Promise<LoadedCluster> {
  const matcher = await matcherFor(asked);
  const notices = new Notices();
  const progress = new Progress(stderr, asked.quiet);
  const wanted = await located(asked, io, progress);
  const verdicts = options.verdicts ?? !wanted.printObjects;
  const intake = new Intake(matcher, notices, {
    mode: wanted.mode,
    namespace: wanted.namespace,
    keep: wanted.mode === "manifests" || wanted.printObjects || options.keep === true,
    fields: wanted.mode === "manifests" ? await ApiFields.load() : undefined,
  });
  let cluster: Cluster;
  try {
    const reading = readingOf(wanted, io, progress, intake);
    const sources = reading?.sources() ?? sourcesOf(wanted.paths, wanted.recursive, io, notices);
    const read = await load(sources, intake, progress);
    const refusal = verdicts ? reading?.refusalOfVerdicts : undefined;
    if (refusal !== undefined) throw new Failure(refusal);
    for (const line of reading?.lines() ?? []) notices.add(line);
    if (intake.size === 0) throw new Failure(nothingWasRead(read, notices.lines()));
    cluster = settle(intake, matcher, wanted, verdicts);
  } finally {
    progress.clear();
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
  return { matcher, cluster, intake, progress, namespace: wanted.namespace };
}

/** The arguments with the namespace that is meant, which may be one of kubectl's configuration. */
async function located(wanted: CheckArguments, io: Io, progress: Progress): Promise<Located<CheckArguments>> {
  const { kubectl, namespace = DEFAULT_NAMESPACE } = wanted;
  if (kubectl === undefined || wanted.namespace !== undefined) return { ...wanted, namespace };
  return { ...wanted, namespace: await new Kubectl(kubectl, io, progress).namespace() };
}

/** What is read of a cluster; undefined where files are. */
function readingOf(
  { kubectl, namespace, pods }: Located<CheckArguments>,
  io: Io,
  progress: Progress,
  intake: Intake,
): ClusterReading | undefined {
  if (kubectl === undefined) return undefined;
  const namespaces = [...new Set([namespace, ...namespacesOf(pods)])];
  return new ClusterReading(new Kubectl(kubectl, io, progress), namespaces, intake);
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
