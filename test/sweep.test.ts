// What no object holds any more is freed, and nothing else: answers stay, memory does too.

import { test } from "uvu";
import * as assert from "uvu/assert";
import { createMatcherSync } from "../lib/index.js";
import { generateCluster } from "./reference/generator/generate.js";
import type { KubeObject } from "./support/load.js";
import { load, matcherOf, reportOf } from "./support/load.js";

const CHURN = 80_000;

test("answers after sweeps equal those of a fresh matcher, and old answers can still be read", () => {
  for (const seed of [3, 8]) {
    const objects = generateCluster(seed, { nodes: 12 }).objects as KubeObject[];
    const pods = objects
      .filter(({ kind }) => kind === "Pod")
      .map(({ metadata }) => `${metadata?.namespace}/${metadata?.name}`);
    const expected = pods.map((pod) => reportOf(matcherOf(objects), pod));
    const matcher = matcherOf(objects);
    const early = pods.map((pod) => matcher.evaluatePod(pod));
    const gone = objects.find(({ kind }) => kind === "Node") as KubeObject;
    matcher.nodes.delete(gone);
    for (let i = 0; i < CHURN; i++) {
      const pod = {
        metadata: { name: `churn-${i}`, namespace: "churn", uid: `uid-${i}` },
        spec: { nodeName: `n-${i}` },
      };
      matcher.pods.upsert(pod);
      matcher.pods.delete(pod);
    }
    matcher.evaluatePod(pods[0]);
    // Texts that only come now, and must not be mistaken for freed ones.
    matcher.pods.upsert({ metadata: { name: "late", namespace: "churn" } });
    early.forEach((answer, i) => {
      const { plans: _, ...report } = expected[i];
      assert.equal(JSON.parse(JSON.stringify(answer.toReport())), report, `seed ${seed}, ${pods[i]}`);
    });
    matcher.nodes.upsert(gone);
    pods.forEach((pod, i) => {
      assert.equal(reportOf(matcher, pod), expected[i], `seed ${seed}, ${pod}`);
    });
    assert.is(matcher.pods.get("churn/late")?.metadata?.name, "late");
  }
});

test("what is rebuilt from a row after a sweep is what was put there", () => {
  const objects = generateCluster(5).objects as KubeObject[];
  const matcher = matcherOf(objects);
  const [volume] = objects.filter(({ kind }) => kind === "PersistentVolume");
  const before = matcher.persistentVolumes.get(volume);
  for (let i = 0; i < CHURN; i++) matcher.evaluatePod({ metadata: { name: `what-if-${i}`, namespace: "x" } });
  matcher.evaluatePod({ metadata: { name: "last", namespace: "x" } });
  assert.equal(matcher.persistentVolumes.get(volume), before);
});

test("texts that rules compare with outlive a sweep, though no object holds them yet", () => {
  const matcher = createMatcherSync();
  matcher.nodes.upsert({ metadata: { name: "n", labels: { a: "1" } } });
  for (let i = 0; i < CHURN; i++) matcher.evaluatePod({ metadata: { name: `what-if-${i}`, namespace: "x" } });
  matcher.evaluatePod({ metadata: { name: "last", namespace: "x" } });
  // New texts take the ids that were freed.
  for (let i = 0; i < 100; i++) matcher.nodes.upsert({ metadata: { name: `late-${i}` } });
  matcher.storageClasses.upsert({
    metadata: { name: "s" },
    provisioner: "d",
    volumeBindingMode: "WaitForFirstConsumer",
    allowedTopologies: [{ matchLabelExpressions: [{ key: "a", values: ["1"] }] }],
  });
  const spec = { storageClassName: "s", resources: { requests: { storage: "1Gi" } } };
  matcher.persistentVolumeClaims.upsert({ metadata: { name: "c", namespace: "x" }, spec });
  assert.equal(matcher.evaluateClaim("x/c").nodes.toArray(), ["n"]);
});

test("memory does not grow with what was deleted", () => {
  const matcher = createMatcherSync();
  load(matcher, generateCluster(1).objects as KubeObject[]);
  const churn = (from: number): number => {
    for (let i = from; i < from + CHURN * 2; i++) {
      matcher.pods.upsert({ metadata: { name: `p-${i}`, namespace: "x", uid: `0000-${i}`, labels: { a: `b-${i}` } } });
      matcher.pods.delete(`x/p-${i}`);
      if (i % 10_000 === 0) matcher.evaluatePod({ metadata: { name: "probe", namespace: "x" } });
    }
    return matcher.memory.objects;
  };
  churn(0);
  // By now every buffer has the room that it needs between two sweeps.
  const early = churn(CHURN * 2);
  const late = Math.max(churn(CHURN * 4), churn(CHURN * 6));
  assert.ok(late <= early * 1.05, `${early} bytes became ${late}`);
});

test.run();
