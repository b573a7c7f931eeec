// cli: which known words are near to one that is not.

import { test } from "uvu";
import * as assert from "uvu/assert";
import { didYouMean, editDistance, nearest, suggesting } from "../../lib/cli/did-you-mean.js";

const DISTANCES: readonly (readonly [a: string, b: string, distance: number])[] = [
  ["", "", 0],
  ["", "abc", 3],
  ["abc", "", 3],
  ["check", "check", 0],
  ["chec", "check", 1],
  ["checks", "check", 1],
  ["chexk", "check", 1],
  ["chekc", "check", 1],
  ["hcekc", "check", 2],
  ["kitten", "sitting", 3],
  // A pair is swapped or changed, not both.
  ["ca", "abc", 3],
];

for (const [a, b, distance] of DISTANCES) {
  test(`from "${a}" to "${b}" it is ${distance}, both ways`, () => {
    assert.equal([editDistance(a, b), editDistance(b, a)], [distance, distance]);
  });
}

test("a word may be a third of its letters away, and one letter if it is short", () => {
  const near = (word: string, known: string) => nearest(word, [known], 1).length === 1;
  assert.ok(near("abcxyz", "abcdez"));
  assert.not.ok(near("abcxyz", "abcdef"));
  assert.ok(near("ab", "ax"));
  assert.not.ok(near("ab", "xy"));
});

test("a word that another begins with is near to it, but not a single letter", () => {
  assert.equal(nearest("volumeb", ["VolumeBinding"], 1), ["VolumeBinding"]);
  assert.equal(nearest("volume", ["VolumeBinding", "volumes"], 2), ["volumes", "VolumeBinding"]);
  assert.equal(nearest("v", ["VolumeBinding"], 1), []);
});

test("the nearest come first, of equally near ones those that begin alike, then by name", () => {
  assert.equal(nearest("web-1", ["aeb-1", "web-3", "web-10", "web-2", "wxb-2", "db-0"], 9), [
    "web-10",
    "web-2",
    "web-3",
    "aeb-1",
  ]);
  assert.equal(nearest("web-1", ["web-3", "web-2"], 1), ["web-2"]);
});

test("letter case counts for nothing, and a word that comes twice is told once", () => {
  assert.equal(nearest("VOLUMEZONE", ["VolumeZone", "VolumeZone"], 9), ["VolumeZone"]);
});

test("sentences end with the words that may have been meant", () => {
  assert.is(didYouMean("jsn", ["yaml", "json"]), "; did you mean json?");
  assert.is(didYouMean("xml", ["yaml", "json"]), "");
  assert.is(suggesting([]), "");
  assert.is(suggesting(["a", "b"]), "; did you mean a or b?");
  assert.is(suggesting(["a", "b", "c"]), "; did you mean a, b or c?");
});

test.run();
