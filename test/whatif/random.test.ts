// Random clusters and random changes: the difference is that between two matchers built anew, from the objects before and
// from objects that were changed by hand.

import { test } from "uvu";
import * as assert from "uvu/assert";
import type { MatcherOptions, TopologyMatcher } from "../../lib/index.js";
import { FILTERS } from "../../lib/index.js";
import type { ChangedPod, WhatIfChange } from "../../lib/whatif.js";
import { whatIf } from "../../lib/whatif.js";
import type { KubeObject } from "../conformance/build.js";
import { ENGINES, upsertAll } from "../conformance/library-judge.js";
import { reportsFrom } from "../conformance/property-clusters.js";
import { generateCluster } from "../reference/generator/generate.js";
import { WHOLE_PROFILE_KNOBS } from "../reference/generator/knobs.js";
import { Random } from "../reference/generator/random.js";
import { usedMatcher } from "../support/used-matcher.js";

type Fields = Record<string, unknown>;

const specOf = ({ spec }: KubeObject): Fields => (spec ?? {}) as Fields;
const statusOf = ({ status }: KubeObject): Fields => (status ?? {}) as Fields;
const keyOf = ({ metadata: { name, namespace } }: KubeObject): string => `${namespace ?? "default"}/${name}`;
const hasEnded = (pod: KubeObject): boolean => ["Succeeded", "Failed"].includes(String(statusOf(pod).phase));
const isOn = (object: KubeObject, name: string): boolean =>
  object.kind === "Pod" && specOf(object).nodeName === name && !hasEnded(object);
const isWaiting = (pod: KubeObject): boolean =>
  pod.kind === "Pod" && !specOf(pod).nodeName && !hasEnded(pod) && !pod.metadata.deletionTimestamp;

/** Objects, and the pods that lost their node. */
interface World {
  objects: readonly KubeObject[];
  readonly displaced: Map<string, string>;
}

function onNode(world: World, name: string, change: (node: KubeObject) => KubeObject): void {
  world.objects = world.objects.map((object) => {
    return object.kind === "Node" && object.metadata.name === name ? change(object) : object;
  });
}

function vacate(world: World, name: string): void {
  world.objects = world.objects.flatMap((object) => {
    if (!isOn(object, name)) return [object];
    if (object.metadata.deletionTimestamp) return [];
    world.displaced.set(keyOf(object), name);
    const { nodeName: _, ...spec } = specOf(object);
    return [{ ...object, spec, status: { phase: "Pending" } }];
  });
}

function cordon(world: World, name: string): void {
  const key = "node.kubernetes.io/unschedulable";
  onNode(world, name, (node) => {
    const taints = ((specOf(node).taints ?? []) as { key?: string }[]).filter((taint) => taint.key !== key);
    return {
      ...node,
      spec: { ...specOf(node), unschedulable: true, taints: [...taints, { key, effect: "NoSchedule" }] },
    };
  });
}

/** A change, made to objects here; what is said of it to the library. */
function change(world: World, random: Random, names: readonly string[], kinds: readonly string[]): WhatIfChange {
  const name = random.pick(names);
  const kind = random.pick(kinds);
  switch (kind) {
    case "remove":
      vacate(world, name);
      world.objects = world.objects.filter(
        ({ kind, metadata }) => !(["Node", "CSINode"].includes(kind) && metadata.name === name),
      );
      return { removeNodes: name };
    case "drain":
      vacate(world, name);
      cordon(world, name);
      return { drainNodes: [name] };
    case "cordon":
      cordon(world, name);
      return { cordonNodes: { names: [name] } };
    case "relabel": {
      const like = world.objects.find(
        (object) => object.kind === "Node" && object.metadata.name === random.pick(names),
      );
      const labels = (like?.metadata.labels ?? {}) as Record<string, string>;
      onNode(world, name, (node) => {
        return { ...node, metadata: { ...node.metadata, labels: { ...(node.metadata.labels as object), ...labels } } };
      });
      return { relabelNodes: { nodes: name, labels } };
    }
    default: {
      const object = random.pick(world.objects.filter(({ kind }) => kind !== "Node" && kind !== "Pod"));
      const { namespace, name } = object.metadata;
      world.objects = world.objects.filter((other) => other !== object);
      return { delete: { kind: object.kind, name, ...(namespace !== undefined && { namespace }) } };
    }
  }
}

type Sets = ReadonlyMap<string, readonly string[]>;

/** The nodes of each pod, none where its cycle ends in an error; in a matcher made of these objects alone. */
function nodesOf(objects: readonly KubeObject[], options: MatcherOptions, pods: readonly string[]): Sets {
  const matcher = usedMatcher(options);
  upsertAll(matcher, objects);
  return new Map(
    pods.map((pod) => {
      const { nodes, schedulable } = matcher.evaluatePod(pod);
      return [pod, schedulable ? [...nodes].sort() : []];
    }),
  );
}

function messageOf(objects: readonly KubeObject[], options: MatcherOptions, pod: string): string | undefined {
  const matcher = usedMatcher(options);
  upsertAll(matcher, objects);
  const { error, message } = matcher.evaluatePod(pod);
  return error ?? message;
}

let shown = { changed: 0, displaced: 0, gained: 0, unschedulable: 0, schedulable: 0, stranded: 0 };

