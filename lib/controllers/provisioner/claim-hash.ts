// controllers: the name of a claim -> where its place begins in a list of topologies, so that replicas are spread.

const OFFSET = 2166136261;
const PRIME = 16777619;
const MOST = 0xffff_ffff;

/** The hash of what replicas share, plus the replica's number; 32 bits. */
export function spreadOf(claimName: string): number {
  const dash = claimName.lastIndexOf("-");
  const index = dash < 0 ? undefined : ordinal(claimName.slice(dash + 1));
  // kube: R-TOP-13 claims of one StatefulSet's member hash the set's name alone, so they land together.
  if (index === undefined) return fnv1(claimName);
  const base = claimName.slice(0, dash);
  return (fnv1(base.slice(base.lastIndexOf("-") + 1)) + index) >>> 0;
}

/** 32-bit FNV-1 of the text's UTF-8. */
export function fnv1(text: string): number {
  let hash = OFFSET;
  for (const byte of new TextEncoder().encode(text)) hash = Math.imul(hash, PRIME) ^ byte;
  return hash >>> 0;
}

function ordinal(digits: string): number | undefined {
  if (!/^\d+$/.test(digits)) return undefined;
  const number = Number(digits);
  return number <= MOST ? number : undefined;
}
