// The package as a user gets it: packed as it would be published, and unpacked in a folder of its own.

import type { SpawnSyncReturns } from "node:child_process";
import { spawnSync } from "node:child_process";
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  realpathSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

export const root = fileURLToPath(new URL("../..", import.meta.url));

/** What the built files are made from. */
const SOURCES = ["lib", "scripts", "package.json", "tsconfig.json", "tsconfig.build.json", "build/topomatch.wasm"];
/** What must not be packed, wherever it lies. */
const PLANTED = ["lib/index.ts", "test/a.test.ts", ".ci/run", "tsconfig.json", "examples/a.yaml"];

/** A user's folder with the package under node_modules; to be removed by the caller. */
export class Installed {
  readonly folder = realpathSync(mkdtempSync(join(tmpdir(), "topomatch-package-")));
  readonly package = join(this.folder, "node_modules/topomatch");
  /** The paths in the tarball. */
  readonly packed: readonly string[];

  constructor() {
    const staged = join(this.folder, "staged");
    for (const name of ["package.json", "LICENSE", "README.md", "CHANGELOG.md", "docs"]) {
      if (existsSync(join(root, name))) cpSync(join(root, name), join(staged, name), { recursive: true });
    }
    for (const path of PLANTED) this.write(join("staged", path), "");
    if (isCurrent()) cpSync(join(root, "dist"), join(staged, "dist"), { recursive: true });
    else succeed(node([join(root, "scripts/build.mjs"), staged], root));
    const pack = ["pack", "--json", "--ignore-scripts", "--pack-destination", this.folder];
    const [{ filename, files }] = JSON.parse(succeed(spawnSync("npm", pack, { cwd: staged, encoding: "utf8" }))) as [
      { filename: string; files: { path: string }[] },
    ];
    this.packed = files.map(({ path }) => path);
    mkdirSync(this.package, { recursive: true });
    const unpack = ["-xzf", join(this.folder, filename), "-C", this.package, "--strip-components", "1"];
    succeed(spawnSync("tar", unpack, { encoding: "utf8" }));
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

function succeed({ status, stderr, stdout }: SpawnSyncReturns<string>): string {
  if (status !== 0) throw new Error(`${stdout}${stderr}`);
  return stdout;
}

/** Whether dist was built after the last change of anything that it is made from: a build takes longer than all tests. */
function isCurrent(): boolean {
  const built = join(root, "dist/topomatch.wasm.d.ts");
  if (!existsSync(built)) return false;
  const times = SOURCES.map((name) => join(root, name)).flatMap((path) =>
    statSync(path).isDirectory()
      ? [path, ...readdirSync(path, { recursive: true }).map((name) => join(path, String(name)))]
      : [path],
  );
  return times.every((path) => statSync(path).mtimeMs <= statSync(built).mtimeMs);
}
