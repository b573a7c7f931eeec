// The library built so that it tells which paths answered: every `// path: NAME` of lib becomes a call. The library that
// is shipped has the comments only.

import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { build } from "esbuild";

export type Library = typeof import("../../../lib/index.js");

/** `// path: NAME` or `// path: NAME if CONDITION`, a line of its own. */
const MARK = /^([ \t]*)\/\/ path: (.*)$/gm;
const HOOK = "__topomatchPath";
const lib = fileURLToPath(new URL("../../../lib/", import.meta.url));
/** So few dropped objects are worth a sweep there, where 65,536 are in the library that is shipped. */
const SLACK = { file: /sweeper\.ts$/, from: "const SLACK = 1 << 16;", to: "const SLACK = 24;" };

/** A path by which a change was taken up, and not an answer given: whatever is asked later is answered by it too. */
export const isUpkeep = (path: string): boolean => path.startsWith("kept: ");

export interface Mark {
  readonly path: string;
  readonly condition: string | undefined;
}

export function marksOf(text: string): Mark[] {
  return [...text.matchAll(MARK)].map(([, , mark]) => {
    const [, path, condition] = /^(.*?)(?: if (.*))?$/.exec(mark) as RegExpExecArray;
    return { path, condition };
  });
}

/** The same text with calls in place of its marks. */
export function withCalls(text: string): string {
  return text.replace(MARK, (line, indent: string) => {
    const [{ path, condition }] = marksOf(line);
    const call = `globalThis.${HOOK}(${JSON.stringify(path)});`;
    return condition === undefined ? `${indent}${call}` : `${indent}if (${condition}) ${call}`;
  });
}

/** Which paths were taken, how often, since it was last asked. */
export class PathCounter {
  #taken = new Map<string, number>();

  constructor(readonly paths: readonly string[]) {}

  hit(path: string): void {
    this.#taken.set(path, (this.#taken.get(path) ?? 0) + 1);
  }

  take(): Map<string, number> {
    const taken = this.#taken;
    this.#taken = new Map();
    return taken;
  }
}

export interface CountingLibrary {
  readonly library: Library;
  readonly counter: PathCounter;
}

let built: Promise<CountingLibrary> | undefined;

/** Builds and imports it, once a process; half a second. */
export function countingLibrary(): Promise<CountingLibrary> {
  built ??= buildCountingLibrary();
  return built;
}

async function buildCountingLibrary(): Promise<CountingLibrary> {
  const folder = mkdtempSync(join(tmpdir(), "topomatch-paths-"));
  const paths = new Set<string>();
  let slackened = 0;
  try {
    const outfile = join(folder, "library.mjs");
    await build({
      entryPoints: [join(lib, "index.ts")],
      outfile,
      bundle: true,
      format: "esm",
      platform: "node",
      target: "es2022",
      logLevel: "warning",
      plugins: [
        {
          name: "paths",
          setup: (bundle) => {
            bundle.onLoad({ filter: /\.ts$/ }, ({ path }) => {
              let text = readFileSync(path, "utf8");
              for (const mark of marksOf(text)) paths.add(mark.path);
              if (SLACK.file.test(path) && text.includes(SLACK.from)) {
                text = text.replace(SLACK.from, SLACK.to);
                slackened++;
              }
              return { contents: withCalls(text), loader: "ts" };
            });
          },
        },
      ],
    });
    if (slackened !== 1) throw new Error("the sweeper's slack was not found");
    const counter = new PathCounter([...paths].sort());
    Object.assign(globalThis, { [HOOK]: (path: string) => counter.hit(path) });
    return { library: await import(pathToFileURL(outfile).href), counter };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
