// cli: documents of YAML -> objects.

import type { ErrorCode, parseDocument } from "yaml";
import type { ObjectSink } from "./documents.js";
import { readDocument } from "./documents.js";
import type { Origin } from "./failure.js";
import { Failure, InputFailure } from "./failure.js";
import { lineOf } from "./json-fault.js";
import { settleNumbers } from "./numbers.js";
import { kubectlTags } from "./yaml-scalars.js";
import type { YamlSink } from "./yaml-splitter.js";
import { MAX_YAML_BYTES, YamlSplitter } from "./yaml-splitter.js";

/** Reads a file of YAML documents. */
export async function readYaml(file: string, chunks: AsyncIterable<Uint8Array>, sink: ObjectSink): Promise<void> {
  const yaml = await import("yaml");
  const documents = new YamlDocuments(file, sink, yaml.parseDocument);
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

/** The parser's own messages quote the text, which may be a Secret's. */
const SENTENCES: { readonly [Code in ErrorCode]?: string } = {
  BAD_ALIAS: "an alias is malformed or names no anchor",
  BAD_COLLECTION_TYPE: "a tag does not fit its collection",
  BAD_DIRECTIVE: "a directive is malformed",
  BAD_DQ_ESCAPE: "an escape in double quotes is malformed",
  BAD_INDENT: "the indentation does not fit",
  BAD_SCALAR_START: "a value begins with a character that is reserved",
  BLOCK_AS_IMPLICIT_KEY: "a mapping or list stands on the line of another key",
  BLOCK_IN_FLOW: "indented text stands inside brackets",
  KEY_OVER_1024_CHARS: "a key is longer than 1024 characters",
  MISSING_CHAR: "a quote, bracket, comma, colon or blank is missing",
  MULTILINE_IMPLICIT_KEY: "a key goes over several lines, or its colon is missing",
  TAB_AS_INDENT: "a tab is used for indentation",
  RESOURCE_EXHAUSTION: "this is nested too deeply",
  UNEXPECTED_TOKEN: "something stands where it cannot",
};

class YamlDocuments implements YamlSink {
  /** Documents that are done. */
  count = 0;

  constructor(
    readonly file: string,
    readonly sink: ObjectSink,
    readonly parse: typeof parseDocument,
  ) {}

  document(text: string, line: number): void {
    const origin = this.#origin();
    try {
      readDocument(settleNumbers(this.#parse(text, line, origin)), origin, this.sink);
    } catch (error) {
      if (error instanceof RangeError) throw new InputFailure(origin, "is nested too deeply");
      throw error;
    }
    this.count++;
  }

  tooLarge(line: number): never {
    const limit = `${MAX_YAML_BYTES >> 20} MB`;
    throw new InputFailure(
      this.#origin(),
      `begins in line ${line} and is more than ${limit} of YAML, which is too slow to read; use JSON`,
    );
  }

  #parse(text: string, line: number, origin: Origin): unknown {
    const document = this.parse(text, {
      version: "1.1",
      customTags: kubectlTags,
      resolveKnownTags: false,
      uniqueKeys: false,
      prettyErrors: false,
      logLevel: "silent",
    });
    const [error] = document.errors;
    if (error !== undefined) {
      const at = line + lineOf(text, error.pos[0]);
      throw new InputFailure(origin, `line ${at}: ${SENTENCES[error.code] ?? "this is no YAML"}`);
    }
    try {
      return document.toJS();
    } catch (cause) {
      if (!(cause instanceof ReferenceError)) throw cause;
      throw new InputFailure(origin, "an alias names no anchor, or aliases multiply without bounds");
    }
  }

  #origin(): Origin {
    return { file: this.file, document: this.count + 1, item: "" };
  }
}
