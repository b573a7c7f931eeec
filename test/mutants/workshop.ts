// A copy of the project in which one mutant after another is made, tested and undone.

import { spawn } from "node:child_process";
import {
  cpSync,
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
const SECONDS_PER_FILE = 240;
/** A mutant may ask for more and more of it. */
const MOST_MEMORY = "--max-old-space-size=1536";
const EMBEDDED = "lib/evaluate/wasm-bytes.ts";
const LEFT_OUT = new Set(["node_modules", ".git", "dist", "coverage"]);
/** uvu writes it as soon as a test has failed. */
const FAILED = "✘";

/** How a test file ended; `passed`, or why it did not. */
export type Outcome = "passed" | "a test fails" | "a test runs too long" | "the tests do not run";

export class Workshop {
  readonly folder = realpathSync(mkdtempSync(join(tmpdir(), "topomatch-mutants-")));

  constructor() {
    cpSync(ROOT, this.folder, { recursive: true, filter: (path) => !LEFT_OUT.has(relative(ROOT, path)) });
    symlinkSync(join(ROOT, "node_modules"), join(this.folder, "node_modules"));
    for (const folder of ["lib", "test"]) {
      for (const path of readdirSync(join(this.folder, folder), { recursive: true, encoding: "utf8" })) {
        if (path.endsWith(".ts") && !path.includes("node_modules/")) this.#compile(join(folder, path));
      }
    }
  }

  /** Runs one test file. */
  test(suite: string): Promise<Outcome> {
    const names = tablesIn(suite);
    const program = names === undefined ? [`test/${suite}.test.js`] : ["test/mutants/tables.js", ...names];
    const child = spawn(process.execPath, [MOST_MEMORY, ...program], {
      cwd: this.folder,
      env: { ...process.env, NO_COLOR: "1", FORCE_COLOR: "0" },
      stdio: ["ignore", "pipe", "ignore"],
      timeout: SECONDS_PER_FILE * 1000,
      killSignal: "SIGKILL",
    });
    let output = "";
    let failed = false;
    child.stdout.setEncoding("utf8");
    child.stdout.on("data", (text: string) => {
      output += text;
      if (failed || !output.includes(FAILED)) return;
      failed = true;
      child.kill("SIGKILL");
    });
    return new Promise((done) => {
      child.on("close", (code, signal) => {
        if (failed) done("a test fails");
        else if (signal !== null) done("a test runs too long");
        else done(code === 0 ? "passed" : output.includes("Total:") ? "a test fails" : "the tests do not run");
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

  close(): void {
    rmSync(this.folder, { recursive: true });
  }
}
