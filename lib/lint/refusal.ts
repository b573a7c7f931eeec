// lint: a term as it was written -> why it matches nothing whatever the nodes are, if so.

import { refusalOf } from "../explain/refused-requirement.js";
import type { WrittenTerm } from "../explain/written-terms.js";

/** What makes a term match nothing whatever the nodes are. */
export interface Refused {
  readonly path: string;
  readonly sentence: string;
  /** It is about matchFields. */
  readonly field: boolean;
}

export function refusedTerm({ path, requirements }: WrittenTerm, minor: number): Refused | undefined {
  if (requirements.length === 0) return { path, sentence: "an empty term matches no node", field: false };
  for (const one of requirements) {
    const sentence = refusalOf(one, minor);
    if (sentence !== undefined) return { path: one.path, sentence, field: one.field };
  }
  return undefined;
}
