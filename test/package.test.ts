// The package as a user gets it: what is in it, that it runs, that its types hold, and what it costs.

import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { CLIENT_NODE, PLAIN, THREADED } from "./support/consumers.js";
import { Installed, node, root } from "./support/package.js";

const test = suite("package");
const installed = new Installed();
test.after(() => rmSync(installed.folder, { recursive: true }));

const STRICT = {
  module: "nodenext",
  target: "es2022",
  lib: ["ES2023"],
  types: [] as string[],
  strict: true,
  exactOptionalPropertyTypes: true,
  noUncheckedIndexedAccess: true,
  skipLibCheck: false,
  noEmit: true,
};

function compile(name: string, text: string, options: object = {}): string {
  installed.write(`${name}/${name}.ts`, text);
  const config = { compilerOptions: { ...STRICT, ...options }, files: [`${name}.ts`] };
  installed.write(`${name}/tsconfig.json`, JSON.stringify(config));
  const tsc = fileURLToPath(import.meta.resolve("typescript/bin/tsc"));
  return installed.run(tsc, "-p", name).stdout;
}

function runProgram(text: string): string {
  installed.write("program.mjs", text);
  const { status, stderr, stdout } = installed.run("program.mjs");
  assert.is(status, 0, stderr);
  return stdout.trim();
}

test("types compile without DOM, without Node's types, with every strictness and with the library checked", () => {
  assert.is(compile("plain", PLAIN), "");
  assert.is(compile("threaded", THREADED), "");
  // What a mistake looks like, so that silence means something.
  assert.match(compile("mistaken", PLAIN.replace("const removed: boolean", "const removed: string")), /TS2322/);
});

test("client-node's classes fit the object sets", () => {
  mkdirSync(join(installed.folder, "node_modules/@kubernetes"), { recursive: true });
  const target = join(installed.folder, "node_modules/@kubernetes/client-node");
  if (!existsSync(target)) symlinkSync(join(root, "node_modules/@kubernetes/client-node"), target);
  const typeRoots = [join(root, "node_modules/@types")];
  // Its own declarations want Node's types and do not pass exactOptionalPropertyTypes: only ours are on trial.
  assert.is(compile("client-node", CLIENT_NODE, { types: ["node"], typeRoots, skipLibCheck: true }), "");
});

test("the library answers, on WebAssembly", () => {
  const program = `
    import { createMatcher, createMatcherSync } from "topomatch";
    for (const matcher of [await createMatcher(), createMatcherSync(), createMatcherSync({ engine: "javascript" })]) {
      matcher.nodes.upsert({ metadata: { name: "n" } });
      const { nodes } = matcher.evaluatePod({ metadata: { name: "p" } });
      console.log(matcher.engine, ...nodes);
    }`;
  assert.is(runProgram(program), "wasm n\nwasm n\njavascript n");
});

test("the WebAssembly module is there for hosts that bar compiling bytes", () => {
  const program = `
    import { readFileSync } from "node:fs";
    import { createMatcherSync } from "topomatch";
    const url = new URL(import.meta.resolve("topomatch/topomatch.wasm"));
    const module = new WebAssembly.Module(readFileSync(url));
    console.log(createMatcherSync({ module }).engine);`;
  assert.is(runProgram(program), "wasm");
});

