// Attach limits as CSINodes, nodes and pods come and go: by hand.

import { test } from "uvu";
import * as assert from "uvu/assert";
import { createMatcherSync } from "../lib/index.js";
import type { KubeObject } from "./conformance/build.js";
import * as build from "./conformance/build.js";
import { upsertAll } from "./conformance/library-judge.js";
import { DRIVER, disks, limits, nodeA, nodeB, on, sourced, waiting } from "./conformance/limits-world.js";
import { count } from "./support/two-bound.js";

const { claim, csiDriver, csiNode, node, podOf } = build;

const FILTERS = ["NodeVolumeLimits"] as const;
const PXD = "pxd.portworx.com";

const pod = (name: string, ...claims: string[]): KubeObject =>
  podOf(
    { volumes: claims.map((claimName, i) => ({ name: `v${i}`, persistentVolumeClaim: { claimName } })) },
    "default",
    name,
  );

test("a node that has gone has room for nothing, however many volumes are asked about next", () => {
  const matcher = createMatcherSync({ filters: FILTERS });
  const names = ["n0", "n1", "n2", "n3"];
  upsertAll(
    matcher,
    names.flatMap((name) => [node(name), limits(name, { [DRIVER]: 3 })]),
  );
  upsertAll(matcher, [...disks("c", "d", "e"), pod("one", "c"), pod("two", "c", "d"), pod("three", "c", "d", "e")]);
  assert.equal(count(matcher, "default/one"), [4]);
  matcher.nodes.delete("n1");
  assert.equal(count(matcher, "default/one", "default/two", "default/three"), [3, 3, 3]);
  // Without its CSINode there would be no limit.
  matcher.csiNodes.delete("n1");
  assert.equal(count(matcher, "default/three"), [3]);
});

test("up to 1.35 a CSINode that comes after another one went has its volumes counted", () => {
  const matcher = createMatcherSync({ filters: FILTERS, kubernetes: "1.35" });
  const migrated = (name: string): KubeObject => {
    const { metadata, ...rest } = limits(name, { [PXD]: 1 });
    const annotations = { "storage.alpha.kubernetes.io/migrated-plugins": "kubernetes.io/portworx-volume" };
    return { ...rest, metadata: { ...metadata, annotations } } as KubeObject;
  };
  const portworx = (name: string): KubeObject[] => [
    claim(name, { boundTo: `pv-${name}` }),
    sourced(`pv-${name}`, { portworxVolume: { volumeID: name } }),
  ];
  upsertAll(matcher, [nodeA, nodeB, migrated("nodeA"), csiNode("elsewhere", [])]);
  upsertAll(matcher, [...portworx("p"), ...portworx("q"), on("nodeB", "user", "p"), pod("asks", "q")]);
  const feasible = () => matcher.evaluatePod("default/asks").toReport().feasible;
  assert.equal(feasible(), ["nodeA", "nodeB"]);
  matcher.csiNodes.delete("nodeA");
  assert.equal(feasible(), ["nodeA", "nodeB"]);
  upsertAll(matcher, [migrated("nodeB")]);
  assert.equal(feasible(), ["nodeA"]);
});

test("a claim without a volume that a pod on the node uses is not new to it, one that another uses is", () => {
  const matcher = createMatcherSync({ filters: FILTERS });
  upsertAll(matcher, [nodeA, waiting, limits("nodeA", { [DRIVER]: 1 })]);
  upsertAll(matcher, [claim("c", { class: "waiting" }), claim("d", { class: "waiting" })]);
  upsertAll(matcher, [on("nodeA", "user", "c"), pod("same", "c"), pod("other", "d")]);
  assert.equal(count(matcher, "default/same", "default/other"), [1, 0]);
});

test("a count follows the CSINodes alone, as drivers come that pods require", () => {
  const matcher = createMatcherSync({ filters: FILTERS });
  upsertAll(matcher, [nodeA, nodeB, ...disks("c"), pod("asks", "c")]);
  upsertAll(matcher, [csiDriver(DRIVER, { preventPodSchedulingIfMissing: true })]);
  assert.equal(count(matcher, "default/asks"), [0]);
  upsertAll(matcher, [limits("nodeA", { [DRIVER]: 1 })]);
  assert.equal(count(matcher, "default/asks"), [1]);
});

test.run();
