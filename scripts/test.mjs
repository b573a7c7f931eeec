// The runner behind `npm test`: every test file in a process of its own, two at a time, and totals that cannot hide
// a file without tests, a skipped test or a lost one. Usage: node scripts/test.mjs [--root=FOLDER] [REGEX OF FILE NAMES]
// Files are compiled together; where one of them cannot be, each is compiled as it starts, so that the others still run.
// test/minimum-tests.json says how many tests each file must have; --record writes it from a whole run that passed.

import { spawn, spawnSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { withBundles } from "./bundle-tests.mjs";

const PROCESSES = 2;
const MINUTES_PER_FILE = 10;
const MINIMUMS = "test/minimum-tests.json";
const tsx = import.meta.resolve("tsx");

const parameters = process.argv.slice(2);
const rootFlag = parameters.find((parameter) => parameter.startsWith("--root="));
const root = rootFlag ? resolve(rootFlag.slice("--root=".length)) : fileURLToPath(new URL("..", import.meta.url));
const pattern = parameters.find((parameter) => !parameter.startsWith("--"));

process.exitCode = await main();

async function main() {
  if (!buildWasm() || !embedPage()) return finish(0, 1);
  const wanted = (file) => pattern === undefined || new RegExp(pattern).test(file);
  const files = filesUnder(join(root, "test")).filter((file) => file.endsWith(".test.ts") && wanted(file));
  let passed = 0;
  let failed = 0;
  const counts = {};
  const results = await withBundles(root, files, (programOf) => runAll(files, programOf));
  for (const [file, result] of results) {
    passed += result.passed;
    failed += result.failed;
    counts[file] = result.passed + result.failed;
  }
  if (files.length === 0) failed++;
  if (parameters.includes("--record")) {
    if (failed > 0 || pattern !== undefined) console.log("Only a whole run that passes is recorded.");
    else writeFileSync(join(root, MINIMUMS), `${JSON.stringify(counts, Object.keys(counts).sort(), 2)}\n`);
  } else failed += missing(counts, wanted);
  return finish(passed, failed);
}

function finish(passed, failed) {
  console.log(`${passed} passed, ${failed} failed`);
  return failed > 0 ? 1 : 0;
}

/** Says which of the wanted files have fewer tests than they must; returns how many they are. */
function missing(counts, wanted) {
  const table = join(root, MINIMUMS);
  const minimums = existsSync(table) ? JSON.parse(readFileSync(table, "utf8")) : {};
  let short = 0;
  for (const [file, minimum] of Object.entries(minimums)) {
    if (!wanted(file) || counts[file] >= minimum) continue;
    console.log(`FAIL ${file}: ${counts[file] ?? "no"} tests ran, at least ${minimum} must (${MINIMUMS})`);
    short++;
  }
  return short;
}

/** Builds the WebAssembly module if its sources are newer than the file it is embedded in. */
function buildWasm() {
  const sources = filesUnder(join(root, "assembly")).filter((file) => file.endsWith(".ts"));
  if (sources.length === 0) return true;
  const embedded = join(root, "lib/evaluate/wasm-bytes.ts");
  const written = existsSync(embedded) ? statSync(embedded).mtimeMs : 0;
  const newest = Math.max(...[...sources, "asconfig.json"].map((file) => statSync(join(root, file)).mtimeMs));
  if (written > newest) return true;
  console.log("Building the WebAssembly module ...");
  const build = spawnSync("npm", ["run", "--silent", "build:wasm"], { cwd: root, encoding: "utf8" });
  if (build.status !== 0) console.log(`${build.stdout}${build.stderr}`);
  return build.status === 0;
}

/** Builds the page of reports into the module that holds its text. */
function embedPage() {
  if (!existsSync(join(root, "lib/report/page"))) return true;
  const build = spawnSync(process.execPath, ["scripts/embed-page.mjs"], { cwd: root, encoding: "utf8" });
  if (build.status !== 0) console.log(`${build.stdout}${build.stderr}`);
  return build.status === 0;
}

/** The files below a folder, relative to the root, sorted. */
function filesUnder(folder) {
  if (!existsSync(folder) || relative(root, folder) === join("test", "conformance", "oracle")) return [];
  const files = [];
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory() && entry.name !== "node_modules") files.push(...filesUnder(path));
    else if (entry.isFile()) files.push(relative(root, path));
  }
  return files.sort();
}

/** The result of each file; `programOf` gives the compiled ones, if they could be. */
async function runAll(files, programOf) {
  const results = new Map();
  const queue = [...files];
  const worker = async () => {
    for (let file = queue.shift(); file !== undefined; file = queue.shift()) {
      const compiled = programOf === undefined ? ["--import", tsx, file] : ["--enable-source-maps", programOf(file)];
      const result = await run(compiled);
      results.set(file, result);
      report(file, result);
    }
  };
  await Promise.all(Array.from({ length: PROCESSES }, worker));
  return results;
}

function run(parameters) {
  const started = performance.now();
  const child = spawn(process.execPath, parameters, {
    cwd: root,
    env: { ...process.env, NO_COLOR: "1", FORCE_COLOR: "0" },
    stdio: ["ignore", "pipe", "pipe"],
    timeout: MINUTES_PER_FILE * 60_000,
    killSignal: "SIGKILL",
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8");
    stream.on("data", (text) => {
      output += text;
    });
  }
  return new Promise((done) => {
    child.on("close", (code, signal) => {
      const seconds = (performance.now() - started) / 1000;
      done({ ...judge(output, code, signal), output, seconds });
    });
  });
}

/** Counts what uvu says of one file; whatever is wrong with the file as a whole counts as one failure. */
function judge(output, code, signal) {
  // A test may print such lines itself; uvu's own come last.
  const totals = [...output.matchAll(/^ {2}Total: {5}(\d+)\n {2}Passed: {4}(\d+)\n {2}Skipped: {3}(\d+)$/gm)].at(-1);
  const [total, passed, skipped] = (totals ?? ["", "0", "0", "0"]).slice(1).map(Number);
  // Where a hook throws, uvu itself calls the run a success.
  let failed = total - passed;
  const faults = [];
  if (skipped > 0) faults.push(`${skipped} skipped`);
  if (signal !== null) faults.push(`ended by ${signal}`);
  else if (total === 0) faults.push(code === 0 ? "registers no test" : `exit status ${code} before any test`);
  else if (code !== 0 && failed === 0) faults.push(`exit status ${code}`);
  if (faults.length > 0) failed++;
  return { passed, failed, faults };
}

function report(file, { passed, failed, faults, output, seconds }) {
  const counts = [`${passed} passed`, ...(failed > 0 ? [`${failed} failed`] : []), ...faults].join(", ");
  if (failed > 0) console.log(`\n${output.trim()}\n`);
  console.log(`${failed > 0 ? "FAIL" : "ok  "} ${file}: ${counts} (${seconds.toFixed(1)} s)`);
  // How much evidence a file went through is worth a line even where all is well.
  if (failed === 0)
    for (const [line] of output.matchAll(/\d[\d,]* [a-z ]*verdicts checked\b.*/g)) console.log(`       ${line}`);
}
