// How the nodes of a change are chosen, and what is refused in a sentence, with its path.

import { test } from "uvu";
import * as assert from "uvu/assert";
import type { TopologyMatcher } from "../../lib/index.js";
import { createMatcherSync, TopologyError } from "../../lib/index.js";
import type { WhatIfChange } from "../../lib/whatif.js";
import { whatIf } from "../../lib/whatif.js";
import type { KubeObject } from "../conformance/build.js";
import { claim, node, podOf } from "../conformance/build.js";
import { upsertAll } from "../conformance/library-judge.js";

const zones = [node("a1", { zone: "a" }), node("a2", { zone: "a" }), node("b1", { zone: "b" })];

function podWith(name: string, claims: readonly string[]): KubeObject {
  const volumes = claims.map((claimName) => ({ name: claimName, persistentVolumeClaim: { claimName } }));
  return podOf({ volumes }, "default", name);
}

function matcherOf(objects: readonly KubeObject[]): TopologyMatcher {
  const matcher = createMatcherSync();
  upsertAll(matcher, objects);
  return matcher;
}

test("selectors are those of kubectl", () => {
  const matcher = matcherOf([...zones, node("c1", { zone: "c", gpu: "" }), podWith("p", [])]);
  const chosen = (selector: string) => {
    const { changed = [] } = whatIf(matcher, [{ removeNodes: { selector } }], { details: true });
    return changed[0]?.lostNodes?.join() ?? "";
  };
  assert.is(chosen("zone=a"), "a1,a2");
  assert.is(chosen("zone==b"), "b1");
  assert.is(chosen("zone!=a"), "b1,c1");
  assert.is(chosen("gpu"), "c1");
  assert.is(chosen("zone,!gpu, zone != a"), "b1");
  assert.is(chosen("zone in (b, c)"), "b1,c1");
  assert.is(chosen("zone notin (b,c),zone"), "a1,a2");
  assert.is(chosen("gpu="), "c1");
  for (const slots of ["3", "10", "many"]) matcher.nodes.upsert({ metadata: { name: `s${slots}`, labels: { slots } } });
  assert.is(chosen("slots>2"), "s10,s3");
  assert.is(chosen("slots < 10, slots > -1"), "s3");
});

const refused = (code: string, path: string, text: RegExp) => (error: unknown) => {
  assert.instance(error, TopologyError);
  const { code: found, message, path: at } = error as TopologyError;
  assert.equal({ code: found, path: at }, { code, path }, message);
  assert.match(message, text);
  return true;
};

