// lib/ -> dist/: a file for each path that a user imports, one for each command, what several of them share, the types of
// each path in one file, and the WASM module.
// Usage: node scripts/build.mjs [FOLDER WHERE dist GOES]

import { spawnSync } from "node:child_process";
import { chmodSync, copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import commonjs from "@rollup/plugin-commonjs";
import json from "@rollup/plugin-json";
import { nodeResolve } from "@rollup/plugin-node-resolve";
import { rollup } from "rollup";
import { dts } from "rollup-plugin-dts";
import { noticesOf } from "./lib/notices.mjs";

/** The files at the top of lib/ that users import; each has its line in `exports` of package.json. */
const PATHS = ["index", "threads", "manifests", "explain", "provisioner", "lint", "whatif"];

/** The files that are run. */
const COMMANDS = [
  ["cli", "cli/main.js"],
  ["kubectl-complete", "cli/kubectl-complete.js"],
];

const root = fileURLToPath(new URL("..", import.meta.url));
const dist = join(resolve(process.argv[2] ?? root), "dist");

rmSync(dist, { recursive: true, force: true });
mkdirSync(join(root, "build"), { recursive: true });
// In the tree, so that packages are found from there.
const compiled = mkdtempSync(join(root, "build/compiled-"));
try {
  compile();
  await Promise.all([bundleCode(), ...PATHS.map(bundleTypes)]);
} finally {
  rmSync(compiled, { recursive: true, force: true });
}
for (const [name] of COMMANDS) chmodSync(join(dist, `${name}.js`), 0o755);
copyFileSync(join(root, "build/topomatch.wasm"), join(dist, "topomatch.wasm"));
copyFileSync(join(root, "lib/topomatch.wasm.d.ts"), join(dist, "topomatch.wasm.d.ts"));

function compile() {
  const tsc = fileURLToPath(import.meta.resolve("typescript/bin/tsc"));
  const settings = ["-p", join(root, "tsconfig.build.json"), "--outDir", compiled];
  const { status } = spawnSync(process.execPath, [tsc, ...settings], { stdio: "inherit" });
  if (status !== 0) throw new Error("the types do not hold");
  const page = [join(root, "scripts/embed-page.mjs"), join(compiled, "report/page-text.js")];
  if (spawnSync(process.execPath, page, { stdio: "inherit" }).status !== 0) throw new Error("the page cannot be built");
}

/** What several entries need is in files that they share, so that there is one of each class. */
async function bundleCode() {
  const entries = PATHS.map((name) => [name, join(compiled, `${name}.js`)]);
  const bundle = await rollup({
    input: Object.fromEntries([...entries, ...COMMANDS.map(([name, file]) => [name, join(compiled, file)])]),
    external: /^node:/,
    // The parser of the command line is CommonJS.
    plugins: [nodeResolve({ exportConditions: ["import"] }), commonjs(), json({ compact: true, namedExports: false })],
    onwarn: refuse,
  });
  const { output } = await bundle.write({
    dir: dist,
    chunkFileNames: "shared/[name].js",
    generatedCode: "es2015",
    hoistTransitiveImports: false,
    minifyInternalExports: false,
    // Only the command loads it, and only for YAML.
    manualChunks: (id) => (id.includes("/node_modules/yaml/") ? "yaml" : undefined),
  });
  await bundle.close();
  const modules = output.flatMap((file) => file.moduleIds ?? []);
  writeFileSync(join(dist, "third-party-licences.txt"), noticesOf(modules));
}

/** The other paths take what `topomatch` exports from there. */
async function bundleTypes(name) {
  const bundle = await rollup({
    input: join(compiled, `${name}.d.ts`),
    external: (id) => id.startsWith("node:") || (name !== "index" && /^\.\.?\/index\.js$/.test(id)),
    plugins: [dts()],
    onwarn: refuse,
  });
  await bundle.write({ file: join(dist, `${name}.d.ts`) });
  await bundle.close();
}

function refuse({ message }) {
  throw new Error(message);
}