function compare(seed: number, options: MatcherOptions, kinds: readonly string[], matcher: TopologyMatcher): void {
  const random = new Random(seed);
  const knobs = { ...WHOLE_PROFILE_KNOBS, gates: 0, noNodes: 0, placedPods: 0.5, nodes: random.int(2, 9), pods: 14 };
  const objects = generateCluster(seed, knobs).objects as KubeObject[];
  const world: World = { objects, displaced: new Map() };
  const names = random.shuffle(objects.filter(({ kind }) => kind === "Node").map(({ metadata }) => metadata.name));
  const changes: WhatIfChange[] = [];
  for (let i = random.int(1, 3); i > 0 && names.length > 0; i--) {
    const made = change(world, random, names, kinds);
    changes.push(made);
    if ("removeNodes" in made) names.splice(names.indexOf(made.removeNodes as string), 1);
  }
  const asked = objects.filter(isWaiting).map(keyOf).sort();
  const before = nodesOf(objects, options, asked);
  const after = nodesOf(world.objects, options, asked);
  const returned = nodesOf(world.objects, options, [...world.displaced.keys()]);
  upsertAll(matcher, objects);
  const reports = reportsFrom(matcher);
  const details = whatIf(matcher, changes, { details: true });
  const brief = whatIf(matcher, changes);
  const said = `seed ${seed}: ${JSON.stringify(changes)}`;
  const wanted = asked.flatMap((pod): Omit<ChangedPod, "message">[] => {
    const [had, has] = [before.get(pod) ?? [], after.get(pod) ?? []];
    const lostNodes = had.filter((node) => !has.includes(node));
    const gainedNodes = has.filter((node) => !had.includes(node));
    if (lostNodes.length + gainedNodes.length === 0) return [];
    const counts = { before: had.length, after: has.length, lost: lostNodes.length, gained: gainedNodes.length };
    return [{ pod, ...counts, lostNodes, gainedNodes }];
  });
  const unsaid = (pods: readonly ChangedPod[] = []) => pods.map(({ message: _, ...fate }) => fate);
  assert.equal(unsaid(details.changed), wanted, said);
  assert.is(details.losing, wanted.filter(({ lost }) => lost > 0).length, said);
  assert.is(details.gaining, wanted.filter(({ gained }) => gained > 0).length, said);
  assert.equal(
    unsaid(details.unschedulable),
    wanted.filter(({ after }) => after === 0),
    said,
  );
  assert.equal(
    unsaid(details.schedulable),
    wanted.filter(({ before }) => before === 0),
    said,
  );
  for (const { message, pod } of details.unschedulable)
    assert.is(message, messageOf(world.objects, options, pod), said);
  assert.is(details.pods, asked.length);
  assert.is(details.nodes.after, world.objects.filter(({ kind }) => kind === "Node").length, said);
  assert.equal(
    details.displaced.map(({ from, nodes, pod }) => [pod, from, nodes]).sort(),
    [...world.displaced].map(([pod, from]) => [pod, from, returned.get(pod)?.length]).sort(),
    said,
  );
  for (const { message, nodes, pod } of details.displaced) {
    if (nodes === 0) assert.is(message, messageOf(world.objects, options, pod), said);
  }
  const { changed: _, ...same } = details;
  const nameless = (pods: readonly ChangedPod[]) => pods.map(({ gainedNodes: _, lostNodes: __, ...fate }) => fate);
  const stripped = {
    ...same,
    unschedulable: nameless(same.unschedulable),
    schedulable: nameless(same.schedulable),
    displaced: same.displaced.map(({ claims: _, ...fate }) => fate),
  };
  assert.equal(brief, stripped, said);
  assert.equal(reportsFrom(matcher), reports, said);
  shown = {
    changed: shown.changed + wanted.length,
    displaced: shown.displaced + details.displaced.length,
    gained: shown.gained + details.gaining,
    unschedulable: shown.unschedulable + details.unschedulable.length,
    schedulable: shown.schedulable + details.schedulable.length,
    stranded: shown.stranded + details.displaced.filter(({ nodes }) => nodes === 0).length,
  };
}

const SEEDS = Number(process.env.WHAT_IF_SEEDS ?? 15);

for (const engine of ENGINES) {
  for (const [title, kinds, more] of [
    ["nodes that go", ["remove"], {}],
    ["nodes that go, where capacity is added up", ["remove"], { filters: [...FILTERS, "StrictCapacity"] }],
    ["changes of all kinds", ["remove", "drain", "cordon", "relabel", "delete"], {}],
  ] as const) {
    test(`${engine}: ${title}: as between two matchers built anew`, () => {
      shown = { changed: 0, displaced: 0, gained: 0, unschedulable: 0, schedulable: 0, stranded: 0 };
      const options = { engine, filters: "all", ...more } as MatcherOptions;
      for (let seed = 0; seed < SEEDS; seed++) {
        // Not the matcher in which the expected sets are made.
        compare(seed, options, kinds, usedMatcher({ ...options, kubernetes: "1.37" }));
      }
      const { changed, displaced, stranded, unschedulable } = shown;
      assert.ok(changed > 5 && displaced > 4 && stranded > 3 && unschedulable > 1, JSON.stringify(shown));
    });
  }
}

test.run();
