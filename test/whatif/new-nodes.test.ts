// Nodes that would be added like one that is there: what they have of it, and what is their own.

import { test } from "uvu";
import * as assert from "uvu/assert";
import type { MatcherOptions, TopologyMatcher } from "../../lib/index.js";
import { createMatcherSync } from "../../lib/index.js";
import type { WhatIfChange } from "../../lib/whatif.js";
import { whatIf } from "../../lib/whatif.js";
import type { KubeObject } from "../conformance/build.js";
import {
  claim,
  csiCapacity,
  csiDriver,
  csiNode,
  limitedClass,
  node,
  podOf,
  ref,
  volume,
} from "../conformance/build.js";
import { upsertAll } from "../conformance/library-judge.js";

function podWith(name: string, claims: readonly string[], spec: object = {}): KubeObject {
  const volumes = claims.map((claimName) => ({ name: claimName, persistentVolumeClaim: { claimName } }));
  return podOf({ volumes, ...spec }, "default", name);
}

function matcherOf(objects: readonly KubeObject[], options: MatcherOptions = {}): TopologyMatcher {
  const matcher = createMatcherSync(options);
  upsertAll(matcher, objects);
  return matcher;
}

const host = (name: string, zone: string) =>
  node(name, { "kubernetes.io/hostname": name, zone, "disk.example.com/node": name, pool: "p" });

test("nodes like another: labels, taints, CSINode, attach limits", () => {
  const template = host("w1", "a");
  const spec = {
    unschedulable: true,
    taints: [
      { key: "node.kubernetes.io/not-ready", effect: "NoSchedule" },
      { key: "dedicated", value: "x", effect: "NoSchedule" },
    ],
  };
  const driver = { name: "disk.example.com", allocatable: { count: 1 }, topologyKeys: ["disk.example.com/node"] };
  const ofDisk = { driver: "disk.example.com", volumeHandle: "h" };
  const pair = [
    claim("c", { boundTo: "pv", class: "disk" }),
    volume("pv", { class: "disk", zone: "d", claimRef: ref("c", "uid-c"), phase: "Bound", spec: { csi: ofDisk } }),
  ];
  const tolerations = [{ key: "dedicated", operator: "Exists" }];
  const matcher = matcherOf(
    [
      { ...template, spec, status: { allocatable: { cpu: "4", pods: "1" } } },
      csiNode("w1", [driver]),
      csiDriver("disk.example.com", {}),
      ...pair,
      podWith("p", ["c"], { tolerations }),
      podWith("agent", [], { nodeName: "w1" }),
    ],
    { filters: "all" },
  );
  const zone = { labels: { zone: "d" } };
  const added = whatIf(matcher, [{ addNodes: { like: "w1", count: 2, ...zone } }], { details: true });
  assert.equal(added.nodes, { before: 1, after: 3 });
  assert.equal(added.schedulable[0].gainedNodes, ["w1-new-1", "w1-new-2"]);
  // The copy of the agent takes the only place there is.
  const agents = { like: "w1", names: ["x"], ...zone, pods: ["default/agent"] };
  assert.equal(whatIf(matcher, [{ addNodes: agents }]).schedulable, []);
  // A volume of the driver is attached there already.
  const attached = [
    claim("d", { boundTo: "pv-d", class: "disk" }),
    volume("pv-d", {
      class: "disk",
      claimRef: ref("d", "uid-d"),
      phase: "Bound",
      spec: { csi: { driver: "disk.example.com", volumeHandle: "other" } },
    }),
    podWith("holder", ["d"], { nodeName: "x" }),
  ];
  upsertAll(matcher, attached);
  const roomy = { like: "w1", names: ["x"], labels: { zone: "d", "kubernetes.io/hostname": null } };
  assert.equal(whatIf(matcher, [{ addNodes: roomy }]).schedulable, []);
});

test("a label that other nodes share is no name, though it is called as the node is", () => {
  const labels = (name: string) => ({ "kubernetes.io/hostname": name, role: "worker" });
  const matcher = matcherOf(
    [
      node("worker", labels("worker")),
      node("other", labels("other")),
      podWith("p", [], { nodeSelector: { role: "worker" } }),
    ],
    { filters: ["NodeAffinity"] },
  );
  assert.is(whatIf(matcher, [{ addNodes: { like: "worker" } }]).gaining, 1);
  matcher.nodes.delete("other");
  assert.is(whatIf(matcher, [{ addNodes: { like: "worker" } }]).gaining, 0);
});

test("nodes like another: capacity of their own where that of the others does not reach them", () => {
  const of = (name: string, topology: object, capacity: string) => csiCapacity(name, { topology, capacity });
  const matcher = matcherOf([
    host("w1", "a"),
    ...limitedClass("limited"),
    of("of-w1", { matchLabels: { "disk.example.com/node": "w1" } }, "5Gi"),
    claim("small", { class: "limited", size: "4Gi" }),
    claim("large", { class: "limited", size: "9Gi" }),
    podWith("small", ["small"]),
    podWith("large", ["large"]),
  ]);
  const like = (more: object): WhatIfChange[] => [{ addNodes: { like: "w1", names: ["w2"], ...more } }];
  const gained = (changes: WhatIfChange[]): string[] =>
    (whatIf(matcher, changes, { details: true }).changed ?? []).map(({ gainedNodes, pod }) => `${pod} ${gainedNodes}`);
  assert.equal(gained(like({})), ["default/small w2"]);
  assert.equal(gained(like({ assumeCapacity: true })), ["default/large w2", "default/small w2"]);
  // Capacity of zone a, which reaches a node of zone a; for one of zone d there is an object like it.
  upsertAll(matcher, [of("of-a", { matchExpressions: [{ key: "zone", operator: "In", values: ["a", "b"] }] }, "10Gi")]);
  assert.equal(gained(like({})), ["default/large w2", "default/small w2"]);
  assert.equal(gained(like({ labels: { zone: "d" } })), ["default/large w2", "default/small w2"]);
  assert.equal(matcher.csiStorageCapacities.size, 2);
});

test.run();
