// The plugin SnapshotTopology, which is ours: its cases, on both engines and on the reference evaluator; other ways of
// asking, overlays, whom a change wakes, and random clusters.

import { test } from "uvu";
import * as assert from "uvu/assert";
import { createMatcherSync, FILTERS, TopologyError } from "../../lib/index.js";
import { pod, podOf } from "../conformance/build.js";
import { ENGINES, libraryJudge, upsertAll } from "../conformance/library-judge.js";
import { registerTables } from "../conformance/run-tables.js";
import { twoZones } from "../conformance/world.js";
import { evaluateCluster } from "../reference/evaluator/evaluate.js";
import { Random } from "../reference/generator/random.js";
import type { KubeObject } from "../support/load.js";
import { matcherOf, reportOf } from "../support/load.js";
import { referenceJudge } from "../support/reference-judge.js";
import { cases, content, ELSEWHERE, filters, restored, taken } from "./cases.js";
import { restoringCluster } from "./restoring-cluster.js";

for (const engine of ENGINES) registerTables(libraryJudge(engine), cases);
registerTables(referenceJudge, cases);

const inA = [taken("snap", "content"), content("content", [[["zone", "a"]]])];

for (const engine of ENGINES) {
  const restoring = () => {
    const matcher = createMatcherSync({ engine, filters });
    upsertAll(matcher, [...twoZones, ...inA, restored("snap"), restored("gone", {}, "d"), pod("c")]);
    const volumes = [{ name: "v", persistentVolumeClaim: { claimName: "d" } }];
    matcher.pods.upsert(podOf({ volumes }, "default", "other") as never);
    return matcher;
  };

  test(`${engine}: batches, claims alone, objects, reusable verdicts and overlays say the same`, () => {
    const matcher = restoring();
    const pods = Uint32Array.of(matcher.podId("default/pod"), matcher.podId("default/other"));
    const counts = new Uint32Array(2);
    matcher.countFeasible(pods, counts);
    assert.equal([...counts], [1, 2]);
    matcher.countFeasibleClaims(Uint32Array.of(matcher.claimId("default/c"), matcher.claimId("default/d")), counts);
    assert.equal([...counts], [1, 2]);
    assert.equal(matcher.evaluateClaim("default/c").nodes.toArray(), ["nodeA"]);
    assert.equal(matcher.evaluateClaim(restored("snap", {}, "new") as never).nodes.toArray(), ["nodeA"]);
    const verdict = matcher.createVerdict().evaluatePod("default/pod");
    assert.equal([verdict.feasibleCount, verdict.has("nodeA")], [1, true]);
    assert.equal(
      verdict.rejected.map(({ plugin, reasons }) => [plugin, ...reasons]),
      [[ELSEWHERE.plugin, ...ELSEWHERE.reasons]],
    );
    const overlay = matcher.overlay();
    overlay.volumeSnapshotContents.upsert(content("content", [[["zone", "b"]]]) as never);
    assert.equal(overlay.evaluatePod("default/pod").nodes.toArray(), ["nodeB"]);
    assert.equal(matcher.evaluatePod("default/pod").nodes.toArray(), ["nodeA"]);
  });

  test(`${engine}: it can run alone, and batches then come down to selectors that follow every change`, () => {
    const matcher = createMatcherSync({ engine, filters: ["SnapshotTopology"] });
    upsertAll(matcher, [...twoZones, ...inA, restored("snap"), pod("c")]);
    const pods = Uint32Array.of(matcher.podId("default/pod"));
    const counts = new Uint32Array(1);
    const count = () => {
      matcher.countFeasible(pods, counts);
      return counts[0];
    };
    assert.is(count(), 1);
    matcher.volumeSnapshotContents.upsert(content("content", [[["zone", "a", "b"]]]) as never);
    assert.is(count(), 2);
    matcher.volumeSnapshotContents.upsert(content("content", [[["zone", "x"]]]) as never);
    assert.is(count(), 0);
    matcher.volumeSnapshots.upsert(taken("snap", null) as never);
    assert.is(count(), 2);
    matcher.volumeSnapshots.upsert(taken("snap", "content") as never);
    assert.is(count(), 0);
    matcher.trim();
    assert.is(count(), 0);
    matcher.storageClasses.delete("wffc");
    assert.is(count(), 2);
  });

  test(`${engine}: a snapshot or its content wakes the pods that use claims`, () => {
    const matcher = restoring();
    upsertAll(matcher, [podOf({ volumes: [{ name: "v", emptyDir: {} }] }, "default", "without")]);
    const woken = (change: Parameters<typeof matcher.wakes>[0]) => [...matcher.wakes(change).pods()].sort();
    const users = ["default/other", "default/pod"];
    assert.equal(woken({ set: "volumeSnapshots", delete: "default/snap" }), users);
    assert.equal(woken({ set: "volumeSnapshotContents", delete: "content" }), users);
    const upsert = content("content", [[["zone", "b"]]]) as never;
    assert.equal(woken({ set: "volumeSnapshotContents", upsert }), users);
    assert.equal(woken({ set: "volumeSnapshotContents", upsert: content("content", [[["zone", "a"]]]) as never }), []);
    const elsewhere = matcherOf([...twoZones, ...inA, restored("snap"), pod("c")] as KubeObject[], { engine });
    assert.equal([...elsewhere.wakes({ set: "volumeSnapshotContents", upsert }).pods()], []);
  });

  test(`${engine}: random clusters, beside the reference evaluator, one by one and in a batch`, () => {
    let narrowed = 0;
    for (let seed = 0; seed < 40; seed++) {
      const objects = restoringCluster(seed);
      for (const chosen of [filters, ["SnapshotTopology"]] as const) {
        const expected = evaluateCluster(objects, { filters: chosen, plans: true });
        const matcher = matcherOf(objects as KubeObject[], { engine, filters: chosen });
        const counts = new Uint32Array(expected.pods.length);
        matcher.countFeasible(
          Uint32Array.from(expected.pods, ({ pod: key }) => matcher.podId(key)),
          counts,
        );
        for (const [i, report] of expected.pods.entries()) {
          assert.equal(
            reportOf(matcher, report.pod),
            JSON.parse(JSON.stringify(report)),
            `seed ${seed}, ${report.pod}`,
          );
          assert.is(counts[i], report.feasible.length, `seed ${seed}, ${report.pod} in a batch`);
          if (JSON.stringify(report).includes(ELSEWHERE.plugin)) narrowed++;
        }
      }
    }
    assert.ok(narrowed > 100, `${narrowed} pods lost a node to the plugin`);
  });
}

