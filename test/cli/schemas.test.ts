// docs/plan.schema.json, whatif.schema.json and lint.schema.json: what the program prints is valid under them, and damaged
// reports are not.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv2020 } from "ajv/dist/2020.js";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { root } from "../support/package.js";
import { claim, delayed, list, node, pod, storageClass, volume } from "./objects.js";
import { Files, topomatch } from "./program.js";

const test = suite("schemas");
const files = new Files();
test.after(() => files.remove());

const ajv = new Ajv2020({ allErrors: true, strict: true, strictTypes: false, strictRequired: false });

// biome-ignore lint/suspicious/noExplicitAny: reports are damaged here in every way.
type Report = any;
type Damage = readonly [what: string, damage: (report: Report) => unknown];

const inZone = (zone: string) => ({
  nodeAffinity: {
    required: { nodeSelectorTerms: [{ matchExpressions: [{ key: "zone", operator: "In", values: [zone] }] }] },
  },
});
const bound = (name: string, zone: string) => [
  claim(
    name,
    { volumeName: `pv-${name}`, storageClassName: "disk" },
    { annotations: { "pv.kubernetes.io/bind-completed": "yes" } },
  ),
  volume(`pv-${name}`, { ...inZone(zone), storageClassName: "disk", csi: { driver: "d", volumeHandle: name } }),
];
const on = (name: string, nodeName: string, claims: readonly string[]) => {
  const { spec, ...rest } = pod(name, claims) as { readonly spec: object };
  return { ...rest, spec: { ...spec, nodeName } };
};
const OBJECTS = [
  ...[node("a1", { zone: "a" }), node("a2", { zone: "a" }), node("b1", { zone: "b" })],
  ...[storageClass("disk", delayed), storageClass("made", { ...delayed, provisioner: "csi.example.com" })],
  volume(
    "free",
    { ...inZone("a"), storageClassName: "disk", capacity: { storage: "5Gi" } },
    { status: { phase: "Available" } },
  ),
  ...[...bound("data", "b"), ...bound("logs", "a"), ...bound("spare", "b"), ...bound("lost", "z")],
  ...[claim("new", { storageClassName: "made" }), claim("disk", { storageClassName: "disk" })],
  ...[pod("waits", ["spare"]), pod("web", ["logs"]), pod("fits", ["new", "disk"]), pod("nowhere", ["lost"])],
  ...[on("db", "b1", ["data"]), on("app", "b1", ["logs"])],
];

async function printed(command: string, ...argv: readonly string[]): Promise<Report> {
  const path = files.write("cluster.json", list(...OBJECTS));
  const filters = command === "lint" ? [] : ["--filters", "volumes"];
  const { stderr, stdout } = await topomatch([command, "-q", "-f", path, "-o", "json", ...filters, ...argv]);
  assert.is.not(stdout, "", stderr);
  return JSON.parse(stdout);
}

function schemaTest(name: string, reports: readonly (readonly string[])[], damages: readonly Damage[]): void {
  test(`what topomatch ${name} prints is as its schema says, and each of its damages is found`, async () => {
    const isValid = ajv.compile(JSON.parse(readFileSync(join(root, `docs/${name}.schema.json`), "utf8")));
    for (const argv of reports) {
      const report: Report = await printed(name, ...argv);
      assert.ok(isValid(report), `${argv.join(" ")}: ${ajv.errorsText(isValid.errors)}`);
      assert.ok(isValid({ ...(report as object), since: "tomorrow" }), "with another field");
    }
    const whole: Report = await printed(name, ...reports[0]);
    for (const [what, damage] of damages) {
      const damaged = structuredClone(whole);
      damage(damaged);
      assert.not(isValid(damaged), what);
    }
  });
}

const missing = (...fields: readonly string[]) =>
  fields.map((field): Damage => [`${field} is missing`, (report) => delete report[field]]);
