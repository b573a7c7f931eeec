// After any sequence of upserts and deletes the answers equal those of a matcher that was built from scratch.

import { test } from "uvu";
import * as assert from "uvu/assert";
import { randomEvents } from "./support/random-events.js";

for (const nodes of [5, 40, 200]) {
  test(`both engines: random events on up to ${nodes} nodes`, () => {
    let compared = 0;
    for (let seed = 0; seed < (nodes > 100 ? 3 : 12); seed++) compared += randomEvents({ nodes, seed });
    assert.ok(compared > 200, `${compared} comparisons are too few to be evidence`);
  });
}

test.run();
