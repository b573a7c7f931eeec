// intern: what all tables of a cluster count together.

export class ChangeCounts {
  /** Objects that came, were replaced, or went. */
  changes = 0;
  /** Objects that are there. */
  live = 0;
  /** Objects whose tokens were dropped: replaced, deleted, rejected, or put there for one question. */
  dropped = 0;
  /** To be called after a change that somebody asked for, with all of it in place. */
  settle: () => void = () => {};
}
