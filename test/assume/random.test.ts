// After any sequence of updates, assumptions and their ends, in a matcher and in overlays over it, every view answers as
// a matcher does that was built from the objects as they are in that view.

import { test } from "uvu";
import * as assert from "uvu/assert";
import { Interleaving } from "./interleaving.js";
import { ENGINES } from "./local-cluster.js";

const SEEDS = 8;
const STEPS = 60;
const MOST_STEPS = 9;

for (const engine of ENGINES) {
  for (const nodes of [4, 40]) {
    test(`${engine}: random interleavings on up to ${nodes} nodes`, () => {
      const total: Record<string, number> = {};
      for (let seed = 0; seed < SEEDS; seed++) {
        const run = new Interleaving(engine, nodes, seed * 100 + nodes, MOST_STEPS);
        for (let step = 0; step < STEPS; step++) run.step();
        run.compareAll();
        for (const [name, count] of Object.entries(run.counts)) total[name] = (total[name] ?? 0) + count;
      }
      assert.ok(total.assumed > 90 && total.reverted > 50, `${total.assumed} assumed, ${total.reverted} taken back`);
      assert.ok(total.bindings > 40 && total.provisions > 50, `${total.bindings} and ${total.provisions}`);
      assert.ok(total.written > 20, `${total.written} written`);
      assert.ok(total.overlays > 20 && total.dropped > 8, `${total.overlays} overlays, ${total.dropped} dropped`);
      assert.ok(total.compared > 1500 && total.edited > 200, `${total.compared} reports, ${total.edited} edits`);
    });
  }
}

test.run();
