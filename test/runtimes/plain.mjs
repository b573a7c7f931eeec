// The library on both engines.

import assert from "node:assert/strict";
import { createMatcher, createMatcherSync, TopologyError } from "topomatch";

const matchers = [await createMatcher(), createMatcherSync(), createMatcherSync({ engine: "javascript" })];
assert.deepEqual(
  matchers.map(({ engine }) => engine),
  ["wasm", "wasm", "javascript"],
);
for (const matcher of matchers) {
  const zones = ["a", "b", "b"];
  for (const [i, zone] of zones.entries()) matcher.nodes.upsert({ metadata: { name: `n${i}`, labels: { zone } } });
  matcher.storageClasses.upsert({
    metadata: { name: "disk" },
    provisioner: "disk.csi.example.com",
    volumeBindingMode: "WaitForFirstConsumer",
    allowedTopologies: [{ matchLabelExpressions: [{ key: "zone", values: ["b"] }] }],
  });
  matcher.persistentVolumeClaims.upsert({
    metadata: { namespace: "default", name: "data" },
    spec: { storageClassName: "disk", resources: { requests: { storage: "1Gi" } } },
  });
  const verdict = matcher.evaluatePod({
    metadata: { namespace: "default", name: "web" },
    spec: { volumes: [{ name: "data", persistentVolumeClaim: { claimName: "data" } }] },
  });
  assert.deepEqual(verdict.nodes.toArray(), ["n1", "n2"]);
  assert.throws(() => matcher.evaluatePod("default/none"), TopologyError);
}
console.log(matchers.map(({ engine }) => engine).join(" "));
