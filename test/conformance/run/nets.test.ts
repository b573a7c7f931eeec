// What the comparison asks and counts: every way of asking, through updates too, sees what differs; marks become calls.

import { test } from "uvu";
import * as assert from "uvu/assert";
import { generateCluster } from "../../reference/generator/generate.js";
import { Random } from "../../reference/generator/random.js";
import type { KubeObject } from "../../reference/generator/world.js";
import { readSources, readText } from "../../support/layout.js";
import { withClaimPods } from "./claim-pods.js";
import { completed, isPending, keyOf } from "./completed.js";
import { ENTRY_POINTS } from "./entry-points.js";
import type { JsonReport } from "./oracle.js";
import { countingLibrary, isUpkeep, marksOf, withCalls } from "./paths.js";
import { filtersOf, knobsOf } from "./profiles.js";
import { PROGRAMS } from "./programs.js";
import { differingPods, loaded, optionsOf, referenceReport, reportOf, type Setting } from "./sides.js";
import { stepsOf } from "./steps.js";
import { countPaths, emptyTally } from "./tally.js";
import { goThroughUpdates } from "./updates.js";

const SETTING: Setting = { kubernetes: "1.37", gates: {}, filters: filtersOf("default") };
const { counter, library } = await countingLibrary();

function clusterOf(profile: string, seed: number): KubeObject[] {
  const { nodes = 0, ...knobs } = knobsOf(profile, seed);
  const most = profile === "local" ? 36 : 70;
  return withClaimPods(generateCluster(seed, { ...knobs, nodes: Math.min(nodes, most) }).objects, seed);
}

for (const profile of ["default", "capacity", "reserved", "names", "middle", "local"]) {
  test(`${profile}: through updates, every way of asking says what the reference evaluator says`, () => {
    for (const seed of profile === "local" ? [11, 12, 13, 14, 15] : [11, 12]) {
      const objects = clusterOf(profile, seed);
      const wanted = completed(objects);
      const pods = wanted.filter(isPending);
      const random = new Random(seed);
      const theirs = referenceReport(objects, SETTING);
      const matcher = library.createMatcherSync(optionsOf(SETTING, "wasm"));
      goThroughUpdates({ matcher, random, wanted, others: completed(clusterOf(profile, seed + 1)) });
      assert.equal(differingPods(reportOf(matcher, pods), theirs), [], `${profile} ${seed}`);
      for (const [name, entryPoint] of Object.entries(ENTRY_POINTS)) {
        const { mismatches, pods: asked } = entryPoint({ matcher, pods, theirs, random, objects: wanted });
        assert.equal(mismatches, [], `${profile} ${seed} ${name}`);
        assert.ok(asked > 0, name);
      }
    }
  });
}

test("every way of asking sees one node too many", () => {
  const wanted = completed(clusterOf("default", 5));
  const matcher = loaded(library, wanted, SETTING, "wasm");
  const pods = wanted.filter(isPending);
  for (const [name, entryPoint] of Object.entries(ENTRY_POINTS)) {
    const theirs: JsonReport = structuredClone(reportOf(matcher, pods));
    for (const pod of theirs.pods) pod.feasible.push("one-more");
    const { mismatches, pods: asked } = entryPoint({ matcher, pods, theirs, random: new Random(1), objects: wanted });
    assert.is(mismatches.length, asked, name);
  }
});

test("the other programs answer about objects as they were written", async () => {
  const objects = clusterOf("default", 5).map((object) => {
    const { namespace, uid: _, ...metadata } = object.metadata;
    return { ...object, metadata: namespace === "default" ? metadata : { ...metadata, namespace } } as KubeObject;
  });
  const theirs = referenceReport(objects, SETTING);
  for (const [name, program] of Object.entries(PROGRAMS)) {
    assert.equal(differingPods(await program(objects, SETTING), theirs), [], name);
  }
});

