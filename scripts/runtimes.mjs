// The packed package on Bun and on Deno: fetches both from the registry into a folder of its own, and runs the programs
// of test/runtimes on each. Usage: node scripts/runtimes.mjs; needs dist/ and, the first time, a network.

import { spawnSync } from "node:child_process";
import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const BUN = "1.4.5";
const DENO = "2.9.6";

const root = fileURLToPath(new URL("..", import.meta.url));
const programs = join(root, "test/runtimes");
const folder = mkdtempSync(join(tmpdir(), "topomatch-runtimes-"));
const name = `${process.platform}-${process.arch}`;

try {
  const tarball = run("npm", ["pack", "--silent", "--ignore-scripts", "--pack-destination", folder], root).trim();
  writeFileSync(join(folder, "package.json"), JSON.stringify({ type: "module", private: true }));
  // The packages that hold the binaries: `bun` and `deno` themselves fetch them in a script.
  const deno = process.platform === "linux" ? `${name}-glibc` : name;
  const packages = [`./${tarball}`, `@oven/bun-${name.replace("arm64", "aarch64")}@${BUN}`, `@deno/${deno}@${DENO}`];
  run("npm", ["install", "--no-audit", "--no-fund", "--ignore-scripts", ...packages], folder);
  const hosts = [
    [process.execPath],
    [join(folder, `node_modules/@oven/bun-${name.replace("arm64", "aarch64")}/bin/bun`)],
    [join(folder, `node_modules/@deno/${deno}/deno`), "run", "--no-remote", "--allow-all"],
  ];
  mkdirSync(join(folder, "programs"));
  for (const file of readdirSync(programs)) {
    copyFileSync(join(programs, file), join(folder, "programs", file));
    for (const [host, ...parameters] of hosts) {
      console.log(`${file} on ${run(host, ["--version"], folder).split("\n", 1)[0]}`);
      console.log(
        run(host, [...parameters, join("programs", file)], folder)
          .replace(/^/gm, "  ")
          .trimEnd(),
      );
    }
  }
} finally {
  rmSync(folder, { recursive: true });
}

function run(command, parameters, cwd) {
  const { error, status, stderr, stdout } = spawnSync(command, parameters, { cwd, encoding: "utf8", timeout: 120_000 });
  if (status !== 0) throw new Error(`${command} ${parameters.join(" ")}: ${error?.message ?? `${stdout}${stderr}`}`);
  return stdout;
}
