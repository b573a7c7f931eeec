// Label columns are made as volumes come, where nodes are there: answers must not depend on what came first.

import { test } from "uvu";
import * as assert from "uvu/assert";
import type { TopologyMatcher } from "../lib/index.js";
import { createMatcherSync } from "../lib/index.js";

/** More keys than are noted. */
const KEYS = 12;
const CLAIMS = Array.from({ length: KEYS }, (_, key) => `c${key}`);

const node = (i: number, shift = 0) => {
  const labels = Object.fromEntries(Array.from({ length: KEYS }, (_, key) => [`k${key}`, `v${(i + key + shift) % 5}`]));
  return { metadata: { name: `n${i}`, labels } };
};

const putNodes = (matcher: TopologyMatcher, from: number, to: number, shift = 0): void => {
  for (let i = from; i < to; i++) matcher.nodes.upsert(node(i, shift));
};

function putVolumes(matcher: TopologyMatcher): void {
  for (let key = 0; key < KEYS; key++) {
    const matchExpressions = [{ key: `k${key}`, operator: "In", values: ["v1"] }];
    const nodeAffinity = { required: { nodeSelectorTerms: [{ matchExpressions }] } };
    matcher.persistentVolumes.upsert({ metadata: { name: `pv${key}` }, spec: { nodeAffinity } });
    const annotations = { "pv.kubernetes.io/bind-completed": "yes" };
    matcher.persistentVolumeClaims.upsert({
      metadata: { name: `c${key}`, annotations },
      spec: { volumeName: `pv${key}` },
    });
  }
}

const answers = (matcher: TopologyMatcher) => CLAIMS.map((claim) => matcher.evaluateClaim(claim).toReport().feasible);

/** The nodes whose value of each key is v1, of the first `count`. */
const expected = (count: number, shift = 0): string[][] =>
  CLAIMS.map((_, key) =>
    Array.from({ length: count }, (_, i) => i)
      .filter((i) => (i + key + shift) % 5 === 1)
      .map((i) => `n${i}`)
      .sort(),
  );

for (const engine of ["wasm", "javascript"] as const) {
  test(`${engine}: nodes before volumes, after them, relabelled, and after all was dropped`, () => {
    const before = createMatcherSync({ engine });
    putNodes(before, 0, 40);
    putVolumes(before);
    assert.equal(answers(before), expected(40));
    const after = createMatcherSync({ engine });
    putVolumes(after);
    putNodes(after, 0, 40);
    assert.equal(answers(after), expected(40));
    const between = createMatcherSync({ engine });
    putNodes(between, 0, 20);
    putVolumes(between);
    putNodes(between, 20, 40);
    putNodes(between, 0, 40, 2);
    assert.equal(answers(between), expected(40, 2));
    between.trim();
    putNodes(between, 40, 700);
    putVolumes(between);
    putNodes(between, 0, 700, 4);
    assert.equal(answers(between), expected(700, 4));
  });
}

test("nodes that went, and rows that are taken again, before the first question", () => {
  const matcher = createMatcherSync();
  putNodes(matcher, 0, 100);
  putVolumes(matcher);
  for (let i = 0; i < 100; i += 3) matcher.nodes.delete(`n${i}`);
  putNodes(matcher, 0, 10);
  const there = (name: string): boolean => Number(name.slice(1)) % 3 !== 0 || Number(name.slice(1)) < 10;
  const left = expected(100).map((names) => names.filter(there));
  assert.equal(answers(matcher), left);
  assert.is(matcher.evaluatePod({ metadata: { name: "free" } }).nodes.size, 70);
});

test.run();
