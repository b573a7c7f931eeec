// `topomatch report`: its words, its exit status, what it prints and the file that it writes.

import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import type { ReportData } from "../../lib/report/types.js";
import { affinity, NODES, volume, ZONE } from "../lint/cluster.js";
import { list, node, pod } from "./objects.js";
import type { Outcome } from "./program.js";
import { Files, topomatch } from "./program.js";

const test = suite("report");
const files = new Files();
test.after(() => files.remove());

const RACK = "example.com/rack";
const RACKED = [node("n1", { [RACK]: "r1" }), node("n2", { [RACK]: "r1" }), node("n3", { [RACK]: "r2" })];
const LOST = pod("lost", ["nobody"]);
const page = join(files.folder, "report.html");

async function report(objects: readonly object[], ...argv: string[]): Promise<Outcome> {
  const path = files.write("objects.json", list(...objects));
  const { status, stderr, stdout } = await topomatch(["report", "-f", path, "-q", ...argv]);
  return { status, stderr, stdout: stdout.replaceAll(`${files.folder}/`, "") };
}

async function dataOf(objects: readonly object[], ...argv: string[]): Promise<ReportData> {
  const { stderr } = await report(objects, "--html", page, ...argv);
  assert.is(stderr, "");
  const [, text] = /id="data" data-coding="json">([^<]*)</.exec(readFileSync(page, "utf8"))!;
  return JSON.parse(text);
}

test("without --html it prints Markdown, and the exit status says whether some pod fits nowhere", async () => {
  const bad = await report([...RACKED, pod("web"), LOST]);
  assert.is(bad.status, 1);
  assert.match(bad.stdout, /^## topomatch: 1 of 2 pods fits no node\n/);
  assert.match(bad.stdout, /there is no claim default\/nobody/);
  const good = await report([...RACKED, pod("web")], "-o", "md");
  assert.is(good.status, 0);
  assert.match(good.stdout, /^## topomatch: the pod fits\n/);
});

test("with --html it writes a page and says so; with -o md it prints Markdown too", async () => {
  const alone = await report([...RACKED, pod("web"), LOST], "--html", page);
  assert.equal(alone, { status: 1, stderr: "", stdout: "report.html: 3 nodes, 2 pods, 1 without a node\n" });
  const html = readFileSync(page, "utf8");
  assert.match(html, /^<!doctype html>\n/);
  const both = await report([...RACKED, pod("web")], "--html", page, "-o", "md");
  assert.match(both.stdout, /^## topomatch: /);
});

test("nodes are grouped by the key that was asked for, or by zones, or not at all", async () => {
  const zoned = [node("n1", { [ZONE]: "a", [RACK]: "r1" }), node("n2", { [ZONE]: "a", [RACK]: "r2" })];
  const first = async (objects: readonly object[], ...argv: string[]) => {
    const { groupBy, keys } = await dataOf([...objects, pod("web")], ...argv);
    return keys[groupBy]?.key;
  };
  assert.is(await first(zoned), ZONE);
  assert.is(await first(zoned, "--group-by", RACK), RACK);
  // Every node has a host name of its own.
  assert.is(await first(RACKED), undefined);
  const topologyKeys = {
    metadata: { name: "n1" },
    spec: { drivers: [{ name: "d", nodeID: "i", topologyKeys: [RACK] }] },
  };
  const csiNode = { apiVersion: "storage.k8s.io/v1", kind: "CSINode", ...topologyKeys };
  assert.is(await first([...RACKED, csiNode]), RACK);
});

test("a key that no node has is a mistake; the sentence says which are near", async () => {
  const { status, stderr } = await report([...RACKED, pod("web")], "--group-by", "example.com/rak", "--html", page);
  assert.is(status, 2);
  assert.is(stderr, "topomatch: no node has the label example.com/rak; did you mean example.com/rack?\n");
});

test("where no pod waits the columns are claims, each as the only one of a pod", async () => {
  const bound = volume("v", affinity([[ZONE, "In", "a"]]));
  const claim = {
    apiVersion: "v1",
    kind: "PersistentVolumeClaim",
    metadata: { name: "c", namespace: "default", annotations: { "pv.kubernetes.io/bind-completed": "yes" } },
    spec: { volumeName: "v" },
    status: { phase: "Bound" },
  };
  const { columns, subject } = await dataOf([...NODES, bound, claim]);
  assert.is(subject, "claims");
  assert.equal(
    columns.map(({ members }) => members.map(({ name }) => name)),
    [["default/c"]],
  );
  const asked = await dataOf([...NODES, bound, claim, pod("web")], "--columns", "claims");
  assert.is(asked.subject, "claims");
  assert.is((await dataOf([...NODES, bound, claim, pod("web")])).subject, "pods");
});

test("findings of lint stand in it, and remedies of pods that fit nowhere", async () => {
  const faulty = volume("v", affinity([[ZONE, "In", "nowhere"]]));
  const { findings } = await dataOf([...NODES, faulty, pod("web")]);
  assert.ok(findings.some(({ id, names }) => id === "volume-affinity-no-node" && names.includes("v")));
  const cordoned = { ...node("n1"), spec: { unschedulable: true } };
  const { columns } = await dataOf([cordoned, pod("web")]);
  assert.match(columns[0].members[0].remedies![0].command!, /^kubectl uncordon n1$/);
});

test("what cannot be meant is said in a sentence", async () => {
  const wrong: readonly (readonly [argv: readonly string[], sentence: RegExp])[] = [
    [["report", "--mode", "manifests"], /^topomatch: --mode manifests needs -f PATH/],
    [["report", "-f", "-", "-o", "pdf"], /-o must be one of md, but is pdf/],
    [["report", "-f", "-", "--html", ""], /--html needs the path of a file/],
    [["report", "-f", "-", "--group-by", ""], /--group-by needs the key of a label/],
    [["report", "-f", "-", "--columns", "claims", "web"], /--columns claims takes no POD/],
    [["report", "-f", "-", "--columns", "nodes"], /--columns must be one of pods, claims, but is nodes/],
  ];
  for (const [argv, sentence] of wrong) {
    const { status, stderr } = await topomatch(argv);
    assert.is(status, 2, argv.join(" "));
    assert.match(stderr, sentence);
  }
  const nowhere = join(files.folder, "none", "report.html");
  const { status, stderr } = await report([...RACKED, pod("web")], "--html", nowhere);
  assert.is(status, 2);
  assert.match(stderr, /^topomatch: the report cannot be written to .*report\.html: ENOENT/);
  assert.not.ok(existsSync(nowhere));
});

test.run();
