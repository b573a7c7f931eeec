// cli: documents of YAML -> objects.

import type { ObjectSink, TypeMeta } from "./documents.js";
import { isListKind, readDocument } from "./documents.js";
import type { Origin } from "./failure.js";
import { Failure, InputFailure } from "./failure.js";
import { isObject } from "./fields.js";
import { settleNumbers } from "./numbers.js";
import type { Yaml } from "./yaml-parser.js";
import { parseYaml, YamlError } from "./yaml-parser.js";
import type { YamlSink } from "./yaml-splitter.js";
import { MAX_YAML_BYTES, YamlSplitter } from "./yaml-splitter.js";

/** Reads a file of YAML documents. */
export async function readYaml(file: string, chunks: AsyncIterable<Uint8Array>, sink: ObjectSink): Promise<void> {
  const yaml = await import("yaml");
  const documents = new YamlDocuments(file, sink, yaml);
  const splitter = new YamlSplitter(documents);
  const decoder = new TextDecoder("utf-8", { fatal: true });
  const decode = (bytes?: Uint8Array): string => {
    try {
      return decoder.decode(bytes, { stream: bytes !== undefined });
    } catch {
      throw new Failure(`${file}: is not UTF-8`);
    }
  };
  for await (const chunk of chunks) splitter.push(decode(chunk));
  splitter.push(decode());
  splitter.end();
  if (documents.count === 0) sink.skipEmptyDocument();
}

class YamlDocuments implements YamlSink {
  /** Documents that are done. */
  count = 0;

  constructor(
    readonly file: string,
    readonly sink: ObjectSink,
    readonly yaml: Yaml,
  ) {}

  document(text: string, line: number): void {
    const origin = this.#origin(line + linesBefore(text));
    const value = this.#parse(text, line, origin);
    if (value !== UNREADABLE) this.#guard(origin, () => readDocument(value, origin, this.sink));
    this.count++;
  }

  tooLarge(line: number): never {
    const limit = `${MAX_YAML_BYTES >> 20} MB`;
    throw new InputFailure(
      this.#origin(line),
      `begins in line ${line} and is more than ${limit} of YAML, which is too slow to read; use JSON`,
    );
  }

  /** The document's value; UNREADABLE for a document of no interest that has none. */
  #parse(text: string, line: number, origin: Origin): unknown {
    try {
      return this.#guard(origin, () => {
        const { duplicates, value } = parseYaml(text, this.yaml);
        if (duplicates.length > 0 && this.#isRead(value)) {
          for (const { line: at, path } of duplicates) {
            this.sink.doubt(origin, `line ${line + at}: ${path} is written twice; the later one counts`);
          }
        }
        return settleNumbers(value);
      });
    } catch (error) {
      if (!(error instanceof YamlError)) throw error;
      const sentence = `line ${line + error.line}: ${error.message}`;
      const type = statedType(text);
      if (type === undefined || isListKind(type.kind) || this.sink.knows(type))
        throw new InputFailure(origin, sentence);
      this.sink.skipUnreadable(type, origin, sentence);
      return UNREADABLE;
    }
  }

  /** Whether anything in the document is looked at. */
  #isRead(value: unknown): boolean {
    const { apiVersion = "", kind } = isObject(value) ? value : {};
    if (typeof kind !== "string" || typeof apiVersion !== "string") return false;
    return isListKind(kind) || this.sink.knows({ kind, apiVersion });
  }

  #guard<R>(origin: Origin, action: () => R): R {
    try {
      return action();
    } catch (error) {
      if (error instanceof RangeError) throw new InputFailure(origin, "is nested too deeply");
      throw error;
    }
  }

  #origin(line: number): Origin {
    return { file: this.file, document: this.count + 1, item: "", line };
  }
}

/** Lines that say nothing, or begin the document. */
const BEFORE = /^(?:---|%.*|[ \t]*(?:#.*)?)[ \t\r]*$/;

/** How many lines stand before what a document says. */
function linesBefore(text: string): number {
  let lines = 0;
  for (let at = 0; at < text.length; lines++) {
    const end = text.indexOf("\n", at);
    if (end < 0 || !BEFORE.test(text.slice(at, end))) return lines;
    at = end + 1;
  }
  return 0;
}

const UNREADABLE = Symbol("unreadable");
const KIND_LINE = /^kind:[ \t]+["']?([A-Za-z0-9]+)["']?[ \t]*(?:#.*)?\r?$/gm;
const VERSION_LINE = /^apiVersion:[ \t]+["']?([A-Za-z0-9./-]+)["']?[ \t]*(?:#.*)?\r?$/m;

/** What a text that cannot be parsed says of itself, in lines that are not indented; undefined where it does not. */
function statedType(text: string): TypeMeta | undefined {
  const [first, ...others] = [...text.matchAll(KIND_LINE)].map(([, kind]) => kind);
  if (first === undefined || others.length > 0) return undefined;
  return { kind: first, apiVersion: VERSION_LINE.exec(text)?.[1] ?? "" };
}
