// An entry of .size-limit.json -> bytes: of a file, or of what a bundler makes of an import from dist/, minified and
// gzipped.

import { readFileSync } from "node:fs";
import { join } from "node:path";
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