test("the library imports nothing but its own files and awaits nothing while it loads", () => {
  const files = filesOf("index.js");
  for (const file of files) {
    const text = readFileSync(join(installed.package, "dist", file), "utf8");
    assert.not.match(text, /\bimport\s*\(|\brequire\s*\(|\bimport\.meta\b/, file);
    assert.not.match(text, /worker_threads|SharedArrayBuffer/, file);
  }
  // CommonJS can only require modules without a top-level await.
  installed.write("program.cjs", 'console.log(require("topomatch").createMatcherSync().engine);');
  assert.is(installed.run("--experimental-require-module", "program.cjs").stdout, "wasm\n");
});

/** The files of dist that an entry imports, itself included; a file that imports anything else is not there. */
function filesOf(entry: string, found: string[] = []): string[] {
  if (found.includes(entry)) return found;
  found.push(entry);
  const text = readFileSync(join(installed.package, "dist", entry), "utf8");
  for (const [, target] of text.matchAll(/(?:\bfrom|\bimport)\s*["']([^"']+)["']/g)) filesOf(target, found);
  return found;
}

test("the threads are a path of their own, count what one thread counts, and keep no process alive", () => {
  const program = `
    import { createMatcherSync, TopologyError } from "topomatch";
    import * as threads from "topomatch/threads";
    const threaded = await threads.createThreadedMatcher({ threads: 2 });
    const answers = [threaded, createMatcherSync()].map((matcher) => {
      for (let n = 0; n < 9; n++) matcher.nodes.upsert({ metadata: { name: "n" + n, labels: { z: "z" + (n % 2) } } });
      matcher.pods.upsert({ metadata: { name: "p", namespace: "d" } });
      const counts = new Uint32Array(1);
      matcher.countFeasible(Uint32Array.of(matcher.podId("d/p")), counts);
      return counts[0];
    });
    try {
      threaded.evaluatePod("d/q");
    } catch (error) {
      console.log(...answers, threaded.threads, error instanceof TopologyError, threads.TopologyError === TopologyError);
    }`;
  // It ends without close: runProgram waits for that.
  assert.is(runProgram(program), "9 9 2 true true");
});

test("what NODE_OPTIONS preloads is not loaded into the threads", () => {
  installed.write("preload.cjs", 'console.log(require("node:worker_threads").isMainThread ? "main" : "a thread");');
  installed.write(
    "preloaded.mjs",
    `import { createThreadedMatcher } from "topomatch/threads";
    const matcher = await createThreadedMatcher({ threads: 3 });
    console.log(matcher.threads);
    await matcher.close();`,
  );
  const before = process.env.NODE_OPTIONS;
  process.env.NODE_OPTIONS = `--require ${join(installed.folder, "preload.cjs")}`;
  const { stderr, stdout } = installed.run("preloaded.mjs");
  if (before === undefined) delete process.env.NODE_OPTIONS;
  else process.env.NODE_OPTIONS = before;
  assert.is(stdout, "main\n3\n", stderr);
});

test("loading the library changes nothing that is there already", () => {
  const program = `
    const names = () => Object.getOwnPropertyNames(globalThis).join();
    const before = names();
    const { createMatcherSync } = await import("topomatch");
    createMatcherSync();
    console.log(names() === before);`;
  installed.write("frozen.mjs", program);
  const { stderr, stdout } = installed.run("--frozen-intrinsics", "--disable-proto=throw", "frozen.mjs");
  assert.is(stdout, "true\n", stderr);
});

test("what is packed is what is meant to be", () => {
  for (const path of ["lib/index.ts", "test/a.test.ts", ".ci/run", "tsconfig.json", "examples/a.yaml"]) {
    installed.write(join("node_modules/topomatch", path), "");
  }
  const parameters = ["pack", "--dry-run", "--json", "--ignore-scripts"];
  const { stderr, stdout } = spawnSync("npm", parameters, { cwd: installed.package, encoding: "utf8" });
  const [{ files }] = JSON.parse(stdout || "[]") as [{ files: { path: string }[] }];
  const packed = files.map(({ path }) => path);
  const meant =
    /^(package\.json|LICENSE|README\.md|CHANGELOG\.md|docs\/[\w.-]+\.(md|json)|dist\/((index|threads|cli|chunk-\w+)\.js|topomatch\.wasm)|dist\/types\/[\w./-]+\.d\.ts)$/;
  assert.equal(
    packed.filter((path) => !meant.test(path)),
    [],
    stderr,
  );
  for (const path of [
    "dist/index.js",
    "dist/threads.js",
    "dist/cli.js",
    "dist/topomatch.wasm",
    "dist/types/index.d.ts",
    "README.md",
  ]) {
    assert.ok(packed.includes(path), path);
  }
});

test("every type that is shipped can be reached, and every path of the package leads somewhere", () => {
  const types = readdirSync(join(installed.package, "dist/types"), { recursive: true }) as string[];
  assert.equal(
    types.filter((path) => path.startsWith("cli")),
    [],
  );
  type Paths = { readonly [name: string]: string };
  const { bin, exports } = JSON.parse(readFileSync(join(installed.package, "package.json"), "utf8")) as {
    bin: Paths;
    exports: { readonly [name: string]: string | Paths };
  };
  assert.is(Object.keys(exports["."])[0], "types");
  const targets = [...Object.values(bin), ...Object.values(exports)].flatMap((target) =>
    typeof target === "string" ? [target] : Object.values(target),
  );
  for (const target of targets) assert.ok(existsSync(join(installed.package, target)), target);
});

test("the command starts", () => {
  const command = join(installed.package, "dist/cli.js");
  assert.ok(readFileSync(command, "utf8").startsWith("#!/usr/bin/env node\n"));
  const { version } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
  const { status, stderr, stdout } = spawnSync(command, ["--version"], { encoding: "utf8" });
  assert.is(status, 0, stderr);
  assert.match(stdout, version);
});

test("the library is no larger than .size-limit.json says", () => {
  const { status, stderr, stdout } = node([join(root, "scripts/size.mjs"), installed.package], root);
  assert.is(status, 0, `${stdout}${stderr}`);
  assert.match(stdout, /^ok {3}[\d,]+ bytes of at most 44,000: import of topomatch,/m);
});

test.run();
