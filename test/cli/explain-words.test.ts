// cli: `topomatch explain pvc/NAME` and `explain node/NAME`: what they print, and names that lead nowhere.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv2020 } from "ajv/dist/2020.js";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { root } from "../support/package.js";
import { claim, delayed, list, node, pod, storageClass, volume } from "./objects.js";
import type { Outcome } from "./program.js";
import { Files, topomatch } from "./program.js";

const test = suite("explain words");
const files = new Files();
test.after(() => files.remove());

const schema = JSON.parse(readFileSync(join(root, "docs/explain.schema.json"), "utf8"));
const ajv = new Ajv2020({ allErrors: true, strict: true, strictTypes: false, strictRequired: false });
const isValid = ajv.compile(schema);
const holds = (report: object): boolean => isValid(report);

const inZone = (zone: string) => ({
  nodeAffinity: {
    required: { nodeSelectorTerms: [{ matchExpressions: [{ key: "zone", operator: "In", values: [zone] }] }] },
  },
});
const shop = { namespace: "shop" };
const cordoned = { ...node("n-1", { zone: "a" }), spec: { unschedulable: true } };
/** Claim shop/data is bound to a volume in zone a, shop/new may take one in zone b, and shop/big finds none. */
const cluster = list(
  cordoned,
  node("n-2", { zone: "b" }),
  node("n-3", { zone: "b" }),
  storageClass("local", delayed),
  volume("pv-a", { ...inZone("a"), storageClassName: "local", claimRef: { namespace: "shop", name: "data" } }),
  volume("pv-b", { ...inZone("b"), storageClassName: "local" }, { status: { phase: "Available" } }),
  claim(
    "data",
    { volumeName: "pv-a", storageClassName: "local" },
    { ...shop, annotations: { "pv.kubernetes.io/bind-completed": "yes" } },
  ),
  claim("new", { storageClassName: "local" }, shop),
  claim("big", { storageClassName: "local", resources: { requests: { storage: "5Gi" } } }, shop),
  { ...pod("web", ["data"]), metadata: { name: "web", ...shop } },
  pod("ran", ["data"], { metadata: { name: "ran", ...shop }, status: { phase: "Succeeded" } }),
  { ...pod("runs", ["data"]), metadata: { name: "runs", ...shop }, spec: { ...specOf("data"), nodeName: "n-1" } },
  { ...pod("free"), metadata: { name: "free", ...shop } },
);

function specOf(claimName: string) {
  return { volumes: [{ name: "v", persistentVolumeClaim: { claimName } }] };
}

async function explained(...argv: readonly string[]): Promise<Outcome> {
  return topomatch(["explain", "-q", "-f", files.write("cluster.json", cluster), "-n", "shop", ...argv]);
}

for (const kind of ["pvc", "persistentvolumeclaim", "persistentvolumeclaims"]) {
  test(`${kind}/NAME: where the claim can be whatever the state of nodes, who uses it, and what keeps it from others`, async () => {
    const { status, stdout } = await explained(`${kind}/data`);
    assert.is(status, 0);
    assert.equal(stdout.split("\n").slice(0, 5), [
      "a pod with claim shop/data alone fits 1 of 3 nodes",
      "  can be on n-1",
      "  used by shop/runs on n-1, shop/web",
      "  2 nodes  volume pv-a of claim shop/data is reached only with zone=a: 2 nodes have b",
      "           PersistentVolume pv-a: spec.nodeAffinity.required.nodeSelectorTerms[0].matchExpressions[0]",
    ]);
  });
}

test("about one node, and with the plugins that are named", async () => {
  const there = await explained("pvc/data", "node/n-2");
  assert.is(there.status, 1);
  assert.match(there.stdout, /^a pod with claim shop\/data alone does not fit node n-2\n {2}used by /);
  const all = await explained("pvc/data", "--filters", "NodeUnschedulable,VolumeBinding");
  assert.is(all.status, 1);
  assert.match(all.stdout, /cordoned/);
});

test("a claim that finds no volume, and what would help", async () => {
  const { status, stdout } = await explained("pvc/big");
  assert.is(status, 1);
  const [verdict, use, cause] = stdout.split("\n");
  assert.match(
    verdict,
    /^a pod with claim shop\/big alone: 0\/3 nodes are available: 3 node\(s\) didn't find available/,
  );
  assert.is(use, "  no pod uses it");
  assert.match(cause, /claim shop\/big of class local asks for 5Gi: .* too small/);
  assert.match(stdout, /\nwhat would help:\n/);
});

