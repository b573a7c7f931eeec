// A mutant: one small change of a source that some test must notice.

/** What engines like ours die of. */
export type Kind =
  | "use after release"
  | "stale cache"
  | "off by one at a word's edge"
  | "missed listener"
  | "sign of an address"
  | "unseeded hash";

export interface Mutant {
  /** Where, from the root. */
  readonly file: string;
  /** A text that stands there exactly once, and what stands there instead. */
  readonly from: string;
  readonly to: string;
  /** The test files that should notice, the likeliest first; below test/, without .test.ts. Or `tables`. */
  readonly suites: readonly string[];
  readonly kind?: Kind;
  /** Why no test can notice it: nothing that can be seen differs. */
  readonly equivalent?: string;
}

const TABLES = "conformance/tables:";

/** Some of the tables, on one engine: a suite that is sooner run than all of them. */
export function tables(...names: readonly string[]): string {
  return TABLES + names.join("+");
}

/** The tables of a suite, or undefined where it is a test file. */
export function tablesIn(suite: string): string[] | undefined {
  return suite.startsWith(TABLES) ? suite.slice(TABLES.length).split("+") : undefined;
}

/** `[from, to]`, the same with its kind, or with more. */
type Change = readonly [
  from: string,
  to: string,
  more?: Kind | Partial<Pick<Mutant, "suites" | "kind" | "equivalent">>,
];

/** Changes of one file that the same test files should notice. */
export function changes(file: string, suites: readonly string[], list: readonly Change[]): Mutant[] {
  return list.map(([from, to, more]) => ({
    file,
    from,
    to,
    suites,
    ...(typeof more === "string" ? { kind: more } : more),
  }));
}

/** The text of a mutant's file with its change. @throws Error where `from` does not stand there exactly once. */
export function mutated(text: string, { file, from, to }: Mutant): string {
  const found = text.split(from).length - 1;
  if (found !== 1) throw new Error(`${file} has this ${found} times, not once: ${from}`);
  // Not `replace` with a text, which reads $ in it.
  return text.replace(from, () => to);
}

/** A line that tells one from the others. */
export function nameOf({ file, from, to }: Mutant): string {
  const short = (text: string) => text.replace(/\s+/g, " ").trim();
  return `${file}: ${short(from)} -> ${short(to) || "(nothing)"}`;
}
