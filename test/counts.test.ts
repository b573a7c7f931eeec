// Counts follow changes of what pods refer to, not only of pods and nodes.

import { test } from "uvu";
import * as assert from "uvu/assert";
import type { TopologyMatcher } from "../lib/index.js";
import { createMatcherSync } from "../lib/index.js";
import type { KubeObject } from "./conformance/build.js";
import * as build from "./conformance/build.js";
import { ENGINES, upsertAll } from "./conformance/library-judge.js";
import { nodeA, nodeB } from "./conformance/world.js";

const { claim, node, pod, ref, storageClass, volume } = build;

function count(matcher: TopologyMatcher, ...keys: string[]): number[] {
  const ids = Uint32Array.from(keys, (key) => matcher.podId(key));
  const counts = new Uint32Array(keys.length);
  matcher.countFeasible(ids, counts);
  return [...counts];
}

/** Claim c1 bound to pv1, which nodeA reaches, and c2 to pv2, which nodeB and nodeB2 reach. */
const twoBound: readonly KubeObject[] = [
  ...[nodeA, nodeB, node("nodeB2", { zone: "b" })],
  ...["a", "b"].flatMap((zone, i) => [
    claim(`c${i + 1}`, { boundTo: `pv${i + 1}` }),
    volume(`pv${i + 1}`, { zone, claimRef: ref(`c${i + 1}`), phase: "Bound" }),
    build.podOf(
      { volumes: [{ name: "v", persistentVolumeClaim: { claimName: `c${i + 1}` } }] },
      "default",
      `p${i + 1}`,
    ),
  ]),
];

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
