// The figures in docs/conformance.md: the script that says whether they are of the library as it is.

import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { test } from "uvu";
import * as assert from "uvu/assert";

const script = fileURLToPath(new URL("../scripts/conformance-age.mjs", import.meta.url));

test("figures are stale as soon as a file that the run asks has changed, committed or not", () => {
  const root = mkdtempSync(join(tmpdir(), "topomatch-age-"));
  const git = (...parameters: string[]) => {
    const identity = ["-c", "user.name=t", "-c", "user.email=t@example.com", "-c", "commit.gpgsign=false"];
    return execFileSync("git", ["-C", root, ...identity, ...parameters], { encoding: "utf8" }).trim();
  };
  const age = () => spawnSync(process.execPath, [script, `--root=${root}`], { encoding: "utf8" });
  const write = (path: string, text: string) => writeFileSync(join(root, path), text);
  const says = (status: number, pattern: RegExp) => {
    const { status: own, stdout } = age();
    assert.match(stdout, pattern);
    assert.is(own, status);
  };
  try {
    git("init", "-q");
    for (const folder of ["lib", "lib/controllers", "assembly", "docs"]) mkdirSync(join(root, folder));
    write("lib/index.ts", 'export * from "./a.js";\nimport "./controllers/apart.js";\n');
    write("lib/controllers/apart.ts", "1\n");
    write("lib/a.ts", "await import(\n  './b.js');\n");
    write("lib/b.ts", "1\n");
    write("lib/other.ts", 'import "./b.js";\n');
    write("assembly/kernel.ts", "1\n");
    write("docs/conformance.md", "No figures.\n");
    git("add", "-A");
    git("commit", "-qm", "one");
    says(1, /names no commit/);
    const figures = (commit: string) =>
      write("docs/conformance.md", `commit \`${commit}\`, judged by kube-scheduler \`v1.37.2\`\n`);
    figures("0123456");
    says(1, /0123456, which is not in this history/);
    figures(git("rev-parse", "--short", "HEAD"));
    says(0, /are of this library \([0-9a-f]+, v1\.37\.2\)/);
    git("commit", "-qam", "figures alone");
    says(0, /are of this library/);
    write("lib/other.ts", "2\n");
    write("lib/controllers/apart.ts", "2\n");
    says(0, /are of this library.*; 2 files that it does not ask have changed/);
    write("lib/b.ts", "2\n");
    says(1, /STALE.*1 files that the run asks changed in 0 commits/);
    git("commit", "-qam", "two");
    says(1, /STALE.*in 1 commits/);
    figures(git("rev-parse", "--short", "HEAD"));
    says(0, /are of this library/);
    write("assembly/kernel.ts", "2\n");
    says(1, /STALE/);
    git("checkout", "-q", "assembly");
    git("rm", "-q", "lib/b.ts");
    write("lib/a.ts", "\n");
    says(1, /STALE.*1 files/);
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
});

test.run();
