// `topomatch whatif`: flags and files of changes, what is told of them, and what is refused with its line.

import { suite } from "uvu";
import * as assert from "uvu/assert";
import type { Outcome } from "./program.js";
import { Files, topomatch } from "./program.js";

const files = new Files();
const test = suite("whatif");
test.after(() => files.remove());

const bound = (name: string, zone: string) => `---
apiVersion: v1
kind: PersistentVolumeClaim
metadata: {name: ${name}, namespace: default, uid: u-${name}, annotations: {pv.kubernetes.io/bind-completed: "yes"}}
spec: {accessModes: [ReadWriteOnce], storageClassName: disk, volumeName: pv-${name}, resources: {requests: {storage: 1Gi}}}
status: {phase: Bound}
---
apiVersion: v1
kind: PersistentVolume
metadata: {name: pv-${name}}
spec:
  capacity: {storage: 1Gi}
  accessModes: [ReadWriteOnce]
  storageClassName: disk
  claimRef: {namespace: default, name: ${name}, uid: u-${name}}
  csi: {driver: d, volumeHandle: ${name}}
  nodeAffinity: {required: {nodeSelectorTerms: [{matchExpressions: [{key: zone, operator: In, values: [${zone}]}]}]}}
status: {phase: Bound}
`;
const pod = (name: string, claims: readonly string[], spec = "", meta = "") => `---
apiVersion: v1
kind: Pod
metadata: {name: ${name}, namespace: default${meta}}
spec: {${spec} volumes: [${claims.map((claim) => `{name: ${claim}, persistentVolumeClaim: {claimName: ${claim}}}`).join(", ")}]}
`;
const node = (name: string, zone: string) => `---
apiVersion: v1
kind: Node
metadata: {name: ${name}, labels: {zone: ${zone}, kubernetes.io/hostname: ${name}}}
status: {allocatable: {cpu: "4", pods: "10"}}
`;
const DAEMON = ", ownerReferences: [{apiVersion: apps/v1, kind: DaemonSet, name: agent, uid: x, controller: true}]";
const CLUSTER = [
  ...["a1", "a2"].map((name) => node(name, "a")),
  node("b1", "b"),
  ...[bound("data", "b"), bound("logs", "a"), bound("spare", "b")],
  pod("waits", ["spare"]),
  pod("db", ["data", "logs"], "nodeName: b1,"),
  pod("alone", ["data"], "nodeName: b1,"),
  pod("web", ["logs"], "nodeName: b1,"),
  pod("agent", [], "nodeName: b1,", DAEMON),
].join("");

const PLUGINS = "NodeUnschedulable,TaintToleration,NodeAffinity,NodeResourcesFit,VolumeBinding";

async function ask(...argv: readonly string[]): Promise<Outcome> {
  const path = files.write("cluster.yaml", CLUSTER);
  const { status, stderr, stdout } = await topomatch(["whatif", "-q", "--filters", PLUGINS, "-f", path, ...argv]);
  return { status, stdout, stderr: stderr.replaceAll(`${files.folder}/`, "") };
}

const CONFLICT = "node(s) didn't match PersistentVolume's node affinity";

test("a zone that is drained: who has no node then, who could not come back, and for which volume", async () => {
  const { status, stderr, stdout } = await ask("--drain", "--selector", "zone=b");
  assert.is(stderr, "");
  const said = `0/3 nodes are available: 1 node(s) were unschedulable, 2 ${CONFLICT}.`;
  assert.is(
    stdout,
    `POD            BEFORE  AFTER  ANSWER
default/waits  1       0      ${said}

DISPLACED      FROM  NODES  ANSWER
default/alone  b1    0      no node for claim default/data on volume pv-data: ${said}
default/db     b1    0      no node for claim default/data on volume pv-data: ${said}

1 pod, 3 nodes before and 3 after: 1 has no node then, 1 loses nodes
3 pods lose their node: 2 could not come back
`,
  );
  assert.is(status, 1);
});

