// What only a fault that was planted on purpose could show: each test fails where one line is broken as it says.

import { test } from "uvu";
import * as assert from "uvu/assert";
import { selectEngineSync } from "../lib/evaluate/select-engine.js";
import type { TopologyMatcher } from "../lib/index.js";
import { createMatcherSync, TopologyError } from "../lib/index.js";
import { KUBERNETES_MINORS, resolveGates } from "../lib/options.js";
import { topomatch } from "./cli/support.js";
import type { KubeObject } from "./conformance/build.js";
import * as build from "./conformance/build.js";
import type { ConformanceCase } from "./conformance/case.js";
import { BIND, SPACE } from "./conformance/case.js";
import { checkReport, ownNodes } from "./conformance/check.js";
import { ENGINES, libraryJudge, upsertAll } from "./conformance/library-judge.js";
import { nodeA, nodeB, room, twoZones } from "./conformance/world.js";
import { Arena, randomBits, rowBytes, seeded } from "./kernels/arena.js";

const { claim, csiCapacity, ephemeral, node, owner, pod, ref, storageClass, volume } = build;

const { uid: _, ...ownerWithoutUid } = owner;
const withoutUid = { ...pod(ephemeral), metadata: { name: "pod", namespace: "default" } };
const limited = (name: string, size: string) => claim(name, { class: "limited", size, selectedNode: "nodeA" });
const unprovisioned = claim("none", { class: "static", selectedNode: "nodeA" });
const fullA = csiCapacity("room", { zone: "a", capacity: "1Gi" });

const cases: readonly ConformanceCase[] = [
  {
    id: "T-009",
    title: "a pod and an owner that both have no uid are the same one",
    rules: ["R-PRE-5"],
    objects: [...twoZones, volume("pv1"), claim("pod-vol", { boundTo: "pv1", owners: [ownerWithoutUid] }), withoutUid],
    expect: { feasible: ["nodeA", "nodeB"] },
  },
  {
    id: "T-131",
    title: "of two claims with a selected node the first in volume order decides",
    rules: ["R-FLT-7", "R-PRV-7"],
    objects: [...room, ...twoZones.slice(2), fullA, limited("much", "2Gi"), unprovisioned, pod("much", "none")],
    expect: { infeasible: { nodeA: [SPACE], nodeB: [BIND] } },
  },
  {
    id: "T-252",
    title: "an object without a limit that comes later has no room, not even for nothing",
    rules: ["R-CAP-5"],
    objects: [...room, fullA, claim("c", { class: "limited", size: "0" }), pod("c")],
    updates: [csiCapacity("late", { zone: "b" })],
    expect: { feasible: ["nodeA"], infeasible: { nodeB: [SPACE] } },
  },
  {
    id: "T-252",
    title: "an object without a topology that comes later is within reach of no node",
    rules: ["R-CAP-6"],
    objects: [...room, fullA, claim("c", { class: "limited" }), pod("c")],
    updates: [csiCapacity("late", { topology: null, capacity: "9Gi" })],
    expect: { feasible: ["nodeA"], infeasible: { nodeB: [SPACE] } },
  },
];

for (const engine of ENGINES) {
  for (const given of cases) {
    test(`${given.id} ${given.title} (${engine})`, () => {
      const { objects, updates = [] } = given;
      const report = libraryJudge(engine).evaluate({ pod: "default/pod", objects, updates, options: {} });
      checkReport(report, given, ownNodes(given).length);
    });
  }
}

