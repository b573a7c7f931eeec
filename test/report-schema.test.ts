// docs/report.schema.json: real reports of all sorts are valid under it, and damaged ones are not.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv2020 } from "ajv/dist/2020.js";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { claim, delayed, list, node, pod, storageClass, volume } from "./cli/objects.js";
import { topomatch } from "./cli/program.js";
import type { ConformanceCase } from "./conformance/case.js";
import { allCases } from "./conformance/tables/index.js";
import { root } from "./support/package.js";

const schema = JSON.parse(readFileSync(join(root, "docs/report.schema.json"), "utf8"));
// A node's entry adds to what it refers to, which says the type.
const ajv = new Ajv2020({ allErrors: true, strict: true, strictTypes: false, strictRequired: false });
const isValid = ajv.compile(schema);

// biome-ignore lint/suspicious/noExplicitAny: reports are damaged here in every way.
type Report = any;

function assertValid(report: Report, what: string): void {
  assert.ok(isValid(report), `${what}: ${ajv.errorsText(isValid.errors)}`);
}

async function reportOf(stdin: string, ...argv: readonly string[]): Promise<Report> {
  const { stderr, stdout } = await topomatch(["check", "-f", "-", "-o", "json", ...argv], { stdin: [stdin] });
  assert.is.not(stdout, "", stderr);
  return JSON.parse(stdout);
}

function argumentsOf({ options = {} }: ConformanceCase): string[] {
  const gates = Object.entries(options.gates ?? {}).flatMap(([name, value]) => ["--gate", `${name}=${value}`]);
  return options.kubernetes === undefined ? gates : ["--kubernetes", options.kubernetes, ...gates];
}

/** All that a case ends with. */
function objectsOf({ objects, updates = [] }: ConformanceCase): string {
  return JSON.stringify(list(...objects, ...updates));
}

const answered = allCases.filter(({ expect }) => expect.refused === undefined);

for (const [turn, mode] of ["live", "manifests"].entries()) {
  test(`the reports on all conformance cases, every other in mode ${mode}`, async () => {
    for (const one of answered.filter((_, index) => index % 2 === turn)) {
      const report = await reportOf(objectsOf(one), "--mode", mode, ...argumentsOf(one));
      assertValid(report, `${one.id} ${one.title}`);
    }
  });
}

interface Run {
  readonly folder: string;
  readonly arguments: readonly string[];
}

const examples = join(root, "examples");
const runs: readonly Run[] = JSON.parse(readFileSync(join(examples, "runs.json"), "utf8"));

test("the reports of the examples, with plans and without", async () => {
  for (const { arguments: given, folder } of runs) {
    const argv = given.map((word) => (word.endsWith(".yaml") ? join(examples, folder, word) : word));
    for (const plans of [[], ["--plans"]]) {
      const { stdout } = await topomatch(["check", "-o", "json", ...argv, ...plans]);
      assertValid(JSON.parse(stdout), folder);
    }
  }
});

/** Something must have been read. */
const NO_PODS = JSON.stringify(storageClass("s"));

test("a report on no pods, on pods without nodes, of an old release and with gates", async () => {
  assertValid(await reportOf(NO_PODS), "no pods");
  assertValid(await reportOf(JSON.stringify(pod("p"))), "no nodes");
  const gates = ["--gate", "VolumeAttributesClass=true", "--gate", "PodLevelResources=true"];
  const report = await reportOf(NO_PODS, "--kubernetes", "1.33", ...gates);
  assert.equal(report.gates, { PodLevelResources: true, VolumeAttributesClass: true });
  assertValid(report, "gates");
});

/** Pods of every sort on two nodes: bound, provisioned, without claims; rejected by node and at once; in error. */
const SORTS = list(
  node("a"),
  node("b"),
  storageClass("local", delayed),
  storageClass("cloud", { ...delayed, provisioner: "csi.example.com" }),
  volume("pv", { storageClassName: "local", capacity: { storage: "5Gi" } }, { status: { phase: "Available" } }),
  claim("on-disk", { storageClassName: "local" }),
  claim("made", { storageClassName: "cloud" }),
  claim("large", { storageClassName: "local", resources: { requests: { storage: "6Gi" } } }),
  claim("wrong", { storageClassName: "local", selector: { matchExpressions: [{ key: "x", operator: "Gt" }] } }),
  pod("fits", ["on-disk", "made"]),
  pod("plain"),
  pod("nowhere", ["large"]),
  pod("at-once", ["gone"]),
  pod("failed", ["wrong"]),
);
const [FITS, PLAIN, NOWHERE, AT_ONCE, FAILED] = [0, 1, 2, 3, 4];

