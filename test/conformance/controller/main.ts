// `npm run conformance:controller`: random volumes, claims, classes and pods, over which the library's PV controller and
// the real one must leave the same and say the same. --record writes the cases of `npm test` instead.

import { parseArgs } from "node:util";
import { shrink } from "../../reference/shrink.js";
import { oracleVersion } from "../run/oracle.js";
import { type Difference, differences, libraryRest, ofKind, type Rest } from "./compare.js";
import { generateObjects, type Written } from "./generate.js";
import { askOnce, buildJudge, ControllerJudge } from "./judge.js";
import { record } from "./record.js";

const WAITING = 64;
const SHOWN = 5;

const { values } = parseArgs({
  options: {
    cases: { type: "string", default: "10000" },
    seed: { type: "string", default: "1" },
    "no-shrink": { type: "boolean", default: false },
    record: { type: "boolean", default: false },
  },
});

const path = buildJudge();
const judge = new ControllerJudge(path);
if (values.record) {
  console.log(await record(judge));
  judge.close();
  process.exit();
}
const first = Number(values.seed);
const totals = { cases: 0, volumes: 0, claims: 0, "phases changed": 0, events: 0, differences: 0 };
/** Kinds with the phase in which they end, and reasons of events. */
const ends = new Map<string, number>();
const asked = new Set<Promise<void>>();
for (let seed = first; seed < first + Number(values.cases); seed++) {
  const objects = generateObjects(seed);
  const answer = judge.ask(objects).then(
    (theirs) => count(seed, objects, theirs),
    (fault: Error) =>
      tell(seed, objects, [{ where: "the judge", ours: undefined, theirs: fault.message.slice(0, 2000) }]),
  );
  asked.add(answer);
  answer.finally(() => asked.delete(answer)).catch(() => {});
  if (asked.size >= WAITING) await Promise.race(asked);
}
await Promise.all(asked);
judge.close();
console.log(`PV controller, seeds from ${first}, judged by Kubernetes ${oracleVersion(path)}`);
for (const [name, total] of Object.entries(totals)) console.log(line(name, total));
for (const [name, total] of [...ends].sort()) console.log(line(`  ${name}`, total));
process.exitCode = totals.differences > 0 || totals.cases === 0 ? 1 : 0;

function line(name: string, total: number): string {
  return `${name.padEnd(28)} ${total.toLocaleString("en").padStart(12)}`;
}

function count(seed: number, objects: readonly Written[], theirs: Rest): void {
  totals.cases++;
  totals.volumes += theirs.volumes?.length ?? 0;
  totals.claims += theirs.claims?.length ?? 0;
  totals.events += theirs.events.length;
  for (const [kind, rest] of [
    ["PersistentVolume", theirs.volumes],
    ["PersistentVolumeClaim", theirs.claims],
  ] as const) {
    for (const [i, object] of ofKind(objects, kind).entries()) {
      const phase = phaseOf(rest?.[i]);
      if (phase !== phaseOf(object)) totals["phases changed"]++;
      met(`${kind} ${phase}`);
    }
  }
  for (const { reason } of theirs.events as { reason: string }[]) met(`event ${reason}`);
  tell(seed, objects, compared(objects, theirs));
}

function met(name: string): void {
  ends.set(name, (ends.get(name) ?? 0) + 1);
}

function phaseOf(object: unknown): string {
  return (object as { status?: { phase?: string } } | undefined)?.status?.phase || "without phase";
}

/** Without these the judge and the library fill in something else. */
function isWhole({ kind, metadata = {} }: Written): boolean {
  const { resourceVersion, uid } = metadata as Written;
  if (kind === "PersistentVolume") return uid !== undefined;
  return kind !== "PersistentVolumeClaim" || (uid !== undefined && resourceVersion !== undefined);
}

/** A fault of ours is a difference, too. */
function compared(objects: readonly Written[], theirs: Rest): Difference[] {
  try {
    return differences(objects, libraryRest(objects), theirs);
  } catch (fault) {
    return [{ where: "the library", ours: (fault as Error).message, theirs: undefined }];
  }
}

function tell(seed: number, objects: readonly Written[], found: readonly Difference[]): void {
  if (found.length === 0 || ++totals.differences > SHOWN) return;
  const { ours, theirs, where } = found[0];
  console.log(
    `DIFFERENCE, seed ${seed}, ${where}\n  ours   ${JSON.stringify(ours)}\n  theirs ${JSON.stringify(theirs)}`,
  );
  if (values["no-shrink"]) return;
  const kindOf = (text: string): string => text.replace(/^\S+ \S+/, "");
  const small = shrink(objects, (fewer) => {
    if (!fewer.every(isWhole)) return false;
    const rest = askOnce(path, fewer);
    return rest !== undefined && compared(fewer, rest).some((other) => kindOf(other.where) === kindOf(where));
  });
  const rest = askOnce(path, small);
  const left = rest === undefined ? [] : compared(small, rest);
  console.log(`  of ${JSON.stringify(small)}`);
  for (const one of left) console.log(`    ${one.where}: ${JSON.stringify(one.ours)} | ${JSON.stringify(one.theirs)}`);
}
