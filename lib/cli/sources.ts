// cli: the PATHs of -f -> files in order, and the bytes of each.

import type { Stats } from "node:fs";
import { createReadStream, statSync } from "node:fs";
import { counted, Failure } from "./failure.js";
import { contentsOf, passedOver } from "./folders.js";
import type { Io } from "./io.js";
import type { Notices } from "./notices.js";

/** Something to read once. */
export class Source {
  /** How many bytes were read so far. */
  bytes = 0;

  constructor(
    /** As it is named in sentences. */
    readonly name: string,
    readonly given: AsyncIterable<Uint8Array>,
    /** What is known of it before it is read. */
    readonly known: { readonly size?: number | undefined; readonly isJson?: boolean | undefined } = {},
  ) {}

  get chunks(): AsyncIterable<Uint8Array> {
    return this.#counted();
  }

  async *#counted(): AsyncIterable<Uint8Array> {
    for await (const chunk of this.given) {
      this.bytes += chunk.length;
      yield chunk;
    }
  }
}

const CHUNK = 1 << 20;
export const STANDARD_INPUT = "standard input";

/** Opens nothing yet, but looks at every path. With `recursive` folders are read with their subfolders. */
export function sourcesOf(paths: readonly string[], recursive: boolean, io: Io, notices: Notices): Source[] {
  return paths.flatMap((path) => {
    if (path === "-") return [new Source(STANDARD_INPUT, bytesOf(io.stdin))];
    const found = explained(path, () => statSync(path));
    if (!found.isDirectory()) return [fileSource(path, found)];
    const contents = explained(path, () => contentsOf(path, recursive));
    if (contents.files.length === 0) {
      const where = recursive ? "in this folder and its subfolders" : "in this folder";
      notices.add(`${path}: no .yaml, .yml or .json file ${where}`);
    }
    const line = passedOver(path, contents, recursive);
    if (line !== undefined) notices.add(line);
    return contents.files.map((file) => fileSource(file));
  });
}

/** Why a run that read no object ends; `notices` say what was skipped. */
export function nothingWasRead(sources: readonly Source[], notices: readonly string[]): string {
  if (sources.length === 0) return `nothing was read: ${notices.join("; ")}`;
  const names = sources.length > NAMED ? counted(sources.length, "file") : sources.map(({ name }) => name).join(", ");
  if (sources.some(({ bytes }) => bytes > 0)) {
    const skipped = notices.length > 0 ? `: ${notices.join("; ")}` : "";
    return `nothing was read: no object of a kind that is looked at in ${names}${skipped}`;
  }
  const question = sources.some(({ name }) => name === STANDARD_INPUT) ? "; did the command before the pipe fail?" : "";
  return `nothing was read: ${names} ${sources.length === 1 ? "is" : "are"} empty${question}`;
}

/** How many sources a sentence names. */
const NAMED = 3;

/** Pipes and devices have no size. */
function fileSource(path: string, found?: Stats): Source {
  return new Source(path, readFile(path), { size: found?.isFile() === true ? found.size : undefined });
}

async function* readFile(path: string): AsyncIterable<Uint8Array> {
  try {
    for await (const chunk of createReadStream(path, { highWaterMark: CHUNK })) yield chunk as Buffer;
  } catch (error) {
    throw readFailure(path, error);
  }
}

async function* bytesOf(stream: AsyncIterable<Uint8Array | string>): AsyncIterable<Uint8Array> {
  for await (const chunk of stream) yield typeof chunk === "string" ? Buffer.from(chunk) : chunk;
}

function explained<R>(path: string, action: () => R): R {
  try {
    return action();
  } catch (error) {
    throw readFailure(path, error);
  }
}

const REASONS: { readonly [code: string]: string } = {
  ENOENT: "no such file or folder",
  EACCES: "permission denied",
  EPERM: "permission denied",
  EISDIR: "is a folder",
};

function readFailure(path: string, error: unknown): Failure {
  if (error instanceof Failure) return error;
  const { code = "", path: at = path } = error as NodeJS.ErrnoException;
  return new Failure(`${at}: cannot be read: ${REASONS[code] ?? (code || String(error))}`);
}
