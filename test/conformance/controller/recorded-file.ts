// What the PV controller's judge answered to the cases of `npm test`.

import { RecordedAnswers } from "../recorded-answers.js";
import type { Rest } from "./compare.js";
import type { Written } from "./generate.js";

export interface RecordedCase {
  readonly seed: number;
  readonly objects: readonly Written[];
  /** The judge's answer. */
  readonly rest: Rest;
}

export const recorded = new RecordedAnswers<RecordedCase>("controller-1.37", "conformance:controller");
