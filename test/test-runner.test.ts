// The test runner on small folders: what must pass, and what must not go unnoticed.

import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { suite } from "uvu";
import * as assert from "uvu/assert";

const root = fileURLToPath(new URL("..", import.meta.url));
const GOOD = 'import { test } from "uvu";\ntest("a", () => {});\ntest("b", () => {});\ntest.run();\n';

const test = suite("test runner", { folder: "" });

test.before.each((context) => {
  context.folder = realpathSync(mkdtempSync(join(tmpdir(), "topomatch-runner-")));
  symlinkSync(join(root, "node_modules"), join(context.folder, "node_modules"));
});

test.after.each((context) => {
  rmSync(context.folder, { recursive: true });
});

function run(folder: string, files: { readonly [path: string]: string }, parameters: readonly string[] = []) {
  for (const [path, text] of Object.entries({ "package.json": '{"type":"module"}', ...files })) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  const runner = join(root, "scripts/test.mjs");
  const { status, stdout } = spawnSync(process.execPath, [runner, `--root=${folder}`, ...parameters], {
    encoding: "utf8",
  });
  return { status, stdout, lastLine: stdout.trimEnd().split("\n").at(-1) };
}

test("files that pass are added up, wherever they lie in the test folder", ({ folder }) => {
  const { status, stdout, lastLine } = run(folder, { "test/a.test.ts": GOOD, "test/deep/er/b.test.ts": GOOD });
  assert.is(lastLine, "4 passed, 0 failed");
  assert.is(status, 0);
  assert.match(stdout, /ok +test\/a\.test\.ts: 2 passed/);
});

test("other files, node_modules and the oracle are left out", ({ folder }) => {
  const bad = "throw new Error('must not run')";
  const files = {
    "test/a.test.ts": GOOD,
    "test/helper.ts": bad,
    "test/deep/node_modules/x/x.test.ts": bad,
    "test/conformance/oracle/x.test.ts": bad,
    "lib/x.test.ts": bad,
  };
  const { status, lastLine } = run(folder, files);
  assert.is(lastLine, "2 passed, 0 failed");
  assert.is(status, 0);
});

test("a failing test fails the run and shows its output", ({ folder }) => {
  const bad =
    'import { test } from "uvu";\ntest("ok", () => {});\ntest("x", () => { throw new Error("oh no"); });\ntest.run();\n';
  const { status, stdout, lastLine } = run(folder, { "test/a.test.ts": GOOD, "test/b.test.ts": bad });
  assert.is(lastLine, "3 passed, 1 failed");
  assert.is(status, 1);
  assert.match(stdout, "oh no");
});

const FAULTS: { readonly [file: string]: readonly [text: string, counts: string] } = {
  empty: ["", "0 passed, 1 failed, registers no test"],
  "never-run": ['import { test } from "uvu";\ntest("a", () => {});\n', "0 passed, 1 failed, registers no test"],
  "no-test": ['import { test } from "uvu";\ntest.run();\n', "0 passed, 1 failed, registers no test"],
  skips: [GOOD.replace("\n", '\ntest.skip("c", () => {});\n'), "2 passed, 1 failed, 1 skipped"],
  "shuts-others-out": [GOOD.replace("\n", '\ntest.only("c", () => {});\n'), "1 passed, 1 failed, 2 skipped"],
  "hook-throws": [GOOD.replace("\n", "\ntest.before(() => { throw new Error(); });\n"), "0 passed, 2 failed"],
  unloadable: ['throw new Error("oh no");\n', "0 passed, 1 failed, exit status 1 before any test"],
  "rejects-late": [
    `${GOOD}setTimeout(() => { Promise.reject(new Error("late")); }, 50);\n`,
    "2 passed, 1 failed, exit status 1",
  ],
  killed: [
    `${GOOD}setTimeout(() => process.kill(process.pid, "SIGKILL"), 50);\n`,
    "2 passed, 1 failed, ended by SIGKILL",
  ],
  "prints-totals": [
    GOOD.replace("{}", '{ console.log("\\n  Total:     9\\n  Passed:    9\\n  Skipped:   0"); throw new Error(); }'),
    "1 passed, 1 failed",
  ],
};

