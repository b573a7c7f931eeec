// cli: one line on a terminal that says what is being done, once that has taken a second.

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

  /** Shows the line if it is time to; it is made only then. */
  async show(line: () => string): Promise<void> {
    if (this.quiet || !this.stderr.isTerminal || this.now() - this.#last < INTERVAL) return;
    this.#last = this.now();
    this.#shown = true;
    await this.stderr.write(`${ERASE}${line()}`);
    await this.stderr.flush();
  }

  async clear(): Promise<void> {
    if (!this.#shown) return;
    this.#shown = false;
    await this.stderr.write(ERASE);
    await this.stderr.flush();
  }
}