test("objects are completed: namespaces, the last of equal keys, uids", () => {
  const claim = (metadata: object): KubeObject =>
    ({ apiVersion: "v1", kind: "PersistentVolumeClaim", metadata }) as never;
  const volume = (name: string, uid: string, phase = "Bound"): KubeObject => {
    const spec = { claimRef: { namespace: "default", name: "b", uid } };
    return { apiVersion: "v1", kind: "PersistentVolume", metadata: { name }, spec, status: { phase } };
  };
  const uidsOf = (objects: KubeObject[]) => completed(objects).map((object) => [keyOf(object), object.metadata.uid]);
  assert.equal(
    uidsOf([claim({ name: "a", uid: "old" }), claim({ name: "b" }), claim({ name: "a", namespace: "default" })]),
    [
      ["PersistentVolumeClaim/default/a", "PersistentVolumeClaim/default/a"],
      ["PersistentVolumeClaim/default/b", "PersistentVolumeClaim/default/b"],
    ],
  );
  assert.is(uidsOf([claim({ name: "b" }), volume("v", "known"), volume("w", "old", "Released")])[0][1], "known");
  assert.is(
    uidsOf([claim({ name: "b" }), volume("v", "x"), volume("w", "x")])[0][1],
    "PersistentVolumeClaim/default/b",
  );
});

test("a matcher that came through updates sweeps, and upkeep counts for all pods that follow", () => {
  const wanted = completed(clusterOf("default", 21));
  counter.take();
  const matcher = library.createMatcherSync(optionsOf(SETTING, "wasm"));
  goThroughUpdates({ matcher, random: new Random(3), wanted, others: completed(clusterOf("default", 22)) });
  const upkeep = [...counter.take().keys()].filter(isUpkeep);
  assert.ok(upkeep.includes("kept: ids after a sweep"), upkeep.join());
  const tally = emptyTally();
  countPaths(
    tally,
    ["kept: a", "one", "batch: b", "none"],
    ["kept: a"],
    [
      new Map([
        ["one", 3],
        ["batch: b", 4],
      ]),
    ],
    5,
  );
  assert.equal(tally.paths, {
    "kept: a": { pods: 5, clusters: 1 },
    one: { pods: 1, clusters: 1 },
    "batch: b": { pods: 4, clusters: 1 },
    none: { pods: 0, clusters: 0 },
  });
});

test("a path mark becomes a call, with its condition", () => {
  assert.is(withCalls("  // path: one\n"), '  globalThis.__topomatchPath("one");\n');
  assert.is(withCalls("  // path: one if a > 1\n"), '  if (a > 1) globalThis.__topomatchPath("one");\n');
  assert.is(withCalls("  x(); // path: one\n"), "  x(); // path: one\n");
});

test("docs/conformance.md lists exactly the paths that lib marks", () => {
  const marked = [...readSources("lib", [".ts"]).values()].flatMap((text) => marksOf(text).map(({ path }) => path));
  const [, section] = readText("docs/conformance.md").split(/^## (?:Paths|Recorded verdicts)$/m);
  const listed = [...section.matchAll(/^\| `([^`]+)` +\|/gm)].map(([, path]) => path);
  assert.ok(marked.length > 40, `${marked.length} marks`);
  assert.equal([...new Set(marked)].sort(), listed.sort());
  assert.equal(counter.paths, [...new Set(marked)].sort());
});

test("what a cluster costs the scheduler: nodes times volumes of the class, for each delayed claim", () => {
  const of = (kind: string, name: string, spec: object) =>
    ({ kind, metadata: { name, namespace: "d" }, spec }) as never;
  const volumes = [{ persistentVolumeClaim: { claimName: "c" } }, { persistentVolumeClaim: { claimName: "bound" } }];
  const objects: KubeObject[] = [
    ...["a", "b"].map((name) => of("Node", name, {})),
    ...["u", "v", "w"].map((name) => of("PersistentVolume", name, { storageClassName: name === "w" ? "other" : "s" })),
    of("PersistentVolumeClaim", "c", { storageClassName: "s" }),
    of("PersistentVolumeClaim", "bound", { storageClassName: "s", volumeName: "u" }),
    of("Pod", "p", { volumes }),
  ];
  assert.is(stepsOf(objects), 2 * 2);
});

test.run();
