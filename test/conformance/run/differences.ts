// A difference as a person needs it: both sides, the smallest cluster that still differs, and how to repeat it.

import { shrink } from "../../reference/shrink.js";
import { clusterOf, type Difference } from "./compare.js";
import { gatesText } from "./gates.js";
import { askOnce } from "./oracle.js";
import { filtersOf } from "./profiles.js";
import { differingPods, libraryReport, referenceReport, type Setting } from "./sides.js";

/** Shrinking stops there, with what it has. */
const SHRINKING_MS = 120_000;

export function describe(difference: Difference, oracle: string, shrinking: boolean): string {
  const { gates, kubernetes, ours, profile, seed, side, theirs } = difference;
  const lines = [
    `DIFFERENCE (${side}), seed ${seed}, profile ${profile}, gates ${gatesText(gates)}`,
    `  repeat: ${repeatCommand(difference)}`,
    `  ours:   ${JSON.stringify(ours)}`,
    `  oracle: ${JSON.stringify(theirs)}`,
  ];
  if (shrinking && side !== "shuffles") {
    const { objects } = clusterOf(profile, seed, kubernetes);
    const setting: Setting = { kubernetes, gates, filters: filtersOf(profile) };
    const answer = (of: typeof objects) =>
      side === "reference" ? referenceReport(of, setting) : libraryReport(of, setting, side as "wasm" | "javascript");
    const end = Date.now() + SHRINKING_MS;
    const small = shrink(objects, (candidate) => {
      if (Date.now() > end) return false;
      const judged = askOnce(oracle, { ...setting, objects: candidate });
      if (judged.error !== undefined) return false;
      return differingPods(answer(candidate), judged).length > 0;
    });
    lines.push(
      `  smallest cluster (${small.length} of ${objects.length} objects):`,
      ...small.map((object) => `    ${JSON.stringify(object)}`),
      `  ours:   ${JSON.stringify(answer(small))}`,
      `  oracle: ${JSON.stringify(askOnce(oracle, { ...setting, objects: small }))}`,
    );
  }
  return lines.join("\n");
}

function repeatCommand({ kubernetes, profile, seed, side }: Difference): string {
  const shuffles = side === "shuffles" ? " --shuffles" : "";
  return `npm run conformance -- --kubernetes ${kubernetes} --profile ${profile} --seed ${seed} --clusters 1${shuffles}`;
}
