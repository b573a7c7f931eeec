// A file of recorded answers: brotli of JSON lines, a header and then a case a line.

import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { brotliCompressSync, brotliDecompressSync } from "node:zlib";

export interface RecordedHeader {
  readonly note: string;
  readonly judge: string;
  readonly cases: number;
  /** Of the lines below, each with its line end. */
  readonly sha256: string;
}

export interface Recorded<Case> {
  readonly header: RecordedHeader;
  readonly cases: Case[];
  /** What the header should say. */
  readonly sha256: string;
}

export class RecordedAnswers<Case> {
  readonly #file: URL;

  /** `script`: of package.json, which writes it. */
  constructor(
    name: string,
    readonly script: string,
  ) {
    this.#file = new URL(`recorded/${name}.jsonlines.br`, import.meta.url);
  }

  /** The number of bytes. */
  write(judge: string, cases: readonly Case[]): number {
    const body = cases.map((one) => `${JSON.stringify(one)}\n`).join("");
    const note = `Written by \`npm run ${this.script} -- --record\` from the judge's answers; never by hand.`;
    const header: RecordedHeader = { note, judge, cases: cases.length, sha256: hashOf(body) };
    const bytes = brotliCompressSync(`${JSON.stringify(header)}\n${body}`);
    writeFileSync(this.#file, bytes);
    return bytes.length;
  }

  read(): Recorded<Case> {
    const text = brotliDecompressSync(readFileSync(this.#file)).toString("utf8");
    const end = text.indexOf("\n") + 1;
    const body = text.slice(end);
    const cases = body.split("\n").flatMap((line) => (line === "" ? [] : [JSON.parse(line) as Case]));
    return { header: JSON.parse(text.slice(0, end)), cases, sha256: hashOf(body) };
  }
}

function hashOf(body: string): string {
  return createHash("sha256").update(body).digest("hex");
}