test("wide names the nodes, and who can come back; nothing that is lost is exit status 0", async () => {
  const { status, stdout } = await ask("--remove-node", "a1", "-o", "wide", "web", "waits");
  assert.is(
    stdout,
    `POD          BEFORE  AFTER  ANSWER
default/web  2       1      loses a1

2 pods, 3 nodes before and 2 after: 1 loses nodes
`,
  );
  assert.is(status, 0);
  const removed = await ask("--remove-node=b1", "-o", "wide", "--no-headers");
  assert.match(removed.stdout, /^default\/web +b1 +2 +can come back$/m);
  assert.not.match(removed.stdout, /agent/);
});

test("every node that goes: the scheduler's own sentence", async () => {
  const { status, stdout } = await ask("--remove-node", "-l", "zone", "--no-headers");
  assert.match(stdout, /^default\/waits +1 +0 +no nodes available to schedule pods$/m);
  assert.is(status, 1);
});

test("new nodes: labels, and the pods of DaemonSets that each of them has", async () => {
  const added = ["--add-nodes", "2", "--like", "a1", "--labels", "zone=b,gone-"];
  const { status, stdout } = await ask(...added, "-o", "wide");
  assert.match(stdout, /^default\/waits +1 +3 +gains a1-new-1, a1-new-2$/m);
  assert.match(stdout, /^1 pod, 3 nodes before and 5 after: 1 gains nodes$/m);
  assert.is(status, 0);
  const path = files.write(
    "daemon.yaml",
    `${CLUSTER.replace('pods: "10"', 'pods: "1"')}${pod("a-agent", [], "nodeName: a1,", DAEMON)}`,
  );
  const full = await topomatch(["whatif", "-q", "--filters", PLUGINS, "-f", path, ...added]);
  assert.match(full.stdout, /nothing changes for them/);
});

test("the report has the changes, the counts, every pod that changes, and with --place the plan", async () => {
  const { stdout } = await ask("--drain", "b1", "--place", "-o", "json");
  const { changed, changes, displaced, plan, ...report } = JSON.parse(stdout);
  assert.equal(
    [report.kind, report.nodes, report.nodesAfter, report.pods, report.losing],
    ["WhatIfReport", 3, 3, 1, 1],
  );
  assert.equal(changes, [{ drainNodes: "b1" }]);
  assert.equal([changed[0].pod, changed[0].lostNodes], ["default/waits", ["b1"]]);
  assert.equal(displaced[0].claims, [{ claim: "default/data", volume: "pv-data", nodes: 0 }]);
  assert.equal(plan.placements[0].pod, "default/web");
  assert.is(plan.left.length, 3);
  const yaml = await ask("--cordon", "a1", "-o", "yaml");
  assert.match(yaml.stdout, /^changes:\n {2}- cordonNodes: a1$/m);
});

test("a file of changes, before those of the flags", async () => {
  const path = files.write(
    "changes.yaml",
    "changes:\n- relabelNodes: {nodes: a1, labels: {zone: b}}\n- cordonNodes: [b1]\n",
  );
  const { stdout } = await ask("--changes", path, "--remove-node", "b1", "-o", "wide");
  assert.match(stdout, /^default\/waits +1 +1 +loses b1, gains a1$/m);
  const bare = files.write(
    "changes.json",
    JSON.stringify([{ resizeClaim: { claim: "default/data", storage: "2Gi" } }]),
  );
  assert.is((await ask("--changes", bare)).status, 0);
});

