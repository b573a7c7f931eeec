// What the generator is said to make, counted: lengths, names and sources that real clusters have.

import { test } from "uvu";
import * as assert from "uvu/assert";
import { generateCluster } from "../../reference/generator/generate.js";
import type { Knobs } from "../../reference/generator/knobs.js";
import type { Json, KubeObject } from "../../reference/generator/world.js";
import { clusterOf } from "./compare.js";
import { knobsOf } from "./profiles.js";

const KINDS = [
  ...["Node", "PersistentVolume", "PersistentVolumeClaim", "Pod", "StorageClass", "CSIDriver"],
  ...["CSIStorageCapacity", "CSINode", "VolumeAttachment"],
];
const EVERYTHING: Partial<Knobs> = {
  nodes: 12,
  pods: 12,
  attachLimits: 0.5,
  volumeAttachments: 0.3,
  podAffinity: 0.5,
  claimSelectors: 0.6,
  moreTerms: 0.3,
};

function made(count: number, knobs: Partial<Knobs>): KubeObject[] {
  return Array.from({ length: count }, (_, seed) => generateCluster(seed, { ...EVERYTHING, ...knobs }).objects).flat();
}

const terms = ({ kind, spec }: KubeObject): Json[] =>
  (kind === "PersistentVolume"
    ? spec.nodeAffinity?.required?.nodeSelectorTerms
    : spec?.affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution?.nodeSelectorTerms) ?? [];
const expressions = (object: KubeObject): Json[][] => terms(object).map((term) => term?.matchExpressions ?? []);
const longest = (lists: readonly (readonly unknown[])[]): number => Math.max(0, ...lists.map(({ length }) => length));

/** Of furnished clusters: what, and how many objects have it. */
const FURNISHED: Readonly<Record<string, (object: KubeObject) => boolean>> = {
  "more than 11 labels of a node": ({ kind, metadata }) => kind === "Node" && size(metadata.labels) > 11,
  "more than 11 labels of a volume": ({ kind, metadata }) => kind === "PersistentVolume" && size(metadata.labels) > 11,
  "more than 4 terms of a volume": (object) => object.kind === "PersistentVolume" && terms(object).length > 4,
  "more than 4 terms of a pod": (object) => object.kind === "Pod" && terms(object).length > 4,
  "more than 3 expressions": (object) => longest(expressions(object)) > 3,
  "more than 5 values": (object) => longest(expressions(object).flatMap((list) => list.map(valuesOf))) > 5,
  "more than 2 matchLabels of a claim": ({ kind, spec }) =>
    kind === "PersistentVolumeClaim" && size(spec.selector?.matchLabels) > 2,
  "more than 2 matchLabels of a capacity object": ({ nodeTopology }) => size(nodeTopology?.matchLabels) > 2,
  "several keys in a capacity": ({ kind, spec }) => kind === "PersistentVolume" && size(spec.capacity) > 1,
  "metadata of the API server": ({ metadata }) => (metadata as Json).managedFields !== undefined,
  "scheduling gates": ({ spec }) => spec?.schedulingGates !== undefined,
  "a deferred resize": ({ status }) => status?.resize === "Deferred",
  "a resized container": ({ status }) => status?.containerStatuses?.[0].allocatedResources !== undefined,
  "a data source": ({ spec }) => spec?.dataSource !== undefined,
  "a data source in another namespace": ({ spec }) => spec?.dataSourceRef?.namespace !== undefined,
  "over 60 volumes": ({ kind, spec }) => kind === "Pod" && spec.volumes?.length > 60,
};
const SOURCES = ["nfs", "iscsi", "fc", "hostPath", "cephfs", "rbd", "flexVolume", "local", "csi"];

function size(map: Json): number {
  return Object.keys(map ?? {}).length;
}

function valuesOf(expression: Json): unknown[] {
  return expression?.values ?? [];
}

test("furnished clusters have long lists, other sources and what servers and users add", () => {
  const objects = made(60, { furnished: 1 });
  for (const [what, holds] of Object.entries(FURNISHED)) {
    const times = objects.filter(holds).length;
    assert.ok(times >= 10, `${times} times only: ${what}`);
  }
  const volumes = objects.filter(({ kind }) => kind === "PersistentVolume");
  for (const source of SOURCES) assert.ok(volumes.filter(({ spec }) => spec[source]).length >= 10, source);
});

test("names of every kind are up to 253 characters long and beyond ASCII", () => {
  const objects = made(25, { longNames: 1 });
  for (const kind of KINDS) {
    const names = objects.filter((object) => object.kind === kind).map(({ metadata }) => String(metadata.name));
    assert.ok(names.filter((name) => name.length === 253).length >= 3, `${kind}: long names`);
    assert.ok(names.filter((name) => /[^\0-\x7f]/.test(name)).length >= 3, `${kind}: names beyond ASCII`);
    assert.ok(names.filter((name) => /[\u{10000}-\u{10ffff}]/u.test(name)).length >= 1, `${kind}: beyond 16 bits`);
  }
  const namespaces = objects.map(({ metadata }) => String(metadata.namespace ?? ""));
  assert.ok(namespaces.some((name) => name.length === 253) && namespaces.some((name) => /[^\0-\x7f]/.test(name)));
  for (const { kind, metadata } of made(5, { longNames: 0, unusualNames: 0 }))
    assert.match(`${metadata.name}`, /^[\0-\x7f]{1,40}$/, kind);
});

test("unfinished clusters lack uids and namespaces, and have objects twice", () => {
  const objects = made(10, { unfinished: 1 });
  const count = (holds: (object: KubeObject) => boolean): number => objects.filter(holds).length;
  assert.ok(count(({ metadata }) => metadata.uid === undefined) > 100);
  assert.ok(count(({ kind, metadata }) => kind === "PersistentVolumeClaim" && metadata.namespace === undefined) > 20);
  assert.ok(count(({ metadata }) => (metadata.labels as Json)?.stale === "yes") > 2);
});

test("there are pods with 19 claims and more, clusters with over 700 nodes, and thousands of local volumes", () => {
  const claims = Array.from({ length: 12 }, (_, seed) => clusterOf("claims", seed, "1.37").objects).flat();
  const counts = claims.flatMap(({ kind, spec }) => (kind === "Pod" ? [spec.volumes?.length ?? 0] : []));
  assert.ok(counts.filter((count) => count >= 19).length >= 3, counts.join());
  const countOf = (profile: string, kind: string, seed: number): number =>
    clusterOf(profile, seed, "1.37").objects.filter((object) => object.kind === kind).length;
  const nodesOf = (profile: string, seed: number): number => knobsOf(profile, seed).nodes ?? 0;
  const seeds = Array.from({ length: 400 }, (_, seed) => seed);
  const large = seeds.filter((seed) => nodesOf("large", seed) > 700);
  assert.ok(large.length > 80 && countOf("large", "Node", large[0]) > 700, `${large.length} large ones`);
  const wide = seeds.filter((seed) => nodesOf("local", seed) > 130);
  assert.ok(wide.length > 20 && wide.length < 60, `${wide.length} of more than 130 nodes`);
  const volumes = wide.slice(0, 6).map((seed) => countOf("local", "PersistentVolume", seed));
  assert.ok(Math.max(...volumes) > 1000 && Math.min(...volumes) > 100, volumes.join());
});

test.run();
