// objects: labels that name several zones or regions at once.

const AROUND = /^\p{White_Space}+|\p{White_Space}+$/gu;

/** The zones in a label's value, such as `a__b`; one may be the empty text, and one may come twice. */
export function zonesIn(value: string): string[] {
  // kube: R-QTY-7 white space is what Unicode calls so.
  return value.split("__").map((zone) => zone.replace(AROUND, ""));
}
