// The package as a user gets it: what is in it, that it runs, that its types hold, and what it costs.

import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { dirname, join } from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { Compiler } from "./support/compile.js";
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
const newest = new Compiler("typescript");
const oldest = new Compiler("typescript-5.0");

/** What a compiler says of programs in the user's folder, by the name of their files. */
function compile(compiler: Compiler, texts: { readonly [file: string]: string }, options: object = {}): string[] {
  for (const [file, text] of Object.entries(texts)) installed.write(file, text);
  const files = Object.keys(texts).map((file) => join(installed.folder, file));
  return compiler.faults(files, { ...STRICT, ...options });
}

function runProgram(text: string): string {
  installed.write("program.mjs", text);
  const { status, stderr, stdout } = installed.run("program.mjs");
  assert.is(status, 0, stderr);
  return stdout.trim();
}

// What a mistake looks like, so that silence means something.
const MISTAKEN = PLAIN.replace("const removed: boolean", "const removed: string");

test("types compile without DOM, without Node's types, with every strictness and with the library checked", () => {
  const faults = compile(newest, { "plain.ts": PLAIN, "threaded.ts": THREADED, "mistaken.ts": MISTAKEN });
  assert.is(faults.length, 1, faults.join("\n"));
  assert.match(faults[0], /^mistaken\.ts: TS2322/);
});

test("TypeScript 5.0 reads the types, as Node and as a bundler resolves them, with DOM and without", () => {
  assert.match(oldest.version, /^5\.0\./);
  const resolutions = [
    { module: "node16", moduleResolution: "node16" },
    { module: "es2022", moduleResolution: "bundler" },
  ];
  for (const resolution of resolutions) {
    for (const lib of [["ES2022"], ["ES2022", "DOM"]]) {
      const texts = { "plain.ts": PLAIN, "threaded.ts": THREADED, "mistaken.ts": MISTAKEN };
      const faults = compile(oldest, texts, { ...resolution, lib });
      assert.is(faults.length, 1, `${JSON.stringify({ resolution, lib })}: ${faults.join("\n")}`);
      assert.match(faults[0], /^mistaken\.ts: TS2322/);
    }
  }
});

test("the types of a path are one file, in which every class and interface is public", () => {
  const files = installed.packed.filter((path) => path.endsWith(".d.ts"));
  const paths = Object.values(exportsOf()).flatMap((target) => (typeof target === "string" ? [] : [target.types]));
  assert.equal(files.sort(), paths.map((path) => path.slice("./".length)).sort());
  for (const file of files.filter((path) => !path.endsWith(".wasm.d.ts"))) {
    const text = readFileSync(join(installed.package, file), "utf8");
    assert.not.match(text, /@internal|\bprivate\b|#\w/, file);
    const exported = [...text.matchAll(/^export (?:type )?\{([^}]*)\}/gm)].flatMap(([, names]) => names.split(/,\s*/));
    const public_ = new Set(exported.map((name) => name.trim().split(" as ").at(-1)));
    for (const [, name] of text.matchAll(/^(?:declare )?(?:abstract )?(?:class|interface) (\w+)/gm)) {
      assert.ok(public_.has(name), `${file} declares ${name}, which it does not export`);
    }
    for (const [, target] of text.matchAll(/\bfrom\s*['"]([^'"]+)['"]/g)) assert.is(target, "./index.js", file);
  }
});

