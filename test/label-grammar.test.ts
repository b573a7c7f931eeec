// compile: label keys, values and integers against the limits and against plain regular expressions (T-254).

import fc from "fast-check";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { isLabelKey, isLabelValue, parseLabelInteger, utf8Length } from "../lib/compile/label-grammar.js";

const NAME = /^([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]$/;
const SUBDOMAIN = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;

test("a character beyond ASCII is none of its low byte's", () => {
  // U+0161 and U+FF61 end in the byte of "a".
  for (const character of ["\u0161", "\uff61", "\u{1f461}"]) {
    assert.not.ok(isLabelValue(character), character);
    assert.not.ok(isLabelKey(`a${character}a`), character);
  }
});

test("a key is a name, or a subdomain and a name", () => {
  for (const key of ["a", "A.b_c-9", "topology.kubernetes.io/zone", "a/b", "1.2/3", `${"b".repeat(64)}.c/n`]) {
    assert.ok(isLabelKey(key), key);
  }
  const bad = [
    "",
    "/",
    "a/",
    "/a",
    "a/b/c",
    "-a",
    "a-",
    ".a",
    "a b",
    "Example.com/a",
    "a_b/c",
    "-a/b",
    "a..b/c",
    "a./b",
  ];
  for (const key of [...bad, "a-.b/c", "a.-b/c", "a/b\n", "é", "é/a"]) assert.not(isLabelKey(key), JSON.stringify(key));
});

test("a name has at most 63 bytes and a prefix at most 253", () => {
  assert.ok(isLabelKey("n".repeat(63)));
  assert.not(isLabelKey("n".repeat(64)));
  assert.ok(isLabelKey(`${"p".repeat(253)}/${"n".repeat(63)}`));
  assert.not(isLabelKey(`${"p".repeat(254)}/n`));
  assert.not(isLabelKey(`p/${"n".repeat(64)}`));
});

test("a value is empty or formed like a name, with at most 63 bytes", () => {
  for (const value of ["", "a", "0", "A-b.c_d", "v".repeat(63)]) assert.ok(isLabelValue(value), value);
  for (const value of ["v".repeat(64), "-1", "1-", "a b", "a/b", "é", "日本", "😀", "a\n", "\ud800"]) {
    assert.not(isLabelValue(value), JSON.stringify(value));
  }
});

test("an integer is a signed 64-bit number in base 10", () => {
  assert.is(parseLabelInteger("007"), 7n);
  assert.is(parseLabelInteger("+5"), 5n);
  assert.is(parseLabelInteger("-9223372036854775808"), -9223372036854775808n);
  assert.is(parseLabelInteger("9223372036854775807"), 9223372036854775807n);
  for (const text of ["9223372036854775808", "-9223372036854775809", "", "-", "1_0", "0x1", " 1", "1.0", "1e3", "٣"]) {
    assert.is(parseLabelInteger(text), undefined, text);
  }
});

const near = fc.string({ unit: fc.constantFrom(..."aZ09-_./é😀 \n"), maxLength: 9 });
const long = fc.tuple(fc.integer({ min: 60, max: 66 }), near).map(([length, text]) => "a".repeat(length) + text);

test("keys and values pass exactly where the regular expressions do", () => {
  fc.assert(
    fc.property(fc.oneof(near, long), near, (name, prefix) => {
      const isName = (text: string) => text.length <= 63 && NAME.test(text);
      assert.is(isLabelValue(name), name === "" || isName(name));
      assert.is(isLabelKey(name), name.includes("/") ? isQualified(name) : isName(name));
      const isPrefixed = SUBDOMAIN.test(prefix) && !name.includes("/") && isName(name);
      assert.is(isLabelKey(`${prefix}/${name}`), isPrefixed);
    }),
    { numRuns: 5000 },
  );
  function isQualified(key: string): boolean {
    const [prefix, name, ...rest] = key.split("/");
    return rest.length === 0 && SUBDOMAIN.test(prefix) && name.length <= 63 && NAME.test(name);
  }
});

test("lengths are those of UTF-8", () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 0x10ffff })), (codes) => {
      const text = String.fromCodePoint(...codes);
      assert.is(utf8Length(text), Buffer.byteLength(text));
    }),
  );
  assert.is(utf8Length("\ud800a\udc00"), 7);
  for (const text of ["\u007f", "\u0080", "\u07ff", "\u0800", "\uffff", "\u{10000}"]) {
    assert.is(utf8Length(text), Buffer.byteLength(text));
  }
});

test.run();
