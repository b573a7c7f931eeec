// Makes the recorded cases: of random ones those in which something happens that is still rare.

import { oracleVersion } from "../run/oracle.js";
import { decidedOf, ofKind } from "./compare.js";
import { generateObjects, type Written } from "./generate.js";
import type { ControllerJudge } from "./judge.js";
import { type RecordedCase, recorded } from "./recorded-file.js";
import { situationsOf } from "./situations.js";

const FIRST_SEED = 5_000_000;
const CASES = 6000;
const MOST_OBJECTS = 16;
const AT_ONCE = 64;

export async function record(judge: ControllerJudge): Promise<string> {
  const seen = new Set<string>();
  const cases: RecordedCase[] = [];
  for (let from = FIRST_SEED; from < FIRST_SEED + CASES; from += AT_ONCE) {
    const some = Array.from({ length: AT_ONCE }, (_, i) => ({ seed: from + i, objects: needed(from + i) }));
    const rests = await Promise.all(some.map(({ objects }) => judge.ask(objects)));
    for (const [i, { objects, seed }] of some.entries()) {
      if (objects.length > MOST_OBJECTS) continue;
      const situations = situationsOf(objects, rests[i]);
      if (situations.every((situation) => seen.has(situation))) continue;
      for (const situation of situations) seen.add(situation);
      cases.push({ seed, objects, rest: decidedOf(rests[i]) });
    }
  }
  const bytes = recorded.write(oracleVersion(judge.path), cases);
  return `${cases.length} cases, ${seen.size} situations, ${bytes} bytes`;
}

/** The objects of a seed without classes that no claim could get. */
function needed(seed: number): Written[] {
  const objects = generateObjects(seed);
  const claims = JSON.stringify(ofKind(objects, "PersistentVolumeClaim"));
  return objects.filter(({ kind, metadata }) => {
    const { annotations, name } = metadata as Written;
    return kind !== "StorageClass" || annotations !== undefined || claims.includes(`"${name}"`);
  });
}
