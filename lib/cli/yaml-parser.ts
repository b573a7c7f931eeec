// cli: the text of one YAML document -> its value as kubectl reads it, or the first fault in it.

import type { Document, ErrorCode, YAMLParseError } from "yaml";
import { lineOf } from "./json-fault.js";
import { indentContinuations } from "./yaml-continuations.js";
import { YamlFault, YamlValues } from "./yaml-values.js";

export type Yaml = typeof import("yaml");

export interface ParsedYaml {
  readonly value: unknown;
  /** Fields that are written twice in one mapping, with the line of the later one; that one counts. */
  readonly duplicates: readonly { readonly path: string; readonly line: number }[];
}

/** What is wrong with a text. Its first line is line 0. */
export class YamlError extends Error {
  constructor(
    readonly line: number,
    sentence: string,
  ) {
    super(sentence);
  }
}

/** The parser's own messages quote the text, which may be a Secret's. */
const SENTENCES: { readonly [Code in ErrorCode]?: string } = {
  BAD_ALIAS: "an alias is malformed or names no anchor",
  BAD_DIRECTIVE: "a directive is malformed",
  BAD_DQ_ESCAPE: "an escape in double quotes is malformed",
  BAD_INDENT: "the indentation does not fit, or a bracket is missing",
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

/** Line ends other than that of Unix. */
const BREAK = /\r\n?|\u0085/g;

const OPTIONS = {
  version: "1.1",
  // Text stays text: what it says is decided by kubectl's rules.
  schema: "failsafe",
  resolveKnownTags: false,
  uniqueKeys: false,
  prettyErrors: false,
  logLevel: "silent",
} as const;

/** @throws YamlError for text that is no YAML or has no value. */
export function parseYaml(text: string, yaml: Yaml): ParsedYaml {
  const { document, source } = parsed(text.replaceAll(BREAK, "\n"), yaml);
  const values = new YamlValues(yaml, source);
  try {
    const value = values.of(document);
    return { value, duplicates: values.duplicates.map(({ offset, path }) => ({ path, line: lineOf(source, offset) })) };
  } catch (error) {
    throw error instanceof YamlFault ? new YamlError(lineOf(source, error.offset), error.message) : error;
  }
}

interface Source {
  readonly document: Document.Parsed;
  /** What the document's offsets count in. Its lines are those of the text, though perhaps moved to the right. */
  readonly source: string;
}

function parsed(text: string, yaml: Yaml): Source {
  let source = text;
  let document = yaml.parseDocument(source, OPTIONS);
  for (const adapt of ADAPTATIONS) {
    if (document.errors.length === 0) break;
    const adapted = adapt(source, document.errors, yaml);
    if (adapted === source) continue;
    source = adapted;
    document = yaml.parseDocument(source, OPTIONS);
  }
  const [error] = document.errors;
  if (error === undefined) return { document, source };
  throw new YamlError(lineOf(source, error.pos[0]), SENTENCES[error.code] ?? "this is no YAML");
}

type Adaptation = (source: string, errors: readonly YAMLParseError[], yaml: Yaml) => string;

/** What kubectl reads and the parser refuses -> the same in words that both read. */
const ADAPTATIONS: readonly Adaptation[] = [
  (source, _, yaml) => indentContinuations(source, new yaml.Lexer()),
  (source, errors) => {
    const edits = errors.map(({ code, pos: [at] }) => {
      if (code === "BAD_DQ_ESCAPE" && source.startsWith("\\'", at)) return { at, skip: 1, text: "" };
      return code === "MISSING_CHAR" && source[at] === "#" ? { at, skip: 0, text: " " } : undefined;
    });
    return edits
      .filter((edit) => edit !== undefined)
      .sort((a, b) => b.at - a.at)
      .reduce((text, { at, skip, text: put }) => text.slice(0, at) + put + text.slice(at + skip), source);
  },
];
