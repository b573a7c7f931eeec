// Every mutant, by stage.

import { assume } from "./assume.js";
import { command } from "./command.js";
import { compile } from "./compile.js";
import { cli, controllers } from "./controllers.js";
import { evaluateMasks } from "./evaluate-masks.js";
import { evaluatePlaces } from "./evaluate-places.js";
import { evaluateSelectors } from "./evaluate-selectors.js";
import { explain } from "./explain.js";
import { facades } from "./facades.js";
import { faults } from "./faults.js";
import { filters } from "./filters.js";
import { internRows } from "./intern-rows.js";
import { internTexts } from "./intern-texts.js";
import { kernels } from "./kernels.js";
import { limits } from "./limits.js";
import { lint } from "./lint.js";
import type { Mutant } from "./mutant.js";
import { objects } from "./objects.js";
import { provisioner } from "./provisioner.js";
import { questions, threads } from "./questions.js";
import { scores } from "./scores.js";
import { snapshotTopology } from "./snapshot-topology.js";
import { strictCapacity } from "./strict-capacity.js";
import { volumeBinding } from "./volume-binding.js";
import { whatif } from "./whatif.js";

export const mutants: readonly Mutant[] = [
  ...objects,
  ...internTexts,
  ...internRows,
  ...compile,
  ...evaluateMasks,
  ...evaluatePlaces,
  ...evaluateSelectors,
  ...kernels,
  ...filters,
  ...limits,
  ...volumeBinding,
  ...snapshotTopology,
  ...strictCapacity,
  ...scores,
  ...facades,
  ...questions,
  ...threads,
  ...assume,
  ...faults,
  ...controllers,
  ...provisioner,
  ...explain,
  ...whatif,
  ...lint,
  ...cli,
  ...command,
];

/** Of which files a usual run makes all changes, and of which every other one; of the others it makes every third. */
const ALL = /^lib\/(assume|hints)\/|^assembly\//;
const HALF = /^lib\/(filters|layers)\//;

/** The mutants of a usual run. */
export const core: readonly Mutant[] = mutants.filter((mutant) => {
  const ofFile = mutants.filter(({ file }) => file === mutant.file);
  return ofFile.indexOf(mutant) % (ALL.test(mutant.file) ? 1 : HALF.test(mutant.file) ? 2 : 3) === 0;
});
