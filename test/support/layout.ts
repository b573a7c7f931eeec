// What the import lines and the rule marks of a source tree say: functions from files to faults.

import { readdirSync, readFileSync } from "node:fs";
import { join, posix } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../..", import.meta.url));

/** Path from the root, with slashes -> text. */
export type Sources = ReadonlyMap<string, string>;

/** The stages, in the order in which data passes them. */
export const STAGES = [
  "objects",
  "intern",
  "layers",
  "compile",
  "evaluate",
  "filters",
  "controllers",
  "score",
  "result",
  "assume",
  "hints",
  "explain",
  "lint",
  "report",
];
/** What others do between cycles: a stage that facades alone import. */
export const CONTROLLERS = "controllers";
/** Folders of lib that hold stages together, like the files at its top. */
const FACADES = ["whatif", "cli"];
const GENERATED = "/wasm-bytes.ts";

export function readSources(folder: string, extensions: readonly string[]): Sources {
  const sources = new Map<string, string>();
  for (const entry of readdirSync(join(root, folder), { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name).slice(root.length).replaceAll("\\", "/");
    if (!entry.isFile() || !extensions.some((extension) => path.endsWith(extension))) continue;
    if (path.endsWith(GENERATED) || path.includes("node_modules/")) continue;
    sources.set(path, readFileSync(join(root, path), "utf8"));
  }
  return sources;
}

/** What a file imports: paths from the root, or names of packages. */
export function importsOf(path: string, text: string): string[] {
  const lines = text.matchAll(
    /^\s*(?:import|export)\b[^;]*?\bfrom\s+["']([^"']+)["']|\bimport\(\s*["']([^"']+)["']\s*\)/gm,
  );
  const bare = text.matchAll(/^import\s+["']([^"']+)["']/gm);
  return [...lines, ...bare].map(([, from, dynamic]) => {
    const target = from ?? dynamic;
    return target.startsWith(".") ? posix.join(posix.dirname(path), target).replace(/\.js$/, ".ts") : target;
  });
}

/** One import cycle as a sentence, or none. */
export function cycles(sources: Sources): string[] {
  const done = new Set<string>();
  const trail: string[] = [];
  const visit = (path: string): string | undefined => {
    const from = trail.indexOf(path);
    if (from >= 0) return [...trail.slice(from), path].join(" -> ");
    if (done.has(path)) return undefined;
    done.add(path);
    trail.push(path);
    for (const target of importsOf(path, sources.get(path)!)) {
      const cycle = sources.has(target) ? visit(target) : undefined;
      if (cycle !== undefined) return cycle;
    }
    trail.pop();
    return undefined;
  };
  for (const path of sources.keys()) {
    trail.length = 0;
    const cycle = visit(path);
    if (cycle !== undefined) return [cycle];
  }
  return [];
}

/** Imports in lib that point the wrong way. */
export function wrongDirections(sources: Sources): string[] {
  const faults: string[] = [];
  for (const [path, text] of sources) {
    for (const target of importsOf(path, text)) {
      const reason = target.startsWith("lib/") ? wrongDirection(partOf(path), partOf(target)) : leavesLib(target);
      if (reason !== "") faults.push(`${path} imports ${target}: ${reason}`);
    }
  }
  return faults;
}

/** The folder of lib that a file is in; `errors` for that file, "" for the others at the top. */
function partOf(path: string): string {
  const [, folder, ...rest] = path.split("/");
  if (rest.length > 0) return folder;
  return folder === "errors.ts" ? "errors" : "";
}

function wrongDirection(from: string, to: string): string {
  if (to === "errors" || from === to) return "";
  if (from === "errors") return "errors imports nothing";
  if (from === "" || FACADES.includes(from))
    return from !== "cli" && to === "cli" ? "only the command is above it" : "";
  if (!STAGES.includes(from)) return `${from} is no stage`;
  if (to === "" || FACADES.includes(to)) return "no stage imports a facade";
  if (to === CONTROLLERS) return "only facades import controllers";
  return STAGES.indexOf(to) < STAGES.indexOf(from) ? "" : `${to} is not left of ${from}`;
}

function leavesLib(target: string): string {
  return /^(assembly|bench|examples|scripts|test)\//.test(target) ? "lib imports only lib" : "";
}

/** Files longer than so many lines. */
export function tooLong(sources: Sources, most: number): string[] {
  return [...sources].flatMap(([path, text]) => {
    const lines = text.split("\n").length - 1;
    return lines > most ? [`${path} has ${lines} lines`] : [];
  });
}

/** Files of lib whose first line (behind `#!`) is not `// STAGE: what it does`; at the top the file's own name stands there. */
export function withoutHead(sources: Sources): string[] {
  return [...sources].flatMap(([path, text]) => {
    const [, folder, ...rest] = path.split("/");
    const stage = rest.length > 0 ? folder : folder.replace(/\.ts$/, "");
    const first = text.replace(/^#!.*\n/, "").split("\n", 1)[0];
    const named = first.startsWith(`// ${stage}: `) && first.length > stage.length + 8;
    return named || path.endsWith(".d.ts") ? [] : [`${path} begins with ${first}`];
  });
}

export interface Marks {
  /** The ids that are marked, each once. */
  readonly ids: readonly string[];
  readonly faults: readonly string[];
}

/** The rule marks of a tree: one id and a sentence a line, on a comment line of its own. */
export function marksOf(sources: Sources): Marks {
  const ids = new Set<string>();
  const faults: string[] = [];
  for (const [path, text] of sources) {
    for (const [index, line] of text.split("\n").entries()) {
      if (!line.includes("kube:")) continue;
      const found = line.match(/\bR-[A-Z]+-\d+\b/g) ?? [];
      const id = /^\s*\/\/ kube: (R-[A-Z]+-\d+) \S/.exec(line)?.[1];
      if (id === undefined || found.length !== 1) faults.push(`${path}:${index + 1}: ${line.trim()}`);
      else ids.add(id);
    }
  }
  return { ids: [...ids].sort(), faults };
}

/** The ids that docs/rules.md lists: the first cells of its tables' rows. */
export function listedRules(text: string): string[] {
  return [...text.matchAll(/^\|\s*`?(R-[A-Z]+-\d+)`?\s*\|/gm)].map(([, id]) => id);
}

export function foldersAtTop(): string[] {
  const entries = readdirSync(root, { withFileTypes: true });
  return entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
}

export function readText(path: string): string {
  return readFileSync(join(root, path), "utf8");
}
