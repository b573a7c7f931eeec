// Batches under all filters between random events, and pods that come down to many selectors.

import { test } from "uvu";
import * as assert from "uvu/assert";
import type { EngineName } from "../lib/index.js";
import { createMatcherSync } from "../lib/index.js";
import { WHOLE_PROFILE_KNOBS } from "./reference/generator/knobs.js";
import { randomEvents } from "./support/random-events.js";

test("batches and reports under all filters between random events", () => {
  let compared = 0;
  for (let seed = 0; seed < 3; seed++) {
    const knobs = { ...WHOLE_PROFILE_KNOBS, placedPods: 0.4 };
    compared += randomEvents({ seed, nodes: [5, 33, 9][seed], filters: "all", knobs, batches: true, rounds: 4 });
  }
  assert.ok(compared > 100, `${compared} comparisons are too few to be evidence`);
});

test("batches of the filters that come down to selectors", () => {
  for (const [seed, filters] of [
    [1, ["VolumeBinding"]],
    [2, ["TaintToleration", "NodeAffinity", "VolumeBinding", "VolumeZone"]],
    [3, ["VolumeRestrictions", "NodeVolumeLimits"]],
  ] as const) {
    // Without CSINodes attach limits, too, are decided without asking nodes.
    const knobs = { ...WHOLE_PROFILE_KNOBS, attachLimits: 0, volumeAttachments: 0, inTreeVolumes: 0 };
    randomEvents({ seed, nodes: 33, filters, knobs, batches: true, rounds: 4 });
  }
});

for (const engine of ["wasm", "javascript"] satisfies EngineName[]) {
  test(`${engine}: pods of so many claims that their selectors fill the list, and of one more`, () => {
    const matcher = createMatcherSync({ engine, filters: ["VolumeBinding"] });
    const most = 258;
    for (let i = 0; i < 300; i++) {
      matcher.nodes.upsert({ metadata: { name: `n${i}`, labels: { host: `h${i}`, zone: i % 2 ? "a" : "b" } } });
    }
    for (let i = 0; i < most; i++) {
      // Each takes one node off; the last one leaves a zone.
      const expression =
        i < most - 1
          ? { key: "host", operator: "NotIn", values: [`h${i}`] }
          : { key: "zone", operator: "In", values: ["a"] };
      const nodeAffinity = { required: { nodeSelectorTerms: [{ matchExpressions: [expression] }] } };
      matcher.persistentVolumes.upsert({ metadata: { name: `pv${i}` }, spec: { nodeAffinity } });
      matcher.persistentVolumeClaims.upsert({
        metadata: { name: `c${i}`, namespace: "d", annotations: { "pv.kubernetes.io/bind-completed": "yes" } },
        spec: { volumeName: `pv${i}` },
      });
    }
    for (const claims of [255, 256, 257]) {
      // The zone's first, so that of 257 selectors it is among those that fit the list, or not.
      for (const zoneFirst of [true, false]) {
        const hosts = Array.from({ length: claims - 1 }, (_, i) => i);
        const used = zoneFirst ? [most - 1, ...hosts] : [...hosts, most - 1];
        const volumes = used.map((i) => ({ name: `v${i}`, persistentVolumeClaim: { claimName: `c${i}` } }));
        matcher.pods.upsert({ metadata: { name: "p", namespace: "d" }, spec: { volumes } });
        const counts = new Uint32Array(1);
        matcher.countFeasible(Uint32Array.of(matcher.podId("d/p")), counts);
        // The odd ones of the nodes that no claim took off.
        const left = Array.from({ length: 300 - hosts.length }, (_, i) => hosts.length + i).filter((i) => i % 2 === 1);
        assert.is(counts[0], left.length, `${claims} claims`);
        assert.is(matcher.evaluatePod("d/p").nodes.size, left.length, `${claims} claims`);
      }
    }
  });
}

test.run();
