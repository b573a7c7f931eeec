// Which rule settled a question: told to a listener where someone counts, to nobody otherwise.

export interface DecisionListener {
  /** A rule settled a question of the verdict that is under way. */
  decided(rule: string): void;
  /** What follows belongs to the pod as a whole, or to it on one node. */
  begins(): void;
}

let listener: DecisionListener | undefined;

export function listenToDecisions(to: DecisionListener | undefined): void {
  listener = to;
}

export function decided(rule: string): void {
  listener?.decided(rule);
}

export function verdictBegins(): void {
  listener?.begins();
}
