// Batches on one thread: what is gathered, and what is left when one is interrupted.

import { test } from "uvu";
import * as assert from "uvu/assert";
import { createMatcherSync } from "../lib/create.js";
import { TopologyError } from "../lib/errors.js";
import type { Engine } from "../lib/evaluate/engine.js";
import { Memory } from "../lib/evaluate/memory.js";
import { InlineRowCounter, MOST_LISTS } from "../lib/evaluate/row-counter.js";
import { selectEngineSync } from "../lib/evaluate/select-engine.js";
import { matcherOver } from "../lib/matcher.js";
import { addNodes, addPods } from "./support/zonal.js";

test("lists of one row to fifty are counted, each once, more of them than a call takes", () => {
  const memory = new Memory(selectEngineSync());
  const rows = Array.from({ length: 64 }, (_, nodes) => {
    const row = memory.allocate(64);
    for (let node = 0; node < nodes; node++) memory.u32[(row >>> 2) + (node >>> 5)] |= 1 << (node & 31);
    return row;
  });
  const told: number[] = [];
  const counter = new InlineRowCounter(memory.engine.kernels, memory, (id, count) => {
    assert.is(told[id], undefined);
    told[id] = count;
  });
  const { used } = memory;
  const lists = Array.from({ length: MOST_LISTS * 2 + 5 }, (_, id) =>
    Array.from({ length: 1 + (id % 50) }, (_, i) => (id * 7 + i * 11) % 64),
  );
  counter.start(64);
  for (const [id, list] of lists.entries())
    counter.add(id, Uint32Array.from([...list.map((i) => rows[i]), 1]), list.length);
  counter.finish();
  assert.equal(
    told,
    lists.map((list) => Math.min(...list)),
  );
  assert.is(memory.used, used);
});

test("an interrupted batch leaves nothing to the next one", () => {
  const { kernels, ...engine } = selectEngineSync();
  const memory = new Memory({ kernels, ...engine });
  const row = memory.allocate(64);
  const told: number[] = [];
  const counter = new InlineRowCounter(kernels, memory, (id) => told.push(id));
  counter.start(64);
  counter.add(1, Uint32Array.of(row), 1);
  counter.start(64);
  counter.add(2, Uint32Array.of(row), 1);
  counter.finish();
  assert.equal(told, [2]);
});

test("what was not counted when a batch was interrupted is counted by the next one", () => {
  const engine = selectEngineSync();
  let full = false;
  const rowCounter: Engine["rowCounter"] = (blocks, sink) => {
    const counter = new InlineRowCounter(engine.kernels, blocks, sink);
    return {
      start: (bytes) => counter.start(bytes),
      add: (...list) => counter.add(...list),
      finish: () => {
        if (full) throw new TopologyError("OutOfMemory", "full");
        counter.finish();
      },
    };
  };
  const matcher = matcherOver({ ...engine, rowCounter }, {});
  addNodes(matcher, 0, 600);
  addPods(matcher, 0, 20);
  const ids = Uint32Array.from({ length: 20 }, (_, pod) => matcher.podId(`d/p${pod}`));
  const counts = new Uint32Array(20);
  full = true;
  assert.throws(() => matcher.countFeasible(ids, counts), /full/);
  full = false;
  matcher.countFeasible(ids, counts);
  assert.equal(
    Array.from(counts),
    Array.from(ids, (_, pod) => matcher.evaluatePod(`d/p${pod}`).nodes.size),
  );
  assert.ok(counts.some((count) => count > 0));
});

test("a pod that comes back with other volumes, or not at all, is counted anew", () => {
  const matcher = createMatcherSync();
  addNodes(matcher, 0, 600);
  addPods(matcher, 0, 8);
  const ids = Uint32Array.of(matcher.podId("d/p1"), matcher.podId("d/p7"));
  const counts = new Uint32Array(2);
  const count = (): number[] => {
    matcher.countFeasible(ids, counts);
    return Array.from(counts);
  };
  const [one, seven] = count();
  assert.not.equal(one, seven);
  const { spec } = matcher.pods.get("d/p7") ?? {};
  matcher.pods.upsert({ metadata: { namespace: "d", name: "p1" }, spec });
  assert.equal(count(), [seven, seven]);
  matcher.pods.delete("d/p1");
  assert.throws(count, /pod id \d+ is not known/);
});

test.run();
