// cli: what was skipped or replaced, one line each, told once everything is loaded.

import { counted } from "./failure.js";
import { groupOf } from "./kinds.js";

export class Notices {
  readonly #lines: string[] = [];
  #doubts = 0;
  readonly #skipped = new Map<string, { one: string; more: string; reason: string; count: number }>();

  add(line: string): void {
    this.#lines.push(line);
  }

  /** A line about what kubectl would refuse too when it is strict. */
  doubt(line: string): void {
    this.#doubts++;
    this.add(line);
  }

  get doubts(): number {
    return this.#doubts;
  }

  skipEmptyDocument(): void {
    this.#skip("", "empty document", "empty documents", "");
  }

  skipUnknownKind(kind: string, apiVersion: string, count = 1): void {
    const group = groupOf(apiVersion);
    const name = group === "" ? kind : `${kind} (${group})`;
    this.#skip(name, `object of unknown kind ${name}`, `objects of unknown kind ${name}`, "", count);
  }

  skipWorkload(kind: string, reason: string): void {
    this.#skip(kind, kind, `${kind}s`, `: ${reason}`);
  }

  /** The lines, in the order in which their causes were met; skips last, one line a kind. */
  lines(): string[] {
    const skips = [...this.#skipped.values()].map(
      ({ count, more, one, reason }) => `skipped ${counted(count, one, more)}${reason}`,
    );
    return [...this.#lines, ...skips];
  }

  #skip(key: string, one: string, more: string, reason: string, count = 1): void {
    const known = this.#skipped.get(key);
    if (known === undefined) this.#skipped.set(key, { one, more, reason, count });
    else known.count += count;
  }
}
