// lint: the shapes of findings.

export const SEVERITIES = ["error", "warning", "info"] as const;

/**
 * - `error`: something cannot work as it stands: a volume that no node reaches, a claim that nobody will bind.
 * - `warning`: it works, but not as it reads, or not everywhere.
 * - `info`: worth knowing.
 */
export type Severity = (typeof SEVERITIES)[number];

export interface FindingObject {
  readonly kind: string;
  /** Of kinds that have namespaces. */
  readonly namespace?: string;
  readonly name: string;
}

/** One fault of one object. */
export interface Finding {
  /** The rule's, such as `volume-affinity-no-node`. */
  readonly id: string;
  readonly severity: Severity;
  readonly object: FindingObject;
  /** The path of the field at fault, such as `spec.nodeAffinity.required.nodeSelectorTerms[0].matchExpressions[1]`. */
  readonly field: string;
  /** What is wrong. It does not name the object. */
  readonly sentence: string;
  /** What helps. */
  readonly remedy: string;
}

/** A rule, as it is listed. */
export interface LintRule {
  readonly id: string;
  /** What it finds. */
  readonly summary: string;
}
