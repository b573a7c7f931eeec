// cli: claims that the scheduler lets pass and their provisioner refuses: `provisioning` in a report, a line below the table.

import { suite } from "uvu";
import * as assert from "uvu/assert";
import type { Written } from "./objects.js";
import { claim, delayed, list, node, onNode, pod, storageClass, volume } from "./objects.js";
import { Files } from "./program.js";

const test = suite("refused claims");
const files = new Files();
test.after(() => files.remove());

const DRIVER = "rbd.csi.example.com";
const SNAPSHOTS = "snapshot.storage.k8s.io";

async function reported(objects: readonly Written[], ...argv: string[]) {
  const { status, stdout, stderr } = await files.check("x.json", list(...objects), "-o", "json", ...argv);
  const [entry] = JSON.parse(stdout).pods;
  return { status, stderr, provisioning: entry.provisioning, schedulable: entry.schedulable, plans: entry.plans };
}

const selecting = { storageClassName: "standard", selector: { matchLabels: { name: "manual" } } };
const kind = [
  storageClass("standard", { provisioner: "rancher.io/local-path", ...delayed }),
  claim("manual", selecting, { namespace: "default" }),
  pod("web", ["manual"], { metadata: { name: "web", namespace: "default" } }),
];
const kept = (name: string): Written => {
  const { spec, ...rest } = volume(`manual-${name}`, { ...onNode(name), storageClassName: "standard" });
  return {
    ...rest,
    metadata: { name: `manual-${name}`, labels: { name: "manual" } },
    spec,
    status: { phase: "Available" },
  };
};

test("a claim with a selector where no volume is within reach", async () => {
  const { plans, provisioning, schedulable, status } = await reported(
    [node("control"), kept("worker"), ...kind],
    "--plans",
  );
  assert.equal([status, schedulable], [0, true]);
  assert.equal(provisioning, [{ claim: "default/manual", reason: "claim Selector is not supported", rule: "R-TOP-2" }]);
  assert.equal(plans.control.dynamicProvisions, ["default/manual"]);
});

test("nothing is told where a volume is bound on every node that fits, or none fits", async () => {
  const tainted = { ...node("control"), spec: { taints: [{ key: "control-plane", effect: "NoSchedule" }] } };
  const { provisioning, schedulable } = await reported([tainted, node("worker"), kept("worker"), ...kind]);
  assert.equal([schedulable, provisioning], [true, undefined]);
  const none = await reported([tainted, ...kind]);
  assert.equal([none.schedulable, none.provisioning, none.status], [false, undefined, 1]);
});

test("it is told where only some of the nodes that fit have a volume", async () => {
  const { provisioning } = await reported([node("control"), node("worker"), kept("worker"), ...kind]);
  assert.is(provisioning.length, 1);
});

const restoring = (sourceVolumeMode: string, ready = true) => [
  node("w-a"),
  storageClass("rbd", { provisioner: DRIVER, ...delayed }),
  {
    apiVersion: `${SNAPSHOTS}/v1beta1`,
    kind: "VolumeSnapshot",
    metadata: { name: "snap", namespace: "apps", uid: "u" },
    status: { boundVolumeSnapshotContentName: "content", readyToUse: ready, restoreSize: "1Gi" },
  },
  {
    apiVersion: `${SNAPSHOTS}/v1`,
    kind: "VolumeSnapshotContent",
    metadata: { name: "content" },
    spec: { driver: DRIVER, sourceVolumeMode, volumeSnapshotRef: { namespace: "apps", name: "snap", uid: "u" } },
    status: { snapshotHandle: "h" },
  },
  claim(
    "restored",
    {
      storageClassName: "rbd",
      volumeMode: "Filesystem",
      dataSource: { apiGroup: SNAPSHOTS, kind: "VolumeSnapshot", name: "snap" },
    },
    { namespace: "apps" },
  ),
  pod("db", ["restored", "restored"], {
    metadata: { name: "db", namespace: "apps" },
    spec: {
      volumes: ["restored", "restored"].map((claimName, i) => ({
        name: `v${i}`,
        persistentVolumeClaim: { claimName },
      })),
    },
  }),
];

test("a restore that changes the volume mode, once though two volumes name the claim; and one that is in order", async () => {
  const { provisioning, schedulable, stderr } = await reported(restoring("Block"));
  assert.is(schedulable, true);
  assert.is(provisioning.length, 1);
  assert.equal([provisioning[0].claim, provisioning[0].rule], ["apps/restored", "R-SNP-10"]);
  assert.match(
    provisioning[0].reason,
    /^error getting handle for DataSource Type VolumeSnapshot by Name snap: requested/,
  );
  assert.not.match(stderr, /VolumeSnapshot/);
  assert.is((await reported(restoring("Filesystem"))).provisioning, undefined);
  assert.is((await reported(restoring("Filesystem", false))).provisioning[0].rule, "R-SNP-7");
});

test("what is missing altogether is told, and a line says that the input has none of its kind", async () => {
  const without = (kind: string) => restoring("Block").filter((object) => (object as Written).kind !== kind);
  const snapshots = await reported(without("VolumeSnapshot"));
  assert.is(snapshots.provisioning[0].rule, "R-SNP-1");
  assert.match(
    snapshots.stderr,
    /no VolumeSnapshot in the input, but 1 claim is restored from one \(first: apps\/restored -> snap\)/,
  );
  const contents = await reported(without("VolumeSnapshotContent"));
  assert.is(contents.provisioning[0].rule, "R-SNP-4");
  assert.match(contents.stderr, /no VolumeSnapshotContent in the input, but 1 claim is restored from a snapshot/);
});

test("other plugins than VolumeBinding count on nothing", async () => {
  assert.is((await reported(restoring("Block"), "--filters", "NodeName")).provisioning, undefined);
});

test("a table has a line for it", async () => {
  const { status, stdout } = await files.check("x.json", list(...restoring("Block")));
  assert.is(status, 0);
  const line = stdout.split("\n").find((text) => text.includes("provisioned"));
  assert.match(
    line ?? "",
    /^1 claim will not be provisioned where the scheduler counts on it \(first: apps\/restored\): error/,
  );
  assert.not.match((await files.check("x.json", list(...restoring("Filesystem")))).stdout, /provisioned/);
});

test.run();