test("gates have the defaults of their releases", () => {
  // true and false: the default; undefined: the release has no such gate. 1.33 to 1.37.
  const defaults: Readonly<Record<string, readonly (boolean | undefined)[]>> = {
    StorageCapacityScoring: [false, false, false, false, true],
    VolumeLimitScaling: [undefined, undefined, false, false, true],
    VolumeAttributesClass: [false, true, true, true, true],
    TaintTolerationComparisonOperators: [undefined, undefined, false, false, false],
    PodLevelResources: [false, true, true, true, true],
    InPlacePodLevelResourcesVerticalScaling: [undefined, undefined, false, true, true],
  };
  KUBERNETES_MINORS.forEach((kubernetes, i) => {
    const { values } = resolveGates(kubernetes);
    for (const [gate, row] of Object.entries(defaults)) assert.is(values.get(gate), row[i], `${kubernetes} ${gate}`);
    assert.is(values.size, Object.values(defaults).filter((row) => row[i] !== undefined).length);
  });
});

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

  test(`${engine}: amounts by node are made anew when nodes come that rows have no room for`, () => {
    const matcher = createMatcherSync({ engine });
    const hosts = [...Array.from({ length: 40 }, (_, i) => i), 512, 513];
    const locals = hosts.map((i) => volume(`pv${i}`, { terms: [[["host", "In", `h${i}`]]] }));
    upsertAll(matcher, [...nodes(400), ...twoZones.slice(2), ...locals, claim("c"), pod("c")]);
    assert.is(feasible(matcher).length, 40);
    upsertAll(matcher, nodes(514));
    assert.is(feasible(matcher).length, 42);
  });

  test(`${engine}: a program reaches the end of every block of a long row`, () => {
    const random = seeded(4);
    const arena = new Arena(selectEngineSync(engine));
    for (const count of [16_383, 16_384, 16_385, 33_000]) {
      const bits = randomBits(random, count, 0.5);
      const bytes = rowBytes(count);
      const all = arena.row(bits.map(() => true));
      const dst = arena.block(bytes);
      const program = arena.words([1, 1, arena.row(bits)]);
      assert.is(arena.kernels.run(program, dst, all, bytes), bits.filter(Boolean).length, `${count} nodes`);
      arena.expectRow(dst, bits, `${count} nodes`);
      arena.clear();
    }
  });
}

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

/** Drops more objects than a sweep waits for, all with one text, and asks something, so that the sweep is done. */
function sweep(matcher: TopologyMatcher): void {
  const gone = build.podOf({}, "default", "gone");
  for (let i = 0; i < 70_000; i++) {
    matcher.pods.upsert(gone);
    matcher.pods.delete("default/gone");
  }
  matcher.evaluatePod({ metadata: { name: "asks", namespace: "default" } });
}

const FRESH = Array.from({ length: 300 }, (_, i) => `fresh ${i}`);

/** Takes the numbers that a sweep freed for new texts. */
function takeFreed(matcher: TopologyMatcher): void {
  matcher.persistentVolumes.upsert(
    volume("new", { class: null, labels: Object.fromEntries(FRESH.map((text) => [text, text])) }),
  );
}

test("a result of earlier can name a node that is gone, though its text is swept by", () => {
  const matcher = createMatcherSync();
  upsertAll(matcher, [node("went-away"), nodeA, pod()]);
  const early = matcher.evaluatePod("default/pod");
  matcher.nodes.delete("went-away");
  sweep(matcher);
  takeFreed(matcher);
  assert.equal(early.toReport().feasible, ["nodeA", "went-away"]);
});

test("words of the rules that no object holds are not swept", () => {
  const matcher = createMatcherSync();
  upsertAll(matcher, [nodeA, nodeB]);
  sweep(matcher);
  takeFreed(matcher);
  const selector = build.selector(["disk", "NotIn", "slow"], ["disk", "Exists"]);
  const c = claim("c", { spec: { selector } });
  upsertAll(matcher, [...twoZones.slice(2), volume("pv", { zone: "a", labels: { disk: "fast" } }), c, pod("c")]);
  assert.equal(feasible(matcher), ["nodeA"]);
});

test("a text that was a quantity before a sweep makes none of the text that follows it", () => {
  const matcher = createMatcherSync();
  for (let size = 20; size < 60; size++) matcher.persistentVolumes.upsert(volume("pv", { size: `${size}Gi` }));
  matcher.persistentVolumes.delete("pv");
  sweep(matcher);
  const malformed = (error: unknown) => error instanceof TopologyError && error.code === "Malformed";
  for (const size of FRESH) {
    assert.throws(() => matcher.persistentVolumes.upsert(volume("pv", { size })), malformed, size);
  }
});

test("counts are made anew after a sweep", () => {
  const matcher = createMatcherSync();
  upsertAll(matcher, twoBound);
  assert.equal(count(matcher, "default/p1", "default/p2"), [1, 2]);
  sweep(matcher);
  // In the other order, so that selectors get other numbers than before.
  assert.equal(feasible(matcher, "default/p2"), ["nodeB", "nodeB2"]);
  matcher.nodes.delete("nodeB2");
  assert.equal(count(matcher, "default/p1", "default/p2"), [1, 1]);
  upsertAll(matcher, [node("nodeA2", { zone: "a" }), node("nodeA3", { zone: "a" })]);
  assert.equal(count(matcher, "default/p1", "default/p2"), [3, 1]);
});

