// A matcher with an assumed pod and an overlay, and what all of it must answer: what a matcher says that was made anew
// of the same objects.

import type { MatcherOptions, ObjectLike, Overlay, TopologyMatcher } from "../../lib/index.js";
import { generateCluster } from "../reference/generator/generate.js";
import type { KubeObject } from "../support/load.js";
import { setOf } from "../support/load.js";

export const KINDS = [
  "Node",
  "Pod",
  "PersistentVolume",
  "PersistentVolumeClaim",
  "StorageClass",
  "CSIDriver",
  "CSINode",
  "CSIStorageCapacity",
  "VolumeAttachment",
] as const;

export type Objects = ReadonlyMap<string, KubeObject>;

export const keyOf = ({ kind, metadata }: KubeObject): string =>
  `${kind} ${metadata?.namespace ?? ""}/${metadata?.name}`;

export const nameOf = ({ metadata }: ObjectLike): string =>
  metadata?.namespace ? `${metadata.namespace}/${metadata.name}` : `${metadata?.name}`;

/** With the fields of its kind. */
const object = (written: KubeObject & { readonly [field: string]: unknown }): KubeObject => written;

const META = { namespace: "own", resourceVersion: "7" };
const claim = (name: string, storageClassName: string, more: object = {}): KubeObject =>
  object({
    kind: "PersistentVolumeClaim",
    metadata: { ...META, name, uid: `uid-${name}`, annotations: { note: name } },
    spec: { storageClassName, accessModes: ["ReadWriteOnce"], resources: { requests: { storage: "1Gi" } } },
    ...more,
  });
const pod = (name: string, ...claims: string[]): KubeObject =>
  object({
    kind: "Pod",
    metadata: { ...META, name, uid: `uid-${name}` },
    spec: { volumes: claims.map((claimName) => ({ name: claimName, persistentVolumeClaim: { claimName } })) },
  });
const volume = (name: string): KubeObject =>
  object({
    kind: "PersistentVolume",
    metadata: { name, resourceVersion: "3", annotations: { note: name } },
    spec: { storageClassName: "own-local", capacity: { storage: "1Gi" }, accessModes: ["ReadWriteOnce"] },
    status: { phase: "Available" },
  });
const storageClass = (name: string, provisioner: string): KubeObject =>
  object({
    kind: "StorageClass",
    metadata: { name },
    provisioner,
    volumeBindingMode: "WaitForFirstConsumer",
  });

/** A node, volumes, claims and pods that no generated object has to do with, and that no change is made to. */
export const OWN: readonly KubeObject[] = [
  object({
    kind: "Node",
    metadata: { name: "own-node", labels: { own: "yes" } },
    status: { allocatable: { cpu: "8", memory: "8Gi", pods: "110", "ephemeral-storage": "8Gi" } },
  }),
  storageClass("own-local", "kubernetes.io/no-provisioner"),
  storageClass("own-made", "own.example.com"),
  volume("own-a"),
  volume("own-b"),
  claim("local", "own-local"),
  claim("made", "own-made"),
  claim("local-2", "own-local"),
  claim("made-2", "own-made"),
  pod("assumed", "local", "made"),
  pod("waiting", "local-2", "made-2"),
  pod("asks", "local-2"),
];

/** Two versions of a cluster under the same names, without the objects that could not be put. */
export function versions(seed: number, nodes: number, pods: number): { readonly a: Objects; readonly b: Objects } {
  const version = (i: number): Objects => {
    const { objects } = generateCluster(seed * 2 + i, { nodes, pods, unusualNames: 0, longNames: 0, noNodes: 0 });
    const known = (objects as KubeObject[]).filter(({ kind }) => (KINDS as readonly unknown[]).includes(kind));
    return new Map([...known, ...OWN].map((object) => [keyOf(object), object]));
  };
  return { a: version(0), b: version(1) };
}

export const OPTIONS: MatcherOptions = { filters: "all", gates: { StorageCapacityScoring: true } };

/** What a view answers, by every way of asking. Names stand for ids, which differ from matcher to matcher. */
export function answers(matcher: TopologyMatcher): string[] {
  const said: string[] = [];
  const pods = [...matcher.pods.keys()].sort();
  const claims = [...matcher.persistentVolumeClaims.keys()].sort();
  const verdict = matcher.createVerdict();
  for (const key of pods) {
    said.push(JSON.stringify(matcher.evaluatePod(key).toReport({ plans: true })));
    verdict.evaluatePod(key);
    const best = new Uint32Array(8);
    const count = verdict.best(8, best);
    const names = Array.from(best.subarray(0, count), (id) => matcher.nodeName(id));
    said.push(`${key} ${verdict.feasibleCount} ${verdict.schedulable} ${verdict.message} ${names}`);
  }
  for (const key of claims) said.push(JSON.stringify(matcher.evaluateClaim(key).toReport()));
  const counted = (ids: string[], idOf: (key: string) => number, count: (i: Uint32Array, c: Uint32Array) => void) => {
    const counts = new Uint32Array(ids.length);
    count(Uint32Array.from(ids, idOf), counts);
    said.push(ids.map((key, i) => `${key}=${counts[i]}`).join());
  };
  counted(
    pods,
    (key) => matcher.podId(key),
    (ids, counts) => matcher.countFeasible(ids, counts),
  );
  counted(
    claims,
    (key) => matcher.claimId(key),
    (ids, counts) => matcher.countFeasibleClaims(ids, counts),
  );
  return said;
}

/** Every object that a view shows, as it reads. */
export function shown(matcher: TopologyMatcher): string[] {
  const lines = KINDS.flatMap((kind) => {
    const set = setOf(matcher, kind);
    return [...set.keys()].map((key) => `${kind} ${key} ${JSON.stringify(set.get(key))}`);
  });
  return lines.sort();
}

/** What a matcher was given: its objects, those of an overlay over it (undefined: taken out), and who is assumed. */
export interface Given {
  readonly objects: Objects;
  readonly over: ReadonlyMap<string, KubeObject | undefined>;
  /** Keys of pods of the base that are assumed on `own-node`, beside `own/assumed`. */
  readonly assumed: readonly string[];
}

/** A matcher and an overlay over it. */
export interface Views {
  readonly base: TopologyMatcher;
  readonly overlay: Overlay;
}

export function overlayOf(base: TopologyMatcher, { over }: Given): Overlay {
  const overlay = base.overlay();
  overlay.assume("own/waiting", "own-node");
  for (const [key, object] of over) {
    const [kind, name] = key.split(" ");
    if (object === undefined) setOf(overlay, kind).delete(name.replace(/^\//, ""));
    else setOf(overlay, kind).upsert(object);
  }
  return overlay;
}

/** Puts what is given into a matcher that is empty. */
export function viewsOf(base: TopologyMatcher, given: Given): Views {
  for (const object of given.objects.values()) setOf(base, object.kind).upsert(object);
  for (const key of ["own/assumed", ...given.assumed]) base.assume(key, "own-node");
  return { base, overlay: overlayOf(base, given) };
}

/** What both views show and answer. */
export function stateOf({ base, overlay }: Views): readonly string[] {
  return [...shown(base), ...answers(base), ...shown(overlay), ...answers(overlay)];
}
