// An entry of .size-limit.json -> bytes: of a file, or of what a bundler makes of an import from dist/, minified and
// gzipped.

import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";

/** `path` is a file; `import` one of dist/, from which what an import of `beyond` costs is taken off. */
export async function bytesOf(folder, { beyond, import: entry, path }) {
  if (path !== undefined) return readFileSync(join(folder, path)).length;
  const bytes = await importSize(folder, [entry]);
  return beyond === undefined
    ? bytes
    : (await importSize(folder, [beyond, entry])) - (await importSize(folder, [beyond]));
}

async function importSize(folder, entries) {
  const contents = entries.map((entry, i) => `export * as e${i} from "./${entry}";`).join("\n");
  const { outputFiles } = await build({
    stdin: { contents, resolveDir: folder },
    bundle: true,
    minify: true,
    format: "esm",
    platform: "node",
    target: "es2022",
    write: false,
    logLevel: "warning",
  });
  return gzipSync(outputFiles[0].contents, { level: 9 }).length;
}

/**
 * What the folders of lib/, and packages, take of the library: bytes of minified text, the largest first. A folder that
 * holds parts of one stage (a plugin) counts for itself. Nothing where there is no lib/.
 */
export async function roomsOf(root) {
  const entry = join(root, "lib/index.ts");
  if (!existsSync(entry)) return [];
  const { metafile } = await build({
    entryPoints: [entry],
    absWorkingDir: root,
    bundle: true,
    minify: true,
    metafile: true,
    format: "esm",
    platform: "node",
    target: "es2022",
    write: false,
    outdir: "build",
    logLevel: "warning",
  });
  const rooms = new Map();
  for (const { inputs } of Object.values(metafile.outputs)) {
    for (const [path, { bytesInOutput }] of Object.entries(inputs)) {
      const folders = dirname(path).split("/");
      const room = folders[0] === "lib" ? folders.slice(0, 3).join("/") : folders.slice(1).join("/");
      rooms.set(room, (rooms.get(room) ?? 0) + bytesInOutput);
    }
  }
  return [...rooms].sort(([, a], [, b]) => b - a);
}
