// Fields that no Kubernetes type has, in manifests mode.

import { readFileSync } from "node:fs";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { LIVE_KINDS, SKIPPED_WORKLOADS, WORKLOAD_KINDS } from "../../lib/cli/kinds.js";
import { nearest } from "../../lib/objects/nearest.js";
import { Files } from "./program.js";

const files = new Files();
test.after(() => files.remove());

/** What is said of unknown fields in an object of these fields. */
async function saidOf(object: object, ...argv: readonly string[]): Promise<string[]> {
  const { stderr } = await files.check("o.json", object, "--mode", "manifests", "--print-objects", ...argv);
  const lines = stderr.split("\n").filter((line) => line.includes("is no field"));
  return lines.map((line) => line.replace("topomatch: o.json: document 1: ", ""));
}

const CLASS = { apiVersion: "storage.k8s.io/v1", kind: "StorageClass", provisioner: "csi.example.com" };
const TOPOLOGY = [{ matchLabelExpressions: [{ key: "zone", values: ["a"] }] }];

test("a misspelt field is said with its object, its path and the field that was meant", async () => {
  assert.equal(await saidOf({ ...CLASS, metadata: { name: "topo" }, allowedTopology: TOPOLOGY }), [
    "StorageClass topo: allowedTopology is no field that Kubernetes has; did you mean allowedTopologies?",
  ]);
});

test("fields are looked for in lists, in templates and in maps, and case counts", async () => {
  const template = {
    metadata: { lables: { a: "b" } },
    spec: {
      containers: [
        { name: "c", image: "i" },
        { name: "d", imgae: "i" },
      ],
      volumes: [{ name: "v", ephemeral: { volumeClaimTemplate: { spec: { AccessModes: ["ReadWriteOnce"] } } } }],
      topologySpreadConstraints: [{ wholly: "unlike" }],
    },
  };
  const spec = {
    selector: {},
    template,
    volumeClaimTemplates: [{ metadata: { name: "d" }, spec: { storageClas: "x" } }],
  };
  assert.equal(await saidOf({ apiVersion: "apps/v1", kind: "StatefulSet", metadata: { name: "s" }, spec }), [
    "StatefulSet default/s: spec.template.metadata.lables is no field that Kubernetes has; did you mean labels?",
    "StatefulSet default/s: spec.template.spec.containers[1].imgae is no field that Kubernetes has; did you mean image?",
    "StatefulSet default/s: spec.template.spec.volumes[0].ephemeral.volumeClaimTemplate.spec.AccessModes is no field that " +
      "Kubernetes has; did you mean accessModes?",
    "StatefulSet default/s: spec.template.spec.topologySpreadConstraints[0].wholly is no field that Kubernetes has",
    "StatefulSet default/s: spec.volumeClaimTemplates[0].spec.storageClas is no field that Kubernetes has; did you mean " +
      "storageClassName?",
  ]);
});

test("maps of people's own names, custom resources and null hold no unknown field", async () => {
  const metadata = { name: "o", labels: { anything: "x" }, annotations: { other: "y" } };
  assert.equal(await saidOf({ ...CLASS, metadata, parameters: { whatever: "z" }, mountOptions: null }), []);
  const snapshot = { apiVersion: "snapshot.storage.k8s.io/v1", kind: "VolumeSnapshot", metadata };
  const source = { persistentVolumeClaimName: "c", volumeSnapshotContent: "d" };
  assert.equal(await saidOf({ ...snapshot, spec: { source } }), [
    "VolumeSnapshot default/o: spec.source.volumeSnapshotContent is no field that Kubernetes has; did you mean " +
      "volumeSnapshotContentName?",
  ]);
});

test("--strict refuses one unknown field", async () => {
  const object = { ...CLASS, metadata: { name: "t" }, allowedTopology: [] };
  const { status, stderr } = await files.check("one.json", object, "--strict", "--mode", "manifests");
  assert.is(status, 2);
  assert.match(stderr, /allowedTopology is no.*\n.*--strict refuses what/);
});

test("--strict refuses unknown fields after all have been said, and live mode does not look for them", async () => {
  const object = { ...CLASS, metadata: { name: "t" }, allowedTopology: [], reclaimPolicies: "Delete" };
  const argv = ["--strict", "--mode"];
  const { status, stdout, stderr } = await files.check("o.json", object, ...argv, "manifests");
  assert.is(status, 2);
  assert.is(stdout, "");
  assert.match(
    stderr,
    /allowedTopology is no.*\n.*reclaimPolicies is no.*\n.*--strict refuses what 2 lines above say\n$/,
  );
  assert.equal(await files.check("o.json", object, ...argv, "live"), {
    status: 0,
    stdout: "0 pods, 0 nodes: nothing to evaluate\n",
    stderr: "",
  });
});

interface Table {
  readonly kinds: { readonly [kind: string]: number };
  readonly types: readonly string[];
}

test("the table knows every kind that the command knows, and is small", () => {
  const url = new URL("../../lib/cli/api-fields.json", import.meta.url);
  const text = readFileSync(url, "utf8");
  const { kinds, types }: Table = JSON.parse(text);
  const known = [...LIVE_KINDS, ...WORKLOAD_KINDS, ...SKIPPED_WORKLOADS].map(([name, { group }]) =>
    group === "" ? name : `${name}.${group}`,
  );
  assert.equal(Object.keys(kinds).sort(), known.sort());
  assert.ok(text.length < 30_000);
  for (const type of types) {
    for (const [, held] of type.matchAll(/[:[{](\d+)/g)) assert.ok(Number(held) < types.length, type);
  }
});

test("the nearest name is the one with the fewest letters changed, if these are few", () => {
  const names = ["storageClassName", "accessModes", "selector", "resources", "volumeMode", "volumeName"];
  const near = (name: string) => nearest(name, names, 1)[0];
  assert.is(near("accesModes"), "accessModes");
  assert.is(near("storageclassname"), "storageClassName");
  assert.is(near("volumeMdoe"), "volumeMode");
  assert.is(near("volumNames"), "volumeName");
  assert.is(near("selectors"), "selector");
  assert.is(near("dataSource"), undefined);
  assert.is(near("x"), undefined);
  assert.is(nearest("nmae", ["kind", "name"], 1)[0], "name");
});

test.run();
