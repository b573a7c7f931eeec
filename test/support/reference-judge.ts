// The naive evaluator of test/reference as a judge of tables.

import { assertThrows, type Judge, type Question } from "../conformance/run-tables.js";
import { evaluateCluster } from "../reference/evaluator/evaluate.js";

export const referenceJudge: Judge = {
  name: "reference",
  evaluate: ({ pod, objects, updates, options }: Question) => {
    const report = evaluateCluster([...objects, ...updates], { ...options, plans: true, pods: [pod] });
    return report.pods[0] as ReturnType<Judge["evaluate"]>;
  },
  checkRefused(question, { text }) {
    // Which gates a release offers, which shapes and which arguments, is not the evaluator's business.
    if (question.options.gates || question.options.scoring || question.options.pluginConfig) return;
    assertThrows(
      () => this.evaluate(question),
      (error) => error.message.includes(text),
      `an error that says ${text}`,
    );
  },
};
