// Random clusters for the property families, ways to write the same cluster differently, and their reports.

import { createMatcherSync, type EngineName, type PodReport, type TopologyMatcher } from "../../lib/index.js";
import { generateCluster } from "../reference/generator/generate.js";
import type { Random } from "../reference/generator/random.js";
import { csiCapacity, type KubeObject, volume } from "./build.js";
import { upsertAll } from "./library-judge.js";

type Labels = Readonly<Record<string, string>>;

const HOSTNAME = "kubernetes.io/hostname";

export type Reports = ReadonlyMap<string, PodReport>;

export function clusterOf(seed: number, nodes?: number): KubeObject[] {
  return generateCluster(seed, { gates: 0, nodes, ties: seed % 2 === 0 }).objects as KubeObject[];
}

/** A cluster, and what may happen to it: its own objects, those with zones exchanged, another cluster's. */
export function changesOf(seed: number, nodes: number | undefined): { start: KubeObject[]; pool: KubeObject[] } {
  const cluster = clusterOf(seed, nodes);
  const start = [...cluster, ...localOf(cluster)];
  const exchanged = relabelled(start, (zone) => (zone === "a" ? "b" : zone === "b" ? "a" : zone.toLowerCase()));
  return { start, pool: [...start, ...start, ...exchanged, ...clusterOf(seed + 1, nodes && nodes + 2)] };
}

/** A volume and room of each class for one node each, and one of both for all nodes, in larger clusters. */
function localOf(cluster: readonly KubeObject[]): KubeObject[] {
  const hosts = ofKind(cluster, "Node").flatMap(({ metadata }) => (metadata.labels as Labels)[HOSTNAME] ?? []);
  if (hosts.length < 31) return [];
  return ofKind(cluster, "StorageClass").flatMap(({ metadata: { name } }) => [
    volume(`shared-${name}`, { class: name, size: "1Ti" }),
    csiCapacity(`shared-${name}`, { class: name, capacity: "100Gi" }),
    ...hosts.flatMap((host, index) => [
      volume(`local-${name}-${index}`, {
        class: name,
        size: `${1 + (index % 9)}Gi`,
        terms: [[[HOSTNAME, "In", host]]],
      }),
      csiCapacity(`local-${name}-${index}`, {
        class: name,
        topology: { matchLabels: { [HOSTNAME]: host } },
        capacity: `${1 + (index % 40)}Gi`,
      }),
    ]),
  ]);
}

export function keyOf({ metadata }: KubeObject): string {
  return metadata.namespace === undefined ? metadata.name : `${metadata.namespace}/${metadata.name}`;
}

export function ofKind(objects: readonly KubeObject[], kind: string): KubeObject[] {
  return objects.filter((object) => object.kind === kind);
}

export function reportsOf(engine: EngineName, objects: readonly KubeObject[]): Reports {
  const matcher = createMatcherSync({ engine });
  upsertAll(matcher, objects);
  return reportsFrom(matcher);
}

/** Of every pod that the matcher holds. */
export function reportsFrom(matcher: TopologyMatcher): Reports {
  const keys = [...matcher.pods.keys()].sort();
  return new Map(keys.map((key) => [key, matcher.evaluatePod(key).toReport({ plans: true })]));
}

/** The same cluster with objects, keys of maps, and lists whose order means nothing in another order. */
export function shuffled(random: Random, objects: readonly KubeObject[]): KubeObject[] {
  return random.shuffle(objects).map((object) => shuffledValue(random, object, false) as KubeObject);
}

const UNORDERED = new Set(["nodeAffinity", "allowedTopologies", "accessModes"]);

function shuffledValue(random: Random, value: unknown, unordered: boolean): unknown {
  if (Array.isArray(value)) {
    const items = value.map((item) => shuffledValue(random, item, unordered));
    return unordered ? random.shuffle(items) : items;
  }
  if (typeof value !== "object" || value === null) return value;
  const entries = random.shuffle(Object.entries(value));
  return Object.fromEntries(
    entries.map(([key, field]) => [key, shuffledValue(random, field, unordered || UNORDERED.has(key))]),
  );
}

/** The same cluster with other zone names: in labels and wherever a requirement names values. */
export function relabelled(objects: readonly KubeObject[], rename: (zone: string) => string): KubeObject[] {
  const zones = new Set<string>();
  for (const { metadata } of ofKind(objects, "Node")) {
    const zone = (metadata.labels as Labels | undefined)?.["topology.kubernetes.io/zone"];
    // Only names that are never read as numbers.
    if (zone !== undefined && /^[A-Za-z][-A-Za-z0-9]*$/.test(zone) && zone.length < 60) zones.add(zone);
  }
  return objects.map((object) => relabelledValue(object, "", zones, rename) as KubeObject);
}

const NAMING_VALUES = new Set(["labels", "matchLabels", "values"]);

function relabelledValue(value: unknown, key: string, zones: Set<string>, rename: (zone: string) => string): unknown {
  if (typeof value === "string") return NAMING_VALUES.has(key) && zones.has(value) ? rename(value) : value;
  if (Array.isArray(value)) return value.map((item) => relabelledValue(item, key, zones, rename));
  if (typeof value !== "object" || value === null) return value;
  const inner = (name: string) => (NAMING_VALUES.has(key) ? key : name);
  return Object.fromEntries(
    Object.entries(value).map(([name, field]) => [name, relabelledValue(field, inner(name), zones, rename)]),
  );
}
