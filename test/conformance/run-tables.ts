// Registers one test a case: the case by itself, then among irrelevant objects, in another order and where other cases
// were before.

import { test } from "uvu";
import * as assert from "uvu/assert";
import type { PodReport } from "../../lib/result/types.js";
import type { KubeObject } from "./build.js";
import type { ConformanceCase } from "./case.js";
import { checkReport, ownNodes } from "./check.js";
import { irrelevantObjects, mixed } from "./extras.js";
import { allCases } from "./tables/index.js";

export interface Question {
  readonly pod: string;
  readonly objects: readonly KubeObject[];
  readonly updates: readonly KubeObject[];
  readonly options: NonNullable<ConformanceCase["options"]>;
}

export interface Judge {
  readonly name: string;
  /** `used`: where other clusters were before. */
  evaluate(question: Question, used?: boolean): PodReport;
  /** Fails unless the input or an option is refused as expected. */
  checkRefused(question: Question, expected: NonNullable<ConformanceCase["expect"]["refused"]>): void;
}

export function registerTables(judge: Judge, cases: readonly ConformanceCase[] = allCases): void {
  for (const [index, given] of cases.entries()) {
    test(`${given.id} ${given.title} (${judge.name})`, () => run(judge, given, index + 1));
  }
}

function run(judge: Judge, given: ConformanceCase, seed: number): void {
  const { expect, objects, updates = [], options = {} } = given;
  const question = { pod: expect.pod ?? "default/pod", objects, updates, options };
  if (expect.refused) {
    judge.checkRefused(question, expect.refused);
    return;
  }
  const nodeNames = new Set(ownNodes(given));
  checkReport(judge.evaluate(question), given, nodeNames.size);
  const extras = irrelevantObjects(seed, nodeNames.size > 0);
  const crowded = { ...question, objects: mixed(seed, objects, extras) };
  const extraNodes = extras.filter(({ kind }) => kind === "Node").length;
  checkReport(judge.evaluate(crowded, true), given, nodeNames.size + extraNodes);
}

export function assertThrows(action: () => void, isExpected: (error: Error) => boolean, expected: string): void {
  try {
    action();
  } catch (error) {
    assert.ok(error instanceof Error && isExpected(error), `expected ${expected}, got ${error}`);
    return;
  }
  assert.unreachable(`expected ${expected}, got an answer`);
}
