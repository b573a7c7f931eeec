// Every mutant, by stage.

import { compile } from "./compile.js";
import { cli, controllers } from "./controllers.js";
import { evaluateMasks } from "./evaluate-masks.js";
import { evaluatePlaces } from "./evaluate-places.js";
import { evaluateSelectors } from "./evaluate-selectors.js";
import { facades } from "./facades.js";
import { filters, limits } from "./filters.js";
import { internRows } from "./intern-rows.js";
import { internTexts } from "./intern-texts.js";
import { kernels } from "./kernels.js";
import type { Mutant } from "./mutant.js";
import { objects } from "./objects.js";
import { questions, threads } from "./questions.js";
import { strictCapacity } from "./strict-capacity.js";
import { volumeBinding } from "./volume-binding.js";

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
  ...strictCapacity,
  ...facades,
  ...questions,
  ...threads,
  ...controllers,
  ...cli,
];
