// result: Go's %q, character by character.

import fc from "fast-check";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { goQuote } from "../lib/objects/go-quote.js";

const rows = (table: readonly (readonly [string, string])[]) => {
  for (const [text, quoted] of table) assert.is(goQuote(text), `"${quoted}"`);
};

test("plain text stands as it is, between double quotes", () => {
  rows([
    ["", ""],
    ["zone-a", "zone-a"],
    [" !#$%&'()*+,-./09:;<=>?@AZ[]^_`az{|}~", " !#$%&'()*+,-./09:;<=>?@AZ[]^_`az{|}~"],
  ]);
});

test("quotes, backslashes and control characters are escaped", () => {
  rows([
    ['a"b', 'a\\"b'],
    ["a\\b", "a\\\\b"],
    ["\u0007\b\f\n\r\t\v", "\\a\\b\\f\\n\\r\\t\\v"],
    ["\u0000\u0001\u001f\u007f", "\\x00\\x01\\x1f\\x7f"],
  ]);
});

test("printable characters beyond ASCII are kept", () => {
  const kept = "éßЖ日本ا́½٣«»€©→😀𝒜\ufffd";
  rows([[kept, kept]]);
});

test("spaces, format, private and unassigned characters are escaped", () => {
  rows([
    ["\u0080\u00a0\u00ad", "\\u0080\\u00a0\\u00ad"],
    ["\u2003\u2028\u200b\ufeff\ue000\ufdd0", "\\u2003\\u2028\\u200b\\ufeff\\ue000\\ufdd0"],
    ["\u{e0001}\u{10ffff}\u{f0000}", "\\U000e0001\\U0010ffff\\U000f0000"],
  ]);
});

test("characters younger than Unicode 15.0 are escaped, as Go does not know them", () => {
  rows([["\u2427\u2ffc\u31ef\u{1fae9}\u{2ebf0}", "\\u2427\\u2ffc\\u31ef\\U0001fae9\\U0002ebf0"]]);
  rows([["\u2426\u31e3\u{1fae8}\u{2ebe0}", "\u2426\u31e3\u{1fae8}\u{2ebe0}"]]);
});

test("a lone surrogate becomes U+FFFD", () => {
  rows([["a\ud800b\udc00", "a\ufffdb\ufffd"]]);
});

test("a quoted text reads back as a JavaScript string once the escapes that only Go has are rewritten", () => {
  const texts = fc.array(fc.integer({ min: 0, max: 0x10ffff }).filter((code) => code < 0xd800 || code > 0xdfff));
  fc.assert(
    fc.property(texts, fc.string(), (codes, ascii) => {
      const text = String.fromCodePoint(...codes) + ascii;
      const literal = goQuote(text).replace(/\\(?:U([0-9a-f]{8})|.)/g, (found, code) =>
        code ? `\\u{${code.slice(2)}}` : found === "\\a" ? "\\x07" : found,
      );
      assert.is(new Function(`return ${literal}`)(), text);
    }),
  );
});

test.run();
