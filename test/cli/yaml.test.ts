// Fragments of YAML and their values as sigs.k8s.io/yaml 1.6 reads them, which is what kubectl reads YAML with.

import { test } from "uvu";
import * as assert from "uvu/assert";
import * as yaml from "yaml";
import { settleNumbers } from "../../lib/cli/numbers.js";
import { parseYaml, YamlError } from "../../lib/cli/yaml-parser.js";

/** A fragment, and its value as JSON. */
type Table = readonly (readonly [text: string, json: string | undefined])[];
const REFUSED = undefined;

const NUMBERS: Table = [
  ["12e5678", '"12e5678"'],
  ["1e3", "1000"],
  ["e5", '"e5"'],
  ["1e400", '"1e400"'],
  [".5", "0.5"],
  [".5e3", "500"],
  [".5_0", "0.5"],
  [".5__0", '".5__0"'],
  ["1_000", "1000"],
  ["_1", '"_1"'],
  ["1_", "1"],
  ["-_1", "-1"],
  ["0o14", "12"],
  ["014", "12"],
  ["08", "8"],
  ["09.5", "9.5"],
  ["0b1", "1"],
  ["-0b101", "-5"],
  ["0b2", '"0b2"'],
  ["0x1F", "31"],
  ["-0x1F", "-31"],
  ["0xFFFFFFFFFFFFFFFF", "18446744073709551615"],
  ["0xFFFFFFFFFFFFFFFFF", '"0xFFFFFFFFFFFFFFFFF"'],
  ["9007199254740993", "9007199254740993"],
  ["18446744073709551615", "18446744073709551615"],
  ["18446744073709551616", "18446744073709552000"],
  ["+18446744073709551615", "18446744073709552000"],
  ["-9223372036854775809", "-9223372036854776000"],
  ["0777777777777777777777777777", "7.777777777777778e+26"],
  ["+5", "5"],
  ["-0", "0"],
  ["12:30:45", '"12:30:45"'],
  ["1.", "1"],
  ["1e", '"1e"'],
  ["1.2.3", '"1.2.3"'],
  ["1.10", "1.1"],
  ["-.5", "-0.5"],
  ["1e-400", "0"],
  ["infinity", '"infinity"'],
  ["0x1p-2", '"0x1p-2"'],
  ["100m", '"100m"'],
  ["2001-01-01", '"2001-01-01"'],
  ["2001-12-14 21:59:43", '"2001-12-14 21:59:43"'],
];

const WORDS: Table = [
  ["y", "true"],
  ["N", "false"],
  ["yes", "true"],
  ["yEs", '"yEs"'],
  ["no", "false"],
  ["on", "true"],
  ["Off", "false"],
  ["true", "true"],
  ["TRUE", "true"],
  ["tRue", '"tRue"'],
  ["~", "null"],
  ["null", "null"],
  ["nULL", '"nULL"'],
  ["<<", '"\\u003c\\u003c"'],
  ["!!str 12", '"12"'],
  ["!!int '12'", "12"],
  ["!!int 1.0", REFUSED],
  ["!!float 1", "1"],
  ["!!bool yes", "true"],
  ["!!bool a", REFUSED],
  ["!!null ''", "null"],
  ["!!binary aGVsbG8=", '"hello"'],
  ["!!timestamp 2001-01-01", '"2001-01-01"'],
  ["! 12", '"12"'],
  ["!foo 12", '"12"'],
  ["!foo '12'", '"12"'],
  [".inf", REFUSED],
  ["-.Inf", REFUSED],
  [".nan", REFUSED],
];

