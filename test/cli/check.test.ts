// topomatch check: reports, exit statuses, and one clear sentence for every bad input.

import { test } from "uvu";
import * as assert from "uvu/assert";
import { FILTERS_CARRIED_OUT } from "../../lib/options.js";
import { topomatch } from "./support.js";

const BIND = "node(s) didn't find available persistent volumes to bind";

const ROOM = { allocatable: { pods: "110" } };

const CLUSTER = {
  apiVersion: "v1",
  kind: "List",
  items: [
    { apiVersion: "v1", kind: "Node", metadata: { name: "b", labels: { zone: "b" } }, status: ROOM },
    { apiVersion: "v1", kind: "Node", metadata: { name: "a", labels: { zone: "a" } }, status: ROOM },
    {
      apiVersion: "storage.k8s.io/v1",
      kind: "StorageClass",
      metadata: { name: "fast" },
      provisioner: "csi.example.com",
      volumeBindingMode: "WaitForFirstConsumer",
      allowedTopologies: [{ matchLabelExpressions: [{ key: "zone", values: ["a"] }] }],
    },
    { kind: "PersistentVolumeClaim", metadata: { name: "c" }, spec: { storageClassName: "fast" } },
    {
      kind: "Pod",
      metadata: { name: "p" },
      spec: { volumes: [{ name: "v", persistentVolumeClaim: { claimName: "c" } }] },
    },
    {
      kind: "Pod",
      metadata: { name: "lost" },
      spec: { volumes: [{ name: "v", persistentVolumeClaim: { claimName: "d" } }] },
    },
    { kind: "Pod", metadata: { name: "placed" }, spec: { nodeName: "a" } },
  ],
};
const FILES = { "cluster.json": JSON.stringify(CLUSTER) };

const POD_P = {
  pod: "default/p",
  schedulable: true,
  feasible: ["a"],
  infeasible: [{ node: "b", plugin: "VolumeBinding", code: "UnschedulableAndUnresolvable", reasons: [BIND] }],
};
const POD_LOST = {
  pod: "default/lost",
  schedulable: false,
  feasible: [],
  infeasible: [],
  preFilter: {
    plugin: "VolumeRestrictions",
    code: "UnschedulableAndUnresolvable",
    reasons: ['persistentvolumeclaim "d" not found'],
  },
  message: '0/2 nodes are available: persistentvolumeclaim "d" not found.',
};
const HEAD = {
  apiVersion: "topomatch/v1",
  kind: "FeasibilityReport",
  kubernetes: "1.37",
  mode: "live",
  filters: FILTERS_CARRIED_OUT,
  gates: {},
  nodes: 2,
};

test("every pending pod in input order, as JSON; status 1 because one has no node", async () => {
  const { status, stderr, stdout } = await topomatch(["check", "-f", "FOLDER/cluster.json", "-o", "json"], FILES);
  assert.is(status, 1);
  assert.match(stderr, /^topomatch: no CSINode in the input, .* attach limits are not checked\n$/);
  assert.equal(JSON.parse(stdout), { ...HEAD, pods: [POD_P, POD_LOST] });
});

test("named pods in argument order, each once; from standard input; with plans", async () => {
  const parameters = ["check", "-f", "-", "-o", "json", "--plans", "placed", "default/p", "p"];
  const { status, stdout } = await topomatch(parameters, {}, JSON.stringify(CLUSTER));
  assert.is(status, 0);
  const [placed, p] = JSON.parse(stdout).pods;
  assert.equal([placed.pod, placed.feasible], ["default/placed", ["a", "b"]]);
  assert.equal(p, { ...POD_P, plans: { a: { staticBindings: [], dynamicProvisions: ["default/c"], score: 0 } } });
});

test("a node on which the scheduler panics has no score, and a line says so", async () => {
  const items = [
    ...["a", "b", "c", "d"].map((name) => ({ kind: "Node", metadata: { name, labels: { name } } })),
    { kind: "StorageClass", metadata: { name: "s" }, provisioner: "x", volumeBindingMode: "WaitForFirstConsumer" },
    { kind: "CSIDriver", metadata: { name: "x" }, spec: { storageCapacity: true } },
    ...["a", "b", "c", "d"].map((name) => ({
      kind: "CSIStorageCapacity",
      metadata: { name },
      storageClassName: "s",
      nodeTopology: { matchLabels: { name } },
      [name === "b" ? "capacity" : "maximumVolumeSize"]: "100Gi",
    })),
    {
      kind: "PersistentVolumeClaim",
      metadata: { name: "c" },
      spec: { storageClassName: "s", resources: { requests: { storage: "10Gi" } } },
    },
    {
      kind: "Pod",
      metadata: { name: "p" },
      spec: { volumes: [{ name: "v", persistentVolumeClaim: { claimName: "c" } }] },
    },
  ];
  const parameters = ["check", "-f", "-", "-o", "json", "--filters", "VolumeBinding", "--plans"];
  const input = JSON.stringify({ kind: "List", items });
  const { status, stderr, stdout } = await topomatch(parameters, {}, input);
  assert.is(status, 0);
  const plan = { staticBindings: [], dynamicProvisions: ["default/c"] };
  assert.equal(JSON.parse(stdout).pods[0].plans, { a: plan, b: { ...plan, score: 90 }, c: plan, d: plan });
  assert.is(
    stderr,
    "topomatch: pod default/p has no score on a, c, d: kube-scheduler panics there, over a CSIStorageCapacity without " +
      "capacity or a claim without spec.storageClassName\n",
  );
  assert.is((await topomatch([...parameters, "-q"], {}, input)).stderr, "");
  assert.is((await topomatch(parameters.slice(0, -1), {}, input)).stderr, "");
});

