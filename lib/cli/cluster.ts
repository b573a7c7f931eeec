// cli: what was read -> the cluster that is asked, and the pods to ask about.

import type { TopologyMatcher } from "../index.js";
import { resolveGates } from "../options.js";
import type { CheckArguments } from "./arguments.js";
import { askedPods } from "./asked-pods.js";
import type { KubeObject } from "./fields.js";
import { put } from "./fields.js";
import type { Intake } from "./intake.js";
import { isPending, upsert } from "./intake.js";
import { LIVE_KINDS, setOf } from "./kinds.js";
import { settleManifests } from "./manifests/settle.js";
import { reservedUids } from "./uids.js";

export interface Cluster {
  /** The settled objects, in their order; only those that were kept. */
  readonly objects: readonly KubeObject[];
  /** Keys of the pods that are evaluated, in order. */
  readonly pods: readonly string[];
}

/** Brings the matcher's objects into their final state. */
export function settle(intake: Intake, matcher: TopologyMatcher, wanted: CheckArguments): Cluster {
  return wanted.mode === "live" ? settleLive(intake, matcher, wanted) : settleWritten(intake, matcher, wanted);
}

function settleLive({ entries }: Intake, matcher: TopologyMatcher, wanted: CheckArguments): Cluster {
  const uids = reservedUids(entries.flatMap(({ reservation }) => reservation ?? []));
  const objects: KubeObject[] = [];
  for (const { key, kind, lacksUid, object, origin } of entries) {
    if (object === undefined) continue;
    const uid = kind === CLAIM && lacksUid ? uids.get(key) : undefined;
    const settled = uid === undefined ? object : put(object, ["metadata", "uid"], uid);
    if (settled !== object) upsert(matcher, kind, settled, origin);
    objects.push(settled);
  }
  const pending = entries.filter((entry) => entry.isPending).map(({ key }) => key);
  return { objects, pods: podsToAsk(matcher, wanted, pending) };
}

function settleWritten(intake: Intake, matcher: TopologyMatcher, wanted: CheckArguments): Cluster {
  const gates = resolveGates(wanted.kubernetes, wanted.gates).values;
  const settled = settleManifests(intake.entries, matcher, intake.notices, {
    volumeAttributesClass: gates.get("VolumeAttributesClass") === true,
  });
  for (const { set } of LIVE_KINDS.values()) if (set !== undefined) setOf(matcher, set).replace([]);
  for (const { kind, object, origin } of settled) upsert(matcher, kind, object, origin);
  const pending = settled.filter(({ kind, object }) => kind === POD && isPending(object)).map(({ key }) => key);
  return { objects: settled.map(({ object }) => object), pods: podsToAsk(matcher, wanted, pending) };
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
