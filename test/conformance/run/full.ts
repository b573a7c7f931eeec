// The full run: every minor, with figures in files of their own, so that a run that was stopped goes on where it was.

import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { DEFAULT_KUBERNETES, KUBERNETES_MINORS } from "../../../lib/options.js";
import { FULL_CLUSTERS, type Options } from "./options.js";
import type { Facts } from "./report.js";

/** Of the library, and of what makes, asks and compares. */
const FOLDERS = [
  "lib",
  "assembly",
  "test/reference",
  "test/conformance/run",
  "test/conformance/oracle",
  "test/support",
];
const root = fileURLToPath(new URL("../../../", import.meta.url));
const FIRST_SEED = { newest: 1, older: 1_000_000 };
const CLUSTERS: Readonly<Record<string, number>> = { [DEFAULT_KUBERNETES]: FULL_CLUSTERS };
const CLUSTERS_OF_OLDER = 8_000;

export interface Sources {
  readonly commit: string;
  /** Whether files differ from the commit's. */
  readonly changed: boolean;
  readonly hash: string;
}

/** The newest first. `--clusters` says how many there are of the newest; the others keep their proportion. */
export function fullRuns(given: Options): Options[] {
  const scale = given.clusters / FULL_CLUSTERS;
  return [...KUBERNETES_MINORS].reverse().map((kubernetes): Options => {
    const isNewest = kubernetes === DEFAULT_KUBERNETES;
    return {
      ...given,
      kubernetes,
      clusters: Math.ceil((CLUSTERS[kubernetes] ?? CLUSTERS_OF_OLDER) * scale),
      seed: isNewest ? FIRST_SEED.newest : FIRST_SEED.older,
      profile: undefined,
      shuffles: 0,
      targets: true,
      json: undefined,
    };
  });
}

export function figuresFile(folder: string | undefined, kubernetes: string): string {
  return join(folder ?? join(root, "build/conformance"), `${kubernetes}.json`);
}

export function sourcesOf(): Sources {
  const git = (...parameters: string[]): string =>
    execFileSync("git", ["-C", root, ...parameters], { encoding: "utf8", maxBuffer: 1 << 28 });
  const changes = git("diff", "HEAD", "--", ...FOLDERS) + git("ls-files", "-o", "--exclude-standard", "--", ...FOLDERS);
  const hash = createHash("sha256")
    .update(git("ls-files", "-s", "--", ...FOLDERS))
    .update(changes);
  return { commit: git("rev-parse", "--short", "HEAD").trim(), changed: changes !== "", hash: hash.digest("hex") };
}

/** What a run with the same sources and options left behind. */
export function savedFacts(file: string, options: Options, sources: Sources): Facts | undefined {
  if (!existsSync(file)) return undefined;
  const facts: Facts = JSON.parse(readFileSync(file, "utf8"));
  const { clusters, seed } = facts.options;
  const isSame = facts.sources.hash === sources.hash && clusters === options.clusters && seed === options.seed;
  return isSame ? facts : undefined;
}

/** All of it or nothing: a run may be stopped at any moment. */
export function writeFacts(file: string, facts: Facts): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(`${file}.part`, `${JSON.stringify(facts)}\n`);
  renameSync(`${file}.part`, file);
}
