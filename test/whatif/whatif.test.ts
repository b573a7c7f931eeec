// What-ifs on small clusters: the differences are worked out by hand.

import { test } from "uvu";
import * as assert from "uvu/assert";
import type { MatcherOptions, TopologyMatcher } from "../../lib/index.js";
import { createMatcherSync } from "../../lib/index.js";
import type { WhatIfAnswer, WhatIfChange, WhatIfOptions } from "../../lib/whatif.js";
import { whatIf } from "../../lib/whatif.js";
import type { KubeObject } from "../conformance/build.js";
import { claim, NO_PROVISIONER, node, podOf, ref, storageClass, volume } from "../conformance/build.js";
import { upsertAll } from "../conformance/library-judge.js";

const CONFLICT = "node(s) didn't match PersistentVolume's node affinity";
const CORDONED = "node(s) were unschedulable";

function podWith(name: string, claims: readonly string[], spec: object = {}): KubeObject {
  const volumes = claims.map((claimName) => ({ name: claimName, persistentVolumeClaim: { claimName } }));
  return podOf({ volumes, ...spec }, "default", name);
}

/** A claim and the volume of one zone that it is bound to. */
function bound(name: string, zone: string): KubeObject[] {
  const phase = "Bound";
  return [
    claim(name, { boundTo: `pv-${name}` }),
    volume(`pv-${name}`, { zone, claimRef: ref(name, `uid-${name}`), phase }),
  ];
}

function matcherOf(objects: readonly KubeObject[], options: MatcherOptions = {}): TopologyMatcher {
  const matcher = createMatcherSync(options);
  upsertAll(matcher, objects);
  return matcher;
}

const VOLUMES_AND_CORDONS = ["NodeUnschedulable", "TaintToleration", "VolumeBinding", "VolumeRestrictions"] as const;
const zones = [node("a1", { zone: "a" }), node("a2", { zone: "a" }), node("b1", { zone: "b" })];

/** Without what is empty. */
function brief(answer: WhatIfAnswer): object {
  const entries = Object.entries(answer).filter(([, value]) => !Array.isArray(value) || value.length > 0);
  return Object.fromEntries(entries);
}

test("a node that goes: who loses it, and who loses the last one, with the scheduler's sentence", () => {
  const matcher = matcherOf([
    ...zones,
    ...["a", "b"].flatMap((zone) => [...bound(zone, zone), podWith(`in-${zone}`, [zone])]),
  ]);
  assert.equal(brief(whatIf(matcher, [{ removeNodes: "b1" }])), {
    nodes: { before: 3, after: 2 },
    pods: 2,
    losing: 1,
    gaining: 0,
    unschedulable: [
      {
        pod: "default/in-b",
        before: 1,
        after: 0,
        lost: 1,
        gained: 0,
        message: `0/2 nodes are available: 2 ${CONFLICT}.`,
      },
    ],
  });
  const { changed, unschedulable } = whatIf(matcher, [{ removeNodes: "a1" }], { details: true });
  assert.equal(unschedulable, []);
  const counts = { before: 2, after: 1, lost: 1, gained: 0, gainedNodes: [] };
  assert.equal(changed, [{ pod: "default/in-a", ...counts, lostNodes: ["a1"] }]);
});

test("every node that goes: what the scheduler says without any", () => {
  const matcher = matcherOf([...zones, podWith("p", [])]);
  const { nodes, unschedulable } = whatIf(matcher, [{ removeNodes: { selector: "zone" } }]);
  assert.equal(nodes, { before: 3, after: 0 });
  const counts = { before: 3, after: 0, lost: 3, gained: 0 };
  assert.equal(unschedulable, [{ pod: "default/p", ...counts, message: "no nodes available to schedule pods" }]);
});

test("a zone that is drained: who could not come back, and for which volume", () => {
  const matcher = matcherOf(
    [
      ...zones,
      ...bound("data", "b"),
      ...bound("logs", "a"),
      podWith("db", ["data", "logs"], { nodeName: "b1" }),
      podWith("web", ["logs"], { nodeName: "b1" }),
      podWith("agent", [], { nodeName: "b1" }),
      { ...podWith("job", [], { nodeName: "b1" }), status: { phase: "Succeeded" } },
    ],
    { filters: VOLUMES_AND_CORDONS },
  );
  matcher.pods.upsert({
    metadata: { name: "goes", namespace: "default", deletionTimestamp: "2026-01-01T00:00:00Z" },
    spec: { nodeName: "b1" },
  });
  const stay = ["default/agent"];
  const drained = whatIf(matcher, [{ drainNodes: { selector: "zone=b" } }], { stay, details: true });
  assert.equal(drained.nodes, { before: 3, after: 3 });
  assert.equal(drained.displaced, [
    {
      pod: "default/db",
      from: "b1",
      nodes: 0,
      message: `0/3 nodes are available: 1 ${CORDONED}, 2 ${CONFLICT}.`,
      claims: [
        { claim: "default/data", volume: "pv-data", nodes: 0 },
        { claim: "default/logs", volume: "pv-logs", nodes: 2 },
      ],
    },
    { pod: "default/web", from: "b1", nodes: 2 },
  ]);
  const removed = whatIf(matcher, [{ removeNodes: ["b1"] }], { stay });
  assert.is(removed.displaced[0].message, `0/2 nodes are available: 2 ${CONFLICT}.`);
  assert.equal(
    removed.displaced.map(({ nodes, pod }) => `${pod} ${nodes}`),
    ["default/db 0", "default/web 2"],
  );
  assert.is(whatIf(matcher, [{ drainNodes: "b1" }]).displaced[0].pod, "default/agent");
});