const DAMAGES: readonly (readonly [what: string, damage: (report: Report) => unknown])[] = [
  ...["apiVersion", "kind", "kubernetes", "mode", "filters", "gates", "nodes", "pods"].map(
    (field) => [`${field} is missing`, (report: Report) => delete report[field]] as const,
  ),
  ...["pod", "schedulable", "feasible", "infeasible"].map(
    (field) => [`${field} of a pod is missing`, ({ pods }: Report) => delete pods[PLAIN][field]] as const,
  ),
  ...["plugin", "code", "reasons"].flatMap((field) => [
    [`${field} of a rejection is missing`, ({ pods }: Report) => delete pods[AT_ONCE].preFilter[field]] as const,
    [`${field} of a node is missing`, ({ pods }: Report) => delete pods[NOWHERE].infeasible[1][field]] as const,
  ]),
  ["another version", (report) => (report.apiVersion = "topomatch/v2")],
  ["a release that is none", (report) => (report.kubernetes = "latest")],
  ["an unknown mode", (report) => (report.mode = "dry")],
  ["no filter", (report) => (report.filters = [])],
  ["an unknown filter", (report) => (report.filters = ["ImageLocality"])],
  ["a filter twice", (report) => report.filters.push("VolumeBinding")],
  ["a gate that is no boolean", (report) => (report.gates.StorageCapacityScoring = "false")],
  ["half a node", (report) => (report.nodes = 1.5)],
  ["a pod without a namespace", ({ pods }) => (pods[FITS].pod = "fits")],
  ["a node twice", ({ pods }) => pods[FITS].feasible.push("a")],
  ["a node without a name", ({ pods }) => delete pods[NOWHERE].infeasible[0].node],
  ["no reason", ({ pods }) => (pods[NOWHERE].infeasible[0].reasons = [])],
  ["a code that rejects nothing", ({ pods }) => (pods[AT_ONCE].preFilter.code = "Success")],
  ["schedulable without a node", ({ pods }) => (pods[FITS].feasible = [])],
  ["schedulable with a message", ({ pods }) => (pods[FITS].message = "0/2 nodes are available")],
  ["schedulable and in error", ({ pods }) => (pods[FITS].error = "no")],
  ["schedulable and rejected at once", ({ pods }) => (pods[FITS].preFilter = pods[AT_ONCE].preFilter)],
  ["rejected without a message", ({ pods }) => delete pods[NOWHERE].message],
  ["in error without a text", ({ pods }) => delete pods[FAILED].error],
  ["an error and a message", ({ pods }) => (pods[FAILED].message = "0/2 nodes are available")],
  ["rejected at once, with nodes", ({ pods }) => (pods[AT_ONCE].infeasible = pods[NOWHERE].infeasible)],
  ["a plan without its provisions", ({ pods }) => delete pods[FITS].plans.a.dynamicProvisions],
  ["a plan without its bindings", ({ pods }) => delete pods[FITS].plans.a.staticBindings],
  ["a binding without its volume", ({ pods }) => delete pods[FITS].plans.a.staticBindings[0].volume],
  ["a provision without a namespace", ({ pods }) => (pods[FITS].plans.a.dynamicProvisions = ["made"])],
];

test("a report with every sort of pod is valid, and each of its damages is found", async () => {
  const report = await reportOf(JSON.stringify(SORTS), "--plans");
  assertValid(report, "whole");
  for (const [what, damage] of DAMAGES) {
    const damaged = structuredClone(report);
    damage(damaged);
    assert.not(isValid(damaged), what);
  }
});

test("fields may be added", async () => {
  const report = await reportOf(JSON.stringify(SORTS));
  report.since = "tomorrow";
  for (const one of report.pods) one.seconds = 1;
  assertValid(report, "with more fields");
});

test.run();
