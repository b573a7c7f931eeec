// Explanations of random clusters of every profile: each rejection has causes, which name an object and a field.

import { test } from "uvu";
import * as assert from "uvu/assert";
import { explain } from "../../lib/explain.js";
import { checkCauses, checkRemedies, peel, randomMatcher } from "./random-clusters.js";

const CLUSTERS = 24;

/** What is counted over each pod of the first clusters. */
function count(
  clusters: number,
  of: (matcher: ReturnType<typeof randomMatcher>, pod: string, where: string) => number,
) {
  let sum = 0;
  for (let seed = 1; seed <= clusters; seed++) {
    const matcher = randomMatcher(seed);
    for (const pod of matcher.pods.keys()) sum += of(matcher, pod, `seed ${seed}, ${pod}`);
  }
  return sum;
}

test("every rejected node is told once, with the scheduler's verdict and causes that name an object and a field", () => {
  const rejections = count(CLUSTERS, checkCauses);
  assert.ok(rejections > 1000, `${rejections} rejections`);
});

test("about one node the same causes are told as in the groups of all nodes", () => {
  for (let seed = 1; seed <= CLUSTERS / 6; seed++) {
    const matcher = randomMatcher(seed);
    for (const pod of matcher.pods.keys()) {
      const all = explain(matcher, pod);
      for (const group of all.groups) {
        const [node] = group.nodes;
        const one = explain(matcher, pod, node);
        const codes = group.causes.map((cause) => all.causes[cause].code).sort();
        assert.equal([one.node, one.feasible, one.message], [node, false, all.message]);
        assert.equal(one.causes.map(({ code }) => code).sort(), codes, `seed ${seed}, ${pod}, ${node}`);
        assert.ok(one.causes.every(({ nodes }) => nodes === 1));
      }
    }
  }
});

test("when what its causes name is taken away, a verdict is another one, and a cause that is taken away alone is not told again", () => {
  const peeled = count(CLUSTERS / 2, (matcher, pod, where) => {
    const found = peel(matcher, pod);
    assert.equal(
      found.filter(({ became }) => became === "kept"),
      [],
      where,
    );
    return found.filter(({ became }) => became === "changed").length;
  });
  assert.ok(peeled > 100, `${peeled} verdicts`);
});

test("every remedy that is offered opens as many nodes as it says", () => {
  const offered = count(CLUSTERS / 3, checkRemedies);
  assert.ok(offered > 50, `${offered} remedies`);
});

test.run();