test("each comes back alone, but not all together: place", () => {
  const allocatable = { cpu: "1", pods: "10" };
  const busy = { containers: [{ name: "c", resources: { requests: { cpu: "1" } } }] };
  const matcher = matcherOf(
    [
      { ...node("n1"), status: { allocatable: { cpu: "2", pods: "10" } } },
      { ...node("n2"), status: { allocatable } },
      podWith("x", [], { ...busy, nodeName: "n1" }),
      podWith("y", [], { ...busy, nodeName: "n1" }),
      podWith("waits", [], {}),
    ],
    { filters: "all" },
  );
  const { displaced, plan } = whatIf(matcher, [{ drainNodes: "n1" }], { place: true });
  assert.equal(
    displaced.map(({ nodes, pod }) => `${pod} ${nodes}`),
    ["default/x 1", "default/y 1"],
  );
  assert.equal(
    plan?.placements.map(({ node, pod }) => `${pod} ${node}`),
    ["default/x n2", "default/waits n2"],
  );
  const message = `0/2 nodes are available: 1 Insufficient cpu, 1 ${CORDONED}.`;
  assert.equal(plan?.left, [{ pod: "default/y", message }]);
  assert.is(matcher.pods.get<{ spec: { nodeName?: string } }>("default/x")?.spec.nodeName, "n1");
});

test("cordons and labels: who loses and who gains", () => {
  const matcher = matcherOf(
    [...zones, ...bound("a", "a"), podWith("in-a", ["a"]), ...bound("c", "c"), podWith("in-c", ["c"])],
    { filters: VOLUMES_AND_CORDONS },
  );
  const cordoned = whatIf(matcher, [{ cordonNodes: ["a1", "a2"] }]);
  assert.is(cordoned.unschedulable[0].message, `0/3 nodes are available: 1 ${CONFLICT}, 2 ${CORDONED}.`);
  assert.equal(whatIf(matcher, [{ cordonNodes: "a1" }, { uncordonNodes: "a1" }]).losing, 0);
  const relabelled = whatIf(matcher, [{ relabelNodes: { nodes: "b1", labels: { zone: "c" } } }], { details: true });
  const counts = { before: 0, after: 1, lost: 0, gained: 1, lostNodes: [] };
  assert.equal(relabelled.schedulable, [{ pod: "default/in-c", ...counts, gainedNodes: ["b1"] }]);
  assert.equal(whatIf(matcher, [{ relabelNodes: { nodes: "a1", labels: { zone: null } } }]).losing, 1);
});

test("a new node in the place of one that goes is another node", () => {
  const matcher = matcherOf([node("old", { zone: "a" }), podWith("p", [])]);
  const changes = [{ removeNodes: "old" }, { upsert: node("fresh", { zone: "a" }) }];
  const { changed, nodes } = whatIf(matcher, changes, { details: true });
  assert.equal(nodes, { before: 1, after: 1 });
  const counts = { before: 1, after: 1, lost: 1, gained: 1 };
  assert.equal(changed, [{ pod: "default/p", ...counts, lostNodes: ["old"], gainedNodes: ["fresh"] }]);
});

