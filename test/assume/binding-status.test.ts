// PreBind: how far binding has come, by the objects that were given since.

import { test } from "uvu";
import * as assert from "uvu/assert";
import type { Assumption, TopologyMatcher } from "../../lib/index.js";
import { TopologyError } from "../../lib/index.js";
import { BIND_COMPLETED, claim, ENGINES, localCluster, pod, SELECTED, volume } from "./local-cluster.js";

const refTo = (name: string) => ({ namespace: "default", name, uid: `uid-${name}` });

/** The volume as the scheduler has written it, the claim as the PV controller completes it. */
function bind(matcher: TopologyMatcher, name: string, claimName: string, host: string): void {
  matcher.persistentVolumes.upsert(volume(name, host, { resourceVersion: "10" }, { claimRef: refTo(claimName) }));
  matcher.persistentVolumeClaims.upsert(
    claim(claimName, { resourceVersion: "11", annotations: BIND_COMPLETED }, { volumeName: name }),
  );
}

/** A pod of a local claim and one to be provisioned, assumed on n1. */
function assumed(matcher: TopologyMatcher, claims: readonly string[]): Assumption {
  matcher.pods.upsert(pod("p", claims));
  return matcher.assume("default/p", "n1");
}

const failure = (reason: string) => ({ state: "failed", reason: `binding volumes: ${reason}` });

