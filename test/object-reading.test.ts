// How objects are read: once each, of their own kind, in the namespace that they mean.

import { suite } from "uvu";
import * as assert from "uvu/assert";
import type { NodeLike, PodLike } from "../lib/index.js";
import { createMatcherSync, TopologyError } from "../lib/index.js";
import { refused } from "./support/refused.js";

const test = suite("object reading");

// Deliberately not of the types: this is what arrives from JavaScript.
const any = (value: unknown): never => value as never;

/** A node whose labels are had from a getter. */
function withLabels(name: string, labels: () => object): NodeLike {
  return {
    metadata: {
      name,
      get labels() {
        return any(labels());
      },
    },
  };
}

test("an object of another kind is refused by every way in; without a kind it is taken for one of the set's", () => {
  const matcher = createMatcherSync();
  const { nodes, pods } = matcher;
  nodes.upsert({ metadata: { name: "a" } });
  const pod = any({ kind: "Pod", metadata: { namespace: "d", name: "a" } });
  const wrong = refused("WrongKind", "kind", "a Pod was given where a Node belongs");
  assert.throws(() => nodes.upsert(pod), wrong);
  assert.throws(() => nodes.replace([{ metadata: { name: "b" } }, pod]), wrong);
  for (const call of ["delete", "get", "has"] as const) assert.throws(() => nodes[call](pod), wrong);
  const node = any({ apiVersion: "v1", kind: "Node", metadata: { name: "a" } });
  assert.throws(() => matcher.evaluatePod(node), refused("WrongKind", "kind", "a Node was given where a Pod belongs"));
  assert.throws(
    () => matcher.createVerdict().evaluatePod(node),
    refused("WrongKind", "kind", "a Node was given where a Pod belongs"),
  );
  assert.equal([...nodes.keys()], ["a"]);
  for (const kind of ["Node", "", null, undefined]) nodes.upsert(any({ kind, metadata: { name: "a" } }));
  assert.is(nodes.delete(node), true);
  const list = any({ kind: "NodeList", items: [{ metadata: { name: "a" } }] });
  const items = "a NodeList was given where a Node belongs: give its items";
  assert.throws(() => nodes.upsert(list), refused("WrongKind", "kind", items));
  assert.is(pods.size, 0);
});

test("a relist takes an iterable: neither a List, nor a key, nor nothing", () => {
  const { nodes } = createMatcherSync();
  nodes.upsert({ metadata: { name: "a" } });
  for (const [given, what] of [
    [{ kind: "NodeList", items: [] }, "a NodeList: give its items"],
    [{ items: [] }, "a List: give its items"],
    [{ metadata: { name: "b" } }, "an object"],
    ["b", "a string"],
    [undefined, "undefined"],
    [null, "null"],
  ]) {
    const message = `nodes.replace takes a list or another iterable, but was given ${what}`;
    assert.throws(() => nodes.replace(any(given)), refused("BadArgument", "objects", message));
  }
  assert.equal([...nodes.keys()], ["a"]);
  nodes.replace(new Set([{ metadata: { name: "b" } }]));
  assert.equal([...nodes.keys()], ["b"]);
});

test("what is no key and no object with a name is looked for by nobody", () => {
  const { nodes } = createMatcherSync();
  for (const call of ["delete", "get", "has"] as const) {
    const message = (what: string) => `nodes.${call} takes a key or an object, but was given ${what}`;
    assert.throws(() => nodes[call](any(undefined)), refused("BadArgument", "object", message("undefined")));
    assert.throws(() => nodes[call](any(5)), refused("BadArgument", "object", message("a number")));
    assert.throws(() => nodes[call]({}), refused("MissingName", "metadata.name", "Node: metadata.name is missing"));
  }
  assert.equal([nodes.delete("a"), nodes.delete({ metadata: { name: "a" } })], [false, false]);
});

test("a relist reads each object once, and a getter that is bad the second time does no harm", () => {
  const { nodes } = createMatcherSync();
  nodes.upsert({ metadata: { name: "before" } });
  const reads = [0, 0, 0];
  const once = (i: number) =>
    withLabels(`n${i}`, () => {
      reads[i]++;
      if (reads[i] > 1) throw new Error("read twice");
      return { i: String(i) };
    });
  nodes.replace([once(0), once(1), once(2)]);
  assert.equal(reads, [1, 1, 1]);
  assert.equal([...nodes.keys()].sort(), ["n0", "n1", "n2"]);
  assert.equal(nodes.get("n2")?.metadata?.labels, { i: "2" });
});

