// Manifests mode makes the pods of DaemonSets, one a node.

import { test } from "uvu";
import * as assert from "uvu/assert";
import { parse } from "yaml";
import { topomatch } from "./support.js";

const NODES =
  "kind: Node\nmetadata: {name: a, labels: {zone: a}}\n---\nkind: Node\nmetadata: {name: b, labels: {zone: b}}\n---\n";

async function settled(yaml: string) {
  const { status, stderr, stdout } = await topomatch(
    ["check", "-f", "FOLDER/x.yaml", "--mode", "manifests", "--print-objects", "-o", "yaml"],
    { "x.yaml": yaml },
  );
  assert.is(status, 0, stderr);
  return { items: parse(stdout).items, stderr };
}

test("a DaemonSet has a pod on each node, which fits that node alone", async () => {
  const daemonSet =
    "kind: DaemonSet\nmetadata: {name: d}\nspec: {template: {spec: {tolerations: [{key: node.kubernetes.io/not-ready, operator: Exists, effect: NoExecute, tolerationSeconds: 5}, {key: x}], affinity: {nodeAffinity: {requiredDuringSchedulingIgnoredDuringExecution: {nodeSelectorTerms: [{matchExpressions: [{key: gone, operator: Exists}]}]}}}}}}\n";
  const { items, stderr } = await settled(`${daemonSet}---\n${NODES}`);
  assert.equal(
    items.map(({ kind, metadata }: { kind: string; metadata: { name: string } }) => `${kind} ${metadata.name}`),
    ["Pod d-a", "Pod d-b", "Node a", "Node b"],
  );
  const [{ metadata, spec }] = items;
  assert.is(metadata.ownerReferences[0].kind, "DaemonSet");
  // What kube-controller-manager's daemon controller writes (pkg/controller/daemon/util).
  assert.equal(spec.affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution.nodeSelectorTerms, [
    { matchFields: [{ key: "metadata.name", operator: "In", values: ["a"] }] },
  ]);
  const tolerated = (key: string, effect: string) => ({ key: `node.kubernetes.io/${key}`, operator: "Exists", effect });
  assert.equal(spec.tolerations, [
    tolerated("not-ready", "NoExecute"),
    { key: "x" },
    tolerated("unreachable", "NoExecute"),
    tolerated("disk-pressure", "NoSchedule"),
    tolerated("memory-pressure", "NoSchedule"),
    tolerated("pid-pressure", "NoSchedule"),
    tolerated("unschedulable", "NoSchedule"),
  ]);
  assert.not.match(stderr, /DaemonSet/);
  const cordoned = NODES.replace(
    "{zone: a}}",
    "{zone: a}}\nspec: {unschedulable: true, taints: [{key: k, effect: NoSchedule}]}",
  );
  const { status, stdout } = await topomatch(["check", "-f", "FOLDER/x.yaml", "--mode", "manifests", "-o", "json"], {
    "x.yaml": `${daemonSet}---\n${cordoned}`,
  });
  assert.is(status, 1);
  const [a, b] = JSON.parse(stdout).pods;
  assert.equal([a.feasible, b.feasible], [[], ["b"]]);
  assert.is(
    a.message,
    "0/2 nodes are available: 1 node(s) didn't satisfy plugin(s) [NodeAffinity], 1 node(s) had untolerated taint(s).",
  );
});

test("a daemon of the host's network tolerates that there is none", async () => {
  const daemonSet = "kind: DaemonSet\nmetadata: {name: d}\nspec: {template: {spec: {hostNetwork: true}}}\n";
  const { items } = await settled(`${NODES}---\n${daemonSet}`);
  assert.is(items[2].spec.tolerations.at(-1).key, "node.kubernetes.io/network-unavailable");
});

test.run();
