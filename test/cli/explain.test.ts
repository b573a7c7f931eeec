// cli: `topomatch explain`: what it prints, its exit status, and names that lead nowhere.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv2020 } from "ajv/dist/2020.js";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { root } from "../support/package.js";
import { claim, delayed, list, node, pod, storageClass, volume } from "./objects.js";
import type { Outcome } from "./program.js";
import { Files, topomatch } from "./program.js";

const test = suite("explain");
const files = new Files();
test.after(() => files.remove());

const schema = JSON.parse(readFileSync(join(root, "docs/explain.schema.json"), "utf8"));
const ajv = new Ajv2020({ allErrors: true, strict: true, strictTypes: false, strictRequired: false });
const isValid = ajv.compile(schema);

const local = {
  nodeAffinity: {
    required: {
      nodeSelectorTerms: [{ matchExpressions: [{ key: "disk", operator: "In", values: ["ssd"] }] }],
    },
  },
};
const objects = [
  node("n-1", { disk: "hdd" }),
  node("n-2"),
  storageClass("local", delayed),
  volume("pv-0", { ...local, storageClassName: "local" }),
  claim(
    "data",
    { volumeName: "pv-0", storageClassName: "local" },
    { annotations: { "pv.kubernetes.io/bind-completed": "yes" } },
  ),
  pod("web", ["data"]),
];

async function explained(...argv: readonly string[]): Promise<Outcome> {
  const path = files.write("cluster.json", list(...objects));
  return topomatch(["explain", "-q", "--filters", "volumes", "-f", path, ...argv]);
}

test("the verdict, a cause with its place, and what would help, in a few lines", async () => {
  const { status, stdout } = await explained();
  assert.is(status, 1);
  assert.equal(stdout.split("\n"), [
    "default/web: 0/2 nodes are available: 2 node(s) didn't match PersistentVolume's node affinity.",
    "  2 nodes  volume pv-0 of claim default/data is reached only with disk=ssd: no node has ssd; 1 node has hdd, 1 has no such label",
    "           PersistentVolume pv-0: spec.nodeAffinity.required.nodeSelectorTerms[0].matchExpressions[0]",
    "what would help:",
    "  +1 node   let volume pv-0 want disk in [hdd] (only where it can be reached from there; fixed where the gate MutablePVNodeAffinity is off)",
    `            kubectl patch pv pv-0 --type=json -p '[{"op":"add","path":"/spec/nodeAffinity/required/nodeSelectorTerms/0/matchExpressions/0/values","value":["hdd"]}]'`,
    "",
  ]);
});

test("about one node, wide: the claim's nodes and the groups", async () => {
  const { status, stdout } = await explained("web", "node/n-2", "-o", "wide");
  assert.is(status, 1);
  assert.match(
    stdout,
    /^default\/web does not fit node n-2\n {2}1 node {3}volume pv-0 .*: no node has ssd; 1 node has no such label\n/,
  );
  assert.match(
    stdout,
    /\n {2}claim default\/data, volume pv-0, alone: 0 nodes\n {2}1 node {3}VolumeBinding: VolumeNodeAffinity pv-0: n-2\n$/,
  );
});

test("JSON is as its schema says", async () => {
  const { stdout } = await explained("-o", "json");
  assert.ok(isValid(JSON.parse(stdout)), ajv.errorsText(isValid.errors));
  const report = JSON.parse(stdout);
  const [{ causes, groups, remedies }] = report.items;
  assert.is(causes[0].terms[0].requirements[0].absent, 1);
  assert.equal(groups, [
    {
      plugin: "VolumeBinding",
      reasons: ["node(s) didn't match PersistentVolume's node affinity"],
      causes: [0],
      count: 2,
      nodes: ["n-1", "n-2"],
    },
  ]);
  assert.is(remedies[0].opens, 1);
  delete report.items[0].causes[0].object;
  assert.is(isValid(report), false);
});

test("names that lead nowhere end with status 2 and the names that are near", async () => {
  const ofNode = await explained("web", "n-3");
  assert.equal([ofNode.status, ofNode.stdout], [2, ""]);
  assert.is(ofNode.stderr, "topomatch: there is no node n-3 in the input; did you mean n-1 or n-2?\n");
  const ofPod = await explained("webb");
  assert.is(ofPod.status, 2);
  assert.match(ofPod.stderr, /there is no pod default\/webb in the input; did you mean default\/web\?/);
  const ofFormat = await explained("-o", "tabel");
  assert.match(ofFormat.stderr, /-o must be one of text, wide, json, yaml, but is tabel/);
});

test("what objects say cannot forge a line", async () => {
  const evil = list(node("n-1", { disk: "x\u001b[2J\nok" }), ...objects.slice(2));
  const path = files.write("evil.json", evil);
  const { stdout } = await topomatch(["explain", "-q", "--filters", "volumes", "-f", path]);
  assert.not.ok(stdout.includes("\u001b"));
  assert.match(stdout, /x\\u001b\[2J/);
});

test.run();