test("YAML in, YAML out says the same as JSON", async () => {
  const { parse, stringify } = await import("yaml");
  const yaml = CLUSTER.items.map((item) => stringify(item)).join("---\n");
  const { status, stdout } = await topomatch(["check", "-f", "FOLDER", "-o", "yaml"], { "cluster.yaml": yaml });
  assert.is(status, 1);
  assert.equal(parse(stdout), { ...HEAD, pods: [POD_P, POD_LOST] });
});

test("the table puts pods without a node first and wide names the reasons of each node", async () => {
  const { stdout } = await topomatch(["check", "-f", "FOLDER/cluster.json", "-o", "wide"], FILES);
  assert.equal(stdout.split("\n"), [
    "POD           NODES  ANSWER",
    'default/lost  0/2    0/2 nodes are available: persistentvolumeclaim "d" not found.',
    "default/p     1/2    a",
    `  1 node   VolumeBinding: ${BIND}  b`,
    "",
    "2 pods, 2 nodes: 1 fits, 1 fits no node",
    "",
  ]);
});

test("gates and releases are in the report", async () => {
  const parameters = ["check", "-f", "FOLDER/cluster.json", "-o", "json", "p", "--kubernetes", "1.35"];
  const gate = ["--gate", "VolumeAttributesClass=false", "--gate", "VolumeLimitScaling=false"];
  const report = JSON.parse((await topomatch([...parameters, ...gate], FILES)).stdout);
  assert.equal([report.kubernetes, report.gates], ["1.35", { VolumeAttributesClass: false }]);
});

const node = (name: string, more = ""): string => `{"kind":"Node","metadata":{"name":"${name}"${more}}}`;
const claim = (spec: string): string => `{"kind":"PersistentVolumeClaim","metadata":{"name":"c"},"spec":${spec}}`;

/** File content -> the one line on standard error. */
const BAD: readonly (readonly [title: string, file: string, content: string, sentence: RegExp])[] = [
  ["JSON that does not parse", "x.json", '{"kind": ', /^topomatch: FOLDER\/x\.json: document 1: .+\n$/],
  ["a document that is no object", "x.json", "[]\n", /^topomatch: FOLDER\/x\.json: document 1: .+\n$/],
  [
    "YAML that does not parse",
    "x.yaml",
    "kind: Node\nmetadata: {name: [a\n",
    /^topomatch: FOLDER\/x\.yaml: document 1.*: .+\n$/,
  ],
  [
    "an object without a name",
    "x.json",
    `${node("a")}{"kind":"Node"}`,
    /document 2: Node: metadata\.name is missing\n$/,
  ],
  [
    "a bad quantity",
    "x.json",
    claim('{"resources":{"requests":{"storage":"1.5.2Gi"}}}'),
    /document 1: PersistentVolumeClaim default\/c: spec\.resources\.requests\.storage is no quantity: /,
  ],
  [
    "a selector that is a string",
    "x.json",
    claim('{"selector":"a=b"}'),
    /c: spec\.selector must be an object, but is a string\n$/,
  ],
  [
    "a label that is a number",
    "x.json",
    node("a", ',"labels":{"x":1}'),
    /Node a: metadata\.labels\.x must be a string, but is a number\n$/,
  ],
  [
    "an item of a plain List without kind",
    "x.json",
    '{"kind":"List","items":[{"metadata":{"name":"a"}}]}',
    /document 1, items\[0\]: .*kind/,
  ],
];

for (const [title, file, content, sentence] of BAD) {
  test(`bad input: ${title}`, async () => {
    const { status, stderr, stdout } = await topomatch(["check", "-f", `FOLDER/${file}`, "-o", "json"], {
      [file]: content,
    });
    assert.equal([status, stdout], [2, ""]);
    assert.match(stderr, sentence);
    assert.is(stderr.trimEnd().split("\n").length, 1);
  });
}

