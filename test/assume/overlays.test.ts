// Overlays: what is put into one, or assumed in it, is seen by it and by those over it, and nowhere else.

import { test } from "uvu";
import * as assert from "uvu/assert";
import { TopologyError } from "../../lib/index.js";
import { claim, ENGINES, feasible, localCluster, node, pod, volume } from "./local-cluster.js";

const stale = (error: unknown) => error instanceof TopologyError && error.code === "Stale";

for (const engine of ENGINES) {
  test(`${engine}: what is assumed in an overlay is seen there and above, not below`, () => {
    const matcher = localCluster({ engine });
    const lower = matcher.overlay();
    const upper = lower.overlay();
    const assumption = lower.assume("default/a", "n1");
    assert.equal(feasible(matcher, "b"), ["n1", "n2"]);
    assert.equal(feasible(upper, "b"), ["n2"]);
    assert.equal(feasible(lower, "b"), ["n2"]);
    upper.assume("default/b", "n2");
    assert.equal(feasible(upper, "c"), []);
    assert.equal(feasible(lower, "c"), ["n2"]);
    assert.equal(feasible(matcher, "c"), ["n1", "n2"]);
    assumption.revert();
    assert.equal(feasible(upper, "c"), ["n1"]);
    assert.equal(feasible(lower, "c"), ["n1", "n2"]);
  });

  test(`${engine}: what changes below is seen above; an update there ends what was assumed of the object`, () => {
    const matcher = localCluster({ engine });
    const overlay = matcher.overlay();
    overlay.assume("default/a", "n1");
    matcher.persistentVolumes.upsert(volume("pv3", "n2"));
    matcher.persistentVolumes.delete("pv2");
    assert.equal(overlay.evaluatePod("default/b").plan("n2")?.staticBindings, [{ claim: "default/b", volume: "pv3" }]);
    assert.equal(feasible(overlay, "b"), ["n2"]);
    matcher.persistentVolumes.upsert(volume("pv1", "n1", { resourceVersion: "2" }));
    assert.equal(feasible(overlay, "b"), ["n1", "n2"]);
  });

  test(`${engine}: a pod asked about as an object never has the row of one that an overlay hides`, () => {
    const matcher = localCluster({ engine });
    const overlay = matcher.overlay();
    const before = JSON.stringify(matcher.evaluatePod("default/a"));
    overlay.pods.delete("default/a");
    // So much is dropped that the next question sweeps, for which the overlay is left.
    for (let i = 0; i < 70_000; i++) overlay.csiDrivers.upsert({ metadata: { name: "d" } });
    assert.match(overlay.evaluatePod(pod("new", ["gone"])).message ?? "", /persistentvolumeclaim "gone" not found/);
    assert.not.ok(overlay.pods.has("default/a"));
    for (const view of [matcher, overlay]) assert.equal([...view.pods.keys()].includes("default/new"), false);
    for (const name of ["one", "two"]) overlay.pods.upsert(pod(name, ["b"]));
    assert.equal([...overlay.pods.keys()].sort().slice(-2), ["default/one", "default/two"]);
    assert.is(JSON.stringify(matcher.evaluatePod("default/a")), before);
  });

  test(`${engine}: objects of an overlay stand in for those below, which have their ids and contents afterwards`, () => {
    const matcher = localCluster({ engine });
    const ids = ["n1", "n2"].map((name) => matcher.nodeId(name));
    const kept = matcher.createNodeMask(["n1", "n2"]);
    const before = JSON.stringify(["n1", "n2"].map((name) => matcher.nodes.get(name)));
    const overlay = matcher.overlay();
    overlay.nodes.delete("n1");
    overlay.nodes.upsert(node("n3"));
    overlay.nodes.delete("n2");
    overlay.nodes.upsert({ metadata: { name: "n1", labels: { host: "n2" } } });
    overlay.persistentVolumeClaims.upsert(claim("e"));
    overlay.pods.upsert(pod("e", ["e"]));
    assert.equal(feasible(overlay, "e"), ["n1"]);
    assert.equal([...overlay.nodes.keys()].sort(), ["n1", "n3"]);
    assert.is(matcher.nodes.size, 2);
    assert.not.ok(matcher.pods.has("default/e"));
    assert.equal(
      ["n1", "n2"].map((name) => matcher.nodeId(name)),
      ids,
    );
    assert.is(JSON.stringify(["n1", "n2"].map((name) => matcher.nodes.get(name))), before);
    assert.equal([...kept], [...ids].sort());
    assert.equal(feasible(overlay, "e"), ["n1"]);
    overlay.nodes.replace([node("n2")]);
    assert.equal(feasible(overlay, "e"), ["n2"]);
    assert.equal(feasible(matcher, "a"), ["n1", "n2"]);
  });

  test(`${engine}: what was assumed of a volume is not assumed of another that takes its place`, () => {
    const matcher = localCluster({ engine });
    matcher.assume("default/a", "n1");
    matcher.persistentVolumes.delete("pv1");
    assert.equal(feasible(matcher, "b"), ["n2"]);
    matcher.persistentVolumes.upsert(volume("pv9", "n1"));
    assert.equal(feasible(matcher, "b"), ["n1", "n2"]);
  });

  test(`${engine}: an object put over one that is reserved in the overlay leaves the one below as it was`, () => {
    const matcher = localCluster({ engine });
    const before = JSON.stringify(matcher.persistentVolumes.get("pv1"));
    const overlay = matcher.overlay();
    overlay.assume("default/a", "n1");
    overlay.persistentVolumes.upsert(volume("pv1", "n1", { resourceVersion: "2" }));
    assert.is(JSON.stringify(matcher.persistentVolumes.get("pv1")), before);
    assert.equal(feasible(matcher, "b"), ["n1", "n2"]);
  });

  test(`${engine}: an object that came and went in an overlay hides none that comes below`, () => {
    const matcher = localCluster({ engine });
    const overlay = matcher.overlay();
    overlay.nodes.upsert(node("n3"));
    overlay.nodes.delete("n3");
    matcher.nodes.upsert(node("n3"));
    assert.ok(overlay.nodes.has("n3"));
    assert.ok(matcher.nodes.has("n3"));
  });

  test(`${engine}: a dropped overlay, and those over it, answer no more; what is below was never changed`, () => {
    const matcher = localCluster({ engine });
    const lower = matcher.overlay();
    const upper = lower.overlay();
    const assumption = upper.assume("default/a", "n1");
    const verdict = upper.createVerdict();
    lower.drop();
    lower.drop();
    assert.throws(() => lower.evaluatePod("default/b"), stale);
    assert.throws(() => upper.pods.size, stale);
    assert.throws(() => verdict.evaluatePod("default/b"), stale);
    assumption.revert();
    assert.not.ok(assumption.active);
    assert.equal(feasible(matcher, "b"), ["n1", "n2"]);
    assert.not.ok("drop" in matcher);
  });

  test(`${engine}: a verdict is read until another view is asked`, () => {
    const matcher = localCluster({ engine });
    const overlay = matcher.overlay();
    overlay.assume("default/a", "n1");
    const verdict = matcher.createVerdict().evaluatePod("default/b");
    assert.is(verdict.feasibleCount, 2);
    const answer = matcher.evaluatePod("default/b");
    assert.equal(feasible(overlay, "b"), ["n2"]);
    assert.throws(() => verdict.feasibleCount, stale);
    assert.equal(answer.nodes.toArray().sort(), ["n1", "n2"]);
    assert.is(verdict.evaluatePod("default/b").feasibleCount, 2);
  });

  test(`${engine}: counts of batches are those of the view`, () => {
    const matcher = localCluster({ engine });
    const overlay = matcher.overlay();
    overlay.assume("default/a", "n1");
    const pods = Uint32Array.of(matcher.podId("default/b"), matcher.podId("default/d"));
    const counts = new Uint32Array(2);
    overlay.countFeasible(pods, counts);
    assert.equal([...counts], [1, 2]);
    matcher.countFeasible(pods, counts);
    assert.equal([...counts], [2, 2]);
  });

  test(`${engine}: a getter that asks another view while an object is read is refused`, () => {
    const matcher = localCluster({ engine });
    const overlay = matcher.overlay();
    const assumption = overlay.assume("default/b", "n1");
    const reentrant = (error: unknown) => error instanceof TopologyError && error.code === "Reentrant";
    for (const ask of [
      () => overlay.evaluatePod("default/a"),
      () => overlay.nodes.has("n1"),
      () => assumption.status(),
      () => assumption.revert(),
    ]) {
      // What the overlay has is not in the rows then.
      assert.is(matcher.nodes.size, 2);
      const sly = {
        get metadata() {
          ask();
          return { name: "sly" };
        },
      };
      assert.throws(() => matcher.nodes.upsert(sly), reentrant);
      assert.is(matcher.nodes.size, 2);
    }
  });
}

test.run();
