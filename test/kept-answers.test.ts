// Answers that are kept while nodes come and go, and questions about objects that the matcher does not hold.

import { test } from "uvu";
import * as assert from "uvu/assert";
import type { EngineName, Feasibility, PodLike, TopologyMatcher } from "../lib/index.js";
import { createMatcherSync, TopologyError } from "../lib/index.js";
import { Random } from "./reference/generator/random.js";
import type { KubeObject } from "./support/load.js";
import { setOf } from "./support/load.js";

const ENGINES: readonly EngineName[] = ["wasm", "javascript"];
const ZONES = ["a", "b", "c"];

const zoneOf = (matcher: TopologyMatcher, name: string, zone: string | undefined): void => {
  matcher.nodes.upsert({ metadata: { name, ...(zone === undefined ? {} : { labels: { zone } }) } });
};

/** A pod on the nodes with this label: `zone`, or any of a few. */
function podIn(zones: readonly string[]): PodLike {
  const required = { nodeSelectorTerms: [{ matchExpressions: [{ key: "zone", operator: "In", values: zones }] }] };
  const nodeAffinity = { requiredDuringSchedulingIgnoredDuringExecution: required };
  return { metadata: { name: "p", namespace: "d" }, spec: { affinity: { nodeAffinity } } } as PodLike;
}

/** An answer, and what it must go on saying: by hand, from what the nodes were then. */
class Kept {
  readonly answer: Feasibility;
  readonly feasible: readonly string[];
  readonly ids: ReadonlyMap<string, number>;

  constructor(
    readonly matcher: TopologyMatcher,
    nodes: ReadonlyMap<string, string | undefined>,
    zones: readonly string[],
  ) {
    this.answer = matcher.evaluatePod(podIn(zones));
    this.feasible = [...nodes].filter(([, zone]) => zone !== undefined && zones.includes(zone)).map(([name]) => name);
    this.ids = new Map([...nodes.keys()].map((name) => [name, matcher.nodeId(name)]));
  }

  check(everyName: readonly string[], hint: string): void {
    const { answer, feasible, ids, matcher } = this;
    const { nodes, rejected } = answer;
    const others = [...ids.keys()].filter((name) => !feasible.includes(name));
    assert.is(nodes.size, feasible.length, hint);
    assert.equal(nodes.toArray().sort(), [...feasible].sort(), hint);
    assert.equal(rejected.flatMap((group) => group.nodes.toArray()).sort(), others.sort(), `${hint}, rejected`);
    assert.equal(answer.toReport().feasible, [...feasible].sort(), hint);
    for (const name of everyName) {
      assert.is(nodes.has(name), feasible.includes(name), `${hint}, ${name}`);
      if (rejected.length > 0) assert.is(rejected[0].nodes.has(name), others.includes(name), `${hint}, not ${name}`);
    }
    let taken = false;
    for (const [name, id] of ids) {
      const now = matcher.nodeName(id);
      if (now === "" || now === name) assert.is(nodes.has(id), feasible.includes(name), `${hint}, id of ${name}`);
      else {
        assert.throws(() => nodes.has(id), isStale, `${hint}, id of ${name}`);
        taken ||= feasible.includes(name);
      }
    }
    if (taken) assert.throws(() => nodes.ids(), isStale, hint);
    else
      assert.equal(
        [...nodes.ids()],
        feasible.map((name) => ids.get(name) as number).sort((a, b) => a - b),
        hint,
      );
  }
}

const isStale = (error: unknown): boolean => error instanceof TopologyError && error.code === "Stale";