test("unknown kinds and empty documents are counted, later duplicates replace, __proto__ is a label", async () => {
  const yaml = [
    "kind: ConfigMap\ndata: {password: hunter2}\n",
    "",
    "kind: Node\nmetadata: {name: n1, labels: {zone: a}}\n",
    "kind: Node\nmetadata: {name: n1, labels: {__proto__: b}}\n",
    "kind: ConfigMap\n",
  ].join("---\n");
  const { status, stderr, stdout } = await topomatch(["check", "-f", "FOLDER/x.yaml", "-o", "json"], {
    "x.yaml": yaml,
  });
  assert.is(status, 0);
  assert.equal([JSON.parse(stdout).nodes, JSON.parse(stdout).pods], [1, []]);
  assert.match(stderr, /FOLDER\/x\.yaml: document 4: Node n1 replaces that of FOLDER\/x\.yaml: document 3\n/);
  assert.match(stderr, /skipped 2 objects of unknown kind ConfigMap\n/);
  assert.match(stderr, /skipped 1 empty document\n/);
  assert.not.match(stderr, /hunter2/);
});

const USAGE: readonly (readonly [argv: readonly string[], sentence: RegExp])[] = [
  [[], /a command is missing/],
  [["describe"], /there is no command describe/],
  [["check", "--mode", "manifests"], /--mode manifests needs -f PATH/],
  [["check", "-f", "FOLDER/none.json"], /none\.json: cannot be read: no such file or folder/],
  [["check", "-f", "FOLDER/cluster.json", "nobody"], /there is no pod default\/nobody in the input/],
  [["check", "-f", "-", "--filters", "Nonsense"], /filter Nonsense is unknown/],
  [["check", "-f", "-", "--kubernetes", "1.20"], /kubernetes must be one of/],
  [["check", "-f", "-", "--gate", "VolumeAttributesClass=false"], /is locked to true/],
  [["check", "-f", "-", "--gate", "Nonsense=true"], /has no feature gate Nonsense/],
  [["check", "-f", "-", "-o", "xml"], /-o must be one of/],
  [["check", "-f", "-", "--bogus"], /--bogus/],
];

for (const [argv, sentence] of USAGE) {
  test(`usage: topomatch ${argv.join(" ")}`, async () => {
    const { status, stderr, stdout } = await topomatch(argv, FILES);
    assert.equal([status, stdout], [2, ""]);
    assert.match(stderr, sentence);
    assert.is(stderr.trimEnd().split("\n").length, 1);
  });
}

test("pods that have ended, or are about to, are not asked about", async () => {
  const items = [
    ...["Failed", "Succeeded"].map((phase) => ({ kind: "Pod", metadata: { name: phase }, status: { phase } })),
    { kind: "Pod", metadata: { name: "going", deletionTimestamp: "2026-01-01T00:00:00Z" } },
  ];
  const { stdout } = await topomatch(["check", "-f", "-", "-o", "json"], {}, JSON.stringify({ kind: "List", items }));
  assert.equal(JSON.parse(stdout).pods, []);
});

test("SnapshotTopology runs where it is named, and knows where a snapshot can be used", async () => {
  const group = "snapshot.storage.k8s.io";
  const source = { apiGroup: group, kind: "VolumeSnapshot", name: "s" };
  const [claim, pod] = [CLUSTER.items[3], CLUSTER.items[4]];
  const nodeAffinity = [{ matchLabelExpressions: [{ key: "zone", values: ["b"] }] }];
  const content = {
    apiVersion: `${group}/v1`,
    kind: "VolumeSnapshotContent",
    metadata: { name: "k" },
    spec: { nodeAffinity },
  };
  const status = { boundVolumeSnapshotContentName: "k" };
  const items = [
    ...CLUSTER.items.slice(0, 3),
    { ...claim, apiVersion: "v1", spec: { ...claim.spec, dataSource: source } },
    { ...pod, apiVersion: "v1" },
    ...[content, { apiVersion: `${group}/v1`, kind: "VolumeSnapshot", metadata: { name: "s" }, status }],
  ];
  const input = { "restore.json": JSON.stringify({ ...CLUSTER, items }) };
  const argv = ["check", "-f", "FOLDER/restore.json", "-o", "json", "--filters", "VolumeBinding,SnapshotTopology"];
  const { stderr, stdout } = await topomatch([...argv, "--mode", "manifests"], input);
  assert.not.match(stderr, /nodeAffinity/);
  const report = JSON.parse(stdout);
  assert.equal(report.filters, ["VolumeBinding", "SnapshotTopology"]);
  const [{ infeasible }] = report.pods;
  assert.equal(
    infeasible.map(({ node, plugin, reasons }: { node: string; plugin: string; reasons: string[] }) => [
      node,
      plugin,
      ...reasons,
    ]),
    [
      ["a", "SnapshotTopology", "node(s) didn't match VolumeSnapshotContent's node affinity"],
      ["b", "VolumeBinding", BIND],
    ],
  );
});

test.run();
