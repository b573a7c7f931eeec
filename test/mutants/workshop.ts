// A copy of the project in which one mutant after another is made, tested and undone.

import type { ChildProcess } from "node:child_process";
import { spawn } from "node:child_process";
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { transformSync } from "esbuild";
import type { Mutant } from "./mutant.js";
import { mutated, tablesIn } from "./mutant.js";

export const ROOT = fileURLToPath(new URL("../..", import.meta.url));
/** Of CPU, so that other work on the machine makes no test run too long; one that waits for nothing uses none. */
const CPU_SECONDS = 120;
const WAITING_MINUTES = 15;
/** A mutant may ask for more and more of it. */
const MOST_MEMORY = "--max-old-space-size=1536";
const EMBEDDED = "lib/evaluate/wasm-bytes.ts";
const LEFT_OUT = new Set(["node_modules", ".git", "dist", "coverage", "build/conformance"]);
/** What the copy's uvu writes before the name of the test that failed. */
const FAILED = "FAILED TEST: ";
/** uvu's lines that are changed: tests are picked by name, and the first that fails ends the process. */
const UVU_CHANGES = [
  [
    "ctx[key].push({ name, handler })",
    `(process.env.TESTS === undefined || JSON.parse(process.env.TESTS).includes(name)) &&
      !(process.env.NO_TESTS !== undefined && new RegExp(process.env.NO_TESTS).test(name)) &&
      ctx[key].push({ name, handler })`,
  ],
  [
    "for (hook of aEach) await hook(state);\n\t\t\t\tif (errors",
    `process.stdout.write("\\n${FAILED}" + JSON.stringify(test.name) + "\\n"); process.exit(1);\n\t\t\t\tif (errors`,
  ],
] as const;

/** How a test file ended: `passed`, or why it did not, with the test that failed where one did. */
export interface Outcome {
  readonly how: "passed" | "a test fails" | "a test runs too long" | "the tests do not run";
  readonly test?: string;
}

/** Tests with one of these names, and none that this pattern of names fits. */
export interface Picked {
  readonly names?: readonly string[] | undefined;
  readonly not?: string | undefined;
}

export class Workshop {
  readonly folder = realpathSync(mkdtempSync(join(tmpdir(), "topomatch-mutants-")));
  #test: ChildProcess | undefined;

  constructor() {
    cpSync(ROOT, this.folder, { recursive: true, filter: (path) => !LEFT_OUT.has(relative(ROOT, path)) });
    this.#linkPackages();
    for (const folder of ["lib", "test"]) {
      for (const path of readdirSync(join(this.folder, folder), { recursive: true, encoding: "utf8" })) {
        if (path.endsWith(".ts") && !path.includes("node_modules/")) this.#compile(join(folder, path));
      }
    }
    this.#linkPaths();
  }

  /** Examples import the package by its name, and so the very sources that have the mutant. */
  #linkPaths(): void {
    const { exports } = JSON.parse(readFileSync(join(this.folder, "package.json"), "utf8"));
    mkdirSync(join(this.folder, "dist"));
    for (const { default: file } of Object.values<{ readonly default?: string }>(exports)) {
      if (!file?.endsWith(".js")) continue;
      writeFileSync(join(this.folder, file), `export * from ${JSON.stringify(file.replace("./dist/", "../lib/"))};\n`);
    }
  }

  /** All packages, and a uvu of its own. */
  #linkPackages(): void {
    const packages = join(this.folder, "node_modules");
    mkdirSync(packages);
    for (const name of readdirSync(join(ROOT, "node_modules"))) {
      if (name !== "uvu") symlinkSync(join(ROOT, "node_modules", name), join(packages, name));
    }
    cpSync(join(ROOT, "node_modules/uvu"), join(packages, "uvu"), { recursive: true });
    const main = join(packages, "uvu/dist/index.mjs");
    let text = readFileSync(main, "utf8");
    for (const [from, to] of UVU_CHANGES) {
      if (text.split(from).length !== 2) throw new Error(`uvu has changed: ${from}`);
      text = text.replace(from, () => to);
    }
    // Copies of node_modules may be hard links.
    rmSync(main);
    writeFileSync(main, text);
  }

  /** Runs one test file, or of its tests those that are picked. */
  test(suite: string, { names, not }: Picked = {}): Promise<Outcome> {
    const inTables = tablesIn(suite);
    const program = inTables === undefined ? [`test/${suite}.test.js`] : ["test/mutants/tables.js", ...inTables];
    const picked = { ...(names && { TESTS: JSON.stringify(names) }), ...(not && { NO_TESTS: not }) };
    const limited = `ulimit -t ${CPU_SECONDS} && exec "$0" "$@"`;
    const child = spawn("sh", ["-c", limited, process.execPath, MOST_MEMORY, ...program], {
      cwd: this.folder,
      env: { ...process.env, ...picked, NO_COLOR: "1", FORCE_COLOR: "0" },
      stdio: ["ignore", "pipe", "ignore"],
      timeout: WAITING_MINUTES * 60_000,
      killSignal: "SIGKILL",
    });
    this.#test = child;
    let output = "";
    child.stdout.setEncoding("utf8");
    child.stdout.on("data", (text: string) => {
      output += text;
    });
    return new Promise((done) => {
      child.on("close", (code, signal) => {
        const name = output.split(FAILED)[1]?.split("\n")[0];
        const ran = Number(/Total: +(\d+)/.exec(output)?.[1] ?? 0);
        if (name !== undefined) done({ how: "a test fails", test: JSON.parse(name) });
        else if (signal !== null) done({ how: "a test runs too long" });
        else done({ how: code === 0 && ran > 0 ? "passed" : "the tests do not run" });
      });
    });
  }

  /** What `work` gives while the copy has the mutant. */
  async with<R>(mutant: Mutant, work: () => Promise<R>): Promise<R> {
    const isKernel = mutant.file.startsWith("assembly/");
    const files = isKernel ? [mutant.file, "build/topomatch.wasm", EMBEDDED] : [mutant.file];
    const before = files.map((file) => readFileSync(join(this.folder, file)));
    writeFileSync(join(this.folder, mutant.file), mutated(before[0].toString(), mutant));
    try {
      if (isKernel) await this.#buildWasm();
      this.#compile(isKernel ? EMBEDDED : mutant.file);
      return await work();
    } finally {
      for (const [i, file] of files.entries()) writeFileSync(join(this.folder, file), before[i]);
      this.#compile(isKernel ? EMBEDDED : mutant.file);
    }
  }

  /** Plain JavaScript beside a source: it starts in a fifth of the time. */
  #compile(file: string): void {
    const path = join(this.folder, file);
    const { code } = transformSync(readFileSync(path, "utf8"), { loader: "ts", format: "esm", target: "node20.10" });
    writeFileSync(path.replace(/\.ts$/, ".js"), code);
  }

  /** The module of one thread; that of several stays as it is. */
  async #buildWasm(): Promise<void> {
    for (const args of [
      ["node_modules/assemblyscript/bin/asc.js", "--target", "release"],
      ["scripts/embed-wasm.mjs"],
    ]) {
      const child = spawn(process.execPath, args, { cwd: this.folder, stdio: ["ignore", "ignore", "inherit"] });
      const code = await new Promise((done) => child.on("close", done));
      if (code !== 0) throw new Error(`${args.join(" ")} failed`);
    }
  }

  /** Ends the test that runs, which may run forever, and removes the copy. */
  close(): void {
    this.#test?.kill("SIGKILL");
    rmSync(this.folder, { recursive: true, force: true });
  }
}
