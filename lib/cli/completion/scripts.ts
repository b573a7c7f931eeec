// cli: the program -> the script with which a shell completes it.

import type { Command } from "commander";
import { bashScript } from "./bash.js";
import { fishScript } from "./fish.js";
import { commandsOf, programOptions } from "./model.js";
import { zshScript } from "./zsh.js";

const SCRIPTS = { bash: bashScript, zsh: zshScript, fish: fishScript } as const;

export function scriptFor(shell: keyof typeof SCRIPTS, program: Command): string {
  return SCRIPTS[shell](commandsOf(program), programOptions(program));
}
