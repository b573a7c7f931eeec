// A matcher that reached its objects on a random way: through other objects, changes, relists, questions in between,
// sweeps, and ids that were given up and came back.

import type { ObjectLike, TopologyMatcher } from "../../../lib/index.js";
import type { Random } from "../../reference/generator/random.js";
import type { Json, KubeObject } from "../../reference/generator/world.js";
import { setOf } from "../../support/load.js";
import { keyOf, nameOf } from "./completed.js";

const EVERY_KIND = [
  "Node",
  "PersistentVolume",
  "PersistentVolumeClaim",
  "Pod",
  "StorageClass",
  "CSIDriver",
  "CSIStorageCapacity",
  "CSINode",
  "VolumeAttachment",
] as const;
const EVENTS_PER_QUESTION = 15;
const MOST_BACK = 12;
/** Of ways: many nodes come and go again, more than the rows of masks are made for at first. */
const CROWDS = 0.03;

export interface Way {
  readonly matcher: TopologyMatcher;
  readonly random: Random;
  /** What the matcher must hold in the end. */
  readonly wanted: readonly KubeObject[];
  /** Of another cluster: objects that it may hold meanwhile. */
  readonly others: readonly KubeObject[];
}

/** Takes the matcher there. */
export function goThroughUpdates(way: Way): void {
  const { matcher, others, random, wanted } = way;
  const held = new Map<string, KubeObject>();
  const put = (object: KubeObject): void => {
    setOf(matcher, object.kind).upsert(object as ObjectLike);
    held.set(keyOf(object), object);
  };
  const take = (object: KubeObject): void => {
    setOf(matcher, object.kind).delete(object as ObjectLike);
    held.delete(keyOf(object));
  };
  const relist = (kind: string, objects: readonly KubeObject[]): void => {
    setOf(matcher, kind).replace(objects as readonly ObjectLike[]);
    for (const [key, object] of held) if (object.kind === kind) held.delete(key);
    for (const object of objects) held.set(keyOf(object), object);
  };
  const start = random.shuffle([
    ...wanted.filter(() => random.chance(0.8)),
    ...others.filter(() => random.chance(0.5)),
  ]);
  for (const object of start) put(object);
  ask(way, held);
  const universe = [
    ...wanted,
    ...others,
    ...wanted.filter(() => random.chance(0.3)).map((one) => changed(one, random)),
  ];
  if (random.chance(CROWDS)) crowd(way, held);
  const events = random.int(12, 55);
  for (let event = 0; event < events; event++) {
    const object = random.pick(universe);
    random.branch<void>([
      [10, () => put(object)],
      [6, () => take(held.size > 0 ? random.pick([...held.values()]) : object)],
      [4, () => put(changed(random.pick(wanted), random))],
      [1, () => relist(object.kind, ofKind(universe, object.kind, random))],
      [0.3, () => matcher.trim()],
    ]);
    if (event % EVENTS_PER_QUESTION === 0) ask(way, held);
  }
  for (const kind of random.shuffle(EVERY_KIND)) {
    const last = random.shuffle(wanted.filter((object) => object.kind === kind));
    if (random.chance(0.3)) relist(kind, last);
    else {
      const keys = new Set(last.map(keyOf));
      for (const object of [...held.values()]) if (object.kind === kind && !keys.has(keyOf(object))) take(object);
      for (const object of last) if (held.get(keyOf(object)) !== object) put(object);
    }
    if (random.chance(0.2)) ask(way, held);
  }
  // What is kept now is of these objects; some leave and come back as they were.
  for (let round = 0; round < 2; round++) ask(way, held);
  for (const object of random.some(wanted, 1, MOST_BACK)) {
    take(object);
    if (random.chance(0.3)) ask(way, held);
    put(object);
  }
}

/** Rows are made for 512 nodes at least, so that all of them have to be made longer here. */
function crowd(way: Way, held: ReadonlyMap<string, KubeObject>): void {
  const { matcher, random, wanted } = way;
  const names = Array.from({ length: random.int(513, 700) }, (_, index) => `crowd-${index}`);
  const labels: Json[] = wanted.flatMap(({ kind, metadata }) => (kind === "Node" ? [metadata.labels ?? {}] : [{}]));
  for (const name of names) {
    matcher.nodes.upsert({ kind: "Node", metadata: { name, uid: name, labels: random.pick(labels) } } as ObjectLike);
  }
  ask(way, held);
  for (const name of random.shuffle(names)) matcher.nodes.delete(name);
}

/** Questions make what later events have to keep true. */
function ask({ matcher, random }: Way, held: ReadonlyMap<string, KubeObject>): void {
  const pods = [...held.values()].filter(({ kind }) => kind === "Pod");
  if (pods.length === 0) return;
  for (const pod of random.some(pods, 1, 2)) {
    random.branch<unknown>([
      [4, () => matcher.evaluatePod(nameOf(pod)).toReport({ plans: true })],
      [2, () => matcher.evaluatePod(pod as ObjectLike).toReport()],
      [1, () => matcher.createVerdict().evaluatePod(nameOf(pod)).rejected.length],
    ]);
  }
  const ids = Uint32Array.from(pods, (pod) => matcher.podId(nameOf(pod)));
  if (random.chance(0.2)) matcher.countFeasible(ids, new Uint32Array(ids.length));
  const claims = [...matcher.persistentVolumeClaims.keys()];
  if (claims.length > 0 && random.chance(0.5)) matcher.evaluateClaim(random.pick(claims));
}

function ofKind(universe: readonly KubeObject[], kind: string, random: Random): KubeObject[] {
  const byKey = new Map(universe.filter((object) => object.kind === kind).map((object) => [keyOf(object), object]));
  return random.shuffle([...byKey.values()].filter(() => random.chance(0.7)));
}

/** The same key with something else in it. */
export function changed(object: KubeObject, random: Random): KubeObject {
  const { metadata, spec } = object as Json;
  const storage = `${random.int(1, 200)}Gi`;
  switch (object.kind) {
    case "Node":
      return { ...object, metadata: { ...metadata, labels: relabelled(metadata.labels ?? {}, random) } };
    case "PersistentVolume":
      return random.pick<Json>([
        { ...object, status: { phase: random.pick(["Released", "Bound", "Available"]) } },
        { ...object, spec: { ...spec, capacity: { storage } } },
        { ...object, spec: { ...spec, nodeAffinity: undefined } },
        { ...object, metadata: { ...metadata, labels: { disk: "hdd" } } },
        { ...object, spec: { ...spec, claimRef: { namespace: "default", name: "passing", uid: metadata.uid } } },
      ]);
    case "PersistentVolumeClaim":
      return random.pick<Json>([
        { ...object, metadata: { ...metadata, uid: `${metadata.uid}-again` } },
        { ...object, metadata: { ...metadata, annotations: {} } },
        { ...object, spec: { ...spec, resources: { requests: { storage } } } },
      ]);
    case "Pod":
      return { ...object, spec: { ...spec, volumes: random.shuffle(spec.volumes ?? []).slice(1) } };
    case "StorageClass":
      return { ...object, volumeBindingMode: random.pick(["Immediate", "WaitForFirstConsumer"]) };
    case "CSIStorageCapacity":
      return { ...object, capacity: storage };
    default:
      return object;
  }
}

/** One label gone, or with the value of another. */
function relabelled(labels: Json, random: Random): Json {
  const keys = Object.keys(labels);
  if (keys.length === 0) return labels;
  const { [random.pick(keys)]: _, ...rest } = labels;
  return random.chance(0.3) ? rest : { ...labels, [random.pick(keys)]: labels[random.pick(keys)] };
}