for (const engine of ENGINES) {
  test(`${engine}: T-300: each volume is written, then its claim is completed`, () => {
    const matcher = localCluster({ engine });
    const assumption = assumed(matcher, ["a"]);
    assert.is(assumption.status().state, "waiting");
    matcher.persistentVolumes.upsert(volume("pv1", "n1", { resourceVersion: "10" }, { claimRef: refTo("a") }));
    assert.equal(assumption.status(), { state: "waiting", reason: "default/a is not bound yet" });
    matcher.persistentVolumeClaims.upsert(claim("a", { resourceVersion: "11" }, { volumeName: "pv1" }));
    assert.is(assumption.status().state, "waiting");
    bind(matcher, "pv1", "a", "n1");
    assert.equal(assumption.status(), { state: "bound" });
    assumption.revert();
    assert.equal(assumption.status(), { state: "reverted" });
  });

  test(`${engine}: R-BND-1: where all was bound before, nothing that happens then is waited for`, () => {
    const matcher = localCluster({ engine });
    bind(matcher, "pv1", "a", "n1");
    const assumption = assumed(matcher, ["a"]);
    assert.ok(assumption.allBound);
    matcher.nodes.delete("n1");
    assert.equal(assumption.status(), { state: "bound" });
  });

  test(`${engine}: T-300: a volume that was the claim's before is waited for too, by its version`, () => {
    const matcher = localCluster({ engine });
    const annotations = { "pv.kubernetes.io/bound-by-controller": "yes" };
    matcher.persistentVolumes.upsert(volume("pv1", "n1", { annotations }, { claimRef: refTo("a") }));
    const assumption = assumed(matcher, ["a"]);
    assert.equal(assumption.status(), { state: "waiting", reason: 'persistentvolume "pv1" is to be written' });
    bind(matcher, "pv1", "a", "n1");
    assert.equal(assumption.status(), { state: "bound" });
  });

  test(`${engine}: R-BND-5: the objects themselves are looked at, not what was assumed of them`, () => {
    for (const [name, expected] of [
      ["a", 'ClaimRef got reset for pv "pv1"'],
      ["d", 'selectedNode annotation reset for PVC "d"'],
    ]) {
      const matcher = localCluster({ engine });
      const assumption = assumed(matcher, [name]);
      // An answer of the version that is known says that this is the object that was written.
      assumption.written(assumption.patches[0], { metadata: { resourceVersion: "1" } });
      assert.equal(assumption.status(), failure(expected));
    }
  });

  test(`${engine}: R-RSV-5: an annotation that is there is not written again; a claim without uid is referred to all the same`, () => {
    const matcher = localCluster({ engine });
    const annotations = { "pv.kubernetes.io/bound-by-controller": "yes" };
    matcher.persistentVolumes.upsert(volume("pv1", "n1", { annotations }));
    matcher.persistentVolumeClaims.upsert(claim("a", { uid: undefined }));
    const [{ patch }] = assumed(matcher, ["a"]).patches;
    const claimRef = { kind: "PersistentVolumeClaim", apiVersion: "v1", namespace: "default", name: "a" };
    assert.equal(patch, {
      metadata: { resourceVersion: "1" },
      spec: { claimRef: { ...claimRef, resourceVersion: "1" } },
    });
  });

  test(`${engine}: T-300: one of two bindings, or a claim that is being provisioned, is waited for`, () => {
    const matcher = localCluster({ engine });
    matcher.persistentVolumes.upsert(volume("pv3", "n1"));
    const assumption = assumed(matcher, ["a", "b", "d"]);
    assert.equal(
      assumption.staticBindings.map(({ volume }) => volume),
      ["pv1", "pv3"],
    );
    bind(matcher, "pv1", "a", "n1");
    assert.equal(assumption.status(), { state: "waiting", reason: 'persistentvolume "pv3" is to be written' });
    bind(matcher, "pv3", "b", "n1");
    assert.equal(assumption.status(), { state: "waiting", reason: "persistentvolumeclaim default/d is to be written" });
    const selected = claim("d", { resourceVersion: "10", annotations: SELECTED("n1") }, { storageClassName: "csi" });
    matcher.persistentVolumeClaims.upsert(selected);
    assert.equal(assumption.status(), { state: "waiting", reason: "default/d is not bound yet" });
  });

  test(`${engine}: what was written is waited for by its version, of any length`, () => {
    const matcher = localCluster({ engine });
    const assumption = assumed(matcher, ["a"]);
    const [patch] = assumption.patches;
    assumption.written(patch, { metadata: { resourceVersion: "10000000000000000000" } });
    matcher.persistentVolumes.upsert(
      volume("pv1", "n1", { resourceVersion: "9999999999999999999" }, { claimRef: refTo("a") }),
    );
    assert.equal(assumption.status(), { state: "waiting", reason: 'persistentvolume "pv1" is to be written' });
    const written = { resourceVersion: "10000000000000000000" };
    matcher.persistentVolumes.upsert(volume("pv1", "n1", written, { claimRef: refTo("a") }));
    assert.equal(assumption.status(), { state: "waiting", reason: "default/a is not bound yet" });
    const newer = { resourceVersion: "10000000000000000001" };
    matcher.persistentVolumes.upsert(volume("pv1", "n1", newer, { claimRef: refTo("a") }));
    assert.equal(assumption.status(), { state: "waiting", reason: "default/a is not bound yet" });
    const bad = (error: unknown) => error instanceof TopologyError && error.code === "BadArgument";
    assert.throws(() => assumption.written(patch, { metadata: {} }), bad);
    assert.throws(() => assumption.written({ ...patch, name: "pv2" }, { metadata: written }), bad);
    const answer = { metadata: written };
    const asGiven: readonly (readonly [unknown, unknown, RegExp])[] = [
      [undefined, answer, /one of the assumption's patches, but was given/],
      [null, answer, /one of the assumption's patches/],
      [{ ...patch, name: 7 }, answer, /one of the assumption's patches/],
      [{ ...patch, kind: undefined }, answer, /one of the assumption's patches/],
      [patch, undefined, /the object that was answered, but was given/],
      [patch, "10", /the object that was answered/],
      [patch, { metadata: null }, /PersistentVolume pv1 has no metadata.resourceVersion/],
      [patch, { metadata: { resourceVersion: 10 } }, /PersistentVolume pv1 has no metadata.resourceVersion/],
    ];
    for (const [given, answered, text] of asGiven) {
      assert.throws(
        () => assumption.written(given as never, answered as never),
        (error: unknown) => bad(error) && text.test((error as Error).message),
      );
    }
    assert.equal(assumption.status(), { state: "waiting", reason: "default/a is not bound yet" });
  });

  test(`${engine}: T-301: what is gone, and a reference that was reset`, () => {
    const matcher = localCluster({ engine });
    const assumption = assumed(matcher, ["a"]);
    matcher.persistentVolumes.upsert(volume("pv1", "n1", { resourceVersion: "10" }));
    assert.equal(assumption.status(), failure('ClaimRef got reset for pv "pv1"'));
    const byName = { claimRef: { namespace: "default", name: "a" } };
    matcher.persistentVolumes.upsert(volume("pv1", "n1", { resourceVersion: "11" }, byName));
    assert.equal(assumption.status(), failure('ClaimRef got reset for pv "pv1"'));
    matcher.persistentVolumeClaims.delete("default/a");
    assert.equal(assumption.status(), failure('failed to check binding: persistentvolumeclaims "default/a" not found'));
    matcher.persistentVolumes.delete("pv1");
    assert.equal(assumption.status(), failure('failed to check binding: persistentvolumes "pv1" not found'));
    matcher.nodes.delete("n1");
    assert.equal(assumption.status(), failure('failed to get node "n1": node "n1" not found'));
  });

  test(`${engine}: T-302: a claim that is being provisioned`, () => {
    const matcher = localCluster({ engine });
    const assumption = assumed(matcher, ["d"]);
    let version = 10;
    const put = (annotations: object | undefined, spec: object = {}) => {
      const more = { resourceVersion: String(version++), annotations };
      matcher.persistentVolumeClaims.upsert(claim("d", more, { storageClassName: "csi", ...spec }));
    };
    put(undefined);
    assert.equal(assumption.status(), failure('selectedNode annotation reset for PVC "d"'));
    put({ "pv.kubernetes.io/bind-completed": "yes" });
    assert.equal(assumption.status(), failure('provisioning failed for PVC "d"'));
    put(SELECTED("n2"));
    assert.equal(assumption.status(), failure('provisioning failed for PVC "d"'));
    put(SELECTED("n1"), { volumeName: "made" });
    assert.equal(assumption.status(), { state: "waiting", reason: 'persistentvolume "made" is not known yet' });
    matcher.persistentVolumes.upsert(volume("made", "n2"));
    const elsewhere = `pv "made" node affinity doesn't match node "n1": no matching NodeSelectorTerms`;
    assert.equal(assumption.status(), failure(elsewhere));
    matcher.persistentVolumes.upsert(volume("made", "n1"));
    assert.equal(assumption.status(), { state: "waiting", reason: "default/d is not bound yet" });
    put({ ...SELECTED("n1"), ...BIND_COMPLETED }, { volumeName: "made" });
    assert.equal(assumption.status(), { state: "bound" });
    matcher.persistentVolumeClaims.delete("default/d");
    const gone = 'failed to check provisioning pvc: persistentvolumeclaims "default/d" not found';
    assert.equal(assumption.status(), failure(gone));
  });

  test(`${engine}: T-303: a volume of an in-tree plugin is read as on its node`, () => {
    const source = { awsElasticBlockStore: { volumeID: "aws://za/vol-1" } };
    const zone = { labels: { "topology.kubernetes.io/zone": "za" } };
    const inTree = { ...source, claimRef: refTo("a"), nodeAffinity: undefined };
    const matcher = localCluster({ engine });
    const assumption = assumed(matcher, ["a"]);
    matcher.persistentVolumes.upsert(volume("pv1", "n1", { resourceVersion: "10", ...zone }, inTree));
    assert.is(assumption.status().state, "waiting");
    matcher.csiNodes.upsert({
      metadata: {
        name: "n1",
        annotations: { "storage.alpha.kubernetes.io/migrated-plugins": "kubernetes.io/aws-ebs" },
      },
    });
    const reason = `pv "pv1" node affinity doesn't match node "n1": no matching NodeSelectorTerms`;
    assert.equal(assumption.status(), failure(reason));
  });

  test(`${engine}: T-368: a volume that does not translate`, () => {
    const matcher = localCluster({ engine });
    const annotations = { "storage.alpha.kubernetes.io/migrated-plugins": "kubernetes.io/aws-ebs" };
    matcher.csiNodes.upsert({ metadata: { name: "n1", annotations } });
    const bad = { awsElasticBlockStore: { volumeID: "aws://za/bad" }, nodeAffinity: undefined };
    const detail =
      "could not translate pv: failed to translate Kubernetes ID to EBS Volume ID Invalid format for AWS volume (aws://za/bad)";
    const binding = assumed(matcher, ["a"]);
    matcher.persistentVolumes.upsert(volume("pv1", "n1", { resourceVersion: "10" }, { ...bad, claimRef: refTo("a") }));
    assert.equal(binding.status(), failure(`failed to translate pv to csi: ${detail}`));
    matcher.pods.upsert(pod("q", ["d"]));
    const provision = matcher.assume("default/q", "n1");
    matcher.persistentVolumes.upsert(volume("made", "n1", {}, bad));
    const selected = { resourceVersion: "10", annotations: SELECTED("n1") };
    matcher.persistentVolumeClaims.upsert(claim("d", selected, { storageClassName: "csi", volumeName: "made" }));
    assert.equal(provision.status(), failure(detail));
  });

  test(`${engine}: T-305: a pod that is deleted while it waits`, () => {
    const matcher = localCluster({ engine });
    const assumption = assumed(matcher, ["a"]);
    matcher.pods.delete("default/p");
    assert.equal(assumption.status(), failure('pod does not exist any more: pod "p" not found'));
  });

  for (const phase of ["Succeeded", "Failed"]) {
    test(`${engine}: R-BND-4: a pod that has ended (${phase}) is as good as deleted, bound or not`, () => {
      const matcher = localCluster({ engine });
      const assumption = assumed(matcher, ["a"]);
      matcher.pods.upsert({ ...pod("p", ["a"]), status: { phase: "Running" } });
      assert.is(assumption.status().state, "waiting");
      matcher.pods.upsert({ ...pod("p", ["a"]), status: { phase } });
      assert.equal(assumption.status(), failure('pod does not exist any more: pod "p" not found'));
      bind(matcher, "pv1", "a", "n1");
      assert.equal(assumption.status(), failure('pod does not exist any more: pod "p" not found'));
    });
  }
}

test.run();
