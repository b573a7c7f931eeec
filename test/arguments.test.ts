// What callers get wrong beside objects: each works or is refused with a code, a path and a sentence.

import { suite } from "uvu";
import * as assert from "uvu/assert";
import type { MatcherOptions, TopologyMatcher } from "../lib/index.js";
import { createMatcher, createMatcherSync } from "../lib/index.js";
import { runPersistentVolumeController, settleManifests } from "../lib/manifests.js";
import { createThreadedMatcher } from "../lib/threads.js";
import { refused } from "./support/refused.js";

const test = suite("arguments");

// Deliberately not of the types: this is what arrives from JavaScript.
const any = (value: unknown): never => value as never;

function small(): TopologyMatcher {
  const matcher = createMatcherSync();
  for (const name of ["a", "b", "c"]) matcher.nodes.upsert({ metadata: { name } });
  matcher.pods.upsert({ metadata: { namespace: "d", name: "p" } });
  matcher.persistentVolumeClaims.upsert({ metadata: { namespace: "d", name: "c" } });
  return matcher;
}

test("options are an object with names that there are", async () => {
  const bad = (options: unknown, message: string, path = "") => {
    assert.throws(() => createMatcherSync(any(options)), refused("BadOption", path, message));
  };
  bad(null, "options must be an object, but are null");
  bad("1.36", "options must be an object, but are a string");
  const unknown =
    "option filter is unknown; there are kubernetes, gates, filters, pluginConfig, scoring, engine, module";
  bad({ filter: ["VolumeBinding"] }, unknown, "filter");
  bad({ engine: "js" }, "engine must be wasm or javascript, but is js", "engine");
  bad({ engine: null }, "engine must be wasm or javascript, but is null", "engine");
  bad({ gates: null }, "gates must be an object, but is null", "gates");
  bad({ gates: { NoGate: true } }, "Kubernetes 1.37 has no feature gate NoGate that is offered here", "NoGate");
  bad({ filters: null }, "filters must be a list of plugins, volumes or all", "filters");
  bad({ kubernetes: 1.36 }, "kubernetes must be one of 1.33, 1.34, 1.35, 1.36, 1.37, but is 1.36", "kubernetes");
  let raised: unknown;
  await createMatcher(any(null)).catch((error) => {
    raised = error;
  });
  refused("BadOption", "", "options must be an object, but are null")(raised);
  const nothing: MatcherOptions = {
    kubernetes: undefined,
    gates: { VolumeLimitScaling: undefined },
    engine: undefined,
  };
  assert.is(createMatcherSync(nothing).engine, "wasm");
});

test("the threads' options are checked by name too: the engine is no choice there", async () => {
  for (const [options, message, path] of [
    [null, "options must be an object, but are null", ""],
    [
      { engine: "javascript" },
      "option engine is unknown; there are threads, kubernetes, gates, filters, pluginConfig, scoring",
      "engine",
    ],
  ] as const) {
    let raised: unknown;
    await createThreadedMatcher(any(options)).catch((error) => {
      raised = error;
    });
    refused("BadOption", path, message)(raised);
  }
});

test("the options of topomatch/manifests are checked by name too", () => {
  const unknown = "option namespaces is unknown; there are kubernetes, gates, namespace, assumeProvisioned";
  assert.throws(() => settleManifests([], any({ namespaces: "x" })), refused("BadOption", "namespaces", unknown));
  const input = { persistentVolumes: [], persistentVolumeClaims: [] };
  const gate = "option gate is unknown; there are kubernetes, gates";
  assert.throws(() => runPersistentVolumeController(input, any({ gate: {} })), refused("BadOption", "gate", gate));
  assert.throws(
    () => settleManifests([], any(null)),
    refused("BadOption", "", "options must be an object, but are null"),
  );
});