test("a getter that throws leaves everything as it was, and the next object is read as ever", () => {
  const matcher = createMatcherSync();
  const { nodes } = matcher;
  nodes.upsert({ metadata: { name: "a" } });
  const bad = withLabels("b", () => {
    throw new RangeError("from the getter");
  });
  const own = (error: unknown): boolean => error instanceof RangeError && error.message === "from the getter";
  assert.throws(() => nodes.upsert(bad), own);
  assert.throws(() => nodes.replace([{ metadata: { name: "c" } }, bad]), own);
  assert.equal([...nodes.keys()], ["a"]);
  nodes.upsert({ metadata: { name: "b", labels: { x: "y" } } });
  assert.equal(nodes.get("b")?.metadata?.labels, { x: "y" });
});

test("a getter cannot use the matcher that reads it; it may look, and take out", () => {
  const matcher = createMatcherSync();
  const { nodes } = matcher;
  matcher.pods.upsert({ metadata: { name: "p" } });
  const verdict = matcher.createVerdict();
  const counts = new Uint32Array(1);
  const barred = refused("Reentrant", "", "a getter of an object asked or changed the matcher that was reading it");
  for (const call of [
    () => nodes.upsert({ metadata: { name: "inner", labels: { of: "inner" } } }),
    () => nodes.replace([]),
    () => matcher.pods.upsert({ metadata: { name: "q" } }),
    () => matcher.evaluatePod("default/p"),
    () => matcher.evaluatePod({ metadata: { name: "q" } }),
    () => verdict.evaluatePod("default/p"),
    () => matcher.countFeasible(Uint32Array.of(matcher.podId("default/p")), counts),
  ]) {
    const outer = withLabels("outer", () => {
      call();
      return { of: "outer" };
    });
    assert.throws(() => nodes.upsert(outer), barred);
    assert.throws(() => nodes.replace([{ metadata: { name: "a" } }, outer]), barred);
    assert.equal([nodes.size, matcher.pods.size], [0, 1]);
    // One that swallows the error stores what it should.
    nodes.upsert(
      withLabels("outer", () => {
        assert.throws(call, barred);
        return { of: "outer" };
      }),
    );
    assert.equal(nodes.get("outer")?.metadata?.labels, { of: "outer" });
    assert.is(nodes.has("inner"), false);
    nodes.delete("outer");
  }
  nodes.replace([
    { metadata: { name: "a" } },
    withLabels("b", () => {
      assert.equal([nodes.has("a"), nodes.delete("z"), matcher.nodeId("b")], [false, false, -1]);
      return {};
    }),
  ]);
  assert.is(nodes.size, 2);
});

test("a getter that reads another verdict does not disturb the question that it is part of", () => {
  const matcher = createMatcherSync();
  for (let i = 0; i < 600; i++)
    matcher.nodes.upsert({ metadata: { name: `n${i}`, labels: { z: `z${i % 2}`, y: `y${i % 3}`, x: `x${i % 5}` } } });
  for (const key of ["z", "y", "x"]) {
    const terms = [{ matchExpressions: [{ key, operator: "In", values: [`${key}0`] }] }];
    matcher.persistentVolumes.upsert({
      metadata: { name: key },
      spec: { nodeAffinity: { required: { nodeSelectorTerms: terms } } },
    });
    const annotations = { "pv.kubernetes.io/bind-completed": "yes" };
    matcher.persistentVolumeClaims.upsert({
      metadata: { namespace: "d", name: key, annotations },
      spec: { volumeName: key },
    });
  }
  const podWith = (...claims: string[]): PodLike => ({
    metadata: { namespace: "d", name: claims.join("-") },
    spec: { volumes: claims.map((claimName) => ({ persistentVolumeClaim: { claimName } })) },
  });
  const [one, other] = [matcher.createVerdict().evaluatePod(podWith("z", "y")), matcher.createVerdict()];
  const mask = matcher.createNodeMask(["n0", "n6", "n7"]);
  const nosy = {
    metadata: { namespace: "d", name: "nosy" },
    get spec() {
      assert.equal([one.feasibleCount, one.countWithin(mask)], [100, 2]);
      return podWith("y", "z").spec;
    },
  };
  other.evaluatePod(nosy);
  // What the first makes in its scratch must not lie where the second's answer is.
  one.evaluatePod(podWith("z", "y", "x"));
  assert.equal([one.feasibleCount, other.feasibleCount, other.has("n6"), other.has("n2")], [20, 100, true, false]);
});

