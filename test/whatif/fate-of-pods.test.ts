// What becomes of a pod to which several changes happen, or that was named; worked out by hand.

import { test } from "uvu";
import * as assert from "uvu/assert";
import type { TopologyMatcher } from "../../lib/index.js";
import { createMatcherSync, TopologyError } from "../../lib/index.js";
import type { WhatIfChange } from "../../lib/whatif.js";
import { whatIf } from "../../lib/whatif.js";
import type { KubeObject } from "../conformance/build.js";
import { claim, csiNode, NO_PROVISIONER, node, podOf, storageClass, volume } from "../conformance/build.js";
import { upsertAll } from "../conformance/library-judge.js";

const zones = [node("a1", { zone: "a" }), node("a2", { zone: "a" }), node("b1", { zone: "b" })];

function podWith(name: string, claims: readonly string[], spec: object = {}): KubeObject {
  const volumes = claims.map((claimName) => ({ name: claimName, persistentVolumeClaim: { claimName } }));
  return podOf({ volumes, ...spec }, "default", name);
}

function matcherOf(...objects: readonly KubeObject[]): TopologyMatcher {
  const matcher = createMatcherSync({ filters: ["NodeUnschedulable", "TaintToleration", "VolumeBinding"] });
  upsertAll(matcher, objects);
  return matcher;
}

const told = (pods: readonly { readonly pod: string; readonly nodes: number }[]) =>
  pods.map(({ nodes, pod }) => `${pod} ${nodes}`);

test("a pod that was placed on a node which is drained then looks for another, and its volume is free again", () => {
  const matcher = matcherOf(
    ...zones,
    storageClass("static", { provisioner: NO_PROVISIONER }),
    volume("pv-a", { zone: "a" }),
    volume("pv-b", { zone: "b" }),
    claim("data"),
    podWith("db", ["data"]),
    podWith("idle", []),
  );
  const place = { assume: { pod: "default/db", node: "b1" } };
  for (const leave of [{ drainNodes: "b1" }, { removeNodes: "b1" }]) {
    const answer = whatIf(matcher, [place, leave], { place: true });
    assert.equal(told(answer.displaced), ["default/db 2"], JSON.stringify(leave));
    // It is asked about as before, and so is the other one.
    assert.equal([answer.pods, answer.losing], [2, 2]);
    const [db, idle] = answer.plan?.placements ?? [];
    assert.equal(
      [db.pod, db.node, db.staticBindings],
      ["default/db", "a1", [{ claim: "default/data", volume: "pv-a" }]],
    );
    assert.is(idle.pod, "default/idle");
  }
  assert.equal(whatIf(matcher, [place, { drainNodes: "a1" }]).displaced, []);
});

test("a pod that lost its node and was put on another one has come back", () => {
  const matcher = matcherOf(...zones, podWith("web", [], { nodeName: "b1" }));
  const put = { upsert: podWith("web", [], { nodeName: "a1" }) };
  assert.equal(whatIf(matcher, [{ drainNodes: "b1" }, put]).displaced, []);
  assert.equal(told(whatIf(matcher, [{ drainNodes: "b1" }, put, { drainNodes: "a1" }]).displaced), ["default/web 1"]);
});

test("a pod that was named and goes with its node is not compared", () => {
  const leaving = podWith("leaving", [], { nodeName: "b1" });
  const matcher = matcherOf(
    ...zones,
    podWith("agent", [], { nodeName: "b1" }),
    { ...leaving, metadata: { ...leaving.metadata, deletionTimestamp: "2026-01-01T00:00:00Z" } },
    podWith("web", []),
  );
  const pods = ["default/agent", "default/leaving", "default/web"];
  const stay = ["default/agent"];
  for (const more of [[], [{ uncordonNodes: "a1" }]]) {
    const answer = whatIf(matcher, [{ removeNodes: "b1" }, ...more], { pods, stay, details: true });
    assert.equal([answer.pods, answer.losing, answer.displaced], [1, 1, []]);
    assert.equal(
      answer.changed?.map(({ lostNodes, pod }) => [pod, lostNodes]),
      [["default/web", ["b1"]]],
    );
  }
  // A drained node keeps it.
  assert.is(whatIf(matcher, [{ drainNodes: "b1" }], { pods, stay }).pods, 2);
});

test("a pod that a change places is not asked about; one that goes and comes again is; one that waited is not new", () => {
  const matcher = matcherOf(...zones, podWith("p", []), podWith("q", []));
  const ask = (...changes: WhatIfChange[]) => whatIf(matcher, [...changes, { removeNodes: "b1" }]);
  assert.equal([ask({ upsert: podWith("p", [], { nodeName: "a1" }) }).pods], [1]);
  const again = ask({ delete: { kind: "Pod", name: "p" } }, { upsert: podWith("p", []) });
  assert.equal([again.pods, again.losing, again.added], [2, 2, []]);
  const other = whatIf(matcher, [{ upsert: podWith("p", []) }], { pods: ["default/q"] });
  assert.equal([other.pods, other.added], [1, []]);
});

