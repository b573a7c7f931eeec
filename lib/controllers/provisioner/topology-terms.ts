// controllers: terms of topology, each an AND of keys with a value: their order, and how Go prints them.

import type { TopologySelectorTermLike } from "../../objects/types.js";
import { compareUtf8 } from "../../objects/utf8.js";
import type { Topology } from "./types.js";

export type Segment = readonly [key: string, value: string];
/** In the order of keys, and then of values. */
export type Term = readonly Segment[];

export function sortedTerm(segments: readonly Segment[]): Term {
  return [...segments].sort(compareSegments);
}

/** Short ones first, then segment by segment. */
export function compareTerms(a: Term, b: Term): number {
  // kube: R-TOP-12 by the number of pairs, then pair by pair.
  if (a.length !== b.length) return a.length - b.length;
  for (let i = 0; i < a.length; i++) {
    const order = compareSegments(a[i], b[i]);
    if (order !== 0) return order;
  }
  return 0;
}

/** Sorted, and each once. */
export function distinctTerms(terms: readonly Term[]): Term[] {
  const sorted = [...terms].sort(compareTerms);
  return sorted.filter((term, i) => i === 0 || compareTerms(term, sorted[i - 1]) !== 0);
}

/** Whether a place of `other` is a place of `term` too. */
export function isSubset(term: Term, other: Term): boolean {
  // kube: R-TOP-12 side by side: a term with a key twice is never part of one that has each key once.
  let found = 0;
  for (const [key, value] of other) {
    if (found === term.length) break;
    if (term[found][0] !== key) continue;
    if (term[found][1] !== value) return false;
    found++;
  }
  return found === term.length;
}

/** What allowedTopologies say, as an OR of terms. */
export function flatten(allowed: readonly TopologySelectorTermLike[]): Term[] {
  return allowed.flatMap(({ matchLabelExpressions }) => {
    let product: (readonly Segment[])[] = [];
    for (const { key, values } of matchLabelExpressions ?? []) {
      // kube: R-TOP-10 every value with everything before it; without values, what was before is gone.
      const before = product.length === 0 ? [[]] : product;
      product = (values ?? []).flatMap((value) => before.map((term) => [...term, [key ?? "", value ?? ""] as const]));
    }
    return product.map(sortedTerm);
  });
}

export function topologyOf(term: Term): Topology {
  // kube: R-TOP-10 of a key that is there twice the greatest value wins.
  return Object.freeze({ segments: Object.freeze(Object.fromEntries(term)) });
}

/** As Go prints a term. */
export function printedTerm(term: Term): string {
  return `[${term.map(([key, value]) => `{${key} ${value}}`).join(" ")}]`;
}

export function printedTerms(terms: readonly Term[]): string {
  return `[${terms.map(printedTerm).join(" ")}]`;
}

function compareSegments(a: Segment, b: Segment): number {
  return compareUtf8(a[0], b[0]) || compareUtf8(a[1], b[1]);
}
