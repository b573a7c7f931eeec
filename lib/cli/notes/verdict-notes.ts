// cli: the cluster and the pods to ask about -> notes on what the verdicts rest on.

import type { TopologyMatcher } from "../../index.js";
import { counted } from "../failure.js";
import type { Notices } from "../notices.js";
import type { Suspects } from "./bypassed.js";
import { bypassedLine } from "./bypassed.js";
import { evaluatedPods } from "./evaluated.js";
import type { Facts } from "./facts.js";
import { MissingKinds } from "./missing-kinds.js";

export interface NoteOptions {
  /** The plugins that run. */
  readonly running: readonly string[];
  /** Whether kinds without any object are noted; what was written by hand never has them all. */
  readonly missingKinds: boolean;
  /** Whether it matters what other plugins would read of the pods. */
  readonly otherPlugins: boolean;
}

const READ_OF_PODS = ["Pod", "PersistentVolumeClaim"];

/** Looks at pods until there is nothing more to find out; about 20 us for each pod and claim. */
export function noteVerdicts(
  matcher: TopologyMatcher,
  pods: readonly string[],
  { nodeDrivers, otherPlugins, unsizedNodes }: Facts,
  suspects: Suspects,
  notices: Notices,
  options: NoteOptions,
): void {
  const missing = new MissingKinds(matcher, nodeDrivers, options.running);
  const isMissing = options.missingKinds && missing.any;
  for (const evaluated of evaluatedPods(matcher, pods)) {
    const isOpen = options.otherPlugins && READ_OF_PODS.some((kind) => otherPlugins.watches(kind, options.running));
    if (!isMissing && !isOpen) break;
    if (isMissing) missing.add(evaluated);
    otherPlugins.see("Pod", evaluated.pod);
    for (const { claim } of evaluated.claims) if (claim !== undefined) otherPlugins.see("PersistentVolumeClaim", claim);
  }
  for (const line of missing.lines()) notices.add(line);
  const [unsized] = unsizedNodes;
  if (
    options.missingKinds &&
    unsized !== undefined &&
    pods.length > 0 &&
    options.running.includes("NodeResourcesFit")
  ) {
    const nodes = counted(unsizedNodes.size, "node has", "nodes have");
    const rests =
      "so no pod fits there: --mode manifests sizes nodes that were written by hand, --filters volumes looks at volumes alone";
    notices.add(`${nodes} no status.allocatable (first: ${unsized}), ${rests}`);
  }
  const bypassed = bypassedLine(matcher, suspects);
  if (bypassed !== undefined) notices.add(bypassed);
}
