// `topomatch plan`: its table, its report, its order and its exit statuses.

import { suite } from "uvu";
import * as assert from "uvu/assert";
import { Files, topomatch } from "./program.js";

const files = new Files();
const test = suite("plan");
test.after(() => files.remove());

const CLUSTER = `
apiVersion: storage.k8s.io/v1
kind: StorageClass
metadata: {name: local-storage}
provisioner: kubernetes.io/no-provisioner
volumeBindingMode: WaitForFirstConsumer
---
apiVersion: v1
kind: Node
metadata: {name: n1, labels: {kubernetes.io/hostname: n1}}
---
apiVersion: v1
kind: PersistentVolume
metadata: {name: pv1}
spec:
  capacity: {storage: 10Gi}
  accessModes: [ReadWriteOnce]
  storageClassName: local-storage
  local: {path: /mnt/a}
  nodeAffinity: {required: {nodeSelectorTerms: [{matchExpressions: [{key: kubernetes.io/hostname, operator: In, values: [n1]}]}]}}
---
`;
const REPLICAS = `${CLUSTER}
apiVersion: apps/v1
kind: StatefulSet
metadata: {name: db}
spec:
  replicas: 3
  selector: {matchLabels: {a: b}}
  serviceName: db
  template:
    metadata: {labels: {a: b}}
    spec: {containers: [{name: c, image: x, volumeMounts: [{name: d, mountPath: /d}]}]}
  volumeClaimTemplates:
  - metadata: {name: d}
    spec: {accessModes: [ReadWriteOnce], storageClassName: local-storage, resources: {requests: {storage: 10Gi}}}
`;

async function plan(text: string, ...argv: readonly string[]) {
  return topomatch(["plan", "--mode", "manifests", "-q", "-f", files.write("cluster.yaml", text), ...argv]);
}

const LEFT = "0/1 nodes are available: 1 node(s) didn't find available persistent volumes to bind.";

test("three replicas and one volume: one is placed, two are left, and the exit status is 1", async () => {
  const { status, stderr, stdout } = await plan(REPLICAS);
  assert.is(stderr, "");
  assert.is(
    stdout,
    `POD           NODE  SCORE  VOLUMES
default/db-0  n1    0      binds 1
default/db-1  -     -      ${LEFT}
default/db-2  -     -      ${LEFT}

3 pods, 1 node: 1 placed, 2 left
`,
  );
  assert.is(status, 1);
  const wide = await plan(REPLICAS, "-o", "wide", "--no-headers", "db-1");
  assert.is(wide.stdout, "default/db-1  n1    0      default/d-db-1 takes pv1\n");
  assert.is(wide.status, 0);
});

test("the report names the order, who is left and why, and every placement", async () => {
  const { stdout } = await plan(REPLICAS, "-o", "json", "--filters", "volumes");
  const { filters: _, ...report } = JSON.parse(stdout);
  assert.equal(report, {
    apiVersion: "topomatch/v1",
    kind: "PlacementPlan",
    kubernetes: "1.37",
    mode: "manifests",
    gates: {},
    nodes: 1,
    order: "given",
    left: [
      { pod: "default/db-1", message: LEFT },
      { pod: "default/db-2", message: LEFT },
    ],
    placements: [
      {
        pod: "default/db-0",
        node: "n1",
        score: 0,
        staticBindings: [{ claim: "default/d-db-0", volume: "pv1" }],
        dynamicProvisions: [],
      },
    ],
  });
  const yaml = await plan(REPLICAS, "-o", "yaml");
  assert.match(yaml.stdout, /^placements:\n- pod: default\/db-0\n {2}node: n1\n/m);
});

const pod = (name: string, claim: string, more: string) => `---
apiVersion: v1
kind: PersistentVolumeClaim
metadata: {name: ${claim}}
spec: {accessModes: [ReadWriteOnce], storageClassName: local-storage, resources: {requests: {storage: ${name.length}Gi}}}
---
apiVersion: v1
kind: Pod
${more.replace("NAME", name)}
  containers: [{name: c, image: x}]
  volumes: [{name: d, persistentVolumeClaim: {claimName: ${claim}}}]
`;

test("--order: as read, the oldest, the highest priority and then the oldest, the largest", async () => {
  const text = [
    CLUSTER,
    pod("a", "a", "metadata: {name: NAME}\nspec:\n  priority: 5"),
    pod("bb", "b", 'metadata: {name: NAME, creationTimestamp: "2026-01-02T00:00:00Z"}\nspec:\n  priority: 7'),
    pod("c", "c", 'metadata: {name: NAME, creationTimestamp: "2026-01-01T00:00:00Z"}\nspec:\n  priority: 7'),
    pod("dd", "d", "metadata: {name: NAME}\nspec:\n  priorityClassName: custom"),
    pod("eeee", "e", 'metadata: {name: NAME, creationTimestamp: "2025-01-01T00:00:00Z"}\nspec:'),
  ].join("");
  const first = async (...argv: string[]) => (await plan(text, "--no-headers", ...argv)).stdout.split(" ")[0];
  assert.is(await first(), "default/a");
  assert.is(await first("--order", "given", "c", "a"), "default/c");
  assert.is(await first("--order", "created"), "default/eeee");
  assert.is(await first("--order", "priority"), "default/c");
  assert.is(await first("--order", "size"), "default/eeee");
  const system = text.replace("priorityClassName: custom", "priorityClassName: system-node-critical");
  const { stdout } = await topomatch([
    ...["plan", "--mode", "manifests", "-q", "--no-headers", "--order=priority"],
    ...["-f", files.write("system.yaml", system)],
  ]);
  assert.is(stdout.split(" ")[0], "default/dd");
});

test("what is wrong is one sentence and exit status 2", async () => {
  const unordered = await plan(REPLICAS, "--order", "pirority");
  assert.match(
    unordered.stderr,
    /--order must be one of given, created, priority, size, but is pirority; did you mean priority\?/,
  );
  assert.is(unordered.status, 2);
  const unknown = await plan(REPLICAS, "db-9");
  assert.match(unknown.stderr, /^topomatch: there is no pod default\/db-9 in the input; did you mean /);
  assert.is(unknown.status, 2);
  const nothing = await topomatch(["plan", "--mode", "manifests"]);
  assert.match(nothing.stderr, /^topomatch: --mode manifests needs -f PATH/);
  const none = await plan(CLUSTER);
  assert.is(none.stdout, "0 pods, 1 node: nothing to place\n");
  assert.is(none.status, 0);
});

test("a named pod that is on a node already is a mistake of the caller", async () => {
  const text = `${CLUSTER}---\napiVersion: v1\nkind: Pod\nmetadata: {name: runs}\nspec: {nodeName: n1, containers: [{name: c}]}\n`;
  const { status, stderr } = await plan(text, "runs");
  assert.match(stderr, /^topomatch: pod default\/runs is on node n1 already/);
  assert.is(status, 2);
});

test.run();
