// The file of recorded answers: brotli of JSON lines, a header and then a case a line.

import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { brotliCompressSync, brotliDecompressSync } from "node:zlib";
import type { Judgement, ProvisionerRequest } from "./request.js";

export interface RecordedCase {
  readonly seed: number;
  readonly request: ProvisionerRequest;
  readonly judgement: Judgement;
}

export interface RecordedHeader {
  readonly note: string;
  readonly judge: string;
  readonly cases: number;
  /** Of the lines below, each with its line end. */
  readonly sha256: string;
}

const FILE = new URL("../recorded/provisioner-v6.4.0.jsonlines.br", import.meta.url);
const NOTE = "Written by `npm run conformance:provisioner -- --record` from the judge's answers; never by hand.";

/** The number of bytes. */
export function writeRecorded(judge: string, cases: readonly RecordedCase[]): number {
  const body = cases.map((one) => `${JSON.stringify(one)}\n`).join("");
  const header: RecordedHeader = { note: NOTE, judge, cases: cases.length, sha256: hashOf(body) };
  const bytes = brotliCompressSync(`${JSON.stringify(header)}\n${body}`);
  writeFileSync(FILE, bytes);
  return bytes.length;
}

/** `sha256` is what the header should say. */
export function readRecorded(): { header: RecordedHeader; cases: RecordedCase[]; sha256: string } {
  const text = brotliDecompressSync(readFileSync(FILE)).toString("utf8");
  const end = text.indexOf("\n") + 1;
  const body = text.slice(end);
  const cases = body.split("\n").flatMap((line) => (line === "" ? [] : [JSON.parse(line) as RecordedCase]));
  return { header: JSON.parse(text.slice(0, end)), cases, sha256: hashOf(body) };
}

function hashOf(body: string): string {
  return createHash("sha256").update(body).digest("hex");
}
