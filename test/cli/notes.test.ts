// Notes on what nobody would think of: workloads in live mode, pods that bypassed the scheduler, verdicts on pods that
// compete, and what other plugins would have read.

import { test } from "uvu";
import * as assert from "uvu/assert";
import { OtherPlugins } from "../../lib/cli/notes/other-plugins.js";
import type { Written } from "./objects.js";
import { claim, delayed, list, node, onNode, pod, storageClass, volume } from "./objects.js";
import { Files } from "./program.js";

const files = new Files();

const workload = (kind: string, apiVersion = ""): Written => ({
  kind,
  ...(apiVersion === "" ? {} : { apiVersion }),
  metadata: { name: "w" },
  spec: { template: { spec: {} } },
});

for (const [kind, apiVersion] of [
  ["StatefulSet", "apps/v1"],
  ["Deployment", ""],
  ["ReplicaSet", "apps/v1"],
  ["Job", "batch/v1"],
]) {
  test(`live mode: a ${kind} is skipped with a hint at manifests mode`, async () => {
    const { status, stderr } = await files.check("x.json", list(node("a"), workload(kind, apiVersion)));
    assert.is(status, 0);
    assert.is(
      stderr,
      `topomatch: skipped 1 ${kind}: live mode reads pods as they are; --mode manifests makes the pods of workloads\n`,
    );
  });
}

test("a kind of that name in another group is none that manifests mode makes pods of", async () => {
  const { stderr } = await files.check("x.json", list(node("a"), workload("Job", "example.com/v1")));
  assert.is(stderr, "topomatch: skipped 1 object of unknown kind Job (example.com)\n");
});

/** Pod `p` was put on node `a` and has not started; it uses claim `c`. */
const placed = (name = "p", status: Written = { phase: "Pending" }, metadata: Written = {}): Written => {
  const { spec } = pod(name, ["c"]);
  return { kind: "Pod", metadata: { name, ...metadata }, spec: { ...(spec as Written), nodeName: "a" }, status };
};
const later = storageClass("later", { provisioner: "csi.example.com", ...delayed });
const waiting = claim("c", { storageClassName: "later" });
const BYPASSED =
  "topomatch: pod default/p names its node a, so no scheduler looks at it, but claim default/c of class later waits " +
  "for one: nobody will bind the claim, and the pod will not start";

for (const mode of ["live", "manifests"]) {
  test(`${mode}: a pod with a node whose delayed claim nobody will bind is said`, async () => {
    const { status, stderr, stdout } = await files.check(
      "x.json",
      list(node("a"), placed(), placed("q"), placed("r"), later, waiting),
      "--mode",
      mode,
    );
    assert.equal([status, stdout], [0, "0 pods, 1 node: nothing to evaluate\n"]);
    assert.is(stderr, `${BYPASSED}; so it is with 2 more pods\n`);
  });
}

test("a pod whose phase nobody wrote has not started", async () => {
  assert.is((await files.check("x.json", list(node("a"), placed("p", {}), later, waiting))).stderr, `${BYPASSED}\n`);
});

const BOUND: readonly (readonly [title: string, ...objects: readonly Written[]])[] = [
  ["a pod that runs has its volumes", later, waiting, placed("p", { phase: "Running" })],
  [
    "a pod that is being deleted starts no more",
    later,
    waiting,
    placed("p", {}, { deletionTimestamp: "2026-05-02T08:11:09Z" }),
  ],
  ["the scheduler binds the claim for another pod", later, waiting, placed(), pod("other", ["c"])],
  ["the claim has a volume", later, claim("c", { storageClassName: "later", volumeName: "pv" }), placed()],
  [
    "the claim has a node",
    later,
    claim("c", { storageClassName: "later" }, { annotations: { "volume.kubernetes.io/selected-node": "a" } }),
    placed(),
  ],
  [
    "a volume is reserved for the claim",
    later,
    waiting,
    placed(),
    volume("pv", { claimRef: { namespace: "default", name: "c" } }),
  ],
  [
    "an immediate claim waits for no scheduler",
    storageClass("later", { volumeBindingMode: "Immediate" }),
    waiting,
    placed(),
  ],
  ["nobody knows what an unknown class does", claim("c", { storageClassName: "other" }), later, placed()],
];

for (const [title, ...objects] of BOUND) {
  test(`not said: ${title}`, async () => {
    const { stderr } = await files.check("x.json", list(node("a"), ...objects));
    assert.not.match(stderr, /no scheduler looks at it/);
  });
}

