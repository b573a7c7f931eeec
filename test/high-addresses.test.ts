// Masks and rows above 2 GiB, where an address has the bit that a sign would have.

import { test } from "uvu";
import * as assert from "uvu/assert";
import { dense, rowOf, single } from "../lib/evaluate/mask.js";
import { Masks } from "../lib/evaluate/masks.js";
import { Memory } from "../lib/evaluate/memory.js";
import { RequirementRows } from "../lib/evaluate/requirement-rows.js";
import { selectEngineSync } from "../lib/evaluate/select-engine.js";
import type { TopologyError } from "../lib/index.js";
import { Blocks } from "../lib/intern/blocks.js";
import { Cluster } from "../lib/intern/cluster.js";
import { LabelColumns } from "../lib/intern/label-columns.js";
import { matcherOver } from "../lib/matcher.js";
import { WHOLE_PROFILE_KNOBS } from "./reference/generator/knobs.js";
import { randomEvents } from "./support/random-events.js";

const HALF = 2 ** 31;

test("a mask names a row at any address, and is a number without a sign", () => {
  for (const row of [64, 4096, HALF - 64, HALF, HALF + 64, 2 ** 32 - 64]) {
    const mask = dense(row);
    assert.is(rowOf(mask), row);
    assert.is(mask >>> 0, mask);
    assert.is(mask & 7, dense(64) & 7);
  }
  for (const node of [0, 1, 2 ** 20]) assert.is(single(node) >>> 3, node);
});

test("a matcher all of whose memory lies above 2 GiB", () => {
  const engine = selectEngineSync("wasm");
  const matcher = matcherOver({ ...engine, base: HALF - 128 }, { filters: "all" });
  matcher.nodes.upsert({ metadata: { name: "n" } });
  try {
    matcher.evaluatePod({ metadata: { name: "p", namespace: "d" } });
  } catch (error) {
    assert.is((error as TopologyError).code, "OutOfMemory");
    console.log("this machine has no 2 GiB to give");
    return;
  }
  matcher.nodes.delete("n");
  const knobs = { ...WHOLE_PROFILE_KNOBS, placedPods: 0.4 };
  const events = { seed: 2, nodes: 40, filters: "all", knobs, batches: true, rounds: 3 } as const;
  assert.ok(randomEvents({ ...events, matchers: [matcher] }) > 20);
  assert.ok(engine.memory.buffer.byteLength > HALF);
});

test("the last row of 4 GiB is cleared and copied like any other", () => {
  const engine = selectEngineSync("wasm");
  const masks = new Masks(new Memory({ ...engine, base: 2 ** 32 - 256 }), engine.kernels);
  try {
    masks.lengthen(1);
  } catch (error) {
    assert.is((error as TopologyError).code, "OutOfMemory");
    console.log("this machine has no 4 GiB to give");
    return;
  }
  const columns = new LabelColumns(new Cluster(new Blocks()).nodes);
  const none = undefined as never;
  const rows = new RequirementRows(none, none, columns, masks);
  const [first, second] = [masks.newRow(), masks.newRow()];
  const last = rows.scratch();
  assert.is(last + masks.bytes, 2 ** 32);
  masks.setBit(last, 511, true);
  masks.copyInto(first, last);
  assert.ok(masks.hasBit(first, 511));
  rows.endScratch();
  assert.is(rows.scratch(), last);
  assert.not(masks.hasBit(last, 511));
  masks.copyInto(last, first);
  assert.ok(masks.hasBit(last, 511));
  masks.copyInto(last, second);
  assert.not(masks.hasBit(last, 511));
});

test.run();
