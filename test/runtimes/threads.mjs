// Batches on two threads: the counts of one, workers that do start, and a process that ends by itself.

import assert from "node:assert/strict";
import { createMatcherSync, TopologyError } from "topomatch";
import * as threads from "topomatch/threads";

const NODES = 20_000;
const PODS = 3_000;
const VOLUMES = 30;
const KEYS = ["a", "b", "c"];

function fill(matcher) {
  for (let n = 0; n < NODES; n++) {
    const labels = { a: `${n % 7}`, b: `${n % 11}`, c: `${n % 13}` };
    matcher.nodes.upsert({ metadata: { name: `n${n}`, labels } });
  }
  for (let v = 0; v < VOLUMES; v++) {
    const matchExpressions = [{ key: KEYS[v % 3], operator: "NotIn", values: [`${Math.floor(v / 3) % 7}`] }];
    matcher.persistentVolumes.upsert({
      metadata: { name: `v${v}` },
      spec: {
        accessModes: ["ReadWriteMany"],
        capacity: { storage: "1Gi" },
        claimRef: { namespace: "d", name: `c${v}`, uid: `u${v}` },
        nodeAffinity: { required: { nodeSelectorTerms: [{ matchExpressions }] } },
      },
    });
    matcher.persistentVolumeClaims.upsert({
      metadata: {
        namespace: "d",
        name: `c${v}`,
        uid: `u${v}`,
        annotations: { "pv.kubernetes.io/bind-completed": "yes" },
      },
      spec: { volumeName: `v${v}`, accessModes: ["ReadWriteMany"], storageClassName: "" },
    });
  }
  for (let p = 0; p < PODS; p++) {
    const claims = Array.from({ length: VOLUMES }, (_, v) => v).filter((v) => (p * 2654435761) & (1 << v));
    const volumes = claims.map((v) => ({ name: `v${v}`, persistentVolumeClaim: { claimName: `c${v}` } }));
    matcher.pods.upsert({ metadata: { namespace: "d", name: `p${p}` }, spec: { volumes } });
  }
}

function counts(matcher) {
  const pods = Uint32Array.from({ length: PODS }, (_, p) => matcher.podId(`d/p${p}`));
  const found = new Uint32Array(PODS);
  matcher.countFeasible(pods, found);
  return found;
}

const threaded = await threads.createThreadedMatcher({ threads: 2 });
const single = createMatcherSync();
assert.equal(threaded.threads, 2);
assert.equal(threads.TopologyError, TopologyError);
fill(threaded);
fill(single);
const expected = counts(single);
assert.ok(new Set(expected).size > 20);
for (let round = 0; round < 5; round++) {
  threaded.trim();
  assert.deepEqual(counts(threaded), expected);
}
await threaded.close();
assert.equal(threaded.threads, 1);
// Left open: the process must end all the same.
const open = await threads.createThreadedMatcher({ threads: 2 });
console.log(`${PODS} pods counted on ${open.threads} threads`);
