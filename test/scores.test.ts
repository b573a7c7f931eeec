// Scores of feasible nodes: those of the plans, a caller's added, and the best of them.

import { test } from "uvu";
import * as assert from "uvu/assert";
import type { EngineName, ScoreOptions, TopologyMatcher } from "../lib/index.js";
import { createMatcherSync, TopologyError } from "../lib/index.js";
import { compareUtf8 } from "../lib/objects/utf8.js";
import {
  BETA_CLASS,
  claim,
  csiCapacity,
  limitedClass,
  NO_PROVISIONER,
  node,
  pod,
  storageClass,
  volume,
} from "./conformance/build.js";
import { generateCluster } from "./reference/generator/generate.js";
import { Random } from "./reference/generator/random.js";
import type { KubeObject } from "./support/load.js";
import { load, matcherOf } from "./support/load.js";

/** A claim of 25Gi, and zones with 100Gi, 50Gi and 40Gi of room; every zone has two nodes, named against their ids. */
function world(): TopologyMatcher {
  const matcher = createMatcherSync({ filters: ["VolumeBinding"] });
  const zones = { a: "100Gi", b: "50Gi", c: "40Gi" };
  const objects = Object.entries(zones).flatMap(([zone, capacity]) => [
    node(`${zone}2`, { zone }),
    node(`${zone}1`, { zone }),
    csiCapacity(zone, { zone, capacity }),
  ]);
  const asked = [claim("c", { class: "limited", size: "25Gi" }), pod("c")];
  load(matcher, [...objects, ...limitedClass("limited"), ...asked] as KubeObject[]);
  return matcher;
}

// 25 of 100 is 25 %, 25 of 50 is 50 %, 25 of 40 is 62.5 %, cut to 62.
const SCORES = { a1: 75, a2: 75, b1: 50, b2: 50, c1: 38, c2: 38 };

test("scores are written by node id, and the best are put in order, names deciding", () => {
  const matcher = world();
  const verdict = matcher.createVerdict().evaluatePod("default/pod");
  const answer = matcher.evaluatePod("default/pod");
  const into = new Float64Array(7).fill(1);
  for (const from of [verdict, answer]) {
    from.scores(into);
    for (const [name, score] of Object.entries(SCORES)) assert.is(into[matcher.nodeId(name)], score, name);
    assert.ok(Number.isNaN(into[6]), "no node has the id");
  }
  const ids = new Uint32Array(9);
  assert.is(verdict.best(3, ids), 3);
  assert.equal(
    [...ids.subarray(0, 3)].map((id) => matcher.nodeName(id)),
    ["a1", "a2", "b1"],
  );
  assert.equal(answer.best(3), [
    { node: "a1", score: 75 },
    { node: "a2", score: 75 },
    { node: "b1", score: 50 },
  ]);
  assert.is(verdict.best(9, ids), 6);
  assert.is(verdict.best(0, ids), 0);
  assert.is(verdict.best(9, new Uint32Array(2)), 2);
  assert.equal(answer.best(0), []);
});

test("a caller's scores are added with their weight", () => {
  const matcher = world();
  const scores = new Int32Array(6);
  scores[matcher.nodeId("c2")] = 20;
  scores[matcher.nodeId("b1")] = -1;
  const answer = matcher.evaluatePod("default/pod");
  const named = (added: ScoreOptions["added"]): string => {
    return answer
      .best(9, { added })
      .map(({ node, score }) => `${node} ${score}`)
      .join(", ");
  };
  assert.is(named({ scores, weight: 2 }), "c2 78, a1 75, a2 75, b2 50, b1 48, c1 38");
  assert.is(named({ scores: [...scores] }), "a1 75, a2 75, c2 58, b2 50, b1 49, c1 38");
  assert.is(named({ scores, weight: -0.5 }), "a1 75, a2 75, b1 50.5, b2 50, c1 38, c2 28");
});

test("scores follow the capacity of an object and of a volume, and a volume's class, as they change", () => {
  const matcher = world();
  const scoreOn = (name: string): number | undefined => matcher.evaluatePod("default/pod").plan(name)?.score;
  assert.is(scoreOn("a1"), 75);
  // 25 of 250 is 10 %.
  load(matcher, [csiCapacity("a", { zone: "a", capacity: "250Gi" })]);
  assert.is(scoreOn("a1"), 90);
  const put = (name: string, size: string, spec: string): void => {
    const annotations = { [BETA_CLASS]: "static" };
    load(matcher, [volume(name, { zone: "a", size, annotations, spec: { storageClassName: spec } })]);
  };
  load(matcher, [
    storageClass("static", { provisioner: NO_PROVISIONER }),
    claim("c", { class: "static", size: "5Gi" }),
    claim("d", { class: "static", size: "12Gi" }),
    pod("c", "d"),
  ] as KubeObject[]);
  put("small", "10Gi", "static");
  put("large", "40Gi", "static");
  // One class: 17 of 50 is 34 %.
  assert.is(scoreOn("a1"), 66);
  put("small", "8Gi", "static");
  // 17 of 48 is 35 %.
  assert.is(scoreOn("a1"), 65);
  put("large", "40Gi", "other");
  // R-SCO-8: two classes; 5 of 8 is 62 %, 12 of 40 is 30 %: the mean of 38 and 70.
  assert.is(scoreOn("a1"), 54);
  matcher.trim();
  assert.is(scoreOn("a1"), 54);
});

