// lib/ -> dist/: one file for the library, one for its threads, one for the command and one for the command's parser, the
// WASM module, and the types that a user can reach.
// Usage: node scripts/build.mjs [FOLDER WHERE dist GOES]

import { spawnSync } from "node:child_process";
import { chmodSync, copyFileSync, existsSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { trimLoader } from "./lib/trim-loader.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));
const dist = join(resolve(process.argv[2] ?? root), "dist");

const parserBeside = {
  name: "the command's parser lies beside it",
  setup({ onResolve }) {
    onResolve({ filter: /^commander$/ }, () => ({ path: "./commander.js", external: true }));
  },
};

rmSync(dist, { recursive: true, force: true });
await bundle("lib/index.ts", "index.js", { platform: "neutral", mainFields: ["module", "main"] });
// The threads take the library from beside them, so that there is one of each of its classes.
await bundle("lib/threads.ts", "threads.js", { platform: "node", external: ["./index.js"] });
await bundle("lib/cli/main.ts", "cli.js", {
  platform: "node",
  banner: { js: "#!/usr/bin/env node" },
  plugins: [trimLoader, parserBeside],
});
await bundleParser();
chmodSync(join(dist, "cli.js"), 0o755);
copyFileSync(join(root, "build/topomatch.wasm"), join(dist, "topomatch.wasm"));
emitTypes();

/** Everything in one file but `yaml`, which only the command needs, and only for YAML, and the command's parser. */
async function bundle(entry, outfile, options) {
  await build({
    entryPoints: [resolve(root, entry)],
    outfile: join(dist, outfile),
    bundle: true,
    format: "esm",
    target: "es2022",
    minify: true,
    external: ["yaml"],
    plugins: [trimLoader],
    logLevel: "warning",
    ...options,
  });
}

/** commander is CommonJS and requires parts of Node; in a file of its own it gets a `require` that nobody else sees. */
async function bundleParser() {
  const folder = dirname(fileURLToPath(import.meta.resolve("commander")));
  const { version } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  const licence = readFileSync(join(folder, "LICENSE"), "utf8").trim();
  const lines = [
    `/*! commander ${version}\n\n${licence}\n*/`,
    'import { createRequire } from "node:module";',
    "const require = createRequire(import.meta.url);",
  ];
  await bundle(join(folder, "esm.mjs"), "commander.js", { platform: "node", banner: { js: lines.join("\n") } });
}

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
