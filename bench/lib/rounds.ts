// Contestants that alternate in short rounds, so that whatever disturbs the machine disturbs them alike.

export interface Contestant {
  readonly name: string;
  /** Does all operations once and returns a number that depends on every answer. */
  pass(): number;
}

export interface Effort {
  readonly rounds: number;
  /** How long one contestant runs in one round, at least. */
  readonly milliseconds: number;
}

export const QUICK: Effort = { rounds: 7, milliseconds: 4 };
export const FULL: Effort = { rounds: 31, milliseconds: 10 };

/** What the answers went to; kept, so that no pass is dead code. */
export let sink = 0;

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
 * Runs contestants against each other; `operations` is what one pass does.
 * @throws Error where their answers differ.
 */
export function compete(contestants: readonly Contestant[], operations: number, effort: Effort): Standings {
  const answer = contestants[0].pass();
  const passes = contestants.map((contestant) => {
    const got = contestant.pass();
    if (got !== answer) throw new Error(`${contestant.name} answers ${got}, ${contestants[0].name} ${answer}`);
    return calibrate(contestant, effort.milliseconds);
  });
  const times = contestants.map(() => [] as number[]);
  for (let round = 0; round < effort.rounds; round++) {
    for (let turn = 0; turn < contestants.length; turn++) {
      // Whoever follows a contestant finds the caches as it left them: nobody always follows the same one.
      const i = (round % 2 === 0 ? turn : contestants.length - 1 - turn + round) % contestants.length;
      times[i].push(time(contestants[i], passes[i]) / (passes[i] * operations));
    }
  }
  return new Standings(new Map(contestants.map(({ name }, i) => [name, times[i]])));
}

// Warms up as well: optimised code takes over after some tens of milliseconds.
function calibrate(contestant: Contestant, milliseconds: number): number {
  const warm = process.hrtime.bigint() + 60_000_000n;
  let fastest = time(contestant, 1);
  for (let i = 0; i < 3 || process.hrtime.bigint() < warm; i++) fastest = Math.min(fastest, time(contestant, 1));
  return Math.max(1, Math.ceil((milliseconds * 1e6) / fastest));
}

function time(contestant: Contestant, passes: number): number {
  const start = process.hrtime.bigint();
  for (let i = 0; i < passes; i++) sink += contestant.pass();
  return Number(process.hrtime.bigint() - start);
}

export function median(values: readonly number[]): number {
  const ascending = [...values].sort((a, b) => a - b);
  const middle = ascending.length >> 1;
  return ascending.length % 2 === 1 ? ascending[middle] : (ascending[middle - 1] + ascending[middle]) / 2;
}
