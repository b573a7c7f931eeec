// cli: JSON in chunks of any size -> the same pieces, and long numbers that keep their digits.

import { suite } from "uvu";
import * as assert from "uvu/assert";
import { findJsonFault, lineOf } from "../../lib/cli/json-fault.js";
import type { Cut } from "../../lib/cli/json-scanner.js";
import { JsonScanner } from "../../lib/cli/json-scanner.js";
import { parseJson } from "../../lib/cli/numbers.js";

const test = suite("json scanner");

/** Everything that the scanner hands over, in order. */
function scan(text: string, size: number): unknown[] {
  const pieces: unknown[] = [];
  const scanner = new JsonScanner({
    beginItems: (head, line) => pieces.push(["head", head, line]),
    item: (item, line) => pieces.push(["item", item.trim(), line]),
    document: (document, line, cut: Cut | undefined) =>
      pieces.push(["document", document, line, ...(cut === undefined ? [] : [{ ...cut }])]),
    fail(sentence): never {
      throw new Error(sentence);
    },
  });
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length; at += size) scanner.push(bytes.subarray(at, at + size));
  scanner.end();
  return pieces;
}

/** Cuts the text into chunks of every size up to its own; all must give the same. */
function scanned(text: string): unknown[] {
  const whole = scan(text, text.length + 1);
  for (let size = 1; size <= Buffer.byteLength(text); size++)
    assert.equal(scan(text, size), whole, `chunks of ${size}`);
  return whole;
}

test("the items of a list are cut out one by one, with their lines", () => {
  const text = `{ "kind": "List",\n "items": [\n  {"a": "]},[{"},\n  {"b": [1, {"items": [2]}]}\n ],\n "z": 1 }\n`;
  const head = `{ "kind": "List",\n "items": `;
  assert.equal(scanned(text), [
    ["head", head, 1],
    ["item", '{"a": "]},[{"}', 3],
    ["item", '{"b": [1, {"items": [2]}]}', 4],
    ["document", `${head}[],\n "z": 1 }`, 1, { at: head.length, lines: 3 }],
  ]);
});

test("quotes and backslashes inside strings do not mislead it", () => {
  const text = String.raw`{"items":["\\","\"]","\\\"",{"a\\":"\u005d"}]}`;
  assert.equal(
    scanned(text).slice(1, -1),
    [String.raw`"\\"`, String.raw`"\"]"`, String.raw`"\\\""`, String.raw`{"a\\":"\u005d"}`].map((item) => [
      "item",
      item,
      1,
    ]),
  );
});

test("only the items at the top are taken apart", () => {
  for (const text of [
    '{"spec":{"items":[1,2]}}',
    '{"items":null}',
    '{"items":{"a":[1]}}',
    '{"item":[1]}',
    '{"itemsx":[1]}',
    '{"a":"items"}',
    '{"a":"items","b":[1]}',
    String.raw`{"items\u0020":[1]}`,
  ]) {
    assert.equal(scanned(text), [["document", text, 1]]);
  }
});

test("characters of several bytes may be split between chunks", () => {
  assert.equal(scanned('{"items":["žluťoučký 🐎"]}')[1], ["item", '"žluťoučký 🐎"', 1]);
});

test("documents may follow each other with or without white space, or with dashes between them", () => {
  const documents = (text: string): unknown[] => scanned(text).map((piece) => (piece as unknown[])[1]);
  assert.equal(documents('{"a":1}{"b":2}\n\n{"c":3}'), ['{"a":1}', '{"b":2}', '{"c":3}']);
  assert.equal(documents('---\n{"a":1}\n---\n{"b":2}\n---'), ['{"a":1}', '{"b":2}']);
  assert.equal(documents("null\n17 "), ["null", "17"]);
  assert.equal(documents(" \n\t"), []);
});

test("an empty list has no items", () => {
  assert.equal(scanned('{"items":[ \n ]}'), [
    ["head", '{"items":', 1],
    ["document", '{"items":[]}', 1, { at: 9, lines: 1 }],
  ]);
});

