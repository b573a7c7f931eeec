// The plugin StrictCapacity, which is ours: its cases, on both engines and on the reference evaluator; assumptions,
// overlays, other ways of asking, and whom a change wakes.

import { test } from "uvu";
import * as assert from "uvu/assert";
import { createMatcherSync, FILTERS, TopologyError } from "../../lib/index.js";
import { claim, csiCapacity, limitedClass, node, pod, podOf, storageClass } from "../conformance/build.js";
import { ENGINES, libraryJudge, upsertAll } from "../conformance/library-judge.js";
import { registerTables } from "../conformance/run-tables.js";
import { nodeA, nodeB, room } from "../conformance/world.js";
import { referenceJudge } from "../support/reference-judge.js";
import { cases, FULL, filters, wants } from "./cases.js";

for (const engine of ENGINES) registerTables(libraryJudge(engine), cases);
registerTables(referenceJudge, cases);

for (const engine of ENGINES) {
  const limited = () => {
    const matcher = createMatcherSync({ engine, filters });
    upsertAll(matcher, [...room, csiCapacity("in-a", { zone: "a", capacity: "100Gi" })]);
    upsertAll(matcher, [csiCapacity("in-b", { zone: "b", capacity: "100Gi" })]);
    for (const name of ["x", "y", "z"]) {
      const object = claim(name, { class: "limited", size: "60Gi" });
      matcher.persistentVolumeClaims.upsert({
        ...object,
        metadata: { ...object.metadata, resourceVersion: "1" },
      } as never);
      const volumes = [{ name: "v", persistentVolumeClaim: { claimName: name } }];
      matcher.pods.upsert(podOf({ volumes }, "default", name) as never);
    }
    return matcher;
  };
  const fits = (of: Pick<ReturnType<typeof limited>, "evaluatePod">, name: string) =>
    of.evaluatePod(`default/${name}`).nodes.toArray().sort();

  test(`${engine}: what is assumed is charged until it is taken back`, () => {
    const matcher = limited();
    assert.equal(fits(matcher, "y"), ["nodeA", "nodeB"]);
    const first = matcher.assume("default/x", "nodeA");
    assert.equal(fits(matcher, "y"), ["nodeB"]);
    const second = matcher.assume("default/y", "nodeB");
    assert.equal(fits(matcher, "z"), []);
    assert.throws(
      () => matcher.assume("default/z", "nodeA"),
      (error: unknown) => error instanceof TopologyError && /enough free storage for all claims/.test(error.message),
    );
    first.revert();
    assert.equal(fits(matcher, "z"), ["nodeA"]);
    second.revert();
    assert.equal(fits(matcher, "z"), ["nodeA", "nodeB"]);
  });

  test(`${engine}: a claim that came with the first question is charged no longer than that`, () => {
    const matcher = limited();
    const object = claim("once", { class: "limited", size: "90Gi", selectedNode: "nodeA" });
    assert.equal(matcher.evaluateClaim(object as never).nodes.toArray(), ["nodeA"]);
    assert.equal(fits(matcher, "x"), ["nodeA", "nodeB"]);
  });

  test(`${engine}: what an overlay assumes is charged in it and above it`, () => {
    const matcher = limited();
    fits(matcher, "x");
    const overlay = matcher.overlay();
    overlay.assume("default/x", "nodeA");
    const above = overlay.overlay();
    assert.equal(fits(above, "y"), ["nodeB"]);
    assert.equal(fits(matcher, "y"), ["nodeA", "nodeB"]);
    overlay.drop();
    assert.equal(fits(matcher, "y"), ["nodeA", "nodeB"]);
  });

  test(`${engine}: batches, claims alone, objects and reusable verdicts say the same`, () => {
    const matcher = limited();
    matcher.assume("default/x", "nodeA");
    const pods = Uint32Array.of(matcher.podId("default/y"));
    const claims = Uint32Array.of(matcher.claimId("default/y"), matcher.claimId("default/x"));
    const counts = new Uint32Array(2);
    matcher.countFeasible(pods, counts);
    assert.is(counts[0], 1);
    matcher.countFeasibleClaims(claims, counts);
    assert.equal([...counts], [1, 1]);
    assert.equal(matcher.evaluateClaim("default/y").nodes.toArray(), ["nodeB"]);
    // The known claim of its name is charged for already.
    const again = { ...claim("x", { class: "limited", size: "90Gi", selectedNode: "nodeA" }) };
    assert.equal(matcher.evaluateClaim(again as never).nodes.toArray(), ["nodeA"]);
    const object = podOf({ volumes: [{ name: "v", persistentVolumeClaim: { claimName: "y" } }] }, "default", "new");
    assert.equal(matcher.evaluatePod(object as never).nodes.toArray(), ["nodeB"]);
    const verdict = matcher.createVerdict().evaluatePod("default/y");
    assert.equal([verdict.feasibleCount, verdict.has("nodeB")], [1, true]);
    assert.equal(
      verdict.rejected.map(({ plugin, reasons }) => [plugin, ...reasons]),
      [[FULL.plugin, ...FULL.reasons]],
    );
  });

  test(`${engine}: a claim that is charged wakes the pods that use its class`, () => {
    const matcher = limited();
    upsertAll(matcher, [
      storageClass("wffc"),
      claim("w", { class: "wffc" }),
      claim("s", { class: "limited", selectedNode: "nodeA" }),
    ]);
    matcher.pods.upsert(
      podOf({ volumes: [{ name: "v", persistentVolumeClaim: { claimName: "w" } }] }, "default", "w") as never,
    );
    // What is written, not assumed, is charged after a sweep as before it.
    for (let i = 0; i < 2; i++) {
      assert.equal(fits(matcher, "y"), ["nodeA", "nodeB"]);
      matcher.persistentVolumeClaims.upsert(wants("s", "60Gi", { selectedNode: "nodeA" }) as never);
      matcher.trim();
      assert.equal(fits(matcher, "y"), ["nodeB"]);
      matcher.persistentVolumeClaims.upsert(wants("s", "1Gi", { selectedNode: "nodeA" }) as never);
    }
    const woken = (change: Parameters<typeof matcher.wakes>[0]) => [...matcher.wakes(change).pods()].sort();
    assert.equal(woken({ set: "persistentVolumeClaims", delete: "default/s" }), [
      "default/x",
      "default/y",
      "default/z",
    ]);
    assert.equal(woken({ set: "persistentVolumeClaims", delete: "default/x" }), ["default/x"]);
    // x is on a node then, and y and z are helped where its claim goes.
    matcher.assume("default/x", "nodeA");
    assert.equal(woken({ set: "persistentVolumeClaims", delete: "default/x" }), ["default/y", "default/z"]);
  });
}

