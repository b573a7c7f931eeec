// After any sequence of updates, assumptions and their ends, in a matcher and in overlays over it, every view answers as
// a matcher does that was built from the objects as they are in that view.

import { test } from "uvu";
import * as assert from "uvu/assert";
import { Interleaving } from "./interleaving.js";
import { ENGINES } from "./local-cluster.js";

const COUNTS = ["assumed", "bindings", "compared", "edited", "provisions", "refused", "reverted", "written"] as const;
const SEEDS = 8;
const STEPS = 60;

for (const engine of ENGINES) {
  for (const nodes of [4, 40]) {
    test(`${engine}: random interleavings on up to ${nodes} nodes`, () => {
      const total = Object.fromEntries(COUNTS.map((name) => [name, 0])) as Interleaving["counts"];
      for (let seed = 0; seed < SEEDS; seed++) {
        const run = new Interleaving(engine, nodes, seed * 100 + nodes);
        for (let step = 0; step < STEPS; step++) run.step();
        run.compareAll();
        for (const name of COUNTS) total[name] += run.counts[name];
      }
      assert.ok(total.assumed > 60 && total.reverted > 40, `${total.assumed} assumed, ${total.reverted} taken back`);
      assert.ok(total.bindings > 25 && total.provisions > 50, `${total.bindings} and ${total.provisions}`);
      assert.ok(total.written > 10, `${total.written} written`);
      assert.ok(total.compared > 1500 && total.edited > 250, `${total.compared} reports, ${total.edited} edits`);
    });
  }
}

test.run();
