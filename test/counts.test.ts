// Counts follow changes of what pods refer to, not only of pods and nodes.

import { test } from "uvu";
import * as assert from "uvu/assert";
import { createMatcherSync } from "../lib/index.js";
import * as build from "./conformance/build.js";
import { ENGINES, upsertAll } from "./conformance/library-judge.js";
import { nodeA, nodeB } from "./conformance/world.js";
import { count, twoBound } from "./support/two-bound.js";

const { claim, pod, storageClass } = build;

for (const engine of ENGINES) {
  test(`${engine}: a count follows a change of the claim alone`, () => {
    const matcher = createMatcherSync({ engine });
    upsertAll(matcher, twoBound);
    assert.equal(count(matcher, "default/p1"), [1]);
    upsertAll(matcher, [claim("c1", { boundTo: "pv2" })]);
    assert.equal(count(matcher, "default/p1"), [2]);
  });

  test(`${engine}: a count follows a change of the class alone`, () => {
    const matcher = createMatcherSync({ engine });
    const claimed = [claim("c", { class: "fast" }), pod("c")];
    upsertAll(matcher, [nodeA, nodeB, storageClass("fast", { mode: "Immediate" }), ...claimed]);
    assert.equal(count(matcher, "default/pod"), [0]);
    upsertAll(matcher, [storageClass("fast")]);
    assert.equal(count(matcher, "default/pod"), [2]);
  });
}

test.run();
