// The library as a judge of the tables, on one of its engines: a new matcher, or one that has held other clusters.

import {
  createMatcherSync,
  type EngineName,
  type MatcherOptions,
  type ObjectSet,
  TopologyError,
  type TopologyMatcher,
} from "../../lib/index.js";
import { usedMatcher } from "../support/used-matcher.js";
import type { KubeObject } from "./build.js";
import { assertThrows, type Judge, type Question } from "./run-tables.js";

export const ENGINES: readonly EngineName[] = ["wasm", "javascript"];

/** The object set of a kind. */
export function setOf(matcher: TopologyMatcher, kind: string): ObjectSet<KubeObject> {
  const sets: Readonly<Record<string, unknown>> = {
    Node: matcher.nodes,
    Pod: matcher.pods,
    PersistentVolume: matcher.persistentVolumes,
    PersistentVolumeClaim: matcher.persistentVolumeClaims,
    StorageClass: matcher.storageClasses,
    CSIDriver: matcher.csiDrivers,
    CSINode: matcher.csiNodes,
    CSIStorageCapacity: matcher.csiStorageCapacities,
    VolumeAttachment: matcher.volumeAttachments,
    VolumeSnapshot: matcher.volumeSnapshots,
    VolumeSnapshotContent: matcher.volumeSnapshotContents,
  };
  return sets[kind] as ObjectSet<KubeObject>;
}

export function upsertAll(matcher: TopologyMatcher, objects: Iterable<KubeObject>): void {
  for (const object of objects) setOf(matcher, object.kind).upsert(object);
}

export function libraryJudge(engine: EngineName): Judge {
  return {
    name: engine,
    evaluate({ pod, objects, updates, options }: Question, used = false) {
      const all = { engine, filters: ["VolumeBinding"], ...options } as MatcherOptions;
      const matcher = used ? usedMatcher(all) : createMatcherSync(all);
      upsertAll(matcher, objects);
      if (updates.length > 0) {
        // Whatever the matcher remembers of this answer must not outlive the updates.
        matcher.evaluatePod(pod).toReport({ plans: true });
        upsertAll(matcher, updates);
      }
      return matcher.evaluatePod(pod).toReport({ plans: true });
    },
    checkRefused(question, { code, text }) {
      assertThrows(
        () => this.evaluate(question),
        (error) => error instanceof TopologyError && error.code === code && error.message.includes(text),
        `a ${code} that says ${text}`,
      );
    },
  };
}
