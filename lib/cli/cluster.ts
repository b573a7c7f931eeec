// cli: what was read -> the cluster that is asked, and the pods to ask about.

import type { TopologyMatcher } from "../index.js";
import type { ManifestNote, SettledObject, Settlement } from "../manifests.js";
import { ManifestError, settleManifests } from "../manifests.js";
import { FILTERS_CARRIED_OUT } from "../options.js";
import type { CheckArguments, Located } from "./arguments.js";
import { askedPods } from "./asked-pods.js";
import { counted, InputFailure } from "./failure.js";
import type { KubeObject } from "./fields.js";
import { drop, put } from "./fields.js";
import type { Entry, Intake } from "./intake.js";
import { isPending, upsert } from "./intake.js";
import type { Kind } from "./kinds.js";
import { LIVE_KINDS, setOf } from "./kinds.js";
import type { Suspects } from "./notes/bypassed.js";
import { isStarting, isWaiting } from "./notes/bypassed.js";
import { Caveats } from "./notes/caveats.js";
import { noteVerdicts } from "./notes/verdict-notes.js";
import { reservedUids } from "./uids.js";

export interface Cluster {
  /** The settled objects, in their order; only those that were kept. */
  readonly objects: readonly KubeObject[];
  /** Keys of the pods that are evaluated, in order. */
  readonly pods: readonly string[];
  /** What the table has to say of its counts. */
  readonly caveats: Caveats;
}

/** Objects in their final state, in the matcher too. */
interface SettledCluster {
  readonly objects: readonly KubeObject[];
  readonly suspects: Suspects;
}

/** Brings the matcher's objects into their final state, and with `verdicts` notes what verdicts on them rest on. */
export function settle(
  intake: Intake,
  matcher: TopologyMatcher,
  wanted: Located<CheckArguments>,
  verdicts: boolean,
): Cluster {
  const isLive = wanted.mode === "live";
  const { objects, suspects } = isLive
    ? settleLive(intake, matcher)
    : settleWritten(intake, matcher, wanted, verdicts || wanted.printObjects);
  const pods = podsToAsk(matcher, wanted, suspects.pending);
  const elsewhere = wanted.pods.length === 0 ? suspects.pending.length - pods.length : 0;
  if (verdicts && elsewhere > 0) intake.notices.add(lineOnOthers(elsewhere, wanted.namespace));
  const running = wanted.filters.length > 0 ? wanted.filters : FILTERS_CARRIED_OUT;
  const isTable = wanted.output === "table" || wanted.output === "wide";
  const uncarried = intake.facts.uncarried.line(pods);
  if (verdicts) {
    const options = { running, missingKinds: isLive, otherPlugins: isTable };
    noteVerdicts(matcher, pods, intake.facts, suspects, intake.notices, options);
    if (!isTable && uncarried !== undefined) intake.notices.add(uncarried);
    if (isTable && wanted.plans) intake.notices.add("--plans adds nothing to a table: ask for -o json or yaml");
  }
  return { objects, pods, caveats: new Caveats(matcher, intake.facts, running, uncarried) };
}

function settleLive({ entries }: Intake, matcher: TopologyMatcher): SettledCluster {
  const uids = reservedUids(entries.flatMap(({ reservation }) => reservation ?? []));
  const objects: KubeObject[] = [];
  for (const { key, kind, lacksUid, object, origin } of entries) {
    if (object === undefined) continue;
    const uid = kind === CLAIM && lacksUid ? uids.get(key) : undefined;
    const settled = uid === undefined ? object : put(object, ["metadata", "uid"], uid);
    if (settled !== object) upsert(matcher, kind, settled, origin);
    objects.push(settled);
  }
  const keysOf = (wanted: (entry: Entry) => boolean): string[] => entries.filter(wanted).map(({ key }) => key);
  const suspects = {
    pending: keysOf(({ isPending }) => isPending),
    starting: keysOf(({ isSuspect, kind }) => isSuspect && kind === POD),
    waiting: keysOf(({ isSuspect, kind }) => isSuspect && kind === CLAIM),
  };
  return { objects, suspects };
}

