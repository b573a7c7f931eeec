// A difference as a person needs it: both sides, the smallest cluster that still differs, and how to repeat it.

import * as shipped from "../../../lib/index.js";
import { Random } from "../../reference/generator/random.js";
import type { KubeObject } from "../../reference/generator/world.js";
import { shrink } from "../../reference/shrink.js";
import { settingOf } from "./arguments.js";
import { clusterOf, type Difference } from "./compare.js";
import { completed, isPending } from "./completed.js";
import { ENTRY_POINTS } from "./entry-points.js";
import { gatesText } from "./gates.js";
import { askOnce, type JsonReport } from "./oracle.js";
import { differingPods, libraryReport, loaded, referenceReport, type Setting } from "./sides.js";

/** Shrinking stops there, with what it has. */
const SHRINKING_MS = 120_000;

type Differing = readonly { readonly ours: JsonReport; readonly theirs: JsonReport }[];
/** How one side differs from the oracle about a cluster that was loaded at once. */
type Answer = (objects: readonly KubeObject[], setting: Setting, theirs: JsonReport) => Differing;

const ANSWERS: Readonly<Record<string, Answer>> = {
  wasm: reports((objects, setting) => libraryReport(objects, setting, "wasm")),
  // One that comes only of the way there stays as large as it is.
  updates: reports((objects, setting) => libraryReport(objects, setting, "wasm")),
  javascript: reports((objects, setting) => libraryReport(objects, setting, "javascript")),
  reference: reports(referenceReport),
};

function reports(answer: (objects: readonly KubeObject[], setting: Setting) => JsonReport): Answer {
  return (objects, setting, theirs) => {
    const ours = answer(objects, setting);
    return differingPods(ours, theirs).map((place) =>
      place < 0 ? { ours, theirs } : { ours: ours.pods[place], theirs: theirs.pods[place] },
    );
  };
}

function entryPoint(side: string): Answer | undefined {
  if (!Object.hasOwn(ENTRY_POINTS, side)) return undefined;
  return (objects, setting, theirs) => {
    const wanted = completed(objects);
    const pods = wanted.filter(isPending);
    if (pods.length !== theirs.pods.length) return [];
    const matcher = loaded(shipped, wanted, setting, "wasm");
    return ENTRY_POINTS[side]({ matcher, pods, theirs, random: new Random(1), objects: wanted }).mismatches;
  };
}

export function describe(difference: Difference, oracle: string, shrinking: boolean): string {
  const { gates, kubernetes, ours, profile, seed, side, theirs } = difference;
  const lines = [
    `DIFFERENCE (${side}), seed ${seed}, profile ${profile}, gates ${gatesText(gates)}`,
    `  repeat: ${repeatCommand(difference)}`,
    `  ours:   ${JSON.stringify(ours)}`,
    `  oracle: ${JSON.stringify(theirs)}`,
  ];
  const answer = ANSWERS[side] ?? entryPoint(side);
  if (shrinking && answer !== undefined) {
    const { objects } = clusterOf(profile, seed, kubernetes);
    const setting = settingOf(profile, seed, kubernetes, objects);
    const judge = (of: typeof objects): JsonReport => askOnce(oracle, { ...setting, objects: of });
    const end = Date.now() + SHRINKING_MS;
    const small = shrink(objects, (candidate) => {
      if (Date.now() > end) return false;
      const judged = judge(candidate);
      return judged.error === undefined && answer(candidate, setting, judged).length > 0;
    });
    lines.push(
      `  smallest cluster (${small.length} of ${objects.length} objects):`,
      ...small.map((object) => `    ${JSON.stringify(object)}`),
      ...answer(small, setting, judge(small)).flatMap((one) => [
        `  ours:   ${JSON.stringify(one.ours)}`,
        `  oracle: ${JSON.stringify(one.theirs)}`,
      ]),
    );
  }
  return lines.join("\n");
}

function repeatCommand({ kubernetes, profile, seed, side }: Difference): string {
  const shuffles = side === "shuffles" ? " --shuffles" : "";
  return `npm run conformance -- --kubernetes ${kubernetes} --profile ${profile} --seed ${seed} --clusters 1${shuffles}`;
}
