// npm run demo: the examples through the command, told so that one sees why; then a large cluster, with times.

import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { cpus } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { styleText } from "node:util";
import { tsImport } from "tsx/esm/api";

const root = fileURLToPath(new URL("..", import.meta.url));
const command = join(root, "dist/cli.js");
const NODES = 5000;
const CLAIMS = 10_000;
const ROUNDS = 9;
const WIDTH = 100;

const bold = (text) => styleText("bold", text, { stream: process.stdout });
const dim = (text) => styleText("dim", text, { stream: process.stdout });

if (!existsSync(command)) {
  console.error("dist/ is missing: run `npm run build` first.");
  process.exit(1);
}
const runs = JSON.parse(readFileSync(join(root, "examples/runs.json"), "utf8"));
for (const [index, run] of runs.entries()) show(index + 1, run);
await showLargeCluster();

function show(number, { after, arguments: given, before, explained, folder, output, program, title }) {
  const parameters = output === undefined ? given : [...given, "-o", output];
  heading(`${number}. ${title}`, `examples/${folder}`);
  paragraph(before);
  run(folder, ["check", ...parameters]);
  if (explained !== undefined) run(folder, ["explain", ...given, explained]);
  console.log();
  paragraph(after);
  if (program !== undefined) showProgram(folder, program);
}

function run(folder, words) {
  console.log(`\n${dim(`$ topomatch ${words.join(" ")}`)}`);
  const colour = process.stdout.isTTY ? { FORCE_COLOR: "1" } : {};
  const { status, stderr, stdout } = spawnSync(process.execPath, [command, ...words], {
    cwd: join(root, "examples", folder),
    encoding: "utf8",
    env: { ...process.env, ...colour },
  });
  if (status !== 0 && status !== 1) {
    console.error(stderr);
    process.exit(1);
  }
  console.log(stdout.trimEnd());
  if (stderr !== "") console.log(stderr.trimEnd());
}

function showProgram(folder, program) {
  console.log(`\n${dim(`$ node ${program}`)}`);
  const { status, stderr, stdout } = spawnSync(process.execPath, [join(root, "examples", folder, program)], {
    encoding: "utf8",
  });
  if (status !== 0) {
    console.error(stderr);
    process.exit(1);
  }
  console.log(stdout.trimEnd());
}

async function showLargeCluster() {
  const { createMatcher } = await import("topomatch");
  const { buildCluster } = await tsImport("../bench/lib/cluster.ts", import.meta.url);
  const cluster = buildCluster({ nodes: NODES, claims: CLAIMS, flavour: "mixed" });
  const pods = cluster.pods.map(({ metadata }) => `${metadata.namespace}/${metadata.name}`);
  heading(`${runs.length + 1}. A large cluster`, "bench/lib/cluster.ts, seed 1");
  paragraph(
    `${count(NODES)} nodes, ${count(CLAIMS)} claims on zonal disks, local disks, disks with odd affinities and disks ` +
      `still to be made, and ${count(pods.length)} pods that use one to four of them.`,
  );

  const matcher = await createMatcher();
  const load = time(() => {
    for (const [kind, objects] of Object.entries(cluster)) matcher[kind].replace(objects);
  });
  let verdicts = [];
  const first = time(() => {
    verdicts = matcher.evaluatePods(pods);
  });
  const again = median(() => matcher.evaluatePods(pods));
  const ids = Uint32Array.from(pods, (pod) => matcher.podId(pod));
  const counts = new Uint32Array(ids.length);
  const counting = median(() => matcher.countFeasible(ids, counts));
  const change = median((round) => {
    matcher.nodes.upsert(moved(cluster.nodes[round], cluster.nodes[round + ROUNDS]));
    matcher.evaluatePod(pods[round]);
  });

  const pairs = `${count(NODES)} x ${count(pods.length)} = ${count(NODES * pods.length)} verdicts`;
  console.log();
  line("load parsed objects", load, `${count(objectsOf(cluster))} objects`);
  line("evaluate every pod, first time", first, `${pairs}, with reasons`);
  line("evaluate every pod, again", again, "the same, median of 9");
  line("count feasible nodes", counting, "the same, numbers only, median of 9");
  line("move a node, ask about a pod", change, "median of 9");
  console.log(
    dim(`\n  ${matcher.engine} engine, Node ${process.version}, ${cpus()[0]?.model ?? "unknown processor"}\n`),
  );

  const stuck = verdicts.filter(({ schedulable }) => !schedulable);
  paragraph(`${count(stuck.length)} pods fit no node. The first of them, ${stuck[0].pod}:`);
  paragraph(stuck[0].message ?? stuck[0].error);
}

/** A node with the labels of another one. */
function moved(node, other) {
  return { ...node, metadata: { ...node.metadata, labels: other.metadata.labels } };
}

function time(work) {
  const start = performance.now();
  work();
  return performance.now() - start;
}

function median(work) {
  const times = Array.from({ length: ROUNDS }, (_, round) => time(() => work(round)));
  return times.sort((a, b) => a - b)[ROUNDS >> 1];
}

function objectsOf(cluster) {
  return Object.values(cluster).reduce((sum, objects) => sum + objects.length, 0);
}

function count(number) {
  return number.toLocaleString("en");
}

function heading(title, where) {
  console.log(`\n${bold(title)}  ${dim(where)}\n`);
}

function line(what, milliseconds, remark) {
  console.log(
    `  ${what.padEnd(32)}${bold(`${milliseconds.toFixed(milliseconds < 10 ? 2 : 0)} ms`.padStart(9))}   ${remark}`,
  );
}

function paragraph(text) {
  let row = "";
  for (const word of text.split(" ")) {
    if (row.length + word.length >= WIDTH) {
      console.log(row);
      row = "";
    }
    row += row === "" ? word : ` ${word}`;
  }
  console.log(row);
}