test("selectors are compiled anew after a sweep", () => {
  const matcher = createMatcherSync();
  const tens = Array.from({ length: 10 }, (_, i) => i);
  const reached = (zone: string) =>
    tens.map((i) => volume(`pv${i}`, { terms: [[["zone", "In", zone, `${zone}${i}`]]] }));
  const pods = tens.map((i) =>
    build.podOf({ volumes: [{ name: "v", persistentVolumeClaim: { claimName: `c${i}` } }] }, "default", `p${i}`),
  );
  upsertAll(matcher, [
    nodeA,
    nodeB,
    ...tens.map((i) => claim(`c${i}`, { boundTo: `pv${i}` })),
    ...pods,
    ...reached("a"),
  ]);
  const answers = () => tens.map((i) => `${feasible(matcher, `default/p${i}`)} `).join("");
  assert.is(answers(), "nodeA ".repeat(10));
  for (const i of tens) matcher.persistentVolumes.delete(`pv${i}`);
  sweep(matcher);
  upsertAll(matcher, reached("b"));
  assert.is(answers(), "nodeB ".repeat(10));
});

test("manifests: classes, bindings and phases are those of the volume controller", async () => {
  const modes = (...accessModes: string[]) => ({ spec: { accessModes } });
  const made = (name: string, creationTimestamp: string) => {
    const annotations = { "storageclass.kubernetes.io/is-default-class": "true" };
    return { ...storageClass(name), metadata: { name, creationTimestamp, annotations } };
  };
  const items = [
    ...[
      made("new-b", "2024-01-01T00:00:00Z"),
      made("new-a", "2024-01-01T00:00:00Z"),
      made("old", "2020-01-01T00:00:00Z"),
    ],
    ...[
      volume("many", { class: "one", ...modes("ReadWriteOnce", "ReadWriteMany") }),
      volume("few", { class: "one", size: "5Gi" }),
    ],
    ...[claim("by-modes", { class: "one" }), claim("shared", { class: "two", ...modes("ReadWriteMany") })],
    ...[volume("single", { class: "two" }), claim("defaulted", { class: null })],
    ...[
      volume("taken", { class: "three", claimRef: ref("x") }),
      claim("takes", { class: "three", volumeName: "taken" }),
    ],
    ...[volume("tiny", { class: "four" }), claim("outgrows", { class: "four", size: "2Gi", volumeName: "tiny" })],
    ...[volume("named", { class: "five" }), claim("names", { class: "five", volumeName: "named" })],
    ...[volume("kept", { class: "six", claimRef: ref("keeps") }), claim("keeps", { class: "six" })],
    volume("left", { class: "seven", claimRef: ref("gone", "uid-gone"), phase: "Bound" }),
  ];
  const args = ["check", "-f", "-", "--mode", "manifests", "--print-objects", "-o", "json"];
  const { stderr, stdout } = await topomatch(args, {}, JSON.stringify({ kind: "List", apiVersion: "v1", items }));
  assert.not.equal(stdout, "", stderr);
  const found: Record<string, unknown[]> = {};
  for (const { metadata, spec, status } of JSON.parse(stdout).items) {
    const byController = "pv.kubernetes.io/bound-by-controller" in (metadata.annotations ?? {});
    found[metadata.name] = [status?.phase, spec?.volumeName || spec?.storageClassName, byController];
  }
  assert.equal(found["by-modes"], ["Bound", "few", true]);
  assert.equal(found.few, ["Bound", "one", true]);
  assert.equal(found.shared, ["Pending", "two", false]);
  assert.equal(found.defaulted, ["Pending", "new-a", false]);
  assert.equal([found.takes[0], found.outgrows[0]], ["Pending", "Pending"]);
  assert.equal(found.names, ["Bound", "named", false]);
  assert.equal([found.keeps[0], found.kept], ["Bound", ["Bound", "six", false]]);
  assert.equal(found.left[0], "Released");
});

test.run();
