// cli: hand-written objects -> the objects as a cluster would hold them once its controllers have looked at them.

import type { TopologyMatcher } from "../../index.js";
import type { KubeObject } from "../fields.js";
import { put } from "../fields.js";
import type { Entry } from "../intake.js";
import { LIVE_KINDS } from "../kinds.js";
import type { Notices } from "../notices.js";
import { reservedUids } from "../uids.js";
import { DefaultClass, withDefaults } from "./defaults.js";
import { controlVolumes } from "./pv-controller.js";
import type { Settled } from "./settled.js";
import { expandWorkloads } from "./workloads.js";

export interface SettleOptions {
  /** The feature gate of that name. */
  readonly volumeAttributesClass: boolean;
}

/** Carries out the steps of manifests mode, in their order. The entries must hold their objects. */
export function settleManifests(
  entries: readonly Entry[],
  matcher: TopologyMatcher,
  notices: Notices,
  options: SettleOptions,
): Settled[] {
  const given = entries.map(({ key, kind, object, origin }) => ({ kind, key, origin, object: object as KubeObject }));
  const defaultClass = new DefaultClass(given);
  const defaulted = given.map((settled) => ({ ...settled, object: withDefaults(settled, defaultClass) }));
  const expanded = expandWorkloads(defaulted, matcher, defaultClass);
  const named = takeReservedUids(expanded, entries);
  return controlVolumes(named, notices, options.volumeAttributesClass);
}

/** Gives claims that came without uid, or were made here, the uid that a volume knows them by. */
function takeReservedUids(objects: readonly Settled[], entries: readonly Entry[]): Settled[] {
  const uids = reservedUids(entries.flatMap(({ reservation }) => reservation ?? []));
  const withUid = new Set(entries.flatMap(({ key, kind, lacksUid }) => (kind === CLAIM && !lacksUid ? [key] : [])));
  return objects.map((settled) => {
    if (settled.kind !== CLAIM || withUid.has(settled.key)) return settled;
    const uid = uids.get(settled.key);
    return uid === undefined ? settled : { ...settled, object: put(settled.object, ["metadata", "uid"], uid) };
  });
}

const CLAIM = LIVE_KINDS.get("PersistentVolumeClaim");
