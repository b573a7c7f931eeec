// The page of `topomatch report --html`: lib/report/page/ -> a module that holds its script and its style as text.
// Usage: node scripts/embed-page.mjs [FILE TO WRITE]

import { readFileSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const root = fileURLToPath(new URL("..", import.meta.url));
const target = resolve(process.argv[2] ?? `${root}lib/report/page-text.js`);

const result = await build({
  absWorkingDir: root,
  entryPoints: ["lib/report/page/main.ts", "lib/report/page/style.css"],
  outdir: "page",
  bundle: true,
  minify: true,
  write: false,
  format: "esm",
  target: ["chrome111", "firefox113", "safari16.4"],
  // Nothing in it may end the element that holds it.
  charset: "ascii",
  logLevel: "warning",
});
const textOf = (ending) => result.outputFiles.find(({ path }) => path.endsWith(ending)).text.trim();
const page = { script: textOf(".js"), style: textOf(".css") };
for (const text of Object.values(page))
  if (/<\/|<!--/.test(text)) throw new Error("the page would end its own element");

const before = readIfThere(target);
const written = `// Written by scripts/embed-page.mjs from lib/report/page/.\nexport const pageText = ${JSON.stringify(page)};\n`;
if (before !== written) writeFileSync(target, written);

function readIfThere(path) {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return "";
  }
}