const local = storageClass("local", delayed);
const free = (name: string, on: string, size = "1Gi"): Written =>
  volume(
    name,
    { storageClassName: "local", capacity: { storage: size }, ...onNode(on) },
    { status: { phase: "Available" } },
  );
const small = (name: string): Written => claim(name, { storageClassName: "local" });
const users = ["x", "y", "z"].flatMap((name) => [small(name), pod(name, [name])]);

/** The lines of a table after the one with the counts, where VolumeBinding alone runs. */
async function caveats(objects: readonly Written[], ...argv: readonly string[]): Promise<string[]> {
  const { stdout } = await files.check("x.json", list(...objects), "--filters", "VolumeBinding", ...argv);
  const lines = stdout.trimEnd().split("\n");
  return lines.slice(lines.findIndex((line) => /^\d+ pods?, \d+ nodes?: /.test(line)) + 1);
}

test("pods that fit one volume were judged alone, and the table says so", async () => {
  const cluster = [node("a"), local, free("pv", "a"), ...users];
  assert.equal(await caveats(cluster), ["each pod was judged alone, but 3 of them want volume pv"]);
  assert.equal(await caveats(cluster, "-o", "wide"), ["each pod was judged alone, but 3 of them want volume pv"]);
});

test("the volume that most pods want is named", async () => {
  const large = [
    claim("l", { storageClassName: "local", resources: { requests: { storage: "5Gi" } } }),
    pod("l1", ["l"]),
    claim("m", { storageClassName: "local", resources: { requests: { storage: "5Gi" } } }),
    pod("m1", ["m"]),
  ];
  const cluster = [node("a"), local, free("pv", "a"), free("big", "a", "5Gi"), ...large, ...users];
  assert.equal(await caveats(cluster), [
    "each pod was judged alone, but 3 of them want volume pv, and so it is with 1 more volume",
  ]);
});

test("of volumes that equally many pods want, the first is named", async () => {
  const volumes = [free("one", "a"), free("two", "b")];
  assert.equal(await caveats([node("a"), node("b"), local, ...volumes, ...users]), [
    "each pod was judged alone, but 3 of them want volume one, and so it is with 1 more volume",
  ]);
});

test("a pod that would take one volume for this claim here and for that one there competes with nobody", async () => {
  const volumes = [
    free("on-a", "a"),
    free("on-b", "b", "3Gi"),
    volume("net", { storageClassName: "local", capacity: { storage: "2Gi" } }, { status: { phase: "Available" } }),
  ];
  const both = [small("x"), small("y"), pod("p", ["x", "y"])];
  const report = await files.report("x.json", list(node("a"), node("b"), local, ...volumes, ...both), "--plans");
  const taken = Object.values(report.pods[0].plans ?? {}).map(
    ({ staticBindings }) => staticBindings.find(({ volume: name }) => name === "net")?.claim,
  );
  assert.equal(taken, ["default/y", "default/x"]);
  assert.equal(await caveats([node("a"), node("b"), local, ...volumes, ...both]), []);
});

test("pods that want no volume together are not said to", async () => {
  const one = [small("x"), pod("x", ["x"])];
  assert.equal(await caveats([node("a"), local, free("pv", "a"), ...one]), [], "one pod");
  assert.equal(await caveats([node("a"), local, free("pv", "a"), ...one, pod("also", ["x"])]), [], "one claim");
  const other = [
    claim("y", { storageClassName: "local", resources: { requests: { storage: "5Gi" } } }),
    pod("y", ["y"]),
  ];
  assert.equal(await caveats([node("a"), local, free("pv", "a"), free("big", "a", "5Gi"), ...one, ...other]), []);
  const provisioned = users.map((object) => ({ ...object }));
  assert.equal(
    await caveats([node("a"), storageClass("local", { provisioner: "kubernetes.io/x", ...delayed }), ...provisioned]),
    [],
  );
});

test("a table without pods has no line after its counts", async () => {
  const tainted = { ...node("a"), spec: { taints: [{ key: "x", effect: "NoSchedule" }] } };
  assert.equal(await caveats([tainted]), []);
});

const withSpec = (spec: Written): Written => pod("p", [], { spec });

