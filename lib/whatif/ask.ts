// whatif: changes -> the difference that they make, in an overlay that ends with the question.

import type { Evaluation } from "../evaluation.js";
import type { Overlay, TopologyMatcher } from "../index.js";
import { Matcher } from "../matcher.js";
import { badArgument, givenName, itemsOf } from "../objects/arguments.js";
import { compareUtf8 } from "../objects/utf8.js";
import type { ChangedPod, WhatIfAnswer, WhatIfOptions } from "./answer-types.js";
import type { Effects } from "./apply.js";
import { apply, changeOf } from "./apply.js";
import { Baseline } from "./baseline.js";
import type { WhatIfChange } from "./change-types.js";
import { chosenNodes } from "./choose-nodes.js";
import { Fates } from "./fates.js";
import { planned } from "./place.js";
import { isWaiting, podRows, rowOfPod, waits } from "./pods.js";
import { isLocal, Removal } from "./removal.js";

/** What was known of a matcher's pods when it was last asked, and at which change of its cluster. */
interface Kept {
  readonly baseline: Baseline;
  /** Those that were named. */
  readonly pods: readonly string[] | undefined;
  changes: number;
}

const KEPT = new WeakMap<TopologyMatcher, Kept>();

export function asked(
  matcher: TopologyMatcher,
  changes: readonly WhatIfChange[],
  options: WhatIfOptions,
): WhatIfAnswer {
  const evaluation = Matcher.behind(matcher);
  if (evaluation === undefined) {
    throw badArgument("matcher", `whatIf takes a matcher, but was given ${givenName(matcher)}`);
  }
  const given = itemsOf(changes, "changes", "whatIf").map(changeOf);
  const pods = options.pods === undefined ? undefined : itemsOf(options.pods, "pods", "pods of whatIf");
  const stay = stayingKeys(evaluation, itemsOf(options.stay ?? [], "stay", "stay of whatIf"));
  const progress = progressOf(options);
  const kept = keptFor(matcher, evaluation, pods, progress);
  try {
    if (options.place !== true && given.length > 0 && given.every(({ name }) => name === "removeNodes")) {
      const names = [...new Set(given.flatMap(({ given }) => chosenNodes(matcher, given)))];
      if (isLocal(evaluation, names)) {
        return new Removal(matcher, kept.baseline, names, stay, options.details === true).answer();
      }
    }
    return compared(matcher, kept.baseline, given, stay, { ...options, progress });
  } finally {
    // The overlay is gone: the objects are those from before.
    Matcher.behind(matcher);
    kept.baseline.settle();
    kept.changes = evaluation.cluster.changeCounts.changes;
  }
}

/** The pods that stay with their node, by whole keys. */
function stayingKeys({ cluster: { pods } }: Evaluation, stay: readonly string[]): ReadonlySet<string> {
  return new Set(stay.map((key, i) => pods.keyOf(rowOfPod(pods, key, `stay[${i}]`))));
}

type Progress = NonNullable<WhatIfOptions["progress"]>;

function progressOf({ progress = () => {} }: WhatIfOptions): Progress {
  if (typeof progress === "function") return progress;
  throw badArgument("progress", `progress of whatIf must be a function, but is ${givenName(progress)}`);
}

function keptFor(
  matcher: TopologyMatcher,
  evaluation: Evaluation,
  pods: readonly string[] | undefined,
  progress: Progress,
): Kept {
  const { changeCounts } = evaluation.cluster;
  const known = KEPT.get(matcher);
  if (known !== undefined && known.changes === changeCounts.changes && isSame(known.pods, pods)) return known;
  const rows = podRows(evaluation, pods, "whatIf");
  const baseline = new Baseline(evaluation, rows, (done) => progress("asking", done, rows.length));
  const kept = { baseline, pods, changes: changeCounts.changes };
  KEPT.set(matcher, kept);
  return kept;
}

