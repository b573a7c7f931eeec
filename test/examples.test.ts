// The examples: each gives the report that was derived by hand from the rules, and the documentation tells the truth.

import { readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { buildCluster, FLAVOURS } from "../bench/lib/cluster.js";
import { createProvisioner } from "../lib/provisioner.js";
import { type Outcome, topomatch } from "./cli/program.js";
import { Installed, root } from "./support/package.js";

interface Run {
  readonly title: string;
  readonly folder: string;
  readonly arguments: readonly string[];
  readonly expected: string;
  /** A pod that is explained, too. */
  readonly explained?: string;
  readonly before: string;
  readonly after: string;
}

interface Report {
  readonly pods: readonly { readonly schedulable: boolean }[];
}

const examples = join(root, "examples");
const runs: readonly Run[] = JSON.parse(readFileSync(join(examples, "runs.json"), "utf8"));

/** Folders whose example is a program; test/assume/statefulset.test.ts runs the second. */
const PROGRAMS = ["library", "schedule-a-statefulset"];

const test = suite("examples");

/** Runs `topomatch` in an example's folder. */
async function inFolder(folder: string, words: readonly string[]): Promise<Outcome> {
  const before = process.cwd();
  process.chdir(join(examples, folder));
  try {
    return await topomatch([...words]);
  } finally {
    process.chdir(before);
  }
}

async function check(folder: string, parameters: readonly string[]): Promise<Outcome> {
  return inFolder(folder, ["check", ...parameters]);
}

for (const run of runs) {
  test(`${run.folder}: ${run.expected}`, async () => {
    const expected: Report = JSON.parse(readFileSync(join(examples, run.folder, "expected", run.expected), "utf8"));
    const { status, stderr, stdout } = await check(run.folder, [...run.arguments, "-o", "json"]);
    assert.is(stderr, "");
    assert.equal(JSON.parse(stdout), expected);
    assert.is(status, expected.pods.every(({ schedulable }) => schedulable) ? 0 : 1);
  });
}

test("a pending pod is explained in under ten lines: the scheduler's, the cause, the remedy; the README shows them", async () => {
  const [run, ...more] = runs.filter(({ explained }) => explained !== undefined);
  assert.equal(more, []);
  const { status, stderr, stdout } = await inFolder(run.folder, ["explain", ...run.arguments, run.explained as string]);
  assert.equal([status, stderr], [1, ""]);
  const lines = stdout.trimEnd().split("\n");
  assert.ok(lines.length < 10, stdout);
  assert.match(
    lines[0],
    /^default\/web: 0\/3 nodes are available: .* 2 node\(s\) didn't find available persistent volumes/,
  );
  assert.match(
    lines[1],
    /^ {2}2 nodes {2}class cloud-disk .* allows only \S+=cn-hangzhou-d: no node has cn-hangzhou-d; 2 nodes have/,
  );
  assert.match(lines[2], /StorageClass cloud-disk: allowedTopologies\[0\]\.matchLabelExpressions\[0\]$/);
  assert.match(stdout, /^what would help:\n {2}\+2 nodes {2}let class cloud-disk allow \S+ in \[cn-hangzhou-b\]/m);
  assert.ok(readFileSync(join(root, "README.md"), "utf8").includes(`\`\`\`\n${stdout}\`\`\`\n`), "the README's sample");
});

test("every expected report is asked for, and every folder's page shows the command", () => {
  const folders = readdirSync(examples, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  const asked = runs.map(({ expected, folder }) => `${folder}/${expected}`);
  for (const { name } of folders) {
    if (PROGRAMS.includes(name)) continue;
    const reports = readdirSync(join(examples, name, "expected")).map((report) => `${name}/${report}`);
    assert.ok(reports.length > 0, name);
    for (const report of reports) assert.ok(asked.includes(report), report);
    assert.match(readFileSync(join(examples, name, "README.md"), "utf8"), /^npx topomatch check /m);
  }
});

test("the commands of the examples' pages run", async () => {
  for (const folder of new Set(runs.map((run) => run.folder))) {
    const page = readFileSync(join(examples, folder, "README.md"), "utf8");
    for (const [, command] of page.matchAll(/^npx topomatch check (.+)$/gm)) {
      const { status, stderr, stdout } = await check(folder, command.split(" "));
      assert.ok((status === 0 || status === 1) && stdout !== "", `${folder}: ${command}: ${stderr}`);
    }
  }
});

test("programs print what their comments say", () => {
  const installed = new Installed();
  try {
    const [, page] = /^```js\n(.+?)^```$/ms.exec(readFileSync(join(root, "README.md"), "utf8"))!;
    const programs = new Map([["readme.mjs", page]]);
    for (const name of readdirSync(join(examples, "library"))) {
      programs.set(name, readFileSync(join(examples, "library", name), "utf8"));
    }
    for (const [name, text] of programs) {
      const comments = [...text.matchAll(/(?:^|; )\/\/ ((?:true|false|[[{]).*)$/gm)].map(([, comment]) => comment);
      assert.ok(comments.length > 0, name);
      installed.write(name, text);
      const { status, stderr, stdout } = installed.run(name);
      assert.is(status, 0, stderr);
      assert.is(stdout.trimEnd(), comments.join("\n"), name);
    }
  } finally {
    rmSync(installed.folder, { recursive: true });
  }
});

test("the road from a disk to its restore", async () => {
  const program = join(examples, "snapshot-restore/restore.mjs");
  const { road }: { road: (create: typeof createProvisioner) => string[] } = await import(program);
  const [driver, zone] = ["diskplugin.csi.alibabacloud.com", "cn-hangzhou"];
  assert.equal(road(createProvisioner).slice(5), [
    "The snapshot is asked for",
    "  there    PersistentVolumeClaim default/disk-pvc",
    `  there    PersistentVolume d-bp1disk: made by ${driver}`,
    "  there    VolumeSnapshot default/disk-snapshot: not ready to use yet",
    `  there    VolumeSnapshotClass disk-snapshotclass: of the driver ${driver}`,
    `  made     VolumeSnapshotContent: ${driver} takes the snapshot`,
    `  made     PersistentVolumeClaim default/restored-pvc: restored by ${driver} once the snapshot is ready`,
    `  so it will be restored by ${driver}`,
    "  refused now (R-SNP-3): snapshot disk-snapshot not bound",
    "The driver has taken it",
    "  there    PersistentVolumeClaim default/disk-pvc",
    `  there    PersistentVolume d-bp1disk: made by ${driver}`,
    "  there    VolumeSnapshot default/disk-snapshot: ready to use",
    `  there    VolumeSnapshotContent snapcontent-1de2a0c4-2f58-4b0b-8f0e-5d3c7a9e1b02: taken by ${driver}`,
    `  made     PersistentVolumeClaim default/restored-pvc: restored by ${driver}`,
    `  so it will be restored by ${driver}`,
    `  on worker-b the driver is asked for ${zone}-b first`,
    `  on worker-c the driver is asked for ${zone}-c first`,
    "    the source's volume d-bp1disk cannot be used on node worker-c: the driver may not be able to fill a volume there",
  ]);
});

test("the demonstration's cluster is the same for a seed, and whole", () => {
  for (const flavour of FLAVOURS) {
    const options = { nodes: 70, claims: 200, flavour, seed: 7 };
    const cluster = buildCluster(options);
    assert.is(JSON.stringify(buildCluster(options)), JSON.stringify(cluster));
    assert.is.not(JSON.stringify(buildCluster({ ...options, seed: 8 })), JSON.stringify(cluster));
    assert.is(cluster.nodes.length, 70);
    assert.is(cluster.persistentVolumeClaims.length, 200);
    const used = cluster.pods.flatMap((pod) =>
      pod.spec?.volumes?.map((volume) => volume.persistentVolumeClaim?.claimName),
    );
    const claims = cluster.persistentVolumeClaims.map((claim) => claim.metadata?.name);
    assert.equal(used.sort(), claims.sort());
    const volumes = cluster.persistentVolumes.map((volume) => volume.metadata?.name);
    for (const { spec } of cluster.persistentVolumeClaims) {
      if (spec?.volumeName !== undefined) assert.ok(volumes.includes(spec.volumeName), spec.volumeName ?? "");
    }
  }
});

test("the first two command lines of the README run the demonstration and the tests", () => {
  const lines = [...readFileSync(join(root, "README.md"), "utf8").matchAll(/^```sh\n(.+?)\n```$/gms)];
  assert.equal(
    lines.slice(0, 2).map(([, line]) => line),
    ["npm ci && npm run demo", "npm ci && npm test"],
  );
});

test.run();