test("nodes of a question alone, a node that cannot be scored, and a release that does not score", () => {
  const matcher = world();
  const into = new Float64Array(6);
  matcher.evaluatePod("default/pod", { nodes: ["b1", "c1"] }).scores(into);
  assert.equal([...into].filter((score) => !Number.isNaN(score)).sort(), [38, 50]);
  // R-SCO-4: an object without capacity.
  matcher.csiStorageCapacities.upsert(csiCapacity("b", { zone: "b", maximum: "50Gi" }) as object as KubeObject);
  const answer = matcher.evaluatePod("default/pod");
  answer.scores(into);
  assert.ok(Number.isNaN(into[matcher.nodeId("b1")]));
  assert.equal(
    answer.best(9).map(({ node }) => node),
    ["a1", "a2", "c1", "c2"],
  );
  const older = createMatcherSync({ kubernetes: "1.36" });
  older.nodes.replace(["x", "w"].map((name) => ({ metadata: { name } })));
  const zeros = new Float64Array(2).fill(7);
  older.evaluatePod({ metadata: { name: "p" } }).scores(zeros);
  assert.equal([...zeros], [0, 0]);
  assert.equal(older.evaluatePod({ metadata: { name: "p" } }).best(2), [
    { node: "w", score: 0 },
    { node: "x", score: 0 },
  ]);
});

test("what cannot be scored so is refused before anything is written", () => {
  const matcher = world();
  const answer = matcher.evaluatePod("default/pod");
  const verdict = matcher.createVerdict().evaluatePod("default/pod");
  const good = new Float64Array(6).fill(7);
  const holed = [0, 0, 0, Number.NaN, 0, 0];
  const cases: readonly (readonly [() => unknown, path: string, message: string])[] = [
    [
      () => verdict.scores(new Float64Array(5)),
      "into",
      "scores: into must be a Float64Array of at least 6, but has room for 5",
    ],
    [() => answer.scores([] as never), "into", "scores: into must be a Float64Array of at least 6, but is a list"],
    [
      () => verdict.scores(good, { added: { scores: holed } }),
      "added.scores[3]",
      "scores: added.scores has no number for node b1 (id 3)",
    ],
    [
      () => answer.best(2, { added: { scores: [1, 2] } }),
      "added.scores[2]",
      "best: added.scores has no number for node b2 (id 2)",
    ],
    [
      () => answer.best(2, { added: { scores: good, weight: Number.NaN } }),
      "added.weight",
      "best: added.weight must be a number",
    ],
    [
      () => answer.best(2, { added: 7 as never }),
      "added",
      "best: added must be an object with scores, but is a number",
    ],
    [() => answer.best(-1), "limit", "best: limit must be a whole number from 0 on, but is -1"],
    [() => verdict.best(1.5, new Uint32Array(1)), "limit", "best: limit must be a whole number from 0 on, but is 1.5"],
    [() => verdict.best(1, [] as never), "into", "best: into must be a Uint32Array, but is a list"],
  ];
  for (const [call, path, message] of cases) {
    assert.throws(call, (error: unknown) => {
      assert.instance(error, TopologyError);
      const refused = error as TopologyError;
      assert.equal([refused.code, refused.path, refused.message], ["BadArgument", path, message]);
      return true;
    });
  }
  matcher.nodes.upsert({ metadata: { name: "new" } });
  for (const call of [() => answer.scores(good), () => answer.best(1), () => verdict.scores(good)]) {
    assert.throws(call, (error: unknown) => error instanceof TopologyError && error.code === "Stale");
  }
  assert.equal(new Set(good), new Set([7]));
});

for (const engine of ["wasm", "javascript"] as EngineName[]) {
  test(`${engine}: scores are those of the plans, and the best are those of a full sort`, () => {
    let scored = 0;
    for (let seed = 1; seed <= 6; seed++) {
      const random = new Random(seed);
      const shape = { nodes: 4 + seed * 3, pods: 10 };
      const matcher = matcherOf(generateCluster(seed, shape).objects as KubeObject[], {
        engine,
        filters: ["VolumeBinding"],
      });
      const verdict = matcher.createVerdict();
      const into = new Float64Array(matcher.nodes.size);
      const added = Float64Array.from({ length: matcher.nodes.size }, () => random.int(0, 3));
      for (const key of matcher.pods.keys()) {
        const answer = matcher.evaluatePod(key);
        verdict.evaluatePod(key).scores(into);
        const expected: { node: string; score: number }[] = [];
        for (const [id, found] of into.entries()) {
          const plan = answer.plan(matcher.nodeName(id));
          assert.ok(Object.is(found, plan?.score ?? Number.NaN), `${seed} ${key} ${id}: ${found}, ${plan?.score}`);
          if (plan?.score === undefined) continue;
          if (plan.score > 0) scored++;
          expected.push({ node: matcher.nodeName(id), score: plan.score + 10 * added[id] });
        }
        expected.sort((a, b) => b.score - a.score || compareUtf8(a.node, b.node));
        for (const k of [1, 3, 1000]) {
          assert.equal(answer.best(k, { added: { scores: added, weight: 10 } }), expected.slice(0, k));
          const ids = new Uint32Array(k);
          const count = verdict.best(k, ids, { added: { scores: added, weight: 10 } });
          const names = [...ids.subarray(0, count)].map((id) => matcher.nodeName(id));
          assert.equal(
            names,
            expected.slice(0, k).map(({ node }) => node),
          );
        }
      }
    }
    assert.ok(scored > 80, `${scored} scores are too few to be evidence`);
  });
}

test.run();