test("an object without a namespace is in default, under every key and in every answer", () => {
  const matcher = createMatcherSync();
  const { persistentVolumeClaims: claims, pods } = matcher;
  matcher.nodes.upsert({ metadata: { name: "n" } });
  const spec = { volumes: [{ persistentVolumeClaim: { claimName: "c" } }] };
  for (const metadata of [{ name: "p" }, { name: "p", namespace: "" }, { name: "p", namespace: any(null) }]) {
    const id = pods.upsert({ metadata, spec });
    assert.equal([...pods.keys()], ["default/p"]);
    for (const key of ["default/p", "p", "/p"]) assert.is(matcher.podId(key), id, key);
    assert.ok(pods.has({ metadata }) && pods.has({ metadata: { name: "p", namespace: "default" } }));
    assert.equal(pods.get("p")?.metadata, { name: "p" });
    assert.is(matcher.evaluatePod({ metadata, spec }).pod, "default/p");
    assert.is(matcher.evaluatePod({ metadata, spec }).preFilter?.reasons[0], 'persistentvolumeclaim "c" not found');
  }
  for (const key of ["default/p", "p", "/p"]) {
    assert.is(matcher.evaluatePod(key).pod, "default/p");
    assert.is(matcher.createVerdict().evaluatePod(key).pod, "default/p");
  }
  // One object, whoever names the namespace; a deleted one is gone under all its keys.
  pods.upsert({ metadata: { name: "p", namespace: "default" }, spec });
  assert.equal(pods.get("p")?.metadata, { name: "p", namespace: "default" });
  assert.is(pods.delete({ metadata: { name: "p" } }), true);
  assert.is(pods.size, 0);
  pods.upsert({ metadata: { name: "p" }, spec });
  // A pod and its claim find each other, and so does the volume that names the claim's namespace.
  const annotations = { "pv.kubernetes.io/bind-completed": "yes" };
  for (const namespace of [undefined, "", "default"]) {
    claims.replace([{ metadata: { name: "c", namespace, annotations, uid: "u" }, spec: { volumeName: "pv" } }]);
    const claimRef = { namespace: "default", name: "c", uid: "u" };
    matcher.persistentVolumes.upsert({ metadata: { name: "pv" }, spec: { claimRef } });
    assert.is(matcher.evaluatePod("p").schedulable, true);
    assert.is(matcher.evaluatePod({ metadata: { name: "other", namespace: "elsewhere" }, spec }).schedulable, false);
    assert.is(matcher.evaluateClaim("c").pod, "default/c");
    assert.is(matcher.claimId("c"), matcher.claimId("default/c"));
  }
});

test("the row of an object without a namespace remembers it for that object alone", () => {
  const { pods } = createMatcherSync();
  const id = pods.upsert({ metadata: { name: "p" } });
  pods.delete("p");
  assert.is(pods.upsert({ metadata: { name: "q", namespace: "default" } }), id);
  assert.equal(pods.get("q")?.metadata, { name: "q", namespace: "default" });
  pods.replace([{ metadata: { name: "q" } }, { metadata: { name: "r", namespace: "ns" } }]);
  assert.equal([pods.get("q")?.metadata, pods.get("ns/r")?.metadata], [{ name: "q" }, { name: "r", namespace: "ns" }]);
  // A cluster-scoped object has no namespace, whatever it says.
  const { nodes } = createMatcherSync();
  nodes.upsert({ metadata: { name: "n", namespace: "ns" } });
  assert.equal([...nodes.keys(), nodes.get("n")?.metadata], ["n", { name: "n" }]);
});

test("errors of the library are of one class, by its name too", () => {
  try {
    createMatcherSync().nodes.upsert({});
    assert.unreachable();
  } catch (error) {
    assert.instance(error, TopologyError);
    assert.is((error as TopologyError).name, "TopologyError");
    assert.is(String(error), "TopologyError: Node: metadata.name is missing");
  }
});

test.run();
