// Recorded sequences: a cluster, what the oracle said about some of its pods, changes, what it said then, and so on.
// Brotli over JSON lines, a header and then a sequence a line: later reports repeat much of earlier ones.

import { createHash } from "node:crypto";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, brotliDecompressSync, constants } from "node:zlib";
import type { KubeObject } from "../../reference/generator/world.js";
import type { GateSetting } from "./gates.js";
import type { JsonReport } from "./oracle.js";

export interface RecordedStep {
  /** Objects that come or are replaced, in this order; the first step has the whole cluster. */
  readonly put: readonly KubeObject[];
  /** Objects that go before that, as kind and key. */
  readonly drop: readonly (readonly [kind: string, key: string])[];
  /** Of the pods that were asked about. */
  readonly report: JsonReport;
}

export interface RecordedSequence {
  readonly from: string;
  readonly gates: GateSetting;
  readonly filters: readonly string[];
  readonly steps: readonly RecordedStep[];
}

export interface SequencesFile {
  readonly name: string;
  readonly header: {
    readonly note: string;
    readonly oracle: string;
    readonly kubernetes: string;
    readonly sha256: string;
  };
  /** Of the lines below the header. */
  readonly sha256: string;
  readonly sequences: readonly RecordedSequence[];
}

const FOLDER = new URL("../recorded/", import.meta.url);
const NOTE = "Written by `npm run conformance:record` from the oracle's answers; never by hand.";
const ENDING = ".jsonl.br";

export function writeSequences(kubernetes: string, oracle: string, sequences: readonly RecordedSequence[]): number {
  const body = sequences.map((line) => `${JSON.stringify(line)}\n`).join("");
  const text = `${JSON.stringify({ note: NOTE, oracle, kubernetes, sha256: hashOf(body) })}\n${body}`;
  const { BROTLI_PARAM_LGWIN, BROTLI_PARAM_QUALITY } = constants;
  const bytes = brotliCompressSync(text, { params: { [BROTLI_PARAM_QUALITY]: 10, [BROTLI_PARAM_LGWIN]: 24 } });
  writeFileSync(new URL(`sequences-${kubernetes}${ENDING}`, FOLDER), bytes);
  return bytes.length;
}

export function sequencesFiles(): string[] {
  const names = readdirSync(fileURLToPath(FOLDER)).filter((name) => name.endsWith(ENDING));
  return names.sort();
}

export function readSequences(name: string): SequencesFile {
  const text = brotliDecompressSync(readFileSync(new URL(name, FOLDER))).toString("utf8");
  const end = text.indexOf("\n") + 1;
  const body = text.slice(end);
  const sequences = body.split("\n").flatMap((line): RecordedSequence[] => (line === "" ? [] : [JSON.parse(line)]));
  return { name, header: JSON.parse(text.slice(0, end)), sha256: hashOf(body), sequences };
}

function hashOf(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
