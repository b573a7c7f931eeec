// cli: what a shell completes -> the lines that tell it to fish.

import type { CompletedCommand, CompletedOption } from "./model.js";
import { brief } from "./texts.js";

export function fishScript(commands: readonly CompletedCommand[], options: readonly CompletedOption[]): string {
  const none = "not __fish_seen_subcommand_from $commands";
  const lines = [
    ...commands.map(({ name, summary }) => `-n '${none}' -a ${name} -d ${quoted(brief(summary))}`),
    ...options.map((option) => `-n '${none}' ${optionOf(option)}`),
    ...commands.flatMap(({ name, options: own, words }) => {
      const used = `-n '__fish_seen_subcommand_from ${name}'`;
      const rest = words.length > 0 ? [`${used} -a '${words.join(" ")}'`] : [];
      return [...own.map((option) => `${used} ${optionOf(option)}`), ...rest];
    }),
  ];
  const names = commands.map(({ name }) => name).join(" ");
  const both = ["topomatch", "kubectl-topomatch"].map((program) => {
    const told = lines.map((line) => `complete -c ${program} ${line.replace("$commands", names)}\n`);
    return `complete -c ${program} -f\n${told.join("")}`;
  });
  return `# fish completion for topomatch, printed by: topomatch completion fish\n${both.join("")}`;
}

function optionOf({ isOptional, isPath, names, summary, value, words }: CompletedOption): string {
  const flags = names.map((name) => (name.startsWith("--") ? `-l ${name.slice(2)}` : `-s ${name.slice(1)}`));
  const takes = value === undefined || isOptional ? [] : isPath ? ["-r -F"] : ["-x"];
  const offered = words.length > 0 ? [`-a '${words.join(" ")}'`] : [];
  return [...flags, ...takes, ...offered, `-d ${quoted(brief(summary))}`].join(" ");
}

function quoted(text: string): string {
  return `'${text.replace(/[\\']/g, "\\$&")}'`;
}
