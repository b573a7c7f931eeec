// The rows of a chain are the same whether the table is looked through or the chains were built and kept.

import { test } from "uvu";
import * as assert from "uvu/assert";
import { Blocks } from "../lib/intern/blocks.js";
import { Cluster, VOLUME } from "../lib/intern/cluster.js";
import { LazyRowIndex } from "../lib/intern/lazy-row-index.js";
import { Random } from "./reference/generator/random.js";

const CLASSES = ["fast", "slow", "none"];

const byClass = ({ volumes }: Cluster): LazyRowIndex =>
  new LazyRowIndex(volumes, VOLUME.class, VOLUME.class, VOLUME.class);
const byClaim = ({ volumes }: Cluster): LazyRowIndex =>
  new LazyRowIndex(volumes, VOLUME.refNamespace, VOLUME.refName, VOLUME.claimRef);

function rowsOf(index: LazyRowIndex, a: number, b: number): number[] {
  const rows: number[] = [];
  index.each(a, b, (row) => rows.push(row));
  return rows.sort((x, y) => x - y);
}

/** Puts volumes, several of one class in a run, and takes some away. */
function change(cluster: Cluster, random: Random, times: number): void {
  for (let i = 0; i < times; i++) {
    const name = `pv-${random.int(0, 199)}`;
    const storageClassName = CLASSES[(i >> 3) % CLASSES.length];
    const claimRef = random.chance(0.5) ? { namespace: "d", name: `c-${random.int(0, 9)}` } : undefined;
    cluster.volumes.upsert({ metadata: { name }, spec: { storageClassName, claimRef } });
    const gone = cluster.volumes.findKey(`pv-${random.int(0, 199)}`);
    if (gone >= 0 && random.chance(0.3)) cluster.volumes.delete(gone);
  }
}

test("rows by class and by claim, before and after the chains are built, through changes", () => {
  const random = new Random(5);
  const cluster = new Cluster(new Blocks());
  const kept = [byClass(cluster), byClaim(cluster)];
  for (let round = 0; round < 8; round++) {
    change(cluster, random, 150);
    const { strings, volumes } = cluster;
    const rows = Array.from({ length: volumes.limit }, (_, row) => row).filter((row) => volumes.has(row));
    for (const [i, index] of [...kept, byClass(cluster), byClaim(cluster)].entries()) {
      const [a, b] = i % 2 === 0 ? [VOLUME.class, VOLUME.class] : [VOLUME.refNamespace, VOLUME.refName];
      const names = i % 2 === 0 ? CLASSES.map((name) => [name, name]) : [3, 4].map((c) => ["d", `c-${c}`]);
      for (const [first, second] of names.map((pair) => pair.map((text) => strings.find(text)))) {
        const expected = rows.filter((row) => volumes.get(row, a) === first && volumes.get(row, b) === second);
        // Looked through, then from chains; those that are kept have chains from the first round on.
        assert.equal(rowsOf(index, first, second), expected);
        assert.equal(rowsOf(index, first, second), expected);
      }
    }
  }
});

test("tables of several pages of rows, the last one begun: every row is looked at once, whose object is there", () => {
  const cluster = new Cluster(new Blocks());
  const { strings, volumes } = cluster;
  const expected: number[] = [];
  for (let i = 0; i < 2_500; i++) {
    const claimRef = i % 3 === 0 ? { namespace: "d", name: "c" } : undefined;
    const row = volumes.upsert({ metadata: { name: `pv-${i}` }, spec: { storageClassName: "fast", claimRef } });
    if (i % 3 === 0 && i !== 1_023) expected.push(row);
  }
  volumes.delete(volumes.findKey("pv-1023"));
  const index = byClaim(cluster);
  const [namespace, name] = [strings.find("d"), strings.find("c")];
  assert.equal(rowsOf(index, namespace, name), expected);
  assert.equal(rowsOf(index, namespace, name), expected);
});

test("no row of the sort at first: those that come are found, though nobody was told of them while ids were void", () => {
  const cluster = new Cluster(new Blocks());
  const { strings, volumes } = cluster;
  const index = byClaim(cluster);
  volumes.upsert({ metadata: { name: "free" } });
  const claimRef = { namespace: "d", name: "c" };
  const found = (): number[] => rowsOf(index, strings.intern("d"), strings.intern("c"));
  assert.equal(found(), []);
  const [first, second] = ["a", "b"].map((name) => volumes.upsert({ metadata: { name }, spec: { claimRef } }));
  assert.equal(found(), [first, second]);
  assert.equal(found(), [first, second]);
  for (const name of ["a", "b"]) volumes.upsert({ metadata: { name } });
  assert.equal(found(), []);

  // Nobody is told of changes while everything derived is void; it is dropped before anything is read.
  cluster.derivations.isVoid = true;
  const third = volumes.upsert({ metadata: { name: "e" }, spec: { claimRef } });
  cluster.derivations.isVoid = false;
  index.dropIds();
  assert.equal(found(), [third]);

  const fresh = new Cluster(new Blocks());
  const told = byClaim(fresh);
  fresh.derivations.isVoid = true;
  const row = fresh.volumes.upsert({ metadata: { name: "e" }, spec: { claimRef } });
  fresh.derivations.isVoid = false;
  told.dropIds();
  assert.equal(rowsOf(told, fresh.strings.find("d"), fresh.strings.find("c")), [row]);
});

test.run();
