// lint: terms that no node meets -> which requirement is at fault, and what nodes have instead.

import type { WrittenRequirement, WrittenTerm } from "../explain/written-terms.js";
import { counted } from "../objects/sentence.js";
import { LEGACY_KEYS } from "./legacy-keys.js";
import type { NodeLabels } from "./node-labels.js";
import { shown } from "./node-labels.js";

export interface Unmet {
  readonly field: string;
  readonly sentence: string;
  /** A value that nodes have, which may have been meant. */
  readonly near?: string;
}

/** Why no node meets any of these terms, all of which parse; `path` leads to their list. At least one is given. */
export function unmet(labels: NodeLabels, terms: readonly WrittenTerm[], path: string): Unmet {
  const [first] = terms;
  const fault = unmetTerm(labels, first);
  if (terms.length === 1) return fault;
  return {
    field: path,
    sentence: `no node meets any of its ${counted(terms.length, "term")}; of the first, ${fault.sentence}`,
  };
}

function unmetTerm(labels: NodeLabels, { path, requirements }: WrittenTerm): Unmet {
  const failed = requirements.find((one) => labels.meeting(one) === 0);
  if (failed !== undefined) return unmetRequirement(labels, failed);
  return { field: path, sentence: `no node meets all of ${requirements.map(phraseOf).join(", ")} together` };
}

/** A requirement that no node meets. */
export function unmetRequirement(labels: NodeLabels, written: WrittenRequirement): Unmet {
  const { key, operator, path, values } = written;
  const today = LEGACY_KEYS.get(key);
  if ((operator === "In" || operator === "Exists") && labels.present(key) === 0) {
    const replaced = today === undefined ? "" : `; ${today} took its place`;
    return { field: path, sentence: `no node has the label ${key}${replaced}` };
  }
  const sentence = `no node has ${phraseOf(written)}; ${labels.phrase(key)}`;
  const near = operator === "In" && values.length === 1 ? labels.near(key, values[0]) : undefined;
  return near === undefined ? { field: path, sentence } : { field: path, sentence, near };
}

/** A requirement in words, such as `zone in [a, b]`. */
export function phraseOf({ key, operator, values }: WrittenRequirement): string {
  switch (operator) {
    case "In":
      return values.length === 1 ? `${key} ${shown(values[0])}` : `${key} in ${listed(values)}`;
    case "NotIn":
      return `${key} not in ${listed(values)}`;
    case "Exists":
      return key;
    case "DoesNotExist":
      return `no ${key}`;
    default:
      return `${key} ${operator} ${values.join(", ")}`;
  }
}

const LISTED = 5;

function listed(values: readonly string[]): string {
  const more = values.length > LISTED ? `, and ${(values.length - LISTED).toLocaleString("en")} more` : "";
  return `[${values.slice(0, LISTED).map(shown).join(", ")}${more}]`;
}
