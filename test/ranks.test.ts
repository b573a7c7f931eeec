// Amounts and their ranks: the same order, however amounts come, also where no rank is left between two.

import { test } from "uvu";
import * as assert from "uvu/assert";
import { Least } from "../lib/evaluate/least.js";
import { Ranks } from "../lib/evaluate/ranks.js";
import type { EngineName, TopologyMatcher } from "../lib/index.js";
import { createMatcherSync } from "../lib/index.js";
import { Random } from "./reference/generator/random.js";

const GI = 2n ** 30n;
const inZone = (zone: string) => ({ key: "zone", operator: "In", values: [zone] });

/** Fails unless ranks are in the amounts' order, from 1 on, and found for every amount in between. */
function check(ranks: Ranks, amounts: Iterable<bigint>, hint: string): void {
  const sorted = [...new Set(amounts)].sort((a, b) => (a < b ? -1 : 1));
  let before = 0;
  for (const [i, amount] of sorted.entries()) {
    const rank = ranks.rank(amount);
    assert.ok(rank > before && rank <= 0xffff_ffff, `${hint}: rank ${rank} of ${amount} after ${before}`);
    assert.is(ranks.atLeast(amount), rank, hint);
    if (i === 0 || sorted[i - 1] < amount - 1n) assert.is(ranks.atLeast(amount - 1n), rank, hint);
    before = rank;
  }
  assert.is(ranks.atLeast((sorted.at(-1) as bigint) + 1n), 0, hint);
}

test("the least rank of an amount is looked up again when amounts come, and when all are ranked anew", () => {
  const ranks = new Ranks();
  const least = new Least(ranks, 500n);
  assert.is(least.rank, 0);
  for (const amounts of [
    [900n],
    [600n],
    [500n],
    [100n, 200n],
    Array.from({ length: 300 }, (_, i) => 601n + BigInt(i)),
  ]) {
    ranks.addAll(amounts);
    assert.is(least.rank, ranks.atLeast(500n), `${amounts[0]}`);
  }
  ranks.clear();
  assert.is(least.rank, 0);
  // As many amounts, ranked anew.
  ranks.addAll([100n, 900n]);
  assert.is(least.rank, ranks.rank(900n));
  ranks.clear();
  ranks.addAll([600n, 900n]);
  assert.is(least.rank, ranks.rank(600n));
});

test("amounts that come one by one, each between the two before, have ranks of their own", () => {
  const ranks = new Ranks();
  const amounts: bigint[] = [];
  let { epoch } = ranks;
  let ranked = 0;
  for (let i = 0; i < 200; i++) {
    amounts.push(i % 2 === 0 ? BigInt(i) : BigInt(1000 - i));
    ranks.addAll(amounts.slice(-1));
    check(ranks, amounts, `${i} amounts`);
    if (ranks.epoch !== epoch) ranked++;
    epoch = ranks.epoch;
  }
  // Halves of 2^32 end after some thirty of them.
  assert.ok(ranked > 2 && ranked < 20, `${ranked} times all were ranked anew`);
});

for (const [what, amountOf] of [
  ["grow", (i: number) => BigInt(i)],
  ["shrink", (i: number) => -BigInt(i)],
] as const) {
  test(`amounts that only ${what} are seldom ranked anew`, () => {
    const ranks = new Ranks();
    const first = Array.from({ length: 100 }, (_, i) => amountOf(i));
    ranks.addAll(first);
    const { epoch } = ranks;
    for (let i = 100; i < 10_000; i++) ranks.addAll([amountOf(i)]);
    check(
      ranks,
      Array.from({ length: 10_000 }, (_, i) => amountOf(i)),
      what,
    );
    // Each time there are at least half as many more.
    assert.ok(ranks.epoch - epoch <= 12, `${ranks.epoch - epoch} times`);
  });
}

test("a few among many take places between them", () => {
  const ranks = new Ranks();
  const amounts = Array.from({ length: 1000 }, (_, i) => BigInt(i * 10));
  ranks.addAll(amounts);
  const { epoch } = ranks;
  const few = [5n, 15n, 4321n, 20_000n];
  ranks.addAll(few);
  check(ranks, [...amounts, ...few], "few");
  assert.is(ranks.epoch, epoch);
});

test("amounts in any order, one or many at a time, also those that no double tells apart", () => {
  for (let seed = 0; seed < 20; seed++) {
    const random = new Random(seed);
    const ranks = new Ranks();
    const amounts = new Set<bigint>();
    for (let round = 0; round < 30; round++) {
      const some = Array.from({ length: random.pick([1, 1, 1, 2, 7]) }, () => {
        const amount = BigInt(random.int(0, 40)) + (random.chance(0.5) ? 2n ** 60n : 0n);
        return random.chance(0.2) ? amount - 20n : amount;
      });
      for (const amount of some) amounts.add(amount);
      ranks.addAll(some);
      check(ranks, amounts, `seed ${seed}, round ${round}`);
    }
  }
});

