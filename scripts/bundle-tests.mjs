// Test files -> programs in plain JavaScript, what several of them import in files of its own: each starts in a third of
// the time that it takes to compile what it imports.

import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { build } from "esbuild";

const NAME = "tests-";
const DAY = 24 * 60 * 60 * 1000;

/**
 * Runs `work` with the program of each file (paths from the root), or without any where some file cannot be compiled.
 * Programs lie in a folder of their own in build/, so that several runs may go on at a time.
 */
export async function withBundles(root, files, work) {
  const builds = join(root, "build");
  mkdirSync(builds, { recursive: true });
  removeLeftovers(builds);
  const folder = mkdtempSync(join(builds, NAME));
  try {
    const isBuilt = await bundle(root, files, folder);
    return await work(isBuilt ? (file) => join(folder, file.replace(/\.ts$/, ".js")) : undefined);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Runs that were killed left their programs. */
function removeLeftovers(builds) {
  for (const name of readdirSync(builds)) {
    const path = join(builds, name);
    if (!name.startsWith(NAME) || Date.now() - statSync(path).mtimeMs < DAY) continue;
    rmSync(path, { recursive: true, force: true });
  }
}

async function bundle(root, files, folder) {
  try {
    await build({
      absWorkingDir: root,
      entryPoints: files,
      outbase: root,
      outdir: folder,
      bundle: true,
      splitting: true,
      packages: "external",
      // Some files are imported for what they do, whatever package.json says of the library.
      ignoreAnnotations: true,
      format: "esm",
      platform: "node",
      target: "node20.10",
      sourcemap: true,
      logLevel: "silent",
      define: { "import.meta.url": "importMetaUrl" },
      plugins: [{ name: "own place", setup: ({ onLoad }) => onLoad({ filter: /\.ts$/ }, ownPlace) }],
    });
    return true;
  } catch {
    return false;
  }
}

/** A source knows where it lies, not where its program does. */
async function ownPlace({ path }) {
  const text = await readFile(path, "utf8");
  if (!text.includes("import.meta.url") || text.startsWith("#!")) return { contents: text, loader: "ts" };
  return { contents: `const importMetaUrl = ${JSON.stringify(pathToFileURL(path).href)};${text}`, loader: "ts" };
}
