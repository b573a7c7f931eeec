// Makes the recorded cases: of random ones those in which something happens that is still rare.

import { generateRequest } from "./generate.js";
import type { ProvisionerJudge } from "./judge.js";
import { type RecordedCase, recorded } from "./recorded-file.js";
import { situationsOf } from "./situations.js";

const FIRST_SEED = 5_000_000;
const CASES = 20_000;
const TIMES = 3;

export async function record(judge: ProvisionerJudge, version: string): Promise<string> {
  const seen = new Map<string, number>();
  const cases: RecordedCase[] = [];
  for (let seed = FIRST_SEED; seed < FIRST_SEED + CASES; seed++) {
    const request = generateRequest(seed);
    const judgement = await judge.ask(request);
    const situations = situationsOf(request, judgement);
    if (!situations.some((situation) => (seen.get(situation) ?? 0) < TIMES)) continue;
    for (const situation of situations) seen.set(situation, (seen.get(situation) ?? 0) + 1);
    cases.push({ seed, request, judgement });
  }
  const bytes = recorded.write(version, cases);
  return `${cases.length} cases, ${seen.size} situations, ${bytes} bytes`;
}
