// result: the sentences of events, for reasons in numbers and orders that one plugin alone does not produce.

import { test } from "uvu";
import * as assert from "uvu/assert";
import { aggregatedMessage, preFilterMessage } from "../lib/result/message.js";

test("the reasons of a PreFilter's status are joined by commas", () => {
  assert.is(preFilterMessage(3, ["first", "second"]), "0/3 nodes are available: first, second.");
});

test("reasons are counted over all groups and sorted as texts, number first", () => {
  const groups = [
    { count: 2, reasons: ["b", "a"] },
    { count: 8, reasons: ["b"] },
  ];
  assert.is(aggregatedMessage(12, groups), "0/12 nodes are available: 10 b, 2 a.");
});

test("without any reason the sentence ends with the colon", () => {
  assert.is(aggregatedMessage(2, []), "0/2 nodes are available:");
});

test.run();
