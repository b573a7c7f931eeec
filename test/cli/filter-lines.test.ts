// The table's line is what `kubectl describe pod` shows: taints, attach limits, node selectors beside volumes.

import { test } from "uvu";
import * as assert from "uvu/assert";
import type { Written } from "./objects.js";
import { claim, delayed, list, node, pod, storageClass, volume } from "./objects.js";
import { Files } from "./program.js";

const files = new Files();
test.after(() => files.remove());

const TAINTED = "node(s) had untolerated taint(s)";
const BIND = "node(s) didn't find available persistent volumes to bind";
const AFFINITY = "node(s) didn't match PersistentVolume's node affinity";
const UNMATCHED = "node(s) didn't match Pod's node affinity/selector";
const FULL = "node(s) exceed max volume count";
const ZONE = "topology.kubernetes.io/zone";

const tainted = (name: string): Written => ({
  ...node(name),
  spec: { taints: [{ key: "node-role.kubernetes.io/control-plane", effect: "NoSchedule" }] },
});

/** A claim that is bound to a volume of the driver, which nodes of a zone alone can reach. */
function bound(name: string, zone?: string): Written[] {
  const matchExpressions = [{ key: ZONE, operator: "In", values: [zone] }];
  const nodeAffinity = zone === undefined ? undefined : { required: { nodeSelectorTerms: [{ matchExpressions }] } };
  const csi = { driver: "ebs.csi.aws.com", volumeHandle: `vol-${name}` };
  return [
    claim(name, { volumeName: `pv-${name}` }, { annotations: { "pv.kubernetes.io/bind-completed": "yes" } }),
    volume(`pv-${name}`, { csi, nodeAffinity, claimRef: { namespace: "default", name } }),
  ];
}

/** The answer of the only pod, and the exit status. */
async function answer(...objects: readonly Written[]): Promise<string> {
  const { status, stdout } = await files.check("x.json", list(...objects), "--no-headers");
  assert.is(status, 1);
  return stdout.trimEnd();
}

test("a control plane's taint, and two workers without a fitting volume", async () => {
  const small = volume(
    "small",
    { storageClassName: "later", capacity: { storage: "1Mi" } },
    { status: { phase: "Available" } },
  );
  const objects = [
    tainted("control-plane"),
    node("worker-1"),
    node("worker-2"),
    storageClass("later", delayed),
    small,
    claim("c", { storageClassName: "later" }),
    pod("web", ["c"]),
  ];
  assert.is(await answer(...objects), `default/web  0/3    0/3 nodes are available: 1 ${TAINTED}, 2 ${BIND}.`);
});

test("an attach limit of 16 that other pods have used up", async () => {
  const drivers = [{ name: "ebs.csi.aws.com", allocatable: { count: 16 } }];
  const csiNode = { apiVersion: "storage.k8s.io/v1", kind: "CSINode", metadata: { name: "a" }, spec: { drivers } };
  const others = Array.from({ length: 16 }, (_, i) => `c${i}`);
  const objects = (used: number): Written[] => {
    const { spec } = pod("busy", others.slice(0, used));
    const busy = { kind: "Pod", metadata: { name: "busy" }, spec: { ...(spec as Written), nodeName: "a" } };
    return [node("a"), csiNode, ...others.flatMap((name) => bound(name)), ...bound("new"), busy, pod("web", ["new"])];
  };
  assert.is(await answer(...objects(16)), `default/web  0/1    0/1 nodes are available: 1 ${FULL}.`);
  const fits = await files.check("x.json", list(...objects(15)), "--no-headers");
  assert.equal([fits.status, fits.stdout], [0, "default/web  1/1    a\n"]);
});

test("a node selector whose nodes the volume cannot reach", async () => {
  const web = pod("web", ["c"]);
  const objects = [
    node("a1", { [ZONE]: "a", disk: "ssd" }),
    node("b1", { [ZONE]: "b" }),
    node("b2", { [ZONE]: "b" }),
    ...bound("c", "b"),
    { ...web, spec: { ...(web.spec as Written), nodeSelector: { disk: "ssd" } } },
  ];
  assert.is(await answer(...objects), `default/web  0/3    0/3 nodes are available: 1 ${AFFINITY}, 2 ${UNMATCHED}.`);
});

test("an untolerated taint on the only node that the volume can reach", async () => {
  const { metadata } = node("a1", { [ZONE]: "a" });
  const objects = [{ ...tainted("a1"), metadata }, node("b1", { [ZONE]: "b" }), ...bound("c", "a"), pod("web", ["c"])];
  assert.is(await answer(...objects), `default/web  0/2    0/2 nodes are available: 1 ${AFFINITY}, 1 ${TAINTED}.`);
});

test("zone labels of a volume alone", async () => {
  const [bind, held] = bound("c");
  const labelled = { ...held, metadata: { name: "pv-c", labels: { [ZONE]: "c" } } };
  const objects = [node("a1", { [ZONE]: "a" }), node("b1", { [ZONE]: "b" }), bind, labelled, pod("web", ["c"])];
  assert.is(
    await answer(...objects),
    "default/web  0/2    0/2 nodes are available: 2 node(s) had no available volume zone.",
  );
});

test.run();