for (const engine of ENGINES) {
  for (const most of [6, 40, 600]) {
    test(`${engine}: an answer says of up to ${most} nodes what it said, whoever has come and gone since`, () => {
      for (let seed = 0; seed < (most > 100 ? 2 : 6); seed++) {
        const random = new Random(seed + most);
        const matcher = createMatcherSync({ engine, filters: ["NodeAffinity"] });
        const names = Array.from({ length: most }, (_, i) => `n${i}`);
        const nodes = new Map<string, string | undefined>();
        const put = (name: string): void => {
          const zone = random.chance(0.1) ? undefined : random.pick(ZONES);
          nodes.delete(name);
          nodes.set(name, zone);
          zoneOf(matcher, name, zone);
        };
        for (const name of random.some(names, 1, most)) put(name);
        const kept: Kept[] = [];
        for (let round = 0; round < 12; round++) {
          kept.push(new Kept(matcher, nodes, random.some(ZONES, 1, 2)));
          for (let event = random.int(0, 4); event > 0; event--) {
            const name = random.pick(names);
            if (random.chance(0.5)) put(name);
            else assert.is(matcher.nodes.delete(name), nodes.delete(name));
          }
          if (round === 8) matcher.trim();
          for (const [i, one] of kept.slice(-4).entries()) one.check(names, `seed ${seed}, round ${round}, ${i}`);
        }
        for (const one of kept) one.check(names, `seed ${seed}, at the end`);
      }
    });
  }

  test(`${engine}: what is only asked about leaves no trace`, () => {
    const bound = { "pv.kubernetes.io/bind-completed": "yes" };
    const claim = (name: string): KubeObject =>
      ({
        kind: "PersistentVolumeClaim",
        metadata: { name, namespace: "d", annotations: bound },
        spec: { volumeName: "pv", accessModes: ["ReadWriteOncePod"] },
      }) as KubeObject;
    const using = (name: string, nodeName?: string): KubeObject => {
      const spec = { nodeName, volumes: [{ name: "v", persistentVolumeClaim: { claimName: "c" } }] };
      return { kind: "Pod", metadata: { name, namespace: "d" }, spec } as KubeObject;
    };
    const matcher = createMatcherSync({ engine, filters: "all" });
    const put = (object: KubeObject): unknown => setOf(matcher, object.kind).upsert(object);
    put({ kind: "Node", metadata: { name: "n" }, status: { allocatable: { pods: "1" } } } as KubeObject);
    put({ kind: "PersistentVolume", metadata: { name: "pv" }, spec: {} } as KubeObject);
    for (const object of [claim("c"), using("a")]) put(object);
    const state = (): unknown => [
      [...matcher.pods.keys()],
      [...matcher.persistentVolumeClaims.keys()],
      matcher.pods.size,
      matcher.persistentVolumeClaims.size,
      matcher.pods.has("d/what-if"),
      matcher.podId("d/what-if"),
      matcher.pods.get("d/what-if"),
      matcher.evaluatePod("d/a").toReport(),
    ];
    const before = state();
    assert.ok(matcher.evaluatePod("d/a").schedulable);
    const verdict = matcher.createVerdict();
    const questions: readonly (() => unknown)[] = [
      // It would fill the node, and have the claim to itself.
      () => matcher.evaluatePod(using("what-if", "n") as PodLike),
      () => matcher.evaluatePods([using("what-if", "n") as PodLike, using("what-if") as PodLike]),
      () => verdict.evaluatePod(using("what-if", "n") as PodLike),
      () => matcher.evaluateClaim({ metadata: { name: "what-if", namespace: "d" }, spec: {} }),
      () => assert.throws(() => matcher.evaluatePod({ ...using("what-if"), spec: 7 } as never)),
      () => assert.throws(() => matcher.evaluatePod({ metadata: {} })),
    ];
    for (const [i, ask] of questions.entries()) {
      ask();
      assert.equal(state(), before, `question ${i}`);
    }
    // A relist sees rows that no pod has, and takes them for none.
    matcher.pods.replace([using("b") as PodLike]);
    assert.equal([...matcher.pods.keys()], ["d/b"]);
    assert.is(matcher.pods.size, 1);
    // The first question that counts pods by node and by claim is about one that the matcher does not hold.
    matcher.trim();
    matcher.evaluatePod(using("what-if", "n") as PodLike);
    assert.ok(matcher.evaluatePod("d/b").schedulable);
  });
}

test("an answer is about the whole key, however it was asked for", () => {
  const matcher = createMatcherSync();
  zoneOf(matcher, "n", "a");
  matcher.pods.upsert({ metadata: { name: "p" } });
  const verdict = matcher.createVerdict();
  for (const key of ["p", "/p", "default/p"]) {
    assert.is(matcher.evaluatePod(key).pod, "default/p", key);
    assert.is(verdict.evaluatePod(key).pod, "default/p", key);
  }
});

test("plans of an earlier answer are refused once anything has changed", () => {
  const matcher = createMatcherSync();
  zoneOf(matcher, "n", "a");
  matcher.pods.upsert({ metadata: { name: "p", namespace: "d" } });
  const answer = matcher.evaluatePod("d/p");
  assert.ok(answer.plan("n"));
  zoneOf(matcher, "n", "b");
  assert.throws(() => answer.plan("n"), isStale);
});

test("what lies in masks does not outlive a trim, what was copied does", () => {
  const matcher = createMatcherSync({ filters: ["NodeAffinity"] });
  for (let i = 0; i < 40; i++) zoneOf(matcher, `n${i}`, ZONES[i % 3]);
  const verdict = matcher.createVerdict().evaluatePod(podIn(["a"]));
  const answer = matcher.evaluatePod(podIn(["a"]));
  matcher.trim();
  assert.throws(() => verdict.feasibleCount, isStale);
  assert.throws(() => verdict.has("n0"), isStale);
  assert.throws(() => answer.plan("n0"), isStale);
  assert.is(answer.nodes.size, 14);
  assert.is(verdict.evaluatePod(podIn(["a"])).feasibleCount, 14);
});

test("an answer to a question that could not be asked is not the one before", () => {
  const matcher = createMatcherSync();
  zoneOf(matcher, "n", "a");
  matcher.pods.upsert({ metadata: { name: "p", namespace: "d" } });
  const verdict = matcher.createVerdict();
  assert.is(verdict.evaluatePod("d/p").feasibleCount, 1);
  assert.throws(() => verdict.evaluatePod("d/gone"));
  assert.throws(() => verdict.feasibleCount, isStale);
  assert.is(verdict.evaluatePod("d/p").feasibleCount, 1);
  assert.throws(() => verdict.evaluatePod({ metadata: { name: 7 } } as never));
  assert.throws(() => verdict.has("n"), isStale);
});

test("ids that an answer gives out are the caller's own", () => {
  const matcher = createMatcherSync();
  for (const name of ["a", "b"]) matcher.nodes.upsert({ metadata: { name } });
  const { nodes } = matcher.evaluatePod({ metadata: { name: "p" } }, { nodes: ["b"] });
  const ids = nodes.ids();
  ids.fill(matcher.nodeId("a"));
  assert.equal(nodes.toArray(), ["b"]);
});

test.run();