test("counts need room of their own, and ids and counts are Uint32Arrays", () => {
  const matcher = small();
  const pods = Uint32Array.of(matcher.podId("d/p"), matcher.podId("d/p"));
  const claims = Uint32Array.of(matcher.claimId("d/c"), matcher.claimId("d/c"));
  for (const [ids, path, call] of [
    [pods, "pods", "countFeasible"],
    [claims, "claims", "countFeasibleClaims"],
  ] as const) {
    const bad = (first: unknown, counts: unknown, at: string, message: string) => {
      assert.throws(() => matcher[call](any(first), any(counts)), refused("BadArgument", at, `${call}: ${message}`));
    };
    const counts = Uint32Array.of(7);
    bad(ids, counts, "counts", `counts has room for 1, but there are 2 ${path}`);
    assert.equal([...counts], [7]);
    bad(ids, [0, 0], "counts", "counts must be a Uint32Array, but is a list");
    bad(ids, undefined, "counts", "counts must be a Uint32Array, but is undefined");
    bad([...ids], new Uint32Array(2), path, `${path} must be a Uint32Array, but is a list`);
    bad(new Int32Array(2), new Uint32Array(2), path, `${path} must be a Uint32Array, but is an object`);
    bad(ids, ids, "counts", `counts lies in the memory of ${path}`);
    const memory = new Uint32Array(5);
    memory.set(ids);
    bad(memory.subarray(0, 2), memory.subarray(1), "counts", `counts lies in the memory of ${path}`);
    const beside = memory.subarray(2);
    matcher[call](memory.subarray(0, 2), beside);
    assert.equal([...beside], path === "pods" ? [3, 3, 0] : [0, 0, 0]);
  }
});

test("a node mask takes names and ids of nodes that are there, and nothing else", () => {
  const matcher = small();
  const mask = matcher.createNodeMask(["a", matcher.nodeId("c")]);
  const unknown = (what: string) => refused("UnknownNode", "node", `${what} is not known to the matcher`);
  assert.throws(() => matcher.createNodeMask(["a", "nope"]), unknown("node nope"));
  assert.throws(() => mask.add(-1), unknown("node id -1"));
  assert.throws(() => mask.add(3), unknown("node id 3"));
  assert.throws(() => mask.add(1.5), refused("BadArgument", "node", "node must be a name or an id, but is 1.5"));
  assert.throws(
    () => mask.has(any({})),
    refused("BadArgument", "node", "node must be a name or an id, but is an object"),
  );
  assert.throws(
    () => mask.delete(any(undefined)),
    refused("BadArgument", "node", "node must be a name or an id, but is undefined"),
  );
  assert.throws(
    () => matcher.createNodeMask("abc"),
    refused("BadArgument", "nodes", "createNodeMask takes a list or another iterable, but was given a string"),
  );
  assert.equal(
    [mask.has(-1), mask.has("nope"), mask.delete("nope"), mask.has("b"), mask.has("c")],
    [false, false, false, false, true],
  );
  assert.equal([mask.size, ...mask], [2, matcher.nodeId("a"), matcher.nodeId("c")]);
  mask.add("a");
  assert.is(mask.size, 2);
  assert.equal([mask.delete("a"), mask.delete("a"), mask.size], [true, false, 1]);
  mask.add(matcher.nodeId("b"));
  matcher.nodes.delete("c");
  assert.equal([mask.size, ...mask], [1, matcher.nodeId("b")]);
});

test("a mask of another matcher, or none at all, cuts no verdict", () => {
  const matcher = small();
  const other = small().createNodeMask(["a"]);
  const verdict = matcher.createVerdict().evaluatePod("d/p");
  const { nodes } = matcher.evaluatePod("d/p");
  const foreign = refused("BadArgument", "nodes", "the node mask is another matcher's");
  for (const cut of [
    () => verdict.countWithin(other),
    () => verdict.firstWithin(other, 1, new Uint32Array(1)),
    () => nodes.intersection(other),
  ]) {
    assert.throws(cut, foreign);
  }
  const none = refused("BadArgument", "nodes", "nodes must be what createNodeMask gives, but is a list");
  assert.throws(() => verdict.countWithin(any(["a"])), none);
  assert.throws(() => nodes.intersection(any(["a"])), none);
  const into = refused("BadArgument", "into", "first: into must be a Uint32Array, but is a list");
  assert.throws(() => verdict.first(1, any([])), into);
});