const KEYS: Table = [
  ["true: a", '{"true":"a"}'],
  ["y: a", '{"true":"a"}'],
  ["on: a", '{"true":"a"}'],
  ["1.5: a", '{"1.5":"a"}'],
  ["1e6: a", '{"1e+06":"a"}'],
  ["1000000: a", '{"1000000":"a"}'],
  ["1.0: a", '{"1":"a"}'],
  ["123456789.0: a", '{"1.2345679e+08":"a"}'],
  ["0.00001: a", '{"1e-05":"a"}'],
  ["0x10: a", '{"16":"a"}'],
  ["010: a", '{"8":"a"}'],
  ["2001-01-01: a", '{"2001-01-01":"a"}'],
  [".inf: a", '{".inf":"a"}'],
  ["~: a", REFUSED],
  ["null: a", REFUSED],
  ["18446744073709551615: a", REFUSED],
  ["[a]: b", REFUSED],
  ["{a: b}: c", REFUSED],
  ["__proto__: {a: b}", '{"__proto__":{"a":"b"}}'],
  ["'1': a", '{"1":"a"}'],
  ["x: &x k\n*x : v", '{"k":"v","x":"k"}'],
];

const LINES: Table = [
  ['a: "one\ntwo"', '{"a":"one two"}'],
  ["a: 'one\ntwo'", '{"a":"one two"}'],
  ['x:\n  a: "one\n  two"', '{"x":{"a":"one two"}}'],
  ["x:\n  a: 'one\n\n two\n'\n  b: c", '{"x":{"a":"one\\ntwo ","b":"c"}}'],
  ["x:\n  a: [\n  b\n]\ny: 1", '{"true":1,"x":{"a":["b"]}}'],
  ["x:\n  - {a: b,\nc: d}\n  - e", '{"x":[{"a":"b","c":"d"},"e"]}'],
  ["x:\n  - 'a\nb'\n  - \"c\nd\"\ny: [1,\n2]\nz: {a:\nb}", '{"true":[1,2],"x":["a b","c d"],"z":{"a":"b"}}'],
  ["a: [\n\n# c\nb, # d\n c]\n", '{"a":["b","c"]}'],
  ['a: |\n  "foo\n  bar\nb: "c\nd"', '{"a":"\\"foo\\nbar\\n","b":"c d"}'],
  ["a: foo\n  \"bar\nb: 'x\ny'", '{"a":"foo \\"bar","b":"x y"}'],
  ["a: # \"foo\nb: 'x\ny'", '{"a":null,"b":"x y"}'],
  ["x:\n  y: it's # \"\n  z: [p,\nq]", '{"x":{"true":"it\'s","z":["p","q"]}}'],
  ["x: [[a,\nb],\nc]\ny: 'd\ne'", '{"true":"d e","x":[["a","b"],"c"]}'],
  ["x: [a, # ]\nb]", '{"x":["a","b"]}'],
  ["x: |\n [\ny: [a,\nb]", '{"true":["a","b"],"x":"[\\n"}'],
  ['x:\n  y: "a: b\nc: d"\n  z: 1', '{"x":{"true":"a: b c: d","z":1}}'],
  ['x: "a\n# b"', '{"x":"a # b"}'],
  ["{a: b\n}", '{"a":"b"}'],
  ['a: "x\n---\ny"', REFUSED],
  ["a: [x,\n---\ny]", REFUSED],
  ["a: [b", REFUSED],
  ['a: "b', REFUSED],
  ["a:\n'b'", REFUSED],
  ["a:\n[b]", REFUSED],
  ['a: "b\\\n  c"', '{"a":"bc"}'],
  ["a: b\n c", '{"a":"b c"}'],
  ['a: "b\n\tc"', '{"a":"b c"}'],
];

const BLOCKS: Table = [
  ["a: |\n b\n  c\n", '{"a":"b\\n c\\n"}'],
  ["a: |\n b", '{"a":"b"}'],
  ["a: |-\n b\n\n", '{"a":"b"}'],
  ["a: |+\n b\n\n", '{"a":"b\\n\\n"}'],
  ["a: |2\n   b\n", '{"a":" b\\n"}'],
  ["a: >\n b\n c\n\n d\n  e\n f\n", '{"a":"b c\\nd\\n e\\nf\\n"}'],
  ["a: >\n   b\n  \n   c", '{"a":"b\\nc"}'],
  ["a: |\n ---\n b", '{"a":"---\\nb"}'],
  ["a: |\nb: c", '{"a":"","b":"c"}'],
  ["a: |# c\n b", '{"a":"b"}'],
  ["a: |\n\tb", REFUSED],
  ["a: |0\n b", REFUSED],
  ["- |\n a\n- |\n b", '["a\\n","b"]'],
];