test("classes, claims, snapshots, pods that are assumed, and any object", () => {
  const only = (zone: string) => [{ matchLabelExpressions: [{ key: "zone", values: [zone] }] }];
  const snapshot = { metadata: { namespace: "default", name: "snap" }, status: { restoreSize: "3Gi" } };
  const matcher = matcherOf([
    ...zones,
    storageClass("static", { provisioner: NO_PROVISIONER }),
    storageClass("made", { topologies: [[["zone", "b"]]] }),
    volume("pv", { zone: "a", size: "3Gi" }),
    claim("wide", { size: "5Gi" }),
    claim("made", { class: "made" }),
    podWith("wide", ["wide"]),
    podWith("made", ["made"]),
    podWith("new", ["new"]),
  ]);
  matcher.volumeSnapshots.upsert(snapshot);
  const ask = (change: WhatIfChange, options: WhatIfOptions = {}) => whatIf(matcher, [change], options);
  const found = ({ schedulable }: WhatIfAnswer): string[] => schedulable.map(({ after, pod }) => `${pod} ${after}`);
  const changed = ask({ changeClass: { name: "made", allowedTopologies: only("a") } });
  assert.equal([changed.losing, changed.gaining], [1, 1]);
  assert.is(ask({ changeClass: { name: "made", allowedTopologies: null } }).gaining, 1);
  assert.is(ask({ changeClass: { name: "made", volumeBindingMode: "Immediate" } }).unschedulable.length, 1);
  assert.equal(found(ask({ resizeClaim: { claim: "default/wide", storage: "3Gi" } })), ["default/wide 2"]);
  const claimed = { claim: "default/new", storage: "3Gi", storageClassName: "static" };
  assert.equal(found(ask({ addClaim: claimed })), ["default/new 2"]);
  assert.equal(found(ask({ addClaim: { ...claimed, storage: "4Gi" } })), []);
  const restored = { snapshot: "default/snap", claim: "new", storageClassName: "static" };
  assert.equal(found(ask({ restoreSnapshot: restored })), ["default/new 2"]);
  assert.equal(found(ask({ restoreSnapshot: { ...restored, storage: "9Gi" } })), []);
  assert.throws(
    () => ask({ restoreSnapshot: { ...restored, claim: "other/new" } }),
    /restoreSnapshot\.claim must be a name: the claim is in the snapshot's namespace, but is "other\/new"$/,
  );
  const taken = whatIf(matcher, [{ addClaim: claimed }, { assume: { pod: "default/new", node: "a1" } }]);
  assert.is(taken.pods, 2);
  assert.equal(found(ask({ upsert: { ...volume("big", { size: "9Gi" }) } })), ["default/wide 3"]);
  const deleted = ask({ delete: { kind: "PersistentVolumeClaim", name: "made" } });
  assert.match(deleted.unschedulable[0].message ?? "", /persistentvolumeclaim "made" not found/);
  const put = ask({ upsert: podWith("more", []) });
  assert.equal(put.added, [{ pod: "default/more", before: 0, after: 3, lost: 0, gained: 3 }]);
  assert.is(ask({ delete: { kind: "Pod", name: "made" } }).pods, 2);
  assert.is(matcher.pods.size, 3);
});

test("pods that are named are compared, those on nodes too; what is kept is void when the matcher changes", () => {
  const matcher = matcherOf([...zones, ...bound("b", "b"), podWith("runs", ["b"], { nodeName: "b1" })]);
  const pods = ["default/runs"];
  assert.is(whatIf(matcher, [{ removeNodes: "b1" }]).pods, 0);
  assert.is(whatIf(matcher, [{ removeNodes: "b1" }], { pods }).unschedulable.length, 1);
  assert.is(whatIf(matcher, [{ removeNodes: "b1" }], { pods }).unschedulable.length, 1);
  matcher.nodes.upsert({ metadata: { name: "b2", labels: { zone: "b" } } });
  const answer = whatIf(matcher, [{ removeNodes: "b1" }], { pods });
  assert.equal([answer.losing, answer.unschedulable.length, answer.nodes.before], [1, 0, 4]);
  const overlay = matcher.overlay();
  overlay.nodes.delete("b2");
  assert.is(whatIf(overlay, [{ removeNodes: "b1" }], { pods }).unschedulable.length, 1);
  assert.is(whatIf(matcher, [{ removeNodes: "b1" }], { pods }).unschedulable.length, 0);
  overlay.drop();
});

test("how far a question is, is told after each pod of each step", () => {
  const matcher = matcherOf([...zones, podWith("p", []), podWith("q", []), podOf({ nodeName: "b1" }, "default", "r")]);
  const told: string[] = [];
  const progress: WhatIfOptions["progress"] = (step, done, pods) => told.push(`${step} ${done}/${pods}`);
  whatIf(matcher, [{ drainNodes: "b1" }], { place: true, progress });
  const asking = ["asking 1/2", "asking 2/2"];
  const comparing = ["comparing 1/2", "comparing 2/2"];
  assert.equal(told, [...asking, ...comparing, "placing 1/3", "placing 2/3", "placing 3/3"]);
  // What is known is not asked again.
  told.length = 0;
  whatIf(matcher, [{ cordonNodes: "a1" }], { progress });
  assert.equal(told, comparing);
  const wrong = { progress: "x" as unknown as () => void };
  assert.throws(() => whatIf(matcher, [], wrong), /progress of whatIf must be a function, but is a string/);
});

test.run();
