// Contestants that alternate in short rounds, so that whatever disturbs the machine disturbs them alike.

export interface Contestant {
  readonly name: string;
  /** Does operations `from` up to `to` and returns a sum of their answers. */
  pass(from: number, to: number): number;
}

export interface Effort {
  readonly rounds: number;
  /** How long one contestant runs in one round, at least. */
  readonly milliseconds: number;
}

export const QUICK: Effort = { rounds: 7, milliseconds: 3 };
export const FULL: Effort = { rounds: 31, milliseconds: 12 };

/** What the answers went to; kept, so that no pass is dead code. */
export let sink = 0;

const SLICES = 10;

export class Standings {
  readonly #times: ReadonlyMap<string, readonly number[]>;

  /** Nanoseconds an operation, a round each, by contestant. */
  constructor(times: ReadonlyMap<string, readonly number[]>) {
    this.#times = times;
  }

  nanoseconds(name: string): number {
    return median(this.#times.get(name)!);
  }

  /** How many times `name` is faster than `baseline`: the median of the rounds' ratios. */
  ratio(name: string, baseline: string): number {
    const ours = this.#times.get(name)!;
    return median(this.#times.get(baseline)!.map((time, round) => time / ours[round]));
  }
}

/**
 * Runs contestants against each other over the same operations.
 * @throws Error where their answers differ.
 */
export function compete(contestants: readonly Contestant[], operations: number, effort: Effort): Standings {
  const answer = contestants[0].pass(0, operations);
  for (const contestant of contestants) {
    const got = contestant.pass(0, operations);
    if (got !== answer) throw new Error(`${contestant.name} answers ${got}, ${contestants[0].name} ${answer}`);
    // Optimised code takes over after some tens of milliseconds.
    fastestSlice(contestant, operations, 60);
  }
  const times = contestants.map(() => [] as number[]);
  for (let round = 0; round < effort.rounds; round++) {
    for (let turn = 0; turn < contestants.length; turn++) {
      // Whoever follows a contestant finds the caches as it left them: nobody always follows the same one.
      const i = (round % 2 === 0 ? turn : contestants.length - 1 - turn + round) % contestants.length;
      times[i].push(fastestSlice(contestants[i], operations, effort.milliseconds));
    }
  }
  return new Standings(new Map(contestants.map(({ name }, i) => [name, times[i]])));
}

// Nanoseconds an operation in the round's least disturbed slice: a process that takes the core away takes it for
// longer than a slice lasts.
function fastestSlice(contestant: Contestant, operations: number, milliseconds: number): number {
  const until = process.hrtime.bigint() + BigInt(milliseconds * 1e6);
  let fastest = Number.POSITIVE_INFINITY;
  do {
    for (let slice = 0; slice < SLICES; slice++) {
      const from = Math.floor((slice * operations) / SLICES);
      const to = Math.floor(((slice + 1) * operations) / SLICES);
      const start = process.hrtime.bigint();
      sink += contestant.pass(from, to);
      fastest = Math.min(fastest, Number(process.hrtime.bigint() - start) / (to - from));
    }
  } while (process.hrtime.bigint() < until);
  return fastest;
}

export function median(values: readonly number[]): number {
  const ascending = [...values].sort((a, b) => a - b);
  const middle = ascending.length >> 1;
  return ascending.length % 2 === 1 ? ascending[middle] : (ascending[middle - 1] + ascending[middle]) / 2;
}
