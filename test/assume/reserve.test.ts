// Reserve and Unreserve: what the next pod sees of a pod that was assumed, and what is left when that is taken back.

import { test } from "uvu";
import * as assert from "uvu/assert";
import { TopologyError } from "../../lib/index.js";
import {
  BIND_COMPLETED,
  claim,
  ENGINES,
  feasible,
  localCluster,
  node,
  pod,
  SELECTED,
  volume,
} from "./local-cluster.js";

const refused = (code: string, text: RegExp) => (error: unknown) =>
  error instanceof TopologyError && error.code === code && text.test(error.message);

for (const engine of ENGINES) {
  test(`${engine}: T-121, T-123: a reserved volume is no other claim's, until it is given back`, () => {
    const matcher = localCluster({ engine });
    const before = JSON.stringify(matcher.persistentVolumes.get("pv1"));
    assert.equal(feasible(matcher, "b"), ["n1", "n2"]);
    const assumption = matcher.assume("default/a", "n1");
    assert.equal(feasible(matcher, "b"), ["n2"]);
    assert.equal(assumption.staticBindings, [{ claim: "default/a", volume: "pv1" }]);
    assert.equal(assumption.dynamicProvisions, []);
    assert.is(matcher.pods.get<{ spec: { nodeName?: string } }>("default/a")?.spec.nodeName, "n1");
    assert.equal(matcher.persistentVolumes.get<ReturnType<typeof volume>>("pv1")?.spec?.claimRef, {
      namespace: "default",
      name: "a",
      uid: "uid-a",
    });
    assumption.revert();
    assert.equal(feasible(matcher, "b"), ["n1", "n2"]);
    assert.is(JSON.stringify(matcher.persistentVolumes.get("pv1")), before);
    assert.not.ok(assumption.active);
    assert.equal(assumption.staticBindings, []);
    assumption.revert();
    assert.equal(feasible(matcher, "b"), ["n1", "n2"]);
  });

  test(`${engine}: T-122: the pod itself finds the volume that is reserved for it`, () => {
    const matcher = localCluster({ engine });
    matcher.persistentVolumes.upsert(volume("pv0", "n1"));
    matcher.assume("default/a", "n1");
    assert.equal(matcher.persistentVolumes.get<ReturnType<typeof volume>>("pv0")?.status, { phase: "Available" });
    assert.equal(matcher.evaluatePod("default/a").plan("n1")?.staticBindings, [{ claim: "default/a", volume: "pv0" }]);
    assert.equal(matcher.evaluatePod("default/b").plan("n1")?.staticBindings, [{ claim: "default/b", volume: "pv1" }]);
  });

  test(`${engine}: a claim to be provisioned is bound to its node`, () => {
    const matcher = localCluster({ engine });
    const assumption = matcher.assume("default/d", "n2");
    assert.equal(assumption.dynamicProvisions, ["default/d"]);
    matcher.pods.upsert(pod("other", ["d"]));
    assert.equal(feasible(matcher, "other"), ["n2"]);
    assumption.revert();
    assert.equal(feasible(matcher, "other"), ["n1", "n2"]);
  });

  test(`${engine}: T-124: an update of the object counts instead; one of the same version does not`, () => {
    const matcher = localCluster({ engine });
    matcher.assume("default/a", "n1");
    matcher.persistentVolumes.upsert(volume("pv1", "n1"));
    assert.equal(feasible(matcher, "b"), ["n2"]);
    matcher.persistentVolumes.upsert(volume("pv1", "n1", { annotations: { more: "yes" } }));
    assert.equal(feasible(matcher, "b"), ["n2"]);
    matcher.persistentVolumes.upsert(volume("pv1", "n1", { resourceVersion: "2" }));
    assert.equal(feasible(matcher, "b"), ["n1", "n2"]);
  });

  for (const resourceVersion of [undefined, ""])
    test(`${engine}: objects of version ${resourceVersion}: one that is as it was leaves what was assumed, another does not`, () => {
      const matcher = localCluster({ engine });
      const versionless = { resourceVersion };
      matcher.persistentVolumes.upsert(volume("pv1", "n1", versionless));
      const assumption = matcher.assume("default/a", "n1");
      matcher.persistentVolumes.upsert(volume("pv1", "n1", { ...versionless, labels: { more: "yes" } }));
      assert.equal(feasible(matcher, "b"), ["n2"]);
      const claimRef = { namespace: "default", name: "x", uid: "uid-x" };
      matcher.persistentVolumes.upsert(volume("pv1", "n1", versionless, { claimRef }));
      const { name } =
        matcher.persistentVolumes.get<{ spec: { claimRef: typeof claimRef } }>("pv1")?.spec.claimRef ?? {};
      assert.is(name, "x");
      assumption.revert();
      assert.equal(feasible(matcher, "a"), ["n2"]);
    });

  test(`${engine}: T-266: a volume that is the claim's in full is left as it is, and stays in the bindings`, () => {
    const matcher = localCluster({ engine });
    const claimRef = { namespace: "default", name: "a", uid: "uid-a" };
    const annotations = { "pv.kubernetes.io/bound-by-controller": "yes" };
    matcher.persistentVolumes.upsert(volume("pv1", "n1", { annotations }, { claimRef }));
    const { patches, staticBindings } = matcher.assume("default/a", "n1");
    assert.equal(staticBindings, [{ claim: "default/a", volume: "pv1" }]);
    assert.equal(patches, [{ kind: "PersistentVolume", name: "pv1", patch: { metadata: { resourceVersion: "1" } } }]);
  });

  test(`${engine}: a volume that is the claim's by name gets the uid, and no annotation`, () => {
    const matcher = localCluster({ engine });
    matcher.persistentVolumes.upsert(volume("pv1", "n1", {}, { claimRef: { namespace: "default", name: "a" } }));
    const [{ patch }] = matcher.assume("default/a", "n1").patches;
    const claimRef = { kind: "PersistentVolumeClaim", apiVersion: "v1", namespace: "default", name: "a" };
    assert.equal(patch, {
      metadata: { resourceVersion: "1" },
      spec: { claimRef: { ...claimRef, uid: "uid-a", resourceVersion: "1" } },
    });
    assert.is(matcher.persistentVolumes.get("pv1")?.metadata?.annotations, undefined);
  });

  test(`${engine}: patches carry the versions that were seen, volumes before claims`, () => {
    const matcher = localCluster({ engine });
    matcher.persistentVolumeClaims.upsert(claim("a", { resourceVersion: "12345678901234567890" }));
    matcher.pods.upsert(pod("two", ["d", "a"]));
    const { allBound, patches } = matcher.assume("default/two", "n1");
    assert.is(allBound, false);
    const claimRef = { kind: "PersistentVolumeClaim", apiVersion: "v1", namespace: "default", name: "a" };
    assert.equal(patches, [
      {
        kind: "PersistentVolume",
        name: "pv1",
        patch: {
          metadata: { resourceVersion: "1", annotations: { "pv.kubernetes.io/bound-by-controller": "yes" } },
          spec: { claimRef: { ...claimRef, uid: "uid-a", resourceVersion: "12345678901234567890" } },
        },
      },
      {
        kind: "PersistentVolumeClaim",
        namespace: "default",
        name: "d",
        patch: { metadata: { resourceVersion: "1", annotations: SELECTED("n1") } },
      },
    ]);
  });

  test(`${engine}: T-267: a pod whose claims are bound, or that has none, has nothing to write`, () => {
    const matcher = localCluster({ engine });
    const claimRef = { namespace: "default", name: "a", uid: "uid-a" };
    matcher.persistentVolumes.upsert(volume("pv1", "n1", {}, { claimRef }));
    matcher.persistentVolumeClaims.upsert(claim("a", { annotations: BIND_COMPLETED }, { volumeName: "pv1" }));
    matcher.pods.upsert(pod("none", []));
    for (const name of ["a", "none"]) {
      const assumption = matcher.assume(`default/${name}`, "n1");
      assert.is(assumption.allBound, true);
      assert.equal(assumption.patches, []);
      assert.equal(assumption.status(), { state: "bound" });
    }
  });

  test(`${engine}: T-360: giving back the second pod of a shared claim frees the volume of both`, () => {
    const matcher = localCluster({ engine });
    matcher.pods.upsert(pod("a2", ["a"]));
    const first = matcher.assume("default/a", "n1");
    const second = matcher.assume("default/a2", "n1");
    assert.equal(feasible(matcher, "b"), ["n2"]);
    // It is not known whether the first one's were written: the second writes all of it, as the scheduler does.
    assert.equal(second.patches, first.patches);
    assert.equal(first.patches.length, 1);
    second.revert();
    assert.equal(feasible(matcher, "b"), ["n1", "n2"]);
    assert.is(matcher.pods.get<{ spec: { nodeName?: string } }>("default/a")?.spec.nodeName, "n1");
  });

  test(`${engine}: T-361: the same of a claim that is to be provisioned`, () => {
    const matcher = localCluster({ engine });
    matcher.pods.upsert(pod("d2", ["d"]));
    matcher.assume("default/d", "n1");
    const second = matcher.assume("default/d2", "n1");
    matcher.pods.upsert(pod("d3", ["d"]));
    assert.equal(feasible(matcher, "d3"), ["n1"]);
    second.revert();
    assert.equal(feasible(matcher, "d3"), ["n1", "n2"]);
  });

  test(`${engine}: T-363: a pod is placed once; one that is shown bound stays where it is`, () => {
    const matcher = localCluster({ engine });
    const assumption = matcher.assume("default/a", "n1");
    const twice = refused("NotFeasible", /^pod uid-a\(default\/a\) is in the cache, so can't be assumed$/);
    assert.throws(() => matcher.assume("default/a", "n1"), twice);
    assert.throws(() => matcher.assume(pod("a", ["a"]), "n2"), twice);
    matcher.pods.upsert(pod("a", ["a"], { nodeName: "n1" }));
    assumption.revert();
    assert.equal(feasible(matcher, "b"), ["n1", "n2"]);
    assert.is(matcher.pods.get<{ spec: { nodeName?: string } }>("default/a")?.spec.nodeName, "n1");
    matcher.assume("default/b", "n1");
    matcher.pods.upsert(pod("b", ["b"], { nodeName: "n2" }));
    assert.is(matcher.pods.get<{ spec: { nodeName?: string } }>("default/b")?.spec.nodeName, "n2");
  });

  test(`${engine}: an update of a pod that is not bound yet leaves it on its node; another pod of its name is elsewhere`, () => {
    const matcher = localCluster({ engine });
    const first = matcher.assume("default/a", "n1");
    const nodeName = () => matcher.pods.get<{ spec: { nodeName?: string } }>("default/a")?.spec.nodeName;
    matcher.pods.upsert({ ...pod("a", ["a"]), status: { phase: "Pending" } });
    assert.is(nodeName(), "n1");
    const successor = pod("a", ["a"]);
    matcher.pods.upsert({ ...successor, metadata: { ...successor.metadata, uid: "another" } });
    assert.is(nodeName(), undefined);
    // What was assumed of the one before takes nothing from what is assumed of this one.
    matcher.assume("default/a", "n1");
    first.revert();
    assert.is(nodeName(), "n1");
  });

  test(`${engine}: T-364: a pod that is deleted leaves its node, its volume stays reserved`, () => {
    const matcher = localCluster({ engine, filters: "all" });
    const small = { metadata: { name: "n1", labels: { host: "n1" } }, status: { allocatable: { pods: "1" } } };
    matcher.nodes.replace([small]);
    const assumption = matcher.assume("default/a", "n1");
    matcher.pods.upsert(pod("none", []));
    assert.equal(feasible(matcher, "none"), []);
    matcher.pods.delete("default/a");
    assert.equal(feasible(matcher, "none"), ["n1"]);
    assert.equal(feasible(matcher, "b"), []);
    assumption.revert();
    assert.equal(feasible(matcher, "b"), ["n1"]);
  });

  test(`${engine}: T-364: so does one that is only marked for deletion, and one that has ended`, () => {
    const leaving = { metadata: { ...pod("a", ["a"]).metadata, deletionTimestamp: "2026-01-02T03:04:05Z" } };
    for (const change of [leaving, { status: { phase: "Succeeded" } }]) {
      const matcher = localCluster({ engine, filters: "all" });
      matcher.nodes.replace([
        { metadata: { name: "n1", labels: { host: "n1" } }, status: { allocatable: { pods: "1" } } },
      ]);
      const assumption = matcher.assume("default/a", "n1");
      matcher.pods.upsert(pod("none", []));
      assert.equal(feasible(matcher, "none"), []);
      matcher.pods.upsert({ ...pod("a", ["a"]), ...change });
      assert.equal(feasible(matcher, "none"), ["n1"]);
      assert.equal(feasible(matcher, "b"), []);
      assumption.revert();
      assert.equal(feasible(matcher, "b"), ["n1"]);
    }
  });

  test(`${engine}: T-367: a volume that was written stays reserved until its update comes, a claim does not`, () => {
    const matcher = localCluster({ engine });
    matcher.pods.upsert(pod("two", ["a", "d"]));
    const assumption = matcher.assume("default/two", "n1");
    for (const patch of assumption.patches) assumption.written(patch, { metadata: { resourceVersion: "9" } });
    assumption.revert();
    assert.equal(feasible(matcher, "b"), ["n2"]);
    assert.equal(feasible(matcher, "d"), ["n1", "n2"]);
  });

  test(`${engine}: what does not fit is refused, and nothing has changed`, () => {
    const matcher = localCluster({ engine });
    matcher.nodes.upsert(node("n3"));
    const size = matcher.pods.size;
    const why =
      /^pod default\/a cannot be assumed on node n3: node\(s\) didn't find available persistent volumes to bind$/;
    assert.throws(() => matcher.assume("default/a", "n3"), refused("NotFeasible", why));
    assert.throws(() => matcher.assume(pod("new", ["a"]), "n3"), refused("NotFeasible", /default\/new/));
    assert.throws(() => matcher.assume("default/a", "n4"), refused("UnknownNode", /node n4 is not known/));
    assert.throws(() => matcher.assume("default/x", "n1"), refused("UnknownPod", /default\/x/));
    assert.is(matcher.pods.size, size);
    assert.equal(feasible(matcher, "b"), ["n1", "n2"]);
  });

  test(`${engine}: a pod that is not known is known while it is assumed`, () => {
    const matcher = localCluster({ engine });
    const first = matcher.assume(pod("new", ["a"]), "n1");
    assert.ok(matcher.pods.has("default/new"));
    first.revert();
    assert.not.ok(matcher.pods.has("default/new"));
    const second = matcher.assume(pod("new", ["a"]), "n1");
    matcher.pods.upsert(pod("new", ["a"]));
    second.revert();
    assert.ok(matcher.pods.has("default/new"));
  });

  test(`${engine}: a verdict assumes its pod without asking again`, () => {
    const matcher = localCluster({ engine });
    const verdict = matcher.createVerdict().evaluatePod("default/a");
    assert.throws(() => verdict.assume("n4"), refused("UnknownNode", /n4/));
    const assumption = verdict.assume("n2");
    assert.equal(assumption.staticBindings, [{ claim: "default/a", volume: "pv2" }]);
    assert.throws(() => verdict.assume("n1"), refused("Stale", /evaluate it/));
    assert.equal(feasible(matcher, "b"), ["n1"]);
  });
}

test.run();
