// Says whether the figures in docs/conformance.md are of the library as it is: exit status 1 where lib/ or assembly/ has
// changed since the commit that they name. Usage: node scripts/conformance-age.mjs [--root=FOLDER]

import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const flag = process.argv.find((parameter) => parameter.startsWith("--root="));
const root = flag ? resolve(flag.slice("--root=".length)) : fileURLToPath(new URL("..", import.meta.url));
const CODE = ["lib", "assembly"];

process.exitCode = main();

function main() {
  const text = readFileSync(join(root, "docs/conformance.md"), "utf8");
  const [, commit, oracle] = /commit `([0-9a-f]{7,40})`, judged by kube-scheduler `(v[0-9.]+)`/.exec(text) ?? [];
  if (commit === undefined) return say("docs/conformance.md names no commit and oracle that its figures are of", 1);
  const known = git("cat-file", "-e", `${commit}^{commit}`);
  if (known.status !== 0) return say(`conformance: the figures are of ${commit}, which is not in this history`, 1);
  const changed = git("diff", "--name-only", commit, "--", ...CODE)
    .stdout.split("\n")
    .filter(Boolean);
  const since = git("rev-list", "--count", `${commit}..HEAD`, "--", ...CODE).stdout.trim();
  if (changed.length === 0) return say(`conformance: the figures are of this library (${commit}, ${oracle})`, 0);
  const files = `${changed.length} files of ${CODE.join(" and ")}`;
  return say(`conformance: STALE, the figures are of ${commit} (${oracle}); ${files} changed in ${since} commits`, 1);
}

function git(...parameters) {
  return spawnSync("git", ["-C", root, ...parameters], { encoding: "utf8" });
}

function say(text, status) {
  console.log(text);
  return status;
}