test("ids that no node has are not feasible, however large", () => {
  const matcher = small();
  const verdict = matcher.createVerdict().evaluatePod("d/p");
  const { nodes } = matcher.evaluatePod("d/p");
  for (const id of [-1, 3, 1.5, 511, 512, 4096, 1 << 20, 2 ** 31, Number.NaN]) {
    assert.is(verdict.has(id), false, `${id}`);
    assert.is(nodes.has(id), false, `${id}`);
    assert.is(verdict.plan(id), undefined, `${id}`);
    assert.is(matcher.nodeName(id), "", `${id}`);
  }
  assert.ok(verdict.has(2) && verdict.has("c") && nodes.has(2) && nodes.has("c"));
  const unknown = (id: number) => refused("UnknownPod", "", `Pod ${id} is not known to the matcher`);
  assert.throws(() => verdict.evaluatePod(0.5), unknown(0.5));
  assert.throws(() => verdict.evaluatePod(-1), unknown(-1));
});

test("keys and lists of another type are refused", () => {
  const matcher = small();
  for (const call of ["podId", "nodeId", "claimId"] as const) {
    assert.throws(
      () => matcher[call](any(undefined)),
      refused("BadArgument", "key", `${call} takes text, but was given undefined`),
    );
  }
  const list = { kind: "PodList", items: [] };
  const pods = (what: string) =>
    refused("BadArgument", "pods", `evaluatePods takes a list or another iterable, but was given ${what}`);
  assert.throws(() => matcher.evaluatePods(any(list)), pods("a PodList: give its items"));
  assert.throws(() => matcher.evaluatePods("d/p"), pods("a string"));
  assert.throws(
    () => matcher.evaluatePod(any(null)),
    refused("Malformed", "", "Pod (without a name): must be an object, but is null"),
  );
  assert.throws(
    () => matcher.evaluatePod(any(undefined)),
    refused("UnknownPod", "", "Pod undefined is not known to the matcher"),
  );
});

test("assumptions, overlays and wakes without their object say how they are called", () => {
  const matcher = small();
  const bad = (call: string) =>
    refused("BadArgument", "this", `a method was called without its object: call it as ${call}(...)`);
  const { drop } = matcher.overlay();
  assert.throws(() => drop(), bad("overlay.drop"));
  const { has, pods } = matcher.wakes({ set: "nodes", delete: "a" });
  assert.throws(() => has("d/p"), bad("wake.has"));
  assert.throws(() => pods(), bad("wake.pods"));
  const { revert, status, written } = matcher.assume({ metadata: { name: "new" } }, "a");
  const patch = { kind: "PersistentVolume", name: "v", patch: {} } as const;
  assert.throws(() => revert(), bad("assumption.revert"));
  assert.throws(() => status(), bad("assumption.status"));
  assert.throws(() => written(patch, {}), bad("assumption.written"));
});

test("a change of a set that there is not is refused by its name", () => {
  const wakes = (set: unknown) => () => small().wakes(any({ set, delete: "a" }));
  const text = "wakes takes a change with the name of a set, such as nodes, but was given";
  assert.throws(wakes("node"), refused("BadArgument", "set", `${text} "node"`));
  assert.throws(wakes(7), refused("BadArgument", "set", `${text} a number`));
});

test("a method without its object says how it is called", () => {
  const matcher = small();
  const { delete: remove, get, has, keys, replace, upsert } = matcher.nodes;
  const bad = (call: string) =>
    refused("BadArgument", "this", `a method was called without its object: call it as ${call}(...)`);
  const set: readonly (readonly [string, () => unknown])[] = [
    ["upsert", () => upsert({ metadata: { name: "n" } })],
    ["delete", () => remove("a")],
    ["replace", () => replace([])],
    ["get", () => get("a")],
    ["has", () => has("a")],
    ["keys", () => keys()],
    ["upsert", () => ({ upsert }).upsert({ metadata: { name: "n" } })],
  ];
  for (const [name, call] of set) assert.throws(call, bad(`matcher.nodes.${name}`));
  for (const name of [
    "evaluatePod",
    "evaluatePods",
    "evaluateClaim",
    "createVerdict",
    "podId",
    "nodeId",
    "claimId",
    "nodeName",
    "createNodeMask",
    "countFeasible",
    "countFeasibleClaims",
    "trim",
  ] as const) {
    const method = matcher[name] as (...parameters: unknown[]) => unknown;
    assert.throws(() => method([]), bad(`matcher.${name}`));
  }
});

test.run();