for (const engine of ["wasm", "javascript"] satisfies EngineName[]) {
  test(`${engine}: volumes that come one by one, each between the ones before, are found by size`, () => {
    const matcher = createMatcherSync({ engine, filters: ["VolumeBinding"] });
    matcher.storageClasses.upsert({
      metadata: { name: "local" },
      provisioner: "kubernetes.io/no-provisioner",
      volumeBindingMode: "WaitForFirstConsumer",
    });
    for (let i = 0; i < 60; i++) matcher.nodes.upsert({ metadata: { name: `n${i}`, labels: { zone: `z${i}` } } });
    const sizes: bigint[] = [];
    const put = (size: bigint): void => {
      const i = sizes.push(size) - 1;
      matcher.persistentVolumes.upsert({
        metadata: { name: `pv${i}` },
        spec: {
          nodeAffinity: { required: { nodeSelectorTerms: [{ matchExpressions: [inZone(`z${i}`)] }] } },
          storageClassName: "local",
          capacity: { storage: `${size * GI}` },
        },
        status: { phase: "Available" },
      });
    };
    const ask = (size: bigint): number => {
      const storage = `${size * GI}`;
      const spec = { storageClassName: "local", resources: { requests: { storage } } };
      return matcher.evaluateClaim({ metadata: { name: "c", namespace: "d" }, spec }).nodes.size;
    };
    put(1n);
    put(1000n);
    for (let i = 2n; i < 50n; i++) {
      ask(5n);
      put(900n - i);
    }
    for (let size = 1n; size < 1002n; size += 7n) {
      const expected = sizes.filter((one) => one >= size).length;
      assert.is(ask(size), expected, `${size} Gi`);
    }
  });
}

/** Local volumes of two modes, so that two lists share the ranks; the second list to be filled gives new ones to all. */
function twoModes(): TopologyMatcher {
  const matcher = createMatcherSync({ filters: ["VolumeBinding"] });
  matcher.storageClasses.upsert({
    metadata: { name: "local" },
    provisioner: "kubernetes.io/no-provisioner",
    volumeBindingMode: "WaitForFirstConsumer",
  });
  for (const zone of ["z1", "z2", "z3"]) matcher.nodes.upsert({ metadata: { name: zone, labels: { zone } } });
  for (const [name, zone, size, volumeMode] of [
    ["block-5", "z1", 5, "Block"],
    ["block-30", "z1", 30, "Block"],
    ["block-6", "z2", 6, "Block"],
    ["files-1", "z3", 1, "Filesystem"],
    ["files-2", "z3", 2, "Filesystem"],
    ["files-3", "z3", 3, "Filesystem"],
    ["files-4", "z3", 4, "Filesystem"],
    ["files-z1", "z1", 10, "Filesystem"],
    ["files-z2", "z2", 10, "Filesystem"],
  ] as const) {
    const nodeAffinity = { required: { nodeSelectorTerms: [{ matchExpressions: [inZone(zone)] }] } };
    const spec = { storageClassName: "local", volumeMode, capacity: { storage: `${size}Gi` }, nodeAffinity };
    matcher.persistentVolumes.upsert({ metadata: { name }, spec, status: { phase: "Available" } });
  }
  for (const [name, storage, volumeMode] of [
    ["raw", "5Gi", "Block"],
    ["files", "10Gi", "Filesystem"],
  ]) {
    const spec = { storageClassName: "local", volumeMode, resources: { requests: { storage } } };
    matcher.persistentVolumeClaims.upsert({ metadata: { name, namespace: "d" }, spec });
  }
  return matcher;
}

const using = (...claims: string[]) => ({
  metadata: { name: "p", namespace: "d" },
  spec: { volumes: claims.map((claimName, i) => ({ name: `v${i}`, persistentVolumeClaim: { claimName } })) },
});

test("a list that gives new ranks to all leaves none of the pod's other lists with the old ones", () => {
  assert.equal(twoModes().evaluatePod(using("raw", "files")).nodes.toArray(), ["z1", "z2"]);
});

test("a plan is right though another pod's question has given new ranks since", () => {
  const matcher = twoModes();
  const early = matcher.evaluatePod(using("raw"));
  assert.equal(matcher.evaluatePod(using("files")).nodes.toArray(), ["z1", "z2"]);
  assert.equal(early.plan("z1")?.staticBindings, [{ claim: "d/raw", volume: "block-5" }]);
});

test.run();
