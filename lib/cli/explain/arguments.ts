// cli: what `topomatch explain` can be asked for.

import type { InputArguments, TellingArguments, VerdictArguments } from "../arguments.js";

export interface ExplainArguments extends InputArguments, VerdictArguments, TellingArguments {
  /** As it was named, or `pvc/NAME` or `node/NAME`; undefined for every pod that waits for a node. */
  readonly pod: string | undefined;
  readonly node: string | undefined;
  readonly output: "text" | "wide" | "json" | "yaml";
}
