// lib/ -> dist/: one file for the library, one for its threads, one for the command, the WASM module, and the types that
// a user can reach.
// Usage: node scripts/build.mjs [FOLDER WHERE dist GOES]

import { spawnSync } from "node:child_process";
import { chmodSync, copyFileSync, existsSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { trimLoader } from "./lib/trim-loader.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));
const dist = join(resolve(process.argv[2] ?? root), "dist");

rmSync(dist, { recursive: true, force: true });
// What several of them need is in files that they share, so that there is one of each class.
await build({
  entryPoints: { index: "lib/index.ts", threads: "lib/threads.ts", cli: "lib/cli/main.ts" },
  absWorkingDir: root,
  outdir: dist,
  bundle: true,
  splitting: true,
  format: "esm",
  platform: "node",
  target: "es2022",
  minify: true,
  external: ["yaml"],
  plugins: [trimLoader],
  logLevel: "warning",
});
chmodSync(join(dist, "cli.js"), 0o755);
copyFileSync(join(root, "build/topomatch.wasm"), join(dist, "topomatch.wasm"));
emitTypes();

function emitTypes() {
  const tsc = fileURLToPath(import.meta.resolve("typescript/bin/tsc"));
  const types = join(dist, "types");
  const settings = ["-p", join(root, "tsconfig.build.json"), "--outDir", types];
  const { status } = spawnSync(process.execPath, [tsc, ...settings], { stdio: "inherit" });
  if (status !== 0) process.exit(status ?? 1);
  const reached = new Set();
  for (const entry of ["index.d.ts", "threads.d.ts"]) reach(join(types, entry), reached);
  for (const name of readdirSync(types, { recursive: true })) {
    const file = join(types, name);
    if (name.endsWith(".d.ts") && !reached.has(file)) rmSync(file);
  }
  for (const name of readdirSync(types, { recursive: true }).sort().reverse()) {
    const folder = join(types, name);
    if (!name.endsWith(".ts") && readdirSync(folder).length === 0) rmSync(folder, { recursive: true });
  }
}

/** Follows a declaration file's imports. */
function reach(file, reached) {
  if (reached.has(file)) return;
  if (!existsSync(file)) throw new Error(`the types import ${file}, which was not written`);
  reached.add(file);
  for (const [, path] of readFileSync(file, "utf8").matchAll(/(?:from|import\()\s*"(\.[^"]+)\.js"/g)) {
    reach(`${resolve(dirname(file), path)}.d.ts`, reached);
  }
}