const HEAD = [
  ...missing("apiVersion", "kind", "kubernetes", "mode"),
  ["another version", (report) => (report.apiVersion = "topomatch/v2")] as Damage,
  ["another kind", (report) => (report.kind = "FeasibilityReport")] as Damage,
];
const VERDICTS = [
  ...missing("filters", "gates", "nodes"),
  ["an unknown filter", (report) => (report.filters = ["ImageLocality"])] as Damage,
  ["half a node", (report) => (report.nodes = 1.5)] as Damage,
];

schemaTest(
  "plan",
  [[], ["--order", "size", "fits"]],
  [
    ...HEAD,
    ...VERDICTS,
    ...missing("order", "left", "placements"),
    ["an order that is none", (report) => (report.order = "age")],
    ["a pod without a namespace", ({ placements }) => (placements[0].pod = "fits")],
    ["a pod without a node", ({ placements }) => delete placements[0].node],
    ["a score above 100", ({ placements }) => (placements[0].score = 101)],
    ["no list of bindings", ({ placements }) => delete placements[0].staticBindings],
    ["a binding without its volume", ({ placements }) => delete placements.find(binds).staticBindings[0].volume],
    ["a provision without a namespace", ({ placements }) => (placements[0].dynamicProvisions = ["new"])],
    ["a pod that is left without a word", ({ left }) => delete left[0].message],
  ],
);

const binds = ({ staticBindings }: Report): boolean => staticBindings.length > 0;

schemaTest(
  "whatif",
  [
    ["--remove-node", "b1", "--place"],
    ["--remove-node", "a1", "--remove-node", "a2"],
    ["--add-nodes", "2", "--like", "a1"],
    ["--cordon", "a1", "web"],
  ],
  [
    ...HEAD,
    ...VERDICTS,
    ...missing("changes", "nodesAfter", "pods", "losing", "gaining", "unschedulable", "schedulable", "added"),
    ...missing("displaced", "changed"),
    ["no change", (report) => (report.changes = [])],
    ["a change of a kind that is none", (report) => (report.changes = [{ paintNodes: "b1" }])],
    ["two changes in one", (report) => (report.changes = [{ drainNodes: "b1", cordonNodes: "b1" }])],
    ["a pod without a count", ({ changed }) => delete changed[0].after],
    ["a node twice", ({ changed }) => changed[0].lostNodes.push(changed[0].lostNodes[0])],
    ["no message", ({ unschedulable }) => (unschedulable[0].message = "")],
    ["a pod that came from nowhere", ({ displaced }) => delete displaced[0].from],
    ["a pod that has no node, without a word", ({ displaced }) => delete displaced.find(strands).message],
    ["a pod that has one, with a word", ({ displaced }) => (displaced.find(strands).nodes = 1)],
    ["a claim without nodes", ({ displaced }) => delete displaced.find(strands).claims[0].nodes],
    ["a plan without those that are left", ({ plan }) => delete plan.left],
    ["a placement without a pod", ({ plan }) => delete plan.placements[0].pod],
  ],
);

const strands = ({ nodes }: Report): boolean => nodes === 0;

schemaTest(
  "lint",
  [[], ["--mode", "manifests"], ["--skip", "volume-affinity-no-node"]],
  [
    ...HEAD,
    ...missing("findings"),
    ...["id", "severity", "object", "field", "sentence", "remedy"].map(
      (field): Damage => [`${field} of a finding is missing`, ({ findings }) => delete findings[0][field]],
    ),
    ["a rule that is none", ({ findings }) => (findings[0].id = "Volume affinity")],
    ["another severity", ({ findings }) => (findings[0].severity = "fatal")],
    ["an object without a name", ({ findings }) => delete findings[0].object.name],
    ["a place without its line", ({ findings }) => delete findings[0].source.line],
    ["documents counted from 0", ({ findings }) => (findings[0].source.document = 0)],
  ],
);

test.run();
