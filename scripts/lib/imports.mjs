// The files of a folder that some of its files come down to: what they import, and what that imports.

import { existsSync, readFileSync } from "node:fs";
import { dirname, join, normalize } from "node:path";

/** A module named in quotes, relative to the file: after `from`, or in `import(...)`, `import "..."`, `new URL(...)`. */
const NAMED = /(?:\bfrom\s*|\bimport\s*\(?\s*|\bnew URL\(\s*)["'](\.[^"']+)["']/g;

/**
 * Paths below `root` of the TypeScript files (and what else they name) that `entries` lead to, themselves included, but
 * neither those in the folder `without` nor what only they import.
 */
export function reachedFrom(root, entries, without) {
  const reached = new Set();
  const waiting = [...entries];
  for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
    const file = sourceOf(root, path);
    if (file === undefined || reached.has(file) || file.startsWith(`${without}/`)) continue;
    reached.add(file);
    if (!file.endsWith(".ts")) continue;
    const text = readFileSync(join(root, file), "utf8");
    for (const [, named] of text.matchAll(NAMED)) waiting.push(normalize(join(dirname(file), named)));
  }
  return reached;
}

/** `x.js` is written as `x.ts`. */
function sourceOf(root, path) {
  return [path.replace(/\.js$/, ".ts"), path].find((candidate) => existsSync(join(root, candidate)));
}
