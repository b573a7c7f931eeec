// The extra cases against the library, on both engines, and against the reference evaluator.

import { test } from "uvu";
import { evaluateCluster } from "../../reference/evaluator/evaluate.js";
import { checkReport, ownNodes } from "../check.js";
import { ENGINES, libraryJudge } from "../library-judge.js";
import { extraCases } from "./cases.js";

for (const given of extraCases) {
  const nodes = ownNodes(given).length;
  for (const engine of ENGINES) {
    test(`${given.id} ${given.title} (${engine})`, () => {
      const question = { pod: "default/pod", objects: given.objects, updates: [], options: {} };
      checkReport(libraryJudge(engine).evaluate(question), given, nodes);
    });
  }
  test(`${given.id} ${given.title} (reference)`, () => {
    const { pods } = evaluateCluster([...given.objects], { plans: true });
    checkReport(pods[0] as Parameters<typeof checkReport>[0], given, nodes);
  });
}

test.run();
