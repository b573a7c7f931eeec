// The library takes uids as they are given: one that is absent equals another that is absent.

import { test } from "uvu";
import * as assert from "uvu/assert";
import { claim, ephemeral, owner, pod, volume } from "./conformance/build.js";
import { ENGINES, libraryJudge } from "./conformance/library-judge.js";
import { twoZones } from "./conformance/world.js";

const { uid: _, ...ownerWithoutUid } = owner;
const podWithoutUid = { ...pod(ephemeral), metadata: { name: "pod", namespace: "default" } };

for (const engine of ENGINES) {
  test(`${engine}: a pod and an owner that both have no uid are the same one`, () => {
    const owned = claim("pod-vol", { boundTo: "pv1", owners: [ownerWithoutUid] });
    const objects = [...twoZones, volume("pv1"), owned, podWithoutUid];
    const question = { pod: "default/pod", objects, updates: [], options: {} };
    assert.equal(libraryJudge(engine).evaluate(question).feasible, ["nodeA", "nodeB"]);
  });
}

test.run();