const BROKEN: readonly (readonly [text: string, sentence: RegExp])[] = [
  ['{"a":\n1', /^line 2: the file ends inside this document$/],
  ['{"items":[1,\n2', /^line 2: the file ends inside this document$/],
  ['{"items":["', /^line 1: the file ends inside this document$/],
  ['{"items":[1,\n]}', /^line 2: an item is missing$/],
  ['{"items":[,1]}', /^line 1: an item is missing$/],
  ['{"items":[1}', /^line 1: a bracket is closed that was not opened$/],
  ['\n[{"kind":"Node"}]', /^line 2: must be an object, but is a list$/],
];

for (const [text, sentence] of BROKEN) {
  test(`${JSON.stringify(text)} is refused`, () => {
    for (const size of [1, 3, 100]) assert.throws(() => scan(text, size), sentence);
  });
}

const FAULTS: readonly (readonly [text: string, line: number, sentence: string])[] = [
  ['{"a": 1,\n}', 1, "a key in double quotes is missing"],
  ['{"a": 1\n"b": 2}', 1, "a comma or } is missing"],
  ["[1 2]", 0, "a comma or ] is missing"],
  ['{"a"\n\n 1}', 2, "a colon is missing"],
  ["{a: 1}", 0, "a key in double quotes is missing"],
  ["{\"a\": 'b'}", 0, "a value is missing"],
  ['{"a": nul}', 0, "a value is missing"],
  ["[1,]", 0, "a value is missing"],
  ['{"a": "b\\x"}', 0, "the text in quotes is malformed"],
  ['{"a": "b\nc"}', 0, "the text in quotes is malformed"],
  ['{"a\\u12": 1}', 0, "the text in quotes is malformed"],
  ['{"a": [1}', 0, "a comma or ] is missing"],
  ['{"a": {"b": 1}', 0, "the text ends where } is missing"],
  ['{"a":', 0, "the text ends where } is missing"],
  ["", 0, "the text ends too early"],
  ["{} {}", 0, "more text follows"],
  ["[01]", 0, "a comma or ] is missing"],
];

for (const [text, line, sentence] of FAULTS) {
  test(`the fault of ${JSON.stringify(text)} is found and does not quote it`, () => {
    assert.throws(() => JSON.parse(text));
    const fault = findJsonFault(text);
    assert.equal({ line: lineOf(text, fault.offset), sentence: fault.sentence }, { line, sentence });
  });
}

test("a quantity written as a long number keeps its digits, where it is one", () => {
  const big = "9223372036854775807";
  const quantities = [
    `{"spec":{"capacity":{"storage":${big}}}}`,
    `{"capacity":${big}}`,
    `{"status":{"restoreSize":${big}}}`,
    `{"spec":{"containers":[{"resources":{"requests":{"cpu":${big}}}}]}}`,
  ];
  for (const text of quantities) assert.is(JSON.stringify(parseJson(text)), text.replace(big, `"${big}"`));
  const numbers = [
    `{"metadata":{"labels":{"capacity":${big}}}}`,
    `{"spec":{"nodeSelector":{"capacity":${big}}}}`,
    `[${big}]`,
  ];
  for (const text of numbers) assert.equal(parseJson(text), JSON.parse(text));
});

test("digits in strings are no numbers, and long numbers of few digits stay numbers", () => {
  const text = String.raw`{"capacity":{"a":"12345678901234567890","\"":"\\","b":1.00000000000000000,"c":"1234567890123456\""}}`;
  assert.equal(parseJson(text), JSON.parse(text));
});

test("text that is no JSON is refused whether or not it holds long numbers", () => {
  for (const text of ['{"a":12345678901234567890-}', '{"a":1234567890123456.}', '{"a":}']) {
    assert.throws(
      () => parseJson(text),
      (error: Error) => error instanceof SyntaxError,
    );
  }
});

test.run();