/** What another plugin would read -> its words. */
const READ: readonly (readonly [words: string, ...objects: readonly Written[]])[] = [
  ["cordoned nodes", { ...node("b"), spec: { unschedulable: true } }],
  ["taints", { ...node("b"), spec: { taints: [{ key: "x", effect: "NoExecute" }] } }],
  ["node selectors or node affinity", withSpec({ nodeSelector: { zone: "a" } })],
  [
    "node selectors or node affinity",
    withSpec({
      affinity: { nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: [] } } },
    }),
  ],
  ["resource requests", withSpec({ containers: [{ name: "c", resources: { requests: { cpu: "1" } } }] })],
  ["resource requests", withSpec({ initContainers: [{ name: "c", resources: { requests: { cpu: "1" } } }] })],
  ["resource requests", withSpec({ resources: { requests: { cpu: "1" } } })],
  ["resource requests", withSpec({ overhead: { cpu: "1" } })],
  [
    "ReadWriteOncePod claims or raw disks",
    local,
    claim("c", { accessModes: ["ReadWriteOncePod"], storageClassName: "local" }),
    free("pv", "a"),
    pod("q", ["c"]),
  ],
  [
    "ReadWriteOncePod claims or raw disks",
    withSpec({ volumes: [{ name: "v", awsElasticBlockStore: { volumeID: "vol-1" } }] }),
  ],
  [
    "attach limits",
    { kind: "CSINode", metadata: { name: "a" }, spec: { drivers: [{ name: "d", allocatable: { count: 0 } }] } },
  ],
  ["attach limits", { kind: "CSIDriver", metadata: { name: "d" }, spec: { preventPodSchedulingIfMissing: true } }],
  [
    "volumes with zone labels",
    { ...volume("pv"), metadata: { name: "pv", labels: { "topology.kubernetes.io/region": "r" } } },
  ],
];

for (const [i, [words, ...objects]] of READ.entries()) {
  test(`what other plugins read: ${words} (${i})`, async () => {
    assert.equal(await caveats([node("a"), pod("p"), ...objects]), [
      `VolumeBinding only: the input also has ${words}, which other plugins read`,
    ]);
  });
}

test("everything that other plugins read stands in one line, in the scheduler's order", async () => {
  const objects = READ.flatMap(([, ...each]) => each).filter(({ kind }) => kind !== "Pod");
  const requests = withSpec({ nodeSelector: { zone: "a" }, overhead: { cpu: "1" } });
  assert.equal(await caveats([...objects, requests]), [
    "VolumeBinding only: the input also has cordoned nodes, taints, node selectors or node affinity, resource requests, " +
      "attach limits and volumes with zone labels, which other plugins read",
  ]);
});

test("a plugin that runs is not among those whose inputs were left out", () => {
  const plugins = new OtherPlugins();
  plugins.see("Node", { spec: { taints: [{ key: "x", effect: "NoSchedule" }] } });
  plugins.see("PersistentVolumeClaim", { spec: { accessModes: ["ReadWriteOncePod"] } });
  assert.is(plugins.line(["TaintToleration", "VolumeRestrictions", "VolumeBinding"]), undefined);
  assert.is(
    plugins.line(["VolumeRestrictions", "VolumeBinding"]),
    "VolumeRestrictions, VolumeBinding only: the input also has taints, which other plugins read",
  );
  assert.is(
    plugins.line(["TaintToleration"]),
    "TaintToleration only: the input also has ReadWriteOncePod claims or raw disks and claims, which other plugins read",
  );
  assert.not(plugins.watches("Node", ["NodeUnschedulable", "VolumeBinding"]), "only cordons are open");
  assert.ok(plugins.watches("Node", ["VolumeBinding"]));
  assert.not(plugins.watches("PersistentVolumeClaim", []), "nothing is open");
});

test("what no plugin reads of the pods that are asked about is not told", async () => {
  const harmless = { ...node("a"), spec: { unschedulable: false, taints: [{ key: "x", effect: "PreferNoSchedule" }] } };
  const plain = withSpec({ nodeSelector: {}, containers: [{ name: "c", resources: { requests: {} } }] });
  const unlimited = { kind: "CSINode", metadata: { name: "a" }, spec: { drivers: [{ name: "d" }] } };
  const other = pod("other", [], { spec: { nodeName: "a", nodeSelector: { zone: "a" } } });
  assert.equal(await caveats([harmless, plain, unlimited, other]), []);
  assert.equal(await caveats([harmless, plain, unlimited, other], "other"), [
    "VolumeBinding only: the input also has node selectors or node affinity, which other plugins read",
  ]);
});

test("manifests mode: the pods of workloads count, and so do their limits", async () => {
  const limited = {
    kind: "Deployment",
    metadata: { name: "w" },
    spec: { template: { spec: { containers: [{ name: "c", resources: { limits: { cpu: "1" } } }] } } },
  };
  assert.equal(await caveats([node("a"), limited], "--mode", "manifests"), [
    "VolumeBinding only: the input also has resource requests, which other plugins read",
  ]);
});

test.after(() => files.remove());

test.run();
