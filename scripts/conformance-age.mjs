// Says whether the figures in docs/conformance.md are of the library as it is: exit status 1 where a file that the run asks
// has changed since the commit that they name: assembly/, and of lib/ what the library, its threads and `topomatch check`
// come down to without lib/controllers, which decides no verdict and has judges of its own.
// Usage: node scripts/conformance-age.mjs [--root=FOLDER]

import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { reachedFrom } from "./lib/imports.mjs";

const flag = process.argv.find((parameter) => parameter.startsWith("--root="));
const root = flag ? resolve(flag.slice("--root=".length)) : fileURLToPath(new URL("..", import.meta.url));
const ASKED = ["lib/index.ts", "lib/threads.ts", "lib/cli/commands/check.ts"];
const JUDGED_APART = "lib/controllers";

process.exitCode = main();

function main() {
  const text = readFileSync(join(root, "docs/conformance.md"), "utf8");
  const [, commit, oracle] = /commit `([0-9a-f]{7,40})`, judged by kube-scheduler `(v[0-9.]+)`/.exec(text) ?? [];
  if (commit === undefined) return say("docs/conformance.md names no commit and oracle that its figures are of", 1);
  const known = git("cat-file", "-e", `${commit}^{commit}`);
  if (known.status !== 0) return say(`conformance: the figures are of ${commit}, which is not in this history`, 1);
  const asked = reachedFrom(root, ASKED, JUDGED_APART);
  const changed = changedSince(commit, "assembly");
  const others = [];
  // A file that went is named no more by another, which has changed.
  for (const file of changedSince(commit, "lib")) (asked.has(file) ? changed : others).push(file);
  const beside = others.length === 0 ? "" : `; ${others.length} files that it does not ask have changed`;
  if (changed.length === 0)
    return say(`conformance: the figures are of this library (${commit}, ${oracle})${beside}`, 0);
  const commits = git("rev-list", "--count", `${commit}..HEAD`, "--", ...changed).stdout.trim();
  const files = `${changed.length} files that the run asks`;
  return say(`conformance: STALE, the figures are of ${commit} (${oracle}); ${files} changed in ${commits} commits`, 1);
}

function changedSince(commit, folder) {
  return git("diff", "--name-only", commit, "--", folder).stdout.split("\n").filter(Boolean);
}

function git(...parameters) {
  return spawnSync("git", ["-C", root, ...parameters], { encoding: "utf8" });
}

function say(text, status) {
  console.log(text);
  return status;
}
