// Nodes come that rows had room for, and nodes that rows had none for.

import { test } from "uvu";
import * as assert from "uvu/assert";
import type { TopologyMatcher } from "../lib/index.js";
import { createMatcherSync } from "../lib/index.js";
import type { KubeObject } from "./conformance/build.js";
import * as build from "./conformance/build.js";
import { ENGINES, upsertAll } from "./conformance/library-judge.js";
import { DRIVER, disks, limits } from "./conformance/limits-world.js";
import { twoZones } from "./conformance/world.js";

const { claim, node, pod, volume } = build;

/** As many nodes, each with a host label and in zone a. */
const nodes = (count: number): KubeObject[] => Array.from({ length: count }, (_, i) => hostNode(i));
const hostNode = (i: number, zone = "a") => node(`n${i}`, { host: `h${i}`, zone });
const feasible = (matcher: TopologyMatcher, key = "default/pod") => matcher.evaluatePod(key).toReport().feasible;

for (const engine of ENGINES) {
  test(`${engine}: the last node that a row has room for is followed too`, () => {
    const matcher = createMatcherSync({ engine });
    upsertAll(matcher, [...nodes(400), ...build.boundPair({ zone: "b" }), pod("c")]);
    assert.equal(feasible(matcher), []);
    upsertAll(matcher, nodes(512));
    upsertAll(matcher, [hostNode(511, "b")]);
    assert.equal(feasible(matcher), ["n511"]);
  });

  test(`${engine}: room for volumes is read anew when nodes come that rows have no room for`, () => {
    const matcher = createMatcherSync({ engine, filters: ["NodeVolumeLimits"] });
    const limited = (count: number) =>
      nodes(count).flatMap((each, i) => [each, limits(each.metadata.name, { [DRIVER]: i % 3 === 0 ? 1 : 0 })]);
    upsertAll(matcher, [...disks("c"), pod("c"), ...limited(400)]);
    assert.is(feasible(matcher).length, 134);
    upsertAll(matcher, limited(700));
    assert.is(feasible(matcher).length, 234);
  });

  test(`${engine}: amounts by node are made anew when nodes come that rows have no room for`, () => {
    const matcher = createMatcherSync({ engine });
    const hosts = [...Array.from({ length: 40 }, (_, i) => i), 512, 513];
    const locals = hosts.map((i) => volume(`pv${i}`, { terms: [[["host", "In", `h${i}`]]] }));
    upsertAll(matcher, [...nodes(400), ...twoZones.slice(2), ...locals, claim("c"), pod("c")]);
    assert.is(feasible(matcher).length, 40);
    upsertAll(matcher, nodes(514));
    assert.is(feasible(matcher).length, 42);
  });
}

test.run();
