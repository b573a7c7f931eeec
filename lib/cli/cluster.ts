// cli: what was read -> the cluster that is asked, and the pods to ask about.

import type { TopologyMatcher } from "../index.js";
import { FILTERS_CARRIED_OUT, resolveGates } from "../options.js";
import type { CheckArguments } from "./arguments.js";
import { askedPods } from "./asked-pods.js";
import type { KubeObject } from "./fields.js";
import { put } from "./fields.js";
import type { Entry, Intake } from "./intake.js";
import { isPending, upsert } from "./intake.js";
import type { Kind } from "./kinds.js";
import { LIVE_KINDS, setOf } from "./kinds.js";
import { settleManifests } from "./manifests/settle.js";
import type { Settled } from "./manifests/settled.js";
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

/** Brings the matcher's objects into their final state, and notes what verdicts on them rest on. */
export function settle(intake: Intake, matcher: TopologyMatcher, wanted: CheckArguments): Cluster {
  const isLive = wanted.mode === "live";
  const { objects, suspects } = isLive ? settleLive(intake, matcher) : settleWritten(intake, matcher, wanted);
  const pods = podsToAsk(matcher, wanted, suspects.pending);
  const running = wanted.filters.length > 0 ? wanted.filters : FILTERS_CARRIED_OUT;
  if (!wanted.printObjects) {
    const otherPlugins = wanted.output === "table" || wanted.output === "wide";
    const options = { running, missingKinds: isLive, otherPlugins };
    noteVerdicts(matcher, pods, intake.facts, suspects, intake.notices, options);
  }
  return { objects, pods, caveats: new Caveats(matcher, intake.facts, running) };
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

function settleWritten(intake: Intake, matcher: TopologyMatcher, wanted: CheckArguments): SettledCluster {
  const gates = resolveGates(wanted.kubernetes, wanted.gates).values;
  const settled = settleManifests(intake.entries, matcher, intake.notices, {
    volumeAttributesClass: gates.get("VolumeAttributesClass") === true,
  });
  for (const { set } of LIVE_KINDS.values()) if (set !== undefined) setOf(matcher, set).replace([]);
  for (const { kind, object, origin } of settled) upsert(matcher, kind, object, origin);
  const ofKind = (wanted: Kind | undefined, is: (object: KubeObject) => boolean): Settled[] =>
    settled.filter(({ kind, object }) => kind === wanted && is(object));
  const pending = ofKind(POD, isPending);
  // The matcher keeps no limits.
  for (const { object } of pending) intake.facts.otherPlugins.see("Pod", object);
  const keysOf = (found: readonly Settled[]): string[] => found.map(({ key }) => key);
  const suspects = {
    pending: keysOf(pending),
    starting: keysOf(ofKind(POD, isStarting)),
    waiting: keysOf(ofKind(CLAIM, isWaiting)),
  };
  return { objects: settled.map(({ object }) => object), suspects };
}

/** The pods that were named, or else those that wait for a node. */
function podsToAsk(
  matcher: TopologyMatcher,
  { namespace, pods }: CheckArguments,
  pending: readonly string[],
): readonly string[] {
  return pods.length === 0 ? pending : askedPods(matcher.pods, pods, namespace);
}

const CLAIM = LIVE_KINDS.get("PersistentVolumeClaim");
const POD = LIVE_KINDS.get("Pod");