test("as JSON the claim stands in the place of the pod, and the schema holds", async () => {
  const { stdout } = await explained("pvc/data", "-o", "json");
  const report = JSON.parse(stdout);
  assert.ok(holds(report), ajv.errorsText(isValid.errors));
  const [{ claim: name, feasibleNodes, pod: asked, usedBy }] = report.items;
  assert.equal([name, asked, feasibleNodes], ["shop/data", undefined, 1]);
  assert.equal(usedBy, [{ pod: "shop/runs", node: "n-1" }, { pod: "shop/web" }]);
  assert.is(holds({ ...report, items: [{ ...report.items[0], claim: undefined }] }), false);
});

test("a kind without any object is said as far as the claim needs it", async () => {
  const path = files.write("lone.json", list(node("n-1"), claim("lone", { storageClassName: "fast" })));
  const { stderr } = await topomatch(["explain", "-f", path, "pvc/lone"]);
  assert.is(
    stderr,
    "topomatch: no StorageClass in the input, but 1 claim names one (first: default/lone -> fast): such claims are judged " +
      "as immediate\n",
  );
  assert.is((await topomatch(["explain", "-q", "-f", path, "pvc/lone"])).stderr, "");
});

for (const kind of ["node", "nodes", "no"]) {
  test(`${kind}/NAME: the pods that wait and are rejected there, a line a cause`, async () => {
    const { status, stdout } = await explained(`${kind}/n-2`);
    assert.is(status, 1);
    assert.equal(stdout.split("\n"), [
      "node n-2 rejects 1 of 2 pods that wait for a node",
      "  shop/web  volume pv-a of claim shop/data is reached only with zone=a: 1 node has b",
      "",
    ]);
  });
}

test("wide also names the fields, and a node that takes every pod is told", async () => {
  const { stdout } = await explained("node/n-1", "-o", "wide", "--filters", "NodeUnschedulable");
  assert.equal(stdout.split("\n").slice(0, 3), [
    "node n-1 rejects 2 of 2 pods that wait for a node",
    "  shop/web   the pod does not tolerate nodes that are cordoned",
    "             Node n-1: spec.unschedulable",
  ]);
  const taken = await explained("node/n-1", "--filters", "VolumeBinding");
  assert.equal([taken.status, taken.stdout], [0, "node n-1 takes each of 2 pods that wait for a node\n"]);
});

test("as JSON the rejected pods stand in a list that names the node", async () => {
  const report = JSON.parse((await explained("node/n-2", "-o", "json")).stdout);
  assert.ok(holds(report), ajv.errorsText(isValid.errors));
  assert.equal([report.node, report.pods, report.items.length], ["n-2", 2, 1]);
  assert.equal([report.items[0].pod, report.items[0].node, report.items[0].feasible], ["shop/web", "n-2", false]);
});

test("a pod in a namespace of such a name is a pod", async () => {
  const path = files.write(
    "pvc.json",
    list(node("n-1"), { ...pod("web"), metadata: { namespace: "pvc", name: "web" } }),
  );
  const { status, stdout } = await topomatch(["explain", "-q", "-f", path, "pvc/web"]);
  assert.equal([status, stdout], [0, "pvc/web fits 1 of 1 node\n"]);
});

const NOWHERE: readonly (readonly [words: readonly string[], sentence: string])[] = [
  [["pvc/dat"], "there is no claim shop/dat in the input; did you mean shop/data?"],
  [["-n", "default", "pvc/new"], "there is no claim default/new in the input; one of that name is in namespace shop"],
  [["node/n-4"], "there is no node n-4 in the input; did you mean n-1, n-2 or n-3?"],
  [
    ["node/n-1", "n-2"],
    "explain node/n-1 is about every pod that waits for a node: it takes no n-2 (topomatch explain --help says more)",
  ],
];

for (const [words, sentence] of NOWHERE) {
  test(`${words.join(" ")} leads nowhere: ${sentence}`, async () => {
    assert.equal(await explained(...words), { status: 2, stdout: "", stderr: `topomatch: ${sentence}\n` });
  });
}

test.run();
