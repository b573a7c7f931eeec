// The library takes uids as they are given: one that is absent equals another that is absent.

import { test } from "uvu";
import * as assert from "uvu/assert";
import { Strings } from "../lib/intern/strings.js";
import { sameUid, UID_WIDTH, writeUid } from "../lib/intern/uid.js";
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

for (const [what, first, second] of [
  ["the first word", "00000000-1111-4222-8333-444444444444", "00000001-1111-4222-8333-444444444444"],
  ["the last word", "00000000-1111-4222-8333-444444444444", "00000000-1111-4222-8333-444444444445"],
] as const) {
  test(`uids that differ in ${what} are of two claims`, () => {
    const claimRef = { namespace: "default", name: "c", uid: first };
    const objects = [...twoZones, volume("pv1", { claimRef }), claim("c", { uid: second }), pod("c")];
    const question = { pod: "default/pod", objects, updates: [], options: {} };
    assert.equal(libraryJudge("wasm").evaluate(question).feasible, []);
  });
}

test("no uid, absent or empty, is as good as no other, and another one than any that there is", () => {
  const strings = new Strings();
  const [absent, empty, given] = [0, UID_WIDTH, UID_WIDTH * 2];
  const tokens = new Uint32Array(UID_WIDTH * 3);
  writeUid("", tokens, empty, strings);
  writeUid("uid-c", tokens, given, strings);
  const same = (a: number, b: number): boolean => sameUid(tokens, a, tokens, b);
  assert.equal([same(absent, absent), same(absent, empty), same(empty, absent)], [true, true, true]);
  assert.equal([same(absent, given), same(given, empty), same(given, given)], [false, false, true]);
});

test.run();
