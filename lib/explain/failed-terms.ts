// explain: terms as they were written, and nodes that meet none of them -> the requirements that these fail, and with what.

import { NumberList } from "../compile/programs.js";
import { FAILS, HOLDS, INVALID } from "../compile/requirements.js";
import type { Mask } from "../evaluate/mask.js";
import { NO_NODES } from "../evaluate/mask.js";
import { requirement } from "../intern/kinds.js";
import type { FailedRequirement, FailedTerm } from "./causes.js";
import type { Examination } from "./examination.js";
import { without } from "./examination.js";
import { foundUnder, hintsOf } from "./node-labels.js";
import { refusalOf } from "./refused-requirement.js";
import type { WrittenRequirement, WrittenTerm } from "./written-terms.js";

export interface SelectorKind {
  /** Nodes have fields, as for a pod's own affinity. */
  readonly named?: boolean;
  /** Whose topology it is about. */
  readonly driver?: string;
}

/** What each term asks for in vain on these nodes. O(requirements) masks. */
export function failedTerms(
  x: Examination,
  terms: readonly WrittenTerm[],
  nodes: Mask,
  kind: SelectorKind = {},
): FailedTerm[] {
  return terms.map((term) => failedTerm(x, term, nodes, kind));
}

function failedTerm(x: Examination, { path, requirements }: WrittenTerm, nodes: Mask, kind: SelectorKind): FailedTerm {
  if (requirements.length === 0) return { path, refused: "an empty term matches nothing", requirements: [] };
  const failed: FailedRequirement[] = [];
  for (const written of requirements) {
    const literal = literalOf(x, written);
    if (literal === INVALID) {
      return {
        path: written.path,
        refused: refusalOf(written, x.context.behaviour.minor) ?? "it does not parse",
        requirements: [],
      };
    }
    // Against labels alone, fields that parse hold for every node.
    if (literal === HOLDS || (written.field && kind.named !== true)) continue;
    const lacking = literal === FAILS ? nodes : without(x, nodes, maskOf(x, literal));
    if (lacking !== NO_NODES) failed.push(failedRequirement(x, written, lacking, kind.driver));
  }
  return { path, requirements: failed };
}

/** A requirement that none of these nodes meets. */
export function failedRequirement(
  x: Examination,
  written: Pick<WrittenRequirement, "path" | "key" | "operator" | "values" | "field">,
  nodes: Mask,
  driver = "",
): FailedRequirement {
  const { context } = x;
  const { field, key, operator, path, values } = written;
  return {
    path,
    key,
    operator,
    values,
    nodes: context.masks.count(nodes),
    ...foundUnder(x, nodes, key, field),
    hints: field ? [] : hintsOf(context, { key, operator, values }, driver),
  };
}

/** The nodes for which a literal holds. */
export function maskOf({ context: { compiler, selectors } }: Examination, literal: number): Mask {
  const { programs } = compiler;
  const literals = new NumberList();
  const terms = new NumberList();
  literals.push(literal);
  terms.push(programs.term(literals));
  return selectors.briefMask(programs.selector(terms));
}

/** What the compiler makes of one requirement. */
function literalOf({ context: { cluster, compiler } }: Examination, written: WrittenRequirement): number {
  const { blocks, codec, strings } = cluster;
  const { exact, field, key, operator, values } = written;
  const { requirements } = compiler;
  if (exact) return requirements.exactLiteral(strings.intern(key), strings.intern(values[0]));
  const cursor = blocks.cursor(codec.block(requirement, { key, operator, values }));
  return field ? requirements.fieldLiteral(cursor) : requirements.literal(cursor);
}
