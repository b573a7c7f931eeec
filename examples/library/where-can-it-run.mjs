// The library in one screen: load objects, ask, change one, ask again. Run: node examples/library/where-can-it-run.mjs

import { createMatcher } from "topomatch";

const ZONE = "topology.kubernetes.io/zone";

const node = (name, zone) => ({ metadata: { name, labels: { [ZONE]: zone } } });
const storageClass = (zone) => ({
  metadata: { name: "cloud-disk" },
  provisioner: "disk.csi.example.com",
  volumeBindingMode: "WaitForFirstConsumer",
  allowedTopologies: [{ matchLabelExpressions: [{ key: ZONE, values: [zone] }] }],
});

const matcher = await createMatcher();
matcher.nodes.replace([node("worker-1", "zone-b"), node("worker-2", "zone-b"), node("worker-3", "zone-c")]);
matcher.storageClasses.upsert(storageClass("zone-d"));
matcher.persistentVolumeClaims.upsert({
  metadata: { namespace: "default", name: "web-data" },
  spec: { storageClassName: "cloud-disk", resources: { requests: { storage: "20Gi" } } },
});

const pod = {
  metadata: { namespace: "default", name: "web" },
  spec: { volumes: [{ name: "data", persistentVolumeClaim: { claimName: "web-data" } }] },
};

const before = matcher.evaluatePod(pod);
console.log(before.schedulable, before.message);
// false 0/3 nodes are available: 3 node(s) didn't find available persistent volumes to bind.

matcher.storageClasses.upsert(storageClass("zone-b"));
const after = matcher.evaluatePod(pod);
console.log(after.schedulable, [...after.nodes]);
// true [ 'worker-1', 'worker-2' ]

for (const { reasons, nodes } of after.rejected) console.log([...nodes], reasons);
// [ 'worker-3' ] [ "node(s) didn't find available persistent volumes to bind" ]

console.log(JSON.stringify(after.plan("worker-1")));
// {"staticBindings":[],"dynamicProvisions":["default/web-data"],"score":0}