test("it runs where it is listed with VolumeBinding, and nowhere else", () => {
  const refused = (error: unknown) =>
    error instanceof TopologyError && error.code === "BadOption" && error.path === "StrictCapacity";
  assert.throws(() => createMatcherSync({ filters: ["StrictCapacity"] }), refused);
  assert.not.ok((FILTERS as readonly string[]).includes("StrictCapacity"));
  for (const chosen of ["all", "volumes"] as const) {
    const matcher = createMatcherSync({ filters: chosen });
    const plenty = { pods: "9", cpu: "9", memory: "9Gi" };
    for (const { metadata, ...rest } of [nodeA, nodeB]) {
      matcher.nodes.upsert({ ...rest, metadata, status: { allocatable: plenty } } as never);
    }
    const objects = [wants("c", "60Gi"), wants("d", "60Gi"), csiCapacity("all", { capacity: "100Gi" }), pod("c", "d")];
    upsertAll(matcher, [...limitedClass("limited"), ...objects]);
    assert.is(matcher.evaluatePod("default/pod").nodes.size, 2, chosen);
  }
});

test("many objects of one node each, among which charges are found by node", () => {
  const names = Array.from({ length: 80 }, (_, i) => `n${i}`);
  const matcher = createMatcherSync({ filters });
  upsertAll(matcher, limitedClass("limited"));
  upsertAll(
    matcher,
    names.map((name) => node(name, { host: name })),
  );
  upsertAll(
    matcher,
    names.map((name) => csiCapacity(`of-${name}`, { topology: { matchLabels: { host: name } }, capacity: "10Gi" })),
  );
  upsertAll(
    matcher,
    names.filter((_, i) => i % 3 === 0).map((name) => wants(`of-${name}`, "6Gi", { selectedNode: name })),
  );
  upsertAll(matcher, [wants("c", "5Gi"), pod("c")]);
  const expected = names.filter((_, i) => i % 3 !== 0).sort();
  assert.equal(matcher.evaluatePod("default/pod").nodes.toArray().sort(), expected);
});

test.run();
