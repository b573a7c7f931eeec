// What the provisioner's judge answered to the cases of `npm test`.

import { RecordedAnswers } from "../recorded-answers.js";
import type { Judgement, ProvisionerRequest } from "./request.js";

export interface RecordedCase {
  readonly seed: number;
  readonly request: ProvisionerRequest;
  readonly judgement: Judgement;
}

export const recorded = new RecordedAnswers<RecordedCase>("provisioner-v6.4.0", "conformance:provisioner");