test("client-node's classes fit the object sets", () => {
  mkdirSync(join(installed.folder, "node_modules/@kubernetes"), { recursive: true });
  const target = join(installed.folder, "node_modules/@kubernetes/client-node");
  if (!existsSync(target)) symlinkSync(join(root, "node_modules/@kubernetes/client-node"), target);
  const typeRoots = [join(root, "node_modules/@types")];
  // Its own declarations want Node's types and do not pass exactOptionalPropertyTypes: only ours are on trial.
  const options = { types: ["node"], typeRoots, skipLibCheck: true };
  assert.equal(compile(newest, { "client-node.ts": CLIENT_NODE }, options), []);
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
    assert.not.match(text, /['"]node:|worker_threads|SharedArrayBuffer/, file);
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
  for (const [, target] of text.matchAll(/^(?:import|export)\b[^'"\n]*['"]([^'"]+)['"];$/gm)) {
    if (!target.startsWith("node:")) filesOf(join(dirname(entry), target), found);
  }
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
    const state = () => {
      const found = new Map();
      for (const [name, { value }] of Object.entries(Object.getOwnPropertyDescriptors(globalThis))) {
        found.set(name, value);
        for (const holder of [value, value?.prototype]) {
          if (Object(holder) !== holder || holder === globalThis) continue;
          for (const [key, property] of Object.entries(Object.getOwnPropertyDescriptors(holder)))
            found.set(name + (holder === value ? " " : " prototype ") + key, property.value ?? property.get);
        }
      }
      return found;
    };
    // Node makes these when they are first asked for.
    void [TextDecoder, atob];
    const before = state();
    const { createMatcherSync } = await import("topomatch");
    createMatcherSync();
    const after = state();
    const changed = [...after].filter(([name, value]) => !before.has(name) || !Object.is(before.get(name), value));
    console.log(before.size > 900, after.size - before.size, ...changed.map(([name]) => name));`;
  installed.write("unchanged.mjs", program);
  const { stderr, stdout } = installed.run("--disable-proto=throw", "unchanged.mjs");
  assert.is(stdout, "true 0\n", stderr);
});

test("what is packed is what is meant to be", () => {
  const { packed } = installed;
  const meant =
    /^(package\.json|LICENSE|README\.md|CHANGELOG\.md|docs\/[\w.-]+\.(md|json)|dist\/(shared\/)?[\w-]+\.js|dist\/\w+\.d\.ts|dist\/topomatch\.wasm(\.d\.ts)?|dist\/third-party-licences\.txt)$/;
  assert.equal(
    packed.filter((path) => !meant.test(path)),
    [],
  );
  for (const path of ["dist/cli.js", "dist/topomatch.wasm", "dist/third-party-licences.txt", "README.md", "LICENSE"]) {
    assert.ok(packed.includes(path), path);
  }
  // Notes for those who work on the project.
  for (const name of ["architecture", "conformance", "upstream-cases"]) {
    assert.ok(existsSync(join(root, `docs/${name}.md`)), name);
    assert.not.ok(packed.includes(`docs/${name}.md`), name);
  }
});

interface Exports {
  readonly [path: string]: string | { readonly types: string; readonly default: string };
}

function exportsOf(): Exports {
  return JSON.parse(readFileSync(join(installed.package, "package.json"), "utf8")).exports;
}

test("every path of the package leads somewhere, to its types first", () => {
  const { bin, main, types } = JSON.parse(readFileSync(join(installed.package, "package.json"), "utf8"));
  const targets: string[] = [main, types, ...(Object.values(bin) as string[])];
  for (const target of Object.values(exportsOf())) {
    if (typeof target !== "string") assert.equal(Object.keys(target), ["types", "default"]);
    targets.push(...(typeof target === "string" ? [target] : Object.values(target)));
  }
  for (const target of targets) assert.ok(existsSync(join(installed.package, target)), target);
});

test("nothing is needed at run time, and YAML is the command's alone", () => {
  const { dependencies, peerDependencies } = JSON.parse(readFileSync(join(installed.package, "package.json"), "utf8"));
  assert.equal([dependencies, peerDependencies], [undefined, undefined]);
  for (const entry of ["index.js", "threads.js"]) assert.not.ok(filesOf(entry).some((file) => /yaml|check/.test(file)));
  installed.write("pod.yaml", "apiVersion: v1\nkind: Pod\nmetadata: { name: p, namespace: d }\n");
  const command = join(installed.package, "dist/cli.js");
  const { stderr, stdout } = installed.run(command, "check", "-f", "pod.yaml", "--print-objects", "-o", "yaml");
  assert.match(stdout, /kind: Pod/, stderr);
  installed.run(command, "report", "-f", "pod.yaml", "--html", "report.html");
  assert.match(readFileSync(join(installed.folder, "report.html"), "utf8"), /"data".*type="module">.{9999}/s);
});

test("kubectl's completion is answered", () => {
  const { stdout } = installed.run(join(installed.package, "dist/kubectl-complete.js"), "plan", "--order", "s");
  assert.is(stdout, "size\n:4\n");
});

test("the command does not carry the library a second time, nor load a matcher to say its version", () => {
  const holders = installed.packed.filter((path) => {
    return path.endsWith(".js") && readFileSync(join(installed.package, path), "utf8").includes("class Matcher ");
  });
  assert.is(holders.length, 1, holders.join());
  assert.ok(filesOf("index.js").includes(holders[0].slice("dist/".length)), holders[0]);
  assert.not.ok(filesOf("cli.js").includes(holders[0].slice("dist/".length)));
});

test("what is published can be read: classes keep their names, and comments are there", () => {
  const names = new Set<string>();
  let comments = 0;
  for (const file of [...filesOf("index.js"), ...filesOf("threads.js")]) {
    const text = readFileSync(join(installed.package, "dist", file), "utf8");
    for (const [, name] of text.matchAll(/^ *class ([\w$]+)(?: extends [\w$.]+)? \{$/gm)) names.add(name);
    comments += text.match(/^ *\/\/ kube: R-/gm)?.length ?? 0;
  }
  assert.equal(
    [...names].filter((name) => !/^[A-Z][a-z]+\w*$/.test(name)),
    [],
  );
  assert.ok(names.has("TopologyError") && names.has("Matcher") && names.size > 50, [...names].join());
  assert.ok(comments > 100, `${comments} rule marks`);
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
  assert.match(stdout, /^ok {3}[\d,]+ bytes of at most [\d,]+: import of topomatch,/m);
});

test.run();
