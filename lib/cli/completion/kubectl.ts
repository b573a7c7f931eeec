// cli: what the words behind `kubectl topomatch` can become -> the answer that kubectl's completion expects.

import type { Command } from "commander";
import { candidatesFor } from "./candidates.js";
import { brief } from "./texts.js";

/** What kubectl does besides: nothing, or it offers files. */
const [NO_FILES, FILES] = [4, 0];

/** A word a line, its text behind a tab; the last line says whether files may do. */
export function kubectlAnswer(program: Command, written: readonly string[]): string {
  const { paths, words } = candidatesFor(program, written);
  const lines = words.map(({ summary, word }) => (summary === "" ? word : `${word}\t${brief(summary)}`));
  return `${[...lines, `:${paths ? FILES : NO_FILES}`].join("\n")}\n`;
}