/** `verdicts`: notes are about what pods are judged by, too. */
function settleWritten(
  intake: Intake,
  matcher: TopologyMatcher,
  wanted: Located<CheckArguments>,
  verdicts: boolean,
): SettledCluster {
  const { entries } = intake;
  const { notes, objects, origins } = settled(entries, wanted);
  const running = wanted.filters.length > 0 ? wanted.filters : FILTERS_CARRIED_OUT;
  for (const note of notes) {
    if (!verdicts && OF_VERDICTS.includes(note.code)) continue;
    // Nothing else reads what a node holds.
    if (note.code === "AllocatableAssumed" && !running.includes("NodeResourcesFit")) continue;
    intake.notices.add(lineOf(note));
  }
  for (const { set } of LIVE_KINDS.values()) if (set !== undefined) setOf(matcher, set).replace([]);
  for (const [i, object] of objects.entries()) {
    upsert(matcher, LIVE_KINDS.get(object.kind) as Kind, object, entries[origins[i]].origin);
  }
  const ofKind = (kind: string, is: (object: KubeObject) => boolean): SettledObject[] =>
    objects.filter((object) => object.kind === kind && is(object));
  const pending = ofKind("Pod", isPending);
  // The matcher keeps no limits.
  for (const object of pending) intake.facts.otherPlugins.see("Pod", object);
  const keysOf = (found: readonly SettledObject[]): string[] =>
    found.map(({ metadata }) => `${metadata.namespace}/${metadata.name}`);
  for (const object of ofKind("Pod", () => true)) intake.facts.uncarried.see(keysOf([object])[0], object);
  const suspects = {
    pending: keysOf(pending),
    starting: keysOf(ofKind("Pod", isStarting)),
    waiting: keysOf(ofKind("PersistentVolumeClaim", isWaiting)),
  };
  return { objects, suspects };
}

function settled(entries: readonly Entry[], wanted: Located<CheckArguments>): Settlement {
  // A uid that the intake gave is none that was written.
  const written = entries.map(({ lacksUid, object }) =>
    lacksUid ? drop(object as KubeObject, ["metadata", "uid"]) : (object as KubeObject),
  );
  const { assumeProvisioned, gates, kubernetes, namespace } = wanted;
  try {
    return settleManifests(written, { assumeProvisioned, gates, kubernetes, namespace });
  } catch (error) {
    throw error instanceof ManifestError ? new InputFailure(entries[error.index].origin, error.message) : error;
  }
}

/** Notes about what verdicts rest on. */
const OF_VERDICTS: readonly ManifestNote["code"][] = ["AllocatableAssumed", "CapacityUnknown", "ClaimsUnbound"];

function lineOf(note: ManifestNote): string {
  // An option of the command mends it.
  return note.code === "CapacityUnknown"
    ? `${note.message} (--assume-provisioned takes room for granted)`
    : note.message;
}

/** The pods that were named, or else those that wait for a node: of files all, of a cluster those of the namespace. */
function podsToAsk(
  matcher: TopologyMatcher,
  { kubectl, namespace, pods }: Located<CheckArguments>,
  pending: readonly string[],
): readonly string[] {
  if (pods.length > 0) return askedPods(matcher.pods, pods, namespace);
  if (kubectl === undefined || kubectl.allNamespaces) return pending;
  return pending.filter((key) => key.startsWith(`${namespace}/`));
}

function lineOnOthers(count: number, namespace: string): string {
  const pods = counted(count, "pod waits", "pods wait");
  return `asked about pods of namespace ${namespace}; in others ${pods} for a node: -A asks about them too`;
}

const CLAIM = LIVE_KINDS.get("PersistentVolumeClaim");
const POD = LIVE_KINDS.get("Pod");
