// The library's controller and the real one over the same objects -> every field in which they differ.

import { runPersistentVolumeController } from "../../../lib/manifests.js";
import { parseQuantity } from "../../../lib/objects/quantity.js";
import type { Written } from "./generate.js";

/** How objects stand once the controller rests, and what was said of them. */
export interface Rest {
  readonly volumes: readonly unknown[] | null;
  readonly claims: readonly unknown[] | null;
  readonly events: readonly unknown[];
  readonly restless?: boolean;
}

export interface Difference {
  /** A kind and key with the field, or `events`. */
  readonly where: string;
  readonly ours: unknown;
  readonly theirs: unknown;
}

const ANNOTATIONS = ["metadata", "annotations"];
const PHASE = ["status", "phase"];

/** The fields that the controller writes. */
const DECIDED = {
  PersistentVolume: [
    ANNOTATIONS,
    ["metadata", "finalizers"],
    ["spec", "claimRef"],
    PHASE,
    ["status", "message"],
    ["status", "reason"],
  ],
  PersistentVolumeClaim: [
    ANNOTATIONS,
    ["spec", "volumeName"],
    ["spec", "storageClassName"],
    PHASE,
    ["status", "accessModes"],
    ["status", "capacity"],
    ["status", "currentVolumeAttributesClassName"],
  ],
} as const;

type Controlled = keyof typeof DECIDED;

export function ofKind(objects: readonly Written[], kind: string): Written[] {
  return objects.filter((object) => object.kind === kind);
}

export function libraryRest(objects: readonly Written[]): Rest {
  const { events, persistentVolumeClaims, persistentVolumes } = runPersistentVolumeController({
    persistentVolumes: ofKind(objects, "PersistentVolume"),
    persistentVolumeClaims: ofKind(objects, "PersistentVolumeClaim"),
    storageClasses: ofKind(objects, "StorageClass") as object[],
    pods: ofKind(objects, "Pod"),
  });
  return { volumes: persistentVolumes, claims: persistentVolumeClaims, events };
}

/** What is left of an answer when only the fields are kept that are compared. */
export function decidedOf({ claims, events, restless, volumes }: Rest): Rest {
  const kept = (kind: Controlled, object: unknown): unknown => {
    const copy: Record<string, Record<string, unknown>> = {};
    for (const [part, field] of DECIDED[kind]) {
      const value = dig(object, [part, field]);
      copy[part] ??= {};
      if (value !== undefined) copy[part][field] = value;
    }
    return copy;
  };
  const all = (kind: Controlled, objects: Rest["volumes"]) => objects?.map((object) => kept(kind, object)) ?? null;
  return {
    volumes: all("PersistentVolume", volumes),
    claims: all("PersistentVolumeClaim", claims),
    events,
    ...(restless && { restless }),
  };
}

/** Ours with each field that the controller decides; of all else it must be what was given. */
export function differences(objects: readonly Written[], ours: Rest, theirs: Rest): Difference[] {
  const found: Difference[] = [];
  const compare = (where: string, left: unknown, right: unknown): void => {
    if (textOf(left) !== textOf(right)) found.push({ where, ours: left, theirs: right });
  };
  compare("restless", false, theirs.restless === true);
  for (const [kind, our, their] of [
    ["PersistentVolume", ours.volumes, theirs.volumes],
    ["PersistentVolumeClaim", ours.claims, theirs.claims],
  ] as const) {
    for (const [i, object] of ofKind(objects, kind).entries()) {
      const name = `${kind} ${(object.metadata as Written).name}`;
      for (const path of DECIDED[kind]) {
        const where = path.join(".");
        compare(`${name} ${where}`, plain(where, dig(our?.[i], path)), plain(where, dig(their?.[i], path)));
      }
      compare(`${name}: what is not the controller's`, withoutDecided(kind, our?.[i]), withoutDecided(kind, object));
    }
  }
  compare("events", ours.events, theirs.events);
  return found;
}

function dig(value: unknown, path: readonly string[]): unknown {
  return path.reduce((at, name) => (at as Written | null | undefined)?.[name], value);
}

/** A value as both sides write it: JSON of Go leaves out what is empty. */
function plain(where: string, value: unknown): unknown {
  if (where === "spec.claimRef") return value === null || value === undefined ? null : nonEmpty(value as Written);
  if (where === "status.capacity") {
    const { storage } = (value ?? {}) as Written;
    return storage === undefined ? null : String(parseQuantity(String(storage)).nanos);
  }
  if (where === "spec.storageClassName" || where === "status.currentVolumeAttributesClassName") return value ?? null;
  if (Array.isArray(value)) return value.length === 0 ? null : value;
  if (typeof value === "object" && value !== null) return Object.keys(value).length === 0 ? null : value;
  return value === "" ? null : (value ?? null);
}

function nonEmpty(value: Written): Written {
  return Object.fromEntries(Object.entries(value).filter(([, inner]) => inner !== "" && inner !== null));
}

function withoutDecided(kind: Controlled, object: unknown): unknown {
  const copy = structuredClone(object) as Record<string, Record<string, unknown>>;
  for (const [part, field] of DECIDED[kind]) if (copy[part] !== undefined) delete copy[part][field];
  if (copy.status !== undefined && Object.keys(copy.status).length === 0) delete (copy as Written & typeof copy).status;
  return copy;
}

function textOf(value: unknown): string {
  return JSON.stringify(sorted(value));
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([name, inner]) => [name, sorted(inner)]));
}
