// The files of recorded verdicts: gzipped JSON lines, a header and then a case a line.

import { createHash } from "node:crypto";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { gunzipSync, gzipSync } from "node:zlib";
import type { KubeObject } from "../../reference/generator/world.js";
import type { GateSetting } from "./gates.js";
import type { JsonReport } from "./oracle.js";

export interface RecordedCase {
  /** The profile and the seed of the cluster that it was cut from. */
  readonly from: string;
  readonly gates: GateSetting;
  readonly objects: readonly KubeObject[];
  /** The oracle's entry for the one pending pod. */
  readonly report: JsonReport;
}

export interface RecordedHeader {
  readonly note: string;
  readonly oracle: string;
  readonly kubernetes: string;
  readonly filters: readonly string[];
  readonly cases: number;
  /** (pod, node) verdicts. */
  readonly verdicts: number;
  /** Of the lines below, each with its line end. */
  readonly sha256: string;
}

export interface RecordedFile {
  readonly name: string;
  readonly header: RecordedHeader;
  /** What the header should say. */
  readonly counted: Pick<RecordedHeader, "cases" | "verdicts" | "sha256">;
  readonly cases: readonly RecordedCase[];
}

const FOLDER = new URL("../recorded/", import.meta.url);
const NOTE = "Written by `npm run conformance:record` from the oracle's answers; never by hand.";

export function writeRecorded(
  kubernetes: string,
  oracle: string,
  filters: readonly string[],
  cases: readonly RecordedCase[],
): number {
  const body = cases.map((line) => `${JSON.stringify(line)}\n`).join("");
  const header: RecordedHeader = { note: NOTE, oracle, kubernetes, filters, ...countedIn(body, cases) };
  const bytes = gzipSync(`${JSON.stringify(header)}\n${body}`, { level: 9 });
  writeFileSync(new URL(`verdicts-${kubernetes}.jsonl.gz`, FOLDER), bytes);
  return bytes.length;
}

export function recordedFiles(): string[] {
  const names = readdirSync(fileURLToPath(FOLDER)).filter((name) => name.endsWith(".jsonl.gz"));
  return names.sort();
}

export function readRecorded(name: string): RecordedFile {
  const text = gunzipSync(readFileSync(new URL(name, FOLDER))).toString("utf8");
  const end = text.indexOf("\n") + 1;
  const body = text.slice(end);
  const cases: RecordedCase[] = body.split("\n").flatMap((line) => (line === "" ? [] : [JSON.parse(line)]));
  return { name, header: JSON.parse(text.slice(0, end)), counted: countedIn(body, cases), cases };
}

function countedIn(body: string, cases: readonly RecordedCase[]): RecordedFile["counted"] {
  const verdicts = cases.reduce((sum, { objects }) => sum + objects.filter(({ kind }) => kind === "Node").length, 0);
  return { cases: cases.length, verdicts, sha256: createHash("sha256").update(body).digest("hex") };
}