test("a fault in the file is told with its line and field, one in a flag with its nearest name", async () => {
  const fault = async (text: string, ...argv: readonly string[]): Promise<string> => {
    const { status, stderr } = await ask("--changes", files.write("changes.yaml", text), ...argv);
    assert.is(status, 2);
    return stderr;
  };
  const first = "changes:\n# a comment\n- cordonNodes: a1\n";
  assert.match(
    await fault(`${first}- addNodes:\n    like: a1\n    lables: {zone: d}\n`),
    /^topomatch: changes\.yaml: line 6: changes\[1\]\.addNodes has no field lables; did you mean labels\?/,
  );
  assert.match(
    await fault(`${first}- drainNode: b1\n`),
    /^topomatch: changes\.yaml: line 4: changes\[1\]: there is no change drainNode/,
  );
  assert.match(
    await fault("- removeNodes: [b1, b7]\n"),
    /^topomatch: changes\.yaml: line 1: changes\[0\].*node b7 is not in the input/,
  );
  assert.match(
    await fault("change: []\n"),
    /^topomatch: changes\.yaml: there is no field change; did you mean changes\?/,
  );
  assert.match(await fault("changes: 7\n"), /^topomatch: changes\.yaml: changes must be a list, but is a number/);
  assert.match(await fault("- a: {\n"), /^topomatch: changes\.yaml: line \d: /);
  assert.match(
    await fault(`${first}---\n- cordonNodes: b1\n`),
    /^topomatch: changes\.yaml: line 5: a second document begins: all changes stand in one/,
  );
  assert.match(
    await fault("- addNodes: {like: a1}\n  drainNodes: b1\n"),
    /^topomatch: changes\.yaml: line 1: changes\[0\] must be one change, but has addNodes, drainNodes/,
  );
  assert.match(
    await fault(first, "--drain", "b9"),
    /^topomatch: --drain: node b9 is not in the input; did you mean .*b1/,
  );
  assert.match(
    await fault(first, "--drain", "-l", "zone=c"),
    /^topomatch: --drain: no node matches zone=c: the values of zone are a, b$/m,
  );
});

test("exit status 1 is for pods that the changes leave without a node", async () => {
  const allocatable = "spec: {taints: [{key: full, effect: NoSchedule}]}";
  const path = files.write(
    "full.yaml",
    `${node("a1", "a")}${node("b1", "b").replace("status:", `${allocatable}\nstatus:`)}`,
  );
  const pods = files.write("pods.yaml", `${pod("never", ["none"])}${pod("web", [], "nodeName: a1,")}`);
  const status = async (...argv: readonly string[]) =>
    (await topomatch(["whatif", "-q", "-f", path, "-f", pods, ...argv])).status;
  // `never` had no node before.
  assert.is(await status("--uncordon", "a1", "--place"), 0);
  assert.is(await status("--drain", "a1", "--place"), 1);
  const changes = (text: string) => files.write("new.yaml", text);
  assert.is(await status("--changes", changes("- upsert: {kind: Pod, metadata: {name: x}, spec: {}}\n")), 0);
  const absent = "{volumes: [{name: v, persistentVolumeClaim: {claimName: v}}]}";
  assert.is(await status("--changes", changes(`- upsert: {kind: Pod, metadata: {name: x}, spec: ${absent}}\n`)), 1);
});

test("flags that do not go together", async () => {
  const refused = async (...argv: readonly string[]): Promise<string> => {
    const { status, stderr } = await ask(...argv);
    assert.is(status, 2);
    return stderr;
  };
  assert.match(await refused(), /^topomatch: whatif needs a change: --remove-node/);
  assert.match(await refused("--drain"), /^topomatch: --drain needs a node, or --selector/);
  assert.match(await refused("--drain", "b1", "-l", "zone=b"), /--selector needs .* without a name/);
  assert.match(await refused("--add-nodes", "1"), /--add-nodes needs --like NODE/);
  assert.match(
    await refused("--add-nodes", "none", "--like", "a1"),
    /--add-nodes must be a whole number from 1 on, but is none/,
  );
  assert.match(await refused("--drain", "b1", "--like", "a1"), /--like needs --add-nodes N/);
  assert.match(await refused("--drain", "b1", "--assume-capacity"), /--assume-capacity needs --add-nodes N/);
  assert.match(await refused("--drain", "b1", "--labels", "a=b"), /--labels needs --add-nodes or --relabel/);
  assert.match(await refused("--relabel", "b1"), /--relabel needs --labels/);
  assert.match(await refused("--relabel", "b1", "--labels", "zone"), /--labels must be KEY=VALUE,KEY-, but has zone/);
  assert.match(await refused("--resize", "data"), /--resize must be CLAIM=SIZE, but is data/);
  assert.match(
    await refused("--assume", "waits=a1"),
    /^topomatch: --assume: pod default\/waits cannot be assumed on node a1/,
  );
  assert.match(await refused("--changes", "none.yaml"), /^topomatch: none\.yaml: cannot be read: no such file/);
  assert.is((await ask("--resize", "pvc/data=2Gi", "--assume", "waits=b1")).status, 0);
});

test.run();