const SETS = { VolumeSnapshot: "volumeSnapshots", VolumeSnapshotContent: "volumeSnapshotContents" } as const;

test("no pod gains a node by a change that did not wake it", () => {
  let gained = 0;
  for (let seed = 0; seed < 12; seed++) {
    const random = new Random(seed);
    const first = restoringCluster(seed * 2) as KubeObject[];
    const pool = [...first, ...(restoringCluster(seed * 2 + 1) as KubeObject[])].filter(
      ({ kind = "" }) => kind in SETS,
    );
    const matcher = matcherOf(first, { filters });
    const fits = () =>
      new Map([...matcher.pods.keys()].map((key) => [key, matcher.evaluatePod(key).nodes.toArray()] as const));
    let known = fits();
    for (let step = 0; step < 60; step++) {
      const object = random.pick(pool);
      const set = SETS[object.kind as keyof typeof SETS];
      const gone = random.chance(0.4);
      const wake = matcher.wakes((gone ? { set, delete: object } : { set, upsert: object }) as never);
      if (gone) matcher[set].delete(object as never);
      else matcher[set].upsert(object as never);
      const before = known;
      known = fits();
      for (const [key, nodes] of known) {
        if (nodes.every((name) => before.get(key)?.includes(name))) continue;
        gained++;
        assert.ok(wake.has(key), `seed ${seed}, step ${step}: ${key}`);
      }
    }
  }
  assert.ok(gained > 20, `${gained} pods gained a node`);
});

test("it runs where it is listed, and nowhere else; a content's places are read as a list", () => {
  assert.not.ok((FILTERS as readonly string[]).includes("SnapshotTopology"));
  for (const chosen of ["all", "volumes"] as const) {
    const matcher = createMatcherSync({ filters: chosen });
    upsertAll(matcher, [...twoZones, ...inA, restored("snap"), pod("c")]);
    for (const name of ["nodeA", "nodeB"]) {
      const known = matcher.nodes.get(name) as object;
      matcher.nodes.upsert({ ...known, status: { allocatable: { pods: "9", cpu: "9", memory: "9Gi" } } } as never);
    }
    assert.is(matcher.evaluatePod("default/pod").nodes.size, 2, chosen);
  }
  const odd = { metadata: { name: "odd" }, spec: { nodeAffinity: { zone: "a" } } };
  assert.throws(
    () => createMatcherSync({ filters }).volumeSnapshotContents.upsert(odd as never),
    (error: unknown) =>
      error instanceof TopologyError && error.code === "Malformed" && error.path === "spec.nodeAffinity",
  );
});

test.run();