/** Every pod is asked about again. */
function compared(
  matcher: TopologyMatcher,
  baseline: Baseline,
  changes: Parameters<typeof apply>[1],
  stay: ReadonlySet<string>,
  options: WhatIfOptions & { readonly progress: Progress },
): WhatIfAnswer {
  const { progress } = options;
  const before = matcher.nodes.size;
  const { cluster } = baseline.evaluation;
  const keys = options.place === true ? baseline.pods.map((pod) => cluster.pods.keyOf(pod)) : [];
  const overlay = matcher.overlay();
  try {
    const effects = apply(overlay, changes, stay);
    const evaluation = Matcher.behind(overlay) as Evaluation;
    const after = overlay.nodes.size;
    const fates = Fates.in(overlay, baseline, options.details === true);
    const differences = differencesOf(baseline, fates, effects, evaluation, options.details === true, progress);
    const displaced = [...effects.displaced].sort(
      ([a, from], [b, other]) => compareUtf8(from, other) || compareUtf8(a, b),
    );
    const waiting = displaced.filter(([key]) => waits(overlay, key));
    return {
      nodes: { before, after },
      ...differences,
      displaced: waiting.map(([key, from]) => fates.displaced(overlay.podId(key), from)),
      ...(options.place === true && { plan: planOf(overlay, waiting, keys, differences.added, progress) }),
    };
  } finally {
    overlay.drop();
  }
}

function differencesOf(
  { pods, setOf, sets, wereOnNodes }: Baseline,
  fates: Fates,
  { displaced, gone, put }: Effects,
  evaluation: Evaluation,
  details: boolean,
  progress: Progress,
) {
  const { cluster } = evaluation;
  const unschedulable: ChangedPod[] = [];
  const schedulable: ChangedPod[] = [];
  const changed: ChangedPod[] = [];
  const asked = new Set<number>();
  let compared = 0;
  let losing = 0;
  let gaining = 0;
  for (const [i, before] of pods.entries()) {
    progress("comparing", i + 1, pods.length);
    const key = gone.get(before);
    const pod = key === undefined ? before : cluster.pods.findKey(key);
    // One that a change has placed is not asked about any more.
    if (pod < 0 || (cluster.nodeOf(pod) !== 0 && !wereOnNodes.has(i))) continue;
    asked.add(pod);
    compared++;
    const after = fates.setOf(pod);
    if (after === setOf[i] && fates.others.size === 0) continue;
    const lost = sets.beyond(setOf[i], after, fates.others);
    const gained = sets.beyond(after, setOf[i], fates.others);
    if (lost + gained === 0) continue;
    if (lost > 0) losing++;
    if (gained > 0) gaining++;
    const [had, has] = [sets.count(setOf[i]) > 0, sets.count(after) > 0];
    if (had === has && !details) continue;
    const fate = fates.of(pod, setOf[i], after);
    if (details) changed.push(fate);
    if (had && !has) unschedulable.push(fate);
    if (!had && has) schedulable.push(fate);
  }
  const added = [...put].flatMap((key) => {
    const pod = cluster.pods.findKey(key);
    const isNew = pod >= 0 && !asked.has(pod) && !displaced.has(key);
    return isNew && isWaiting(cluster, pod) ? [fates.of(pod, 0, fates.setOf(pod))] : [];
  });
  return { pods: compared, losing, gaining, unschedulable, schedulable, ...(details && { changed }), added };
}

/** Those that lost their node first: they have been running. */
function planOf(
  overlay: Overlay,
  displaced: readonly (readonly [key: string, from: string])[],
  asked: readonly string[],
  added: readonly ChangedPod[],
  progress: Progress,
) {
  const keys = [...displaced.map(([key]) => key), ...asked.filter((key) => waits(overlay, key))];
  const pods = [...keys, ...added.map(({ pod }) => pod)];
  return planned(overlay, { pods }, (done) => progress("placing", done, pods.length));
}

function isSame(known: readonly string[] | undefined, keys: readonly string[] | undefined): boolean {
  if (known === undefined || keys === undefined) return known === keys;
  return known.length === keys.length && known.every((key, i) => key === keys[i]);
}
