// Test files -> programs in plain JavaScript, what several of them import in files of its own: each starts in a fifth of
// the time that it takes to compile what it imports.

import { readFile, rm } from "node:fs/promises";
import { join, relative } from "node:path";
import { pathToFileURL } from "node:url";
import { build } from "esbuild";

/** The program of each file (paths from the root), or undefined where some file cannot be compiled. */
export async function bundleTests(root, files) {
  const folder = join(root, "build/tests");
  await rm(folder, { recursive: true, force: true });
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
  } catch {
    return undefined;
  }
  const programs = files.map((file) => relative(root, join(folder, file.replace(/\.ts$/, ".js"))));
  return new Map(files.map((file, i) => [file, programs[i]]));
}

/** A source knows where it lies, not where its program does. */
async function ownPlace({ path }) {
  const text = await readFile(path, "utf8");
  if (!text.includes("import.meta.url") || text.startsWith("#!")) return { contents: text, loader: "ts" };
  return { contents: `const importMetaUrl = ${JSON.stringify(pathToFileURL(path).href)};${text}`, loader: "ts" };
}
