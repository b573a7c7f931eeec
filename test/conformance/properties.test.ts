// What must hold of every cluster, tried on seeded random ones with both engines.

import { test } from "uvu";
import * as assert from "uvu/assert";
import { createMatcherSync, type EngineName, type PodReport } from "../../lib/index.js";
import { Random } from "../reference/generator/random.js";
import { csiCapacity, type KubeObject, selector, volume } from "./build.js";
import { SPACE } from "./case.js";
import { ENGINES, setOf, upsertAll } from "./library-judge.js";
import { checkLocalVolumes, type LocalVolumes, localVolumes } from "./local-volumes.js";
import {
  changesOf,
  clusterOf,
  keyOf,
  ofKind,
  type Reports,
  relabelled,
  reportsFrom,
  reportsOf,
  shuffled,
} from "./property-clusters.js";

/** Around the words of a node mask, and above the number of places at which volumes are held in columns. */
const NODE_COUNTS = [31, 32, 33, 48, 63, 64, 65];

/** So many from one on; the engines get them by turns, two at a time, since odd and even ones differ. */
const seedsOf = (engine: EngineName) => (from: number, count: number) =>
  Array.from({ length: count }, (_, index) => from + index).filter(
    (seed) => (seed >> 1) % 2 === ENGINES.indexOf(engine),
  );

function nodesWith(report: PodReport, reason: string): string[] {
  return report.infeasible.filter(({ reasons }) => reasons.includes(reason)).map(({ node }) => node);
}

/** Fails at the first pod that differs, so that the difference can be read. */
function assertSame(actual: Reports, expected: Reports, message: string): void {
  assert.equal([...actual.keys()], [...expected.keys()], message);
  for (const [pod, report] of actual) assert.equal(report, expected.get(pod), `${message}, ${pod}`);
}

function assertSubset(part: readonly string[], whole: readonly string[], message: string): void {
  const all = new Set(whole);
  assert.equal(
    part.filter((name) => !all.has(name)),
    [],
    message,
  );
}

function freeVolume(random: Random, objects: readonly KubeObject[]): KubeObject {
  const classes = ofKind(objects, "StorageClass").map(({ metadata }) => metadata.name);
  const zone = random.pick(["a", "b", "c", "us-west1-a", "1"]);
  return volume(random.pick(["0-added", "pv-added", "zz-added"]), {
    class: random.pick(classes),
    size: random.pick(["1Mi", "1Gi", "5Gi", "10Gi", "100Gi", "1Ti", "9Ei"]),
    ...(random.chance(0.5) && { terms: [[["topology.kubernetes.io/zone", "In", zone]]] }),
    spec: { accessModes: ["ReadWriteOnce", "ReadOnlyMany", "ReadWriteMany", "ReadWriteOncePod"] },
  });
}

function moreRoom(random: Random, objects: readonly KubeObject[]): KubeObject {
  const classes = ofKind(objects, "StorageClass").map(({ metadata }) => metadata.name);
  return csiCapacity("added", {
    class: random.pick(classes),
    topology: random.pick([{}, null, selector(["topology.kubernetes.io/zone", "In", "a", "us-west1-b", "2"])]),
    capacity: random.pick(["0", "1Gi", "10Gi", "1Pi", null]),
    maximum: random.pick(["1Gi", "1Ti", null]),
  });
}