test("what cannot be meant is refused with its path, and nothing has changed", () => {
  const matcher = matcherOf([...zones, claim("c"), podWith("p", ["c"]), podWith("q", [])]);
  const before = matcher.stats().objects;
  const ask =
    (...changes: unknown[]) =>
    () =>
      whatIf(matcher, changes as WhatIfChange[]);
  const bad = (path: string, text: RegExp) => refused("BadArgument", path, text);
  const wanted = /must be a node's name, a list of names, or an object with names or a selector, but is/;
  for (const value of [null, 5, ""]) assert.throws(ask({ drainNodes: value }), bad("changes[0].drainNodes", wanted));
  assert.throws(
    ask({ removeNodes: "a3" }),
    refused("UnknownNode", "changes[0].removeNodes", /did you mean a1 or a2\?/),
  );
  const list = refused("UnknownNode", "changes[1].cordonNodes[1]", /node b9 is not known/);
  assert.throws(ask({ cordonNodes: "a1" }, { cordonNodes: ["a1", "b9"] }), list);
  const none = bad("changes[0].drainNodes.selector", /no node matches zone=d: the values of zone are a, b$/);
  assert.throws(ask({ drainNodes: { selector: "zone=d" } }), none);
  const keyless = bad("changes[0].drainNodes.selector", /no node matches disk: none has the label disk$/);
  assert.throws(ask({ drainNodes: { selector: "disk" } }), keyless);
  assert.throws(ask({ drainNodes: { selector: "zone=(a" } }), bad("changes[0].drainNodes.selector", /is none of KEY/));
  assert.throws(ask({ drainNodes: {} }), bad("changes[0].drainNodes", /must have names or a selector/));
  assert.throws(ask({ drainNodes: { selectors: "x" } }), bad("changes[0].drainNodes.selectors", /mean selector\?/));
  assert.throws(
    ask({ drainNode: "a1" }),
    bad("changes[0].drainNode", /no change drainNode; did you mean drainNodes\?/),
  );
  assert.throws(ask({ removeNodes: "a1", drainNodes: "a1" }), bad("changes[0]", /must be one change, but has/));
  assert.throws(ask({}), bad("changes[0]", /must be one change, but is none/));
  assert.throws(ask(7), bad("changes[0]", /must be an object, but is a number/));
  assert.throws(ask({ addNodes: { like: "a1", count: 0 } }), bad("changes[0].addNodes.count", /from 1 to/));
  assert.throws(ask({ addNodes: { like: "a1", label: {} } }), bad("changes[0].addNodes.label", /did you mean labels/));
  assert.throws(ask({ addNodes: { like: "a1", names: ["a2"] } }), bad("changes[0].addNodes.names[0]", /already/));
  const twice = bad("changes[0].addNodes.names[1]", /named twice/);
  assert.throws(ask({ addNodes: { like: "a1", names: ["x", "x"] } }), twice);
  const labelled = bad("changes[0].addNodes.labels.zone", /must be text, or null .* but is 7/);
  assert.throws(ask({ addNodes: { like: "a1", labels: { zone: 7 } } }), labelled);
  assert.throws(ask({ addNodes: { count: 1 } }), bad("changes[0].addNodes.like", /like is missing$/));
  assert.throws(ask({ changeClass: { name: "x" } }), bad("changes[0].changeClass.name", /no storage class x/));
  assert.throws(
    ask({ resizeClaim: { claim: "default/d", storage: "1Gi" } }),
    bad("changes[0].resizeClaim.claim", /no claim/),
  );
  const size = refused("Malformed", "changes[0].resizeClaim.spec.resources.requests.storage", /storage/);
  assert.throws(ask({ resizeClaim: { claim: "default/c", storage: "lots" } }), size);
  assert.throws(ask({ addClaim: { claim: "default/c", storage: "1Gi" } }), bad("changes[0].addClaim.claim", /already/));
  assert.throws(
    ask({ addClaim: { claim: "a/b/c", storage: "1Gi" } }),
    bad("changes[0].addClaim.claim", /NAMESPACE\/NAME/),
  );
  const snapshot = { snapshot: "default/s", claim: "x" };
  assert.throws(ask({ restoreSnapshot: snapshot }), bad("changes[0].restoreSnapshot.snapshot", /no volume snapshot/));
  assert.throws(
    ask({ addClaim: { claim: "d", storage: Number.NaN } }),
    bad("changes[0].addClaim.storage", /must be a quantity such as 10Gi, but is NaN$/),
  );
  const unfit = refused("NotFeasible", "changes[0].assume.node", /cannot be assumed on node a1/);
  assert.throws(ask({ assume: { pod: "default/p", node: "a1" } }), unfit);
  const unknown = refused("UnknownPod", "changes[0].assume.pod", /is not known to the matcher/);
  assert.throws(ask({ assume: { pod: "default/nobody", node: "a1" } }), unknown);
  const elsewhere = refused(
    "UnknownPod",
    "changes[0].assume.pod",
    /known .*; one of that name is in namespace default/,
  );
  assert.throws(ask({ assume: { pod: "shop/p", node: "a1" } }), elsewhere);
  assert.throws(
    ask({ resizeClaim: { claim: "shop/c", storage: "1Gi" } }),
    bad("changes[0].resizeClaim.claim", /no claim shop\/c; one of that name is in namespace default/),
  );
  assert.throws(
    ask({ upsert: { kind: "Service", metadata: { name: "s" } } }),
    bad("changes[0].upsert", /kind Service/),
  );
  assert.throws(ask({ upsert: { metadata: { name: "s" } } }), bad("changes[0].upsert", /says no kind/));
  const nameless = refused("MissingName", "changes[0].upsert.metadata.name", /name/);
  assert.throws(ask({ upsert: { kind: "Node", metadata: {} } }), nameless);
  assert.throws(
    ask({ delete: { kind: "Pod", name: "z" } }),
    bad("changes[0].delete.name", /there is no Pod default\/z/),
  );
  assert.throws(
    () => whatIf(matcher, [], { detail: true } as object),
    refused("BadOption", "detail", /there are pods/),
  );
  assert.throws(() => whatIf({} as TopologyMatcher, []), bad("matcher", /^whatIf takes a matcher/));
  assert.throws(() => whatIf(matcher, "x" as never), bad("changes", /takes a list/));
  assert.equal(matcher.stats().objects, before);
  const { gaining, losing, nodes, pods } = whatIf(matcher, []);
  assert.equal([nodes.before, nodes.after, pods, losing, gaining], [3, 3, 2, 0, 0]);
});

test.run();