test("pods that changes put in are placed after the others", () => {
  const matcher = matcherOf(...zones, podWith("p", []));
  const { added, plan } = whatIf(matcher, [{ upsert: podWith("a-new", []) }], { place: true });
  assert.is(added.length, 1);
  assert.equal(
    plan?.placements.map(({ pod }) => pod),
    ["default/p", "default/a-new"],
  );
});

test("pods that lose the same nodes share the list of their names", () => {
  const matcher = matcherOf(...zones, podWith("p", []), podWith("q", []));
  const { changed = [] } = whatIf(matcher, [{ removeNodes: { selector: "zone=a" } }], { details: true });
  assert.equal(changed[0].lostNodes, ["a1", "a2"]);
  assert.ok(changed[0].lostNodes === changed[1].lostNodes);
});

test("a list of pods that has changed is read again", () => {
  const matcher = matcherOf(...zones, podWith("p", []), podWith("q", []));
  const pods = ["default/p"];
  assert.is(whatIf(matcher, [{ removeNodes: "b1" }], { pods }).pods, 1);
  pods.push("default/q");
  assert.is(whatIf(matcher, [{ removeNodes: "b1" }], { pods }).pods, 2);
});

test("the keys of pods that stay are read as all keys are", () => {
  const matcher = matcherOf(...zones, podWith("agent", [], { nodeName: "b1" }));
  assert.equal(whatIf(matcher, [{ drainNodes: "b1" }], { stay: ["agent"] }).displaced, []);
  const refused = (code: string, text: RegExp) => (error: unknown) => {
    assert.instance(error, TopologyError);
    assert.equal([(error as TopologyError).code, (error as TopologyError).path], [code, "stay[0]"]);
    assert.match((error as TopologyError).message, text);
    return true;
  };
  const drain: WhatIfChange[] = [{ drainNodes: "b1" }];
  assert.throws(
    () => whatIf(matcher, drain, { stay: ["default/agnet"] }),
    refused("UnknownPod", /did you mean default\/agent\?/),
  );
  assert.throws(
    () => whatIf(matcher, drain, { stay: [7] as unknown as string[] }),
    refused("BadArgument", /^stay\[0\] must be a pod's key, but is a number$/),
  );
});

test("claims of a pod that cannot come back: each once, those that reach the fewest nodes first", () => {
  const bound = (name: string, zone: string) => [
    claim(name, { boundTo: `pv-${name}` }),
    volume(`pv-${name}`, { zone, claimRef: { namespace: "default", name }, phase: "Bound" }),
  ];
  const matcher = matcherOf(
    ...zones,
    storageClass("static", { provisioner: NO_PROVISIONER }),
    ...[...bound("logs", "a"), ...bound("data", "b")],
    podWith("db", ["logs", "data", "logs"], { nodeName: "b1" }),
  );
  const [db] = whatIf(matcher, [{ removeNodes: "b1" }], { details: true }).displaced;
  assert.equal(db.claims, [
    { claim: "default/data", volume: "pv-data", nodes: 0 },
    { claim: "default/logs", volume: "pv-logs", nodes: 2 },
  ]);
});

test("a node that goes and comes again has no CSINode; a label that is null is gone", () => {
  const matcher = createMatcherSync({ filters: ["NodeAffinity", "NodeVolumeLimits", "VolumeBinding"] });
  const disk = { csi: { driver: "d", volumeHandle: "h" } };
  const ref = { namespace: "default", name: "data" };
  upsertAll(matcher, [
    ...zones,
    csiNode("b1", [{ name: "d", nodeID: "b1", allocatable: { count: 0 } }]),
    ...[claim("data", { boundTo: "pv" }), volume("pv", { claimRef: ref, phase: "Bound", spec: disk })],
    podWith("db", ["data"]),
  ]);
  const [again] = whatIf(matcher, [{ removeNodes: "b1" }, { upsert: zones[2] }], { details: true }).changed ?? [];
  assert.equal([again.pod, again.gainedNodes], ["default/db", ["b1"]]);
  const expressions = [{ matchExpressions: [{ key: "zone", operator: "DoesNotExist" }] }];
  const nodeAffinity = { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: expressions } };
  upsertAll(matcher, [podWith("bare", [], { affinity: { nodeAffinity } })]);
  const [bare] = whatIf(matcher, [{ relabelNodes: { nodes: "a1", labels: { zone: null } } }], {
    details: true,
  }).schedulable;
  assert.equal([bare.pod, bare.gainedNodes], ["default/bare", ["a1"]]);
});

test.run();