test("a file whose tests did not all run and pass is a failure, and the report says why", ({ folder }) => {
  const files = Object.entries(FAULTS).map(([file, [text]]) => [`test/${file}.test.ts`, text]);
  const { status, stdout, lastLine } = run(folder, Object.fromEntries(files));
  const report = stdout.split("\n").filter((line) => line.startsWith("FAIL ") || line.startsWith("ok "));
  const expected = Object.entries(FAULTS).map(([file, [, counts]]) => `FAIL test/${file}.test.ts: ${counts}`);
  assert.equal(report.map((line) => line.replace(/ \([0-9.]+ s\)$/, "")).sort(), expected.sort());
  assert.is(lastLine, "8 passed, 11 failed");
  assert.is(status, 1);
});

const MINIMUMS = "test/minimum-tests.json";
const minimums = (table: { readonly [file: string]: number }) => ({ [MINIMUMS]: JSON.stringify(table) });

test("a file with fewer tests than it must have fails the run, and so does one that is gone", ({ folder }) => {
  const table = minimums({ "test/a.test.ts": 2, "test/b.test.ts": 3, "test/gone.test.ts": 1 });
  const { status, stdout, lastLine } = run(folder, { ...table, "test/a.test.ts": GOOD, "test/b.test.ts": GOOD });
  assert.is(lastLine, "4 passed, 2 failed");
  assert.is(status, 1);
  assert.match(stdout, "FAIL test/b.test.ts: 2 tests ran, at least 3 must (test/minimum-tests.json)");
  assert.match(stdout, "FAIL test/gone.test.ts: no tests ran, at least 1 must (test/minimum-tests.json)");
});

test("a whole run that passes is recorded, another is not", ({ folder }) => {
  const recorded = () => readFileSync(join(folder, MINIMUMS), "utf8");
  const table = minimums({ "test/gone.test.ts": 1 });
  run(folder, { ...table, "test/b.test.ts": GOOD, "test/a.test.ts": GOOD }, ["--record"]);
  assert.is(recorded(), '{\n  "test/a.test.ts": 2,\n  "test/b.test.ts": 2\n}\n');
  const { stdout } = run(folder, { "test/a.test.ts": "" }, ["--record"]);
  assert.match(stdout, "Only a whole run that passes is recorded.");
  run(folder, { "test/a.test.ts": GOOD }, ["--record", "/a"]);
  assert.is(recorded(), '{\n  "test/a.test.ts": 2,\n  "test/b.test.ts": 2\n}\n');
});

test("no test file at all fails the run", ({ folder }) => {
  const { status, lastLine } = run(folder, {});
  assert.is(lastLine, "0 passed, 1 failed");
  assert.is(status, 1);
});

test("a pattern picks files, and of the table what it picks", ({ folder }) => {
  const table = minimums({ "test/a.test.ts": 2, "test/b.test.ts": 9 });
  const { status, lastLine } = run(folder, { ...table, "test/a.test.ts": GOOD, "test/b.test.ts": "" }, ["/a\\.test"]);
  assert.is(lastLine, "2 passed, 0 failed");
  assert.is(status, 0);
  assert.is(run(folder, minimums({ "test/a.test.ts": 3 }), ["/a\\.test"]).lastLine, "2 passed, 1 failed");
  assert.is(run(folder, {}, ["nothing"]).lastLine, "0 passed, 1 failed");
});

test("the WebAssembly module is built when it is missing, and a failed build fails the run", ({ folder }) => {
  const scripts = { "build:wasm": "mkdir -p lib/evaluate && cp assembly/index.ts lib/evaluate/wasm-bytes.ts" };
  const files = { "asconfig.json": "{}", "assembly/index.ts": "export const x = 1;\n" };
  const packageOf = (build: object) => JSON.stringify({ type: "module", scripts: build });
  const using = `import "../lib/evaluate/wasm-bytes.ts";\n${GOOD}`;
  const built = run(folder, { ...files, "package.json": packageOf(scripts), "test/a.test.ts": using });
  assert.is(built.lastLine, "2 passed, 0 failed");
  assert.not.match(run(folder, {}).stdout, "Building");
  const broken = { ...files, "package.json": packageOf({ "build:wasm": "echo broken && exit 3" }) };
  const failed = run(folder, broken);
  assert.match(failed.stdout, "broken");
  assert.is(failed.lastLine, "0 passed, 1 failed");
  assert.is(failed.status, 1);
});

test.run();
