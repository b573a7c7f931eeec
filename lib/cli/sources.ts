// cli: the PATHs of -f -> files in order, and the bytes of each.

import { createReadStream, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { Failure, UsageFailure } from "./failure.js";
import type { Io } from "./io.js";
import type { Notices } from "./notices.js";

export interface Source {
  /** As it is named in sentences. */
  readonly name: string;
  readonly chunks: AsyncIterable<Uint8Array>;
}

const CHUNK = 1 << 20;
const READ = /\.(?:ya?ml|json)$/;

/** Opens nothing yet, but looks at every path. */
export function sourcesOf(paths: readonly string[], io: Io, notices: Notices): Source[] {
  if (paths.filter((path) => path === "-").length > 1) throw new UsageFailure("-f - can be given once");
  return paths.flatMap((path) => {
    if (path === "-") return [{ name: "standard input", chunks: bytesOf(io.stdin) }];
    const found = explained(path, () => statSync(path));
    if (!found.isDirectory()) return [fileSource(path)];
    const files = filesIn(path);
    if (files.length === 0) notices.add(`${path}: no .yaml, .yml or .json file in this folder`);
    return files.map(fileSource);
  });
}

function fileSource(path: string): Source {
  return { name: path, chunks: readFile(path) };
}

function filesIn(folder: string): string[] {
  const names = explained(folder, () => readdirSync(folder)).filter((name) => READ.test(name));
  const paths = names.sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b))).map((name) => join(folder, name));
  return paths.filter((path) => explained(path, () => statSync(path)).isFile());
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
  const { code = "" } = error as NodeJS.ErrnoException;
  return new Failure(`${path}: cannot be read: ${REASONS[code] ?? (code || String(error))}`);
}
