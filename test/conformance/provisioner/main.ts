// `npm run conformance:provisioner`: random attempts to provision claims, about which the library and the real
// provisioner must say the same. --record writes the cases of `npm test` instead.

import { execFileSync } from "node:child_process";
import { parseArgs } from "node:util";
import { shrink } from "../../reference/shrink.js";
import { type Difference, differences, libraryJudgement } from "./compare.js";
import { generateRequest } from "./generate.js";
import { askOnce, buildJudge, ProvisionerJudge } from "./judge.js";
import { record } from "./record.js";
import type { Judgement, ProvisionerRequest } from "./request.js";
import { situationsOf } from "./situations.js";

const WAITING = 64;
const SHOWN = 5;
/** The judge's provisioners keep their event recorders for good. */
const CASES_A_PROCESS = 10_000;

const { values } = parseArgs({
  options: {
    cases: { type: "string", default: "10000" },
    seed: { type: "string", default: "1" },
    "no-shrink": { type: "boolean", default: false },
    record: { type: "boolean", default: false },
  },
});

const path = buildJudge();
const version = execFileSync(path, ["-version"], { encoding: "utf8" }).trim();
if (values.record) {
  const judge = new ProvisionerJudge(path);
  console.log(await record(judge, version));
  judge.close();
  process.exit();
}
const totals = { cases: 0, attempts: 0, differences: 0 };
/** What happened, and how often. */
const met = new Map<string, number>();
const first = Number(values.seed);
const last = first + Number(values.cases);
for (let from = first; from < last; from += CASES_A_PROCESS) {
  const judge = new ProvisionerJudge(path);
  const asked = new Set<Promise<void>>();
  for (let seed = from; seed < Math.min(last, from + CASES_A_PROCESS); seed++) {
    const request = generateRequest(seed);
    const answer = judge.ask(request).then((theirs) => count(seed, request, theirs));
    asked.add(answer);
    answer.finally(() => asked.delete(answer)).catch(() => {});
    if (asked.size >= WAITING) await Promise.race(asked);
  }
  await Promise.all(asked);
  judge.close();
}
console.log(`provisioner, seeds ${first} to ${last - 1}, judged by external-provisioner ${version}`);
for (const [name, total] of [...Object.entries(totals), ...[...met].sort()]) {
  console.log(`${name.padEnd(40)} ${total.toLocaleString("en").padStart(12)}`);
}
process.exitCode = totals.differences > 0 || totals.cases === 0 ? 1 : 0;

function count(seed: number, request: ProvisionerRequest, theirs: Judgement): void {
  totals.cases++;
  totals.attempts += request.attempts.length;
  for (const situation of situationsOf(request, theirs)) met.set(situation, (met.get(situation) ?? 0) + 1);
  tell(seed, request, compared(request, theirs));
}

/** A fault of ours is a difference, too. */
function compared(request: ProvisionerRequest, theirs: Judgement): Difference[] {
  try {
    return differences(request, libraryJudgement(request), theirs);
  } catch (fault) {
    return [{ where: "the library", ours: (fault as Error).message, theirs: undefined }];
  }
}

function tell(seed: number, request: ProvisionerRequest, found: readonly Difference[]): void {
  if (found.length === 0 || ++totals.differences > SHOWN) return;
  const { ours, theirs, where } = found[0];
  const short = (value: unknown) => (JSON.stringify(value) ?? "nothing").slice(0, 600);
  console.log(`DIFFERENCE, seed ${seed}, ${where}\n  ours   ${short(ours)}\n  theirs ${short(theirs)}`);
  if (values["no-shrink"] || request.attempts.length === 0) return;
  const kindOf = (text: string): string => text.replace(/^attempt \d+/, "");
  const small = shrink(request.attempts, (attempts) => {
    const fewer = { ...request, attempts };
    const answer = attempts.length === 0 ? undefined : askOnce(path, fewer);
    return answer !== undefined && compared(fewer, answer).some((other) => kindOf(other.where) === kindOf(where));
  });
  console.log(`  of ${JSON.stringify({ options: request.options, attempts: small }).slice(0, 3000)}`);
}
