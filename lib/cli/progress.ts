// cli: one line on a terminal that says what is being done, how fast and how long still, once that has taken a second.

import { printable } from "./failure.js";
import type { Output } from "./io.js";

const PATIENCE = 1000;
const INTERVAL = 200;
const ERASE = "\r\u001b[K";

export class Progress {
  #last: number;
  #shown = false;

  constructor(
    readonly stderr: Output,
    readonly quiet: boolean,
    readonly now: () => number = Date.now,
  ) {
    this.#last = now() + PATIENCE - INTERVAL;
  }

  /** Shows the line if it is time to; it is made only then. What computes may call this: nothing is waited for. */
  show(line: () => string): void {
    if (this.quiet || !this.stderr.isTerminal || this.now() - this.#last < INTERVAL) return;
    this.#last = this.now();
    this.#shown = true;
    this.stderr.writeNow(`${ERASE}${printable(line())}`);
  }

  /** Says how far a task is of which the length is known: `checking: 1,200 of 5,000 pods, 600/s, 7 s left`. */
  course(doing: string, total: number, things: string): (done: number) => void {
    const pace = new Pace(this.now);
    const line = (done: number): string =>
      `${doing}: ${inWords(done)} of ${inWords(total)} ${things}${pace.inWords(done, total)}`;
    return (done) => this.show(() => line(done));
  }

  /** The same while something is written: on a terminal that shows by itself how far it is, and nothing may come between. */
  courseBeside(output: Output, doing: string, total: number, things: string): (done: number) => void {
    return output.isTerminal ? () => {} : this.course(doing, total, things);
  }

  /** Shows the line, and how long it has been true, until what it gives is called. */
  waiting(line: () => string): () => void {
    const begun = this.now();
    const seconds = (): string => `${Math.floor((this.now() - begun) / 1000)} s`;
    const timer = setInterval(() => this.show(() => `${line()}: ${seconds()}`), INTERVAL);
    return () => clearInterval(timer);
  }

  /** Writes a line that stays. */
  say(line: string): void {
    if (this.quiet) return;
    this.clear();
    this.stderr.writeNow(`topomatch: ${printable(line)}\n`);
  }

  clear(): void {
    if (!this.#shown) return;
    this.#shown = false;
    this.stderr.writeNow(ERASE);
  }
}

/** How fast something goes. */
export class Pace {
  readonly #begun: number;

  constructor(readonly now: () => number) {
    this.#begun = now();
  }

  /** `, 600/s, 7 s left`; `unit` stands behind the rate's number. Nothing before there is something to measure. */
  inWords(done: number, total: number | undefined, unit = ""): string {
    const seconds = (this.now() - this.#begun) / 1000;
    if (seconds <= 0 || done <= 0) return "";
    const rate = done / seconds;
    const left = total === undefined || done > total ? "" : `, ${durationOf((total - done) / rate)} left`;
    return `, ${inWords(rate < 10 ? Number(rate.toPrecision(2)) : Math.round(rate))}${unit}/s${left}`;
  }
}

function inWords(count: number): string {
  return count.toLocaleString("en");
}

function durationOf(seconds: number): string {
  const whole = Math.ceil(seconds);
  return whole < 60 ? `${whole} s` : `${Math.floor(whole / 60)} min ${whole % 60} s`;
}
