// cli: files -> a matcher with their objects, and the pods to be evaluated.

import type { TopologyMatcher } from "../index.js";
import { createMatcher, resolveGates } from "../index.js";
import type { CheckArguments } from "./arguments.js";
import { Failure } from "./failure.js";
import type { KubeObject } from "./fields.js";
import { put, textAt } from "./fields.js";
import type { Entry } from "./intake.js";
import { Intake, upsert } from "./intake.js";
import type { Io } from "./io.js";
import { readJson } from "./json-documents.js";
import { settleManifests } from "./manifests/settle.js";
import type { Notices } from "./notices.js";
import { sourcesOf } from "./sources.js";
import { sniff, toUtf8 } from "./text-encoding.js";
import { reservedUids } from "./uids.js";
import { readYaml } from "./yaml-documents.js";

export interface Loaded {
  readonly matcher: TopologyMatcher;
  /** Keys of the pods to be evaluated, in order. */
  readonly pods: readonly string[];
  /** The objects as they were settled; only where they are to be printed. */
  readonly objects: readonly KubeObject[];
}

/** @throws Failure for the first thing in the input that is at fault. */
export async function load(wanted: CheckArguments, io: Io, notices: Notices): Promise<Loaded> {
  const { filters, gates, kubernetes, mode, namespace, printObjects } = wanted;
  const options = { filters, gates, kubernetes };
  const given = await createMatcher(options);
  const keep = printObjects || mode === "manifests";
  const intake = new Intake(given, notices, { mode, namespace, keep });
  for (const { chunks, name } of sourcesOf(wanted.paths, io, notices)) {
    const input = await sniff(toUtf8(chunks));
    await (input.isJson ? readJson(name, input.chunks, intake) : readYaml(name, input.chunks, intake));
  }
  if (mode === "live") {
    const objects = takeReservedUids(intake.entries, given);
    const pending = intake.entries.filter(({ isPending }) => isPending).map(({ key }) => key);
    return { matcher: given, pods: chosen(wanted, pending, given), objects: printObjects ? objects : [] };
  }
  const volumeAttributesClass = resolveGates(kubernetes, gates).values.get("VolumeAttributesClass") === true;
  const settled = settleManifests(intake.entries, given, notices, { volumeAttributesClass });
  const matcher = await createMatcher(options);
  for (const { kind, object, origin } of settled) if (kind.set !== undefined) upsert(matcher, kind, object, origin);
  const pending = settled.filter(({ kind, object }) => kind.name === "Pod" && waits(object)).map(({ key }) => key);
  return { matcher, pods: chosen(wanted, pending, matcher), objects: settled.map(({ object }) => object) };
}

/** A claim that came without uid takes the one that a single volume knows it by. Returns all objects. */
function takeReservedUids(entries: readonly Entry[], matcher: TopologyMatcher): KubeObject[] {
  const uids = reservedUids(entries.flatMap(({ reservation }) => reservation ?? []));
  return entries.flatMap(({ key, kind, lacksUid, object, origin }) => {
    if (object === undefined) return [];
    const uid = kind.name === "PersistentVolumeClaim" && lacksUid ? uids.get(key) : undefined;
    if (uid === undefined) return [object];
    const named = put(object, ["metadata", "uid"], uid);
    upsert(matcher, kind, named, origin);
    return [named];
  });
}

function waits(pod: KubeObject): boolean {
  const phase = textAt(pod, "status", "phase");
  const ended = phase === "Succeeded" || phase === "Failed" || textAt(pod, "metadata", "deletionTimestamp") !== "";
  return !ended && textAt(pod, "spec", "nodeName") === "";
}

function chosen({ pods }: CheckArguments, pending: readonly string[], matcher: TopologyMatcher): readonly string[] {
  if (pods.length === 0) return pending;
  const missing = pods.find((pod) => !matcher.pods.has(pod));
  if (missing !== undefined) throw new Failure(`pod ${missing} is not in the input`);
  return pods;
}
