// controllers: what is against giving a volume to a claim.

/** A test that a volume fails, with what the claim asks for and what the volume has. */
export interface Mismatch {
  readonly test: "deletion" | "size" | "class" | "attributesClass" | "volumeMode" | "accessModes";
  readonly wanted: string;
  readonly found: string;
  /** Of `size`: how many bytes the volume lacks. */
  readonly missingBytes?: bigint;
}

/** Why a volume is not taken for a claim. */
export interface Obstacle extends Omit<Mismatch, "test"> {
  readonly test: Mismatch["test"] | "selector" | "phase" | "reservation";
}