const ANCHORS: Table = [
  ["x: &x {a: 1}\ny: {<<: *x, a: 2}", '{"true":{"a":2},"x":{"a":1}}'],
  ["x: &x {a: 1}\ny: {a: 2, <<: *x}", '{"true":{"a":1},"x":{"a":1}}'],
  [
    "x: &x {a: 1, b: 2}\nz: &z {b: 3}\ny:\n  <<: [*x, *z]\n  c: 4",
    '{"true":{"a":1,"b":2,"c":4},"x":{"a":1,"b":2},"z":{"b":3}}',
  ],
  ["x: &x [1]\ny: {<<: *x}", REFUSED],
  ["y: {<<: }", REFUSED],
  ['y: {"<<": {a: 1}}', '{"true":{"\\u003c\\u003c":{"a":1}}}'],
  ["y: {!!merge <<: {a: 1}}", '{"true":{"a":1}}'],
  ["a: &a [*a]", REFUSED],
  ["a: *b", REFUSED],
  ["a: &x 1\nb: *x\nc: &x 2\nd: *x", '{"a":1,"b":1,"c":2,"d":2}'],
  ["a: &x\n  b: &y 1\n  c: *y\nd: &y 2\ne: *x\nf: *y", '{"a":{"b":1,"c":1},"d":2,"e":{"b":1,"c":1},"f":2}'],
  ["a: 1\na: 2", '{"a":2}'],
];

const MARKS: Table = [
  ["﻿a: b", '{"a":"b"}'],
  ["a: b\r\nc: d\r\n", '{"a":"b","c":"d"}'],
  ["a: |\r\n  b\r\n  c\r\n", '{"a":"b\\nc\\n"}'],
  ['a: "b\r\nc"', '{"a":"b c"}'],
  ["a: b\rc: d", '{"a":"b","c":"d"}'],
  ["a: bc: d", '{"a":"b","c":"d"}'],
  ['a: "\\\'"', '{"a":"\'"}'],
  ['a: "b"#c', '{"a":"b"}'],
  ["{a: b}#c", '{"a":"b"}'],
  ["a:\tb", '{"a":"b"}'],
  ["a:\n\tb: c", REFUSED],
  ["\ta: b", REFUSED],
  ["a: {\n\tb: c\n}", '{"a":{"b":"c"}}'],
  ["{a:b}", '{"a:b":null}'],
  ['{"a":b}', '{"a":"b"}'],
  ["[a: b, c]", '[{"a":"b"},"c"]'],
  ["[,]", REFUSED],
  ["[a,]", '["a"]'],
  ["{a, b}", '{"a":null,"b":null}'],
  ["a: @b", REFUSED],
  ["a: %b", REFUSED],
  ["a: `b`", REFUSED],
  ["a: b: c", REFUSED],
  ["a: {{ x }}", REFUSED],
  ["- a: b\n c: d", REFUSED],
  ["a: - b", REFUSED],
  ["a: b\n  # c\n  d", REFUSED],
  ["? a\n: b", '{"a":"b"}'],
  ["", "null"],
  ["# c\n", "null"],
  ["--- a", '"a"'],
  ["--- {a: b}", '{"a":"b"}'],
  ["a: b\n...", '{"a":"b"}'],
];

for (const [subject, table] of Object.entries({
  "plain numbers": NUMBERS,
  "words and tags": WORDS,
  keys: KEYS,
  "quoted text and brackets over several lines": LINES,
  "block scalars": BLOCKS,
  "anchors, aliases and merges": ANCHORS,
  "marks, breaks and blanks": MARKS,
})) {
  test(`${subject} are read as kubectl reads them`, () => {
    for (const [text, json] of table) {
      if (json === REFUSED)
        assert.throws(
          () => parseYaml(text, yaml),
          (error: unknown) => error instanceof YamlError,
          text,
        );
      else assert.equal(settleNumbers(parseYaml(text, yaml).value), JSON.parse(json), text);
    }
  });
}

test.run();
