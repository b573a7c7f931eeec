// Counts follow changes of what pods refer to, not only of pods and nodes.

import { test } from "uvu";
import * as assert from "uvu/assert";
import { createMatcherSync } from "../lib/index.js";
import * as build from "./conformance/build.js";
import { ENGINES, upsertAll } from "./conformance/library-judge.js";
import { nodeA, nodeB } from "./conformance/world.js";
import { count, twoBound } from "./support/two-bound.js";

const { claim, node, pod, storageClass, volume } = build;

for (const engine of ENGINES) {
  test(`${engine}: a count follows a change of the claim alone`, () => {
    for (const filters of ["volumes", ["VolumeBinding"]] as const) {
      const matcher = createMatcherSync({ engine, filters });
      upsertAll(matcher, twoBound);
      assert.equal(count(matcher, "default/p1"), [1]);
      upsertAll(matcher, [claim("c1", { boundTo: "pv2" })]);
      assert.equal(count(matcher, "default/p1"), [2]);
    }
  });

  test(`${engine}: a count follows a change of the volume alone, its affinity or its zone label`, () => {
    const labelled = (zone: string) => volume("pv1", { labels: { "topology.kubernetes.io/zone": zone } });
    for (const [filters, before, after] of [
      [["VolumeBinding"], volume("pv1", { zone: "a" }), volume("pv1", { zone: "b" })],
      [["VolumeZone"], labelled("a"), labelled("b")],
    ] as const) {
      const matcher = createMatcherSync({ engine, filters });
      const nodes = ["a", "b", "b"].map((zone, i) => node(`n${i}`, { zone, "topology.kubernetes.io/zone": zone }));
      upsertAll(matcher, [...nodes, before, claim("c", { boundTo: "pv1" }), pod("c")]);
      assert.equal(count(matcher, "default/pod"), [1]);
      upsertAll(matcher, [after]);
      assert.equal(count(matcher, "default/pod"), [2]);
    }
  });

  test(`${engine}: a claim for one pod alone that another pod uses counts no node`, () => {
    const matcher = createMatcherSync({ engine, filters: ["VolumeRestrictions"] });
    const alone = claim("c", { spec: { accessModes: ["ReadWriteOncePod"] } });
    upsertAll(matcher, [nodeA, nodeB, alone, pod("c")]);
    assert.equal(count(matcher, "default/pod"), [2]);
    upsertAll(matcher, [build.podOf({ ...(pod("c").spec as object), nodeName: "nodeA" }, "default", "user")]);
    assert.equal(count(matcher, "default/pod"), [0]);
  });

  test(`${engine}: a count follows a change of the class alone`, () => {
    for (const filters of ["volumes", ["VolumeBinding"]] as const) {
      const matcher = createMatcherSync({ engine, filters });
      const claimed = [claim("c", { class: "fast" }), pod("c")];
      upsertAll(matcher, [nodeA, nodeB, storageClass("fast", { mode: "Immediate" }), ...claimed]);
      assert.equal(count(matcher, "default/pod"), [0]);
      upsertAll(matcher, [storageClass("fast")]);
      assert.equal(count(matcher, "default/pod"), [2]);
    }
  });
}

test("a claim that is to be deleted counts no node, bound or not", () => {
  const matcher = createMatcherSync({ filters: ["VolumeBinding"] });
  upsertAll(matcher, twoBound);
  const countClaim = (): number => {
    const counts = new Uint32Array(1);
    matcher.countFeasibleClaims(Uint32Array.of(matcher.claimId("default/c2")), counts);
    return counts[0];
  };
  assert.is(countClaim(), 2);
  const bound = claim("c2", { boundTo: "pv2" });
  upsertAll(matcher, [{ ...bound, metadata: { ...bound.metadata, deletionTimestamp: "2026-01-01T00:00:00Z" } }]);
  assert.is(countClaim(), 0);
});

test.run();
