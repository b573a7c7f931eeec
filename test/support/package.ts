// The package as a user gets it, built from the sources as they are, in a folder of its own.

import type { SpawnSyncReturns } from "node:child_process";
import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, realpathSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

export const root = fileURLToPath(new URL("../..", import.meta.url));

/** A user's folder with the package under node_modules; to be removed by the caller. */
export class Installed {
  readonly folder = realpathSync(mkdtempSync(join(tmpdir(), "topomatch-package-")));
  readonly package = join(this.folder, "node_modules/topomatch");

  constructor() {
    mkdirSync(this.package, { recursive: true });
    for (const name of ["package.json", "LICENSE", "README.md", "CHANGELOG.md", "docs"]) {
      if (existsSync(join(root, name))) cpSync(join(root, name), join(this.package, name), { recursive: true });
    }
    const built = node([join(root, "scripts/build.mjs"), this.package], root);
    if (built.status !== 0) throw new Error(`the build failed: ${built.stdout}${built.stderr}`);
    this.write("package.json", JSON.stringify({ type: "module", private: true }));
  }

  write(path: string, text: string): void {
    mkdirSync(dirname(join(this.folder, path)), { recursive: true });
    writeFileSync(join(this.folder, path), text);
  }

  /** Runs node in the user's folder. */
  run(...parameters: string[]): SpawnSyncReturns<string> {
    return node(parameters, this.folder);
  }
}

export function node(parameters: readonly string[], cwd: string): SpawnSyncReturns<string> {
  return spawnSync(process.execPath, parameters, { cwd, encoding: "utf8", maxBuffer: 1 << 26 });
}
