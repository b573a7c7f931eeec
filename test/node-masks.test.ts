// Sets of nodes of the caller's own, through growth, trims and nodes that come and go: by hand.

import { test } from "uvu";
import * as assert from "uvu/assert";
import type { EngineName, NodeMask, PodLike, TopologyMatcher, Verdict } from "../lib/index.js";
import { createMatcherSync, TopologyError } from "../lib/index.js";
import { Random } from "./reference/generator/random.js";

const ENGINES: readonly EngineName[] = ["wasm", "javascript"];
const ZONES = ["a", "b", "c"];

function podIn(zone: string): PodLike {
  return { metadata: { name: `in-${zone}`, namespace: "d" }, spec: { nodeSelector: { zone } } } as PodLike;
}

/** A set and what it must hold: names. */
interface Held {
  readonly mask: NodeMask;
  readonly names: Set<string>;
}

function check(
  matcher: TopologyMatcher,
  verdict: Verdict,
  held: Held,
  inZone: ReadonlySet<string>,
  hint: string,
): void {
  const ids = [...held.names].map((name) => matcher.nodeId(name)).sort((a, b) => a - b);
  const both = ids.filter((id) => inZone.has(matcher.nodeName(id)));
  assert.equal([...held.mask], ids, hint);
  assert.is(held.mask.size, ids.length, hint);
  assert.is(verdict.countWithin(held.mask), both.length, hint);
  const into = new Uint32Array(both.length + 1);
  assert.is(verdict.firstWithin(held.mask, into.length, into), both.length, hint);
  assert.equal([...into.subarray(0, both.length)], both, hint);
}

for (const engine of ENGINES) {
  test(`${engine}: two sets and two verdicts through random events, growth and trims`, () => {
    for (let seed = 0; seed < 4; seed++) {
      const random = new Random(seed);
      const matcher = createMatcherSync({ engine, filters: ["NodeAffinity"] });
      const nodes = new Map<string, string>();
      const put = (name: string): void => {
        nodes.set(name, random.pick(ZONES));
        matcher.nodes.upsert({ metadata: { name, labels: { zone: nodes.get(name) as string } } });
      };
      for (let i = 0; i < 33; i++) put(`n${i}`);
      const sets: Held[] = [0, 1].map(() => ({ mask: matcher.createNodeMask(), names: new Set() }));
      const verdicts = [matcher.createVerdict(), matcher.createVerdict()];
      for (let round = 0; round < 40; round++) {
        const hint = `seed ${seed}, round ${round}`;
        for (let event = 0; event < 8; event++) {
          const name = random.pick([...nodes.keys()]);
          const { mask, names } = random.pick(sets);
          const what = random.int(0, 9);
          if (what < 4) {
            mask.add(random.chance(0.5) ? name : matcher.nodeId(name));
            names.add(name);
          } else if (what < 6) assert.is(mask.delete(name), names.delete(name), hint);
          else if (what < 7) put(`n${random.int(0, 400)}`);
          else if (what < 8 && nodes.size > 5) {
            nodes.delete(name);
            matcher.nodes.delete(name);
            for (const set of sets) set.names.delete(name);
          } else assert.is(mask.has(name), names.has(name), hint);
        }
        // Rows get another length at 512 bits, and keep it where they are only given back.
        if (round === 15) for (let i = 0; i < 700; i++) put(`n${i}`);
        if (round % 7 === 3) matcher.trim();
        const zones = [random.pick(ZONES), random.pick(ZONES)];
        for (const [i, verdict] of verdicts.entries()) verdict.evaluatePod(podIn(zones[i]));
        for (const i of random.shuffle([0, 1, 0, 1])) {
          const inZone = new Set([...nodes].filter(([, zone]) => zone === zones[i]).map(([name]) => name));
          assert.is(verdicts[i].feasibleCount, inZone.size, hint);
          for (const held of sets) check(matcher, verdicts[i], held, inZone, hint);
        }
      }
    }
  });

  test(`${engine}: the rows of sets go back when rows get another length, and when all is trimmed`, () => {
    const used = (withSet: boolean): number[] => {
      const matcher = createMatcherSync({ engine, filters: ["NodeAffinity"] });
      const verdict = matcher.createVerdict();
      matcher.nodes.upsert({ metadata: { name: "n", labels: { zone: "a" } } });
      const mask = matcher.createNodeMask(withSet ? ["n"] : []);
      const bytes: number[] = [];
      for (let nodes = 1; nodes < 9000; nodes *= 3) {
        for (let i = 0; i < nodes; i++) matcher.nodes.upsert({ metadata: { name: `m${i}`, labels: { zone: "b" } } });
        verdict.evaluatePod(podIn("a"));
        if (withSet) assert.is(verdict.countWithin(mask), 1);
        matcher.trim();
        bytes.push(matcher.memory.engine);
      }
      return bytes;
    };
    assert.equal(used(true), used(false));
  });
}

test("a set of another matcher, and what is no set, are refused", () => {
  const [matcher, other] = [createMatcherSync(), createMatcherSync()];
  for (const one of [matcher, other]) one.nodes.upsert({ metadata: { name: "n" } });
  const verdict = matcher.createVerdict().evaluatePod({ metadata: { name: "p", namespace: "d" } });
  const bad = (error: unknown): boolean => error instanceof TopologyError && error.code === "BadArgument";
  assert.throws(() => verdict.countWithin(other.createNodeMask(["n"])), bad);
  assert.throws(() => verdict.countWithin(new Set([0]) as never), bad);
  assert.is(verdict.countWithin(matcher.createNodeMask(["n"])), 1);
});

test.run();