/** Upserts, deletes and relists at random, and answers asked for between them. */
function checkChanges(engine: EngineName, seed: number, nodes: number | undefined): void {
  const random = new Random(seed);
  const { pool, start } = changesOf(seed, nodes);
  const held = new Map(start.map((object) => [`${object.kind} ${keyOf(object)}`, object]));
  const matcher = createMatcherSync({ engine });
  upsertAll(matcher, start);
  for (let step = 1; step <= 160; step++) {
    const event = random.next();
    if (event < 0.35 && held.size > 0) {
      const [key, object] = random.pick([...held]);
      held.delete(key);
      const known = setOf(matcher, object.kind).delete(random.chance(0.5) ? object : keyOf(object));
      assert.ok(known, `seed ${seed}, step ${step}: ${key} was there`);
    } else if (event < 0.4) {
      const { kind } = random.pick(pool);
      const all = ofKind([...held.values()], kind);
      const kept = random.some(all, 0, all.length);
      for (const object of all) if (!kept.includes(object)) held.delete(`${kind} ${keyOf(object)}`);
      setOf(matcher, kind).replace(kept);
    } else {
      const object = random.pick(pool);
      held.set(`${object.kind} ${keyOf(object)}`, object);
      setOf(matcher, object.kind).upsert(object);
    }
    if (step % 5 === 0) reportsFrom(matcher);
    if (step % 20 > 0) continue;
    assertSame(reportsFrom(matcher), reportsOf(engine, [...held.values()]), `seed ${seed}, step ${step}`);
  }
}

let manyVolumes: LocalVolumes | undefined;

for (const engine of ENGINES) {
  const seeds = seedsOf(engine);

  test(`T-248 no order of the input changes a report (${engine})`, () => {
    for (const seed of seeds(1, 80)) {
      const objects = clusterOf(seed);
      const other = shuffled(new Random(seed), objects);
      assertSame(reportsOf(engine, other), reportsOf(engine, objects), `seed ${seed}`);
    }
  });

  test(`T-249 zones of other names give the same reports (${engine})`, () => {
    // An error may quote the values of a requirement.
    const comparable = (reports: Reports) =>
      new Map([...reports].map(([pod, report]) => [pod, { ...report, error: String(report.error !== undefined) }]));
    let zonal = 0;
    for (const seed of seeds(101, 80)) {
      const objects = clusterOf(seed);
      const renamed = relabelled(objects, (zone) => `other.${zone}`);
      if (JSON.stringify(renamed) !== JSON.stringify(objects)) zonal++;
      assertSame(comparable(reportsOf(engine, renamed)), comparable(reportsOf(engine, objects)), `seed ${seed}`);
    }
    assert.ok(zonal > 25, `${zonal} clusters had zones to rename`);
  });

  test(`T-250 one more free volume takes no node away (${engine})`, () => {
    for (const seed of seeds(201, 120)) {
      const objects = clusterOf(seed);
      const added = freeVolume(new Random(seed), objects);
      const before = reportsOf(engine, objects);
      for (const [pod, after] of reportsOf(engine, [...objects, added])) {
        const { error, feasible } = before.get(pod) as PodReport;
        assert.is(after.error, error, `seed ${seed}, ${pod}`);
        assertSubset(feasible, after.feasible, `seed ${seed}, ${pod}`);
      }
    }
  });

  test(`T-251 more room takes no node away and leaves none without room that had it (${engine})`, () => {
    for (const seed of seeds(401, 120)) {
      const objects = clusterOf(seed);
      const added = moreRoom(new Random(seed), objects);
      const before = reportsOf(engine, objects);
      for (const [pod, after] of reportsOf(engine, [...objects, added])) {
        const earlier = before.get(pod) as PodReport;
        assertSubset(earlier.feasible, after.feasible, `seed ${seed}, ${pod}`);
        assertSubset(nodesWith(after, SPACE), nodesWith(earlier, SPACE), `seed ${seed}, ${pod}`);
      }
    }
  });

  test(`T-252 after any changes a matcher answers like a new one (${engine})`, () => {
    for (const seed of seeds(601, 24)) {
      checkChanges(engine, seed, seed % 6 === 0 ? new Random(seed).pick(NODE_COUNTS) : undefined);
    }
  });

  test(`T-255 20,000 nodes and as many local volumes are judged as by the naive evaluator (${engine})`, () => {
    manyVolumes ??= localVolumes({ nodes: 20_000, sample: 40, seed: 1 });
    checkLocalVolumes(engine, manyVolumes);
  });
}

test.run();
