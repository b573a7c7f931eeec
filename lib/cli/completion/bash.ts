// cli: what a shell completes -> the function that bash calls for it.

import type { CompletedCommand, CompletedOption } from "./model.js";

export function bashScript(commands: readonly CompletedCommand[], options: readonly CompletedOption[]): string {
  const values = commands.flatMap((command) => command.options.flatMap((option) => valueCase(command.name, option)));
  const words = commands.map(({ name, options: own, words: given }) => {
    const other = given.length > 0 ? `\n    ${name},*) words="${given.join(" ")}" ;;` : "";
    return `    ${name},-*) words="${namesOf(own)}" ;;${other}`;
  });
  return `# bash completion for topomatch, printed by: topomatch completion bash
_topomatch() {
  local IFS=$' \\t\\n' cur=\${COMP_WORDS[COMP_CWORD]} prev=\${COMP_WORDS[COMP_CWORD-1]} words=
  local command=\${COMP_WORDS[1]}
  COMPREPLY=()
  # Bash parts --option=value in three.
  if [[ $cur == = ]]; then
    cur=
  elif [[ $prev == = ]]; then
    prev=\${COMP_WORDS[COMP_CWORD-2]}
  fi
  if ((COMP_CWORD == 1)); then
    command=
    prev=
  fi
  case $command,$prev in
${values.join("\n")}
  esac
  case $command,$cur in
    ,-*) words="${namesOf(options)}" ;;
    ,*) words="${commands.map(({ name }) => name).join(" ")}" ;;
${words.join("\n")}
  esac
  COMPREPLY=($(compgen -W "$words" -- "$cur"))
}
complete -F _topomatch topomatch kubectl-topomatch
`;
}

function namesOf(options: readonly CompletedOption[]): string {
  return options.flatMap(({ names }) => names).join(" ");
}

/** What follows an option, unless that may be left out. */
function valueCase(command: string, { isOptional, isPath, names, value, words }: CompletedOption): string[] {
  if (value === undefined || isOptional) return [];
  const patterns = names.map((name) => `${command},${name}`).join(" | ");
  const reply = isPath
    ? `IFS=$'\\n'; compopt -o filenames 2>/dev/null; COMPREPLY=($(compgen -f -- "$cur")); `
    : words.length > 0
      ? `COMPREPLY=($(compgen -W "${words.join(" ")}" -- "$cur")); `
      : "";
  return [`    ${patterns}) ${reply}return ;;`];
}
