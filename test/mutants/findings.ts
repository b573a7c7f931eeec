// What runs left behind: which test noticed which mutant, to be asked first the next time; and how far a run has come, so
// that one that was stopped goes on where it was.

import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Mutant } from "./mutant.js";
import { ROOT } from "./workshop.js";

/** A test file, as a mutant names it, and the test in it; without one the file does not run to its end. */
export interface Catch {
  readonly suite: string;
  readonly test?: string;
}

export interface Finding {
  readonly how: string;
  readonly by?: Catch;
}

/** A line a mutant: its key, the test file, the test. */
const CAUGHT = join(ROOT, "test/mutants/caught-by.tsv");
const PROGRESS = join(ROOT, "build/mutants/progress.json");
const SOURCES = ["lib", "assembly", "test"];

export function keyOf(mutant: Mutant): string {
  return `${mutant.file} ${createHash("sha256").update(`${mutant.from}\0${mutant.to}`).digest("hex").slice(0, 12)}`;
}

export class Findings {
  readonly #caught = new Map<string, Catch>();
  readonly #hash = hashOfSources();
  readonly #done = new Map<string, Finding>();
  readonly #passes = new Set<string>();

  constructor() {
    if (existsSync(CAUGHT)) {
      for (const line of readFileSync(CAUGHT, "utf8").trimEnd().split("\n")) {
        const [key, suite, test] = line.split("\t");
        this.#caught.set(key, test === undefined ? { suite } : { suite, test });
      }
    }
    if (!existsSync(PROGRESS)) return;
    const { done, hash, passes } = JSON.parse(readFileSync(PROGRESS, "utf8"));
    if (hash !== this.#hash) return;
    for (const suite of passes) this.#passes.add(suite);
    for (const [key, finding] of done) this.#done.set(key, finding);
  }

  /** What noticed it the last time. */
  lately(mutant: Mutant): Catch | undefined {
    return this.#caught.get(keyOf(mutant));
  }

  /** What was found of it by a run that was stopped, over the same sources. */
  known(mutant: Mutant): Finding | undefined {
    return this.#done.get(keyOf(mutant));
  }

  add(mutant: Mutant, finding: Finding): void {
    this.#done.set(keyOf(mutant), finding);
    if (finding.by !== undefined) this.#caught.set(keyOf(mutant), finding.by);
    this.#write();
  }

  /** Whether a test file passed without a mutant, over the same sources. */
  passes(suite: string): boolean {
    return this.#passes.has(suite);
  }

  addPassed(suite: string): void {
    this.#passes.add(suite);
    this.#write();
  }

  #write(): void {
    write(PROGRESS, JSON.stringify({ hash: this.#hash, passes: [...this.#passes], done: [...this.#done] }));
  }

  /** Writes what noticed these mutants; all others are forgotten. */
  record(mutants: readonly Mutant[]): void {
    const lines = mutants.flatMap((mutant) => {
      const by = this.lately(mutant);
      return by === undefined
        ? []
        : [[keyOf(mutant), by.suite, ...(by.test === undefined ? [] : [by.test])].join("\t")];
    });
    write(CAUGHT, `${lines.sort().join("\n")}\n`);
  }
}

/** All of it or nothing: a run may be stopped at any moment. */
function write(file: string, text: string): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(`${file}.part`, text);
  renameSync(`${file}.part`, file);
}

function hashOfSources(): string {
  const hash = createHash("sha256");
  for (const folder of SOURCES) {
    const paths = readdirSync(join(ROOT, folder), { recursive: true, encoding: "utf8" }).filter((path) => {
      return path.endsWith(".ts") && !path.includes("node_modules/") && !path.endsWith("wasm-bytes.ts");
    });
    for (const path of paths.sort()) hash.update(`${path}\0`).update(readFileSync(join(ROOT, folder, path)));
  }
  return hash.digest("hex");
}
