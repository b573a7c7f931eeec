// cli: what a shell completes -> the function that zsh calls for it.

import type { CompletedCommand, CompletedOption } from "./model.js";
import { brief } from "./texts.js";

export function zshScript(commands: readonly CompletedCommand[], options: readonly CompletedOption[]): string {
  const described = commands.map(({ name, summary }) => `    ${quoted(`${name}:${brief(summary)}`)}`);
  const cases = commands.map(({ name, options: own, words }) => {
    const rest = words.length > 0 ? [`'*:word:(${words.join(" ")})'`] : [];
    return `        ${name})\n          _arguments -s -S${lines([...own.flatMap(specsOf), ...rest], 12)}\n          ;;`;
  });
  return `#compdef topomatch kubectl-topomatch
# zsh completion for topomatch, printed by: topomatch completion zsh
_topomatch() {
  local curcontext=$curcontext state line
  local -a commands
  commands=(
${described.join("\n")}
  )
  _arguments -C${lines([...options.flatMap(specsOf), "'1: :->command'", "'*:: :->rest'"], 4)}
  case $state in
    command)
      _describe -t commands command commands
      ;;
    rest)
      case $words[1] in
${cases.join("\n")}
      esac
      ;;
  esac
}
if [ "$funcstack[1]" = _topomatch ]; then
  _topomatch "$@"
else
  compdef _topomatch topomatch kubectl-topomatch
fi
`;
}

function lines(specs: readonly string[], indent: number): string {
  return specs.map((spec) => ` \\\n${" ".repeat(indent)}${spec}`).join("");
}

/** One for each name of an option; a name excludes the others, unless the option can be repeated. */
function specsOf({ isOptional, isPath, isRepeated, names, summary, value, words }: CompletedOption): string[] {
  return names.map((name) => {
    const excluded = isRepeated ? "*" : `(${names.join(" ")})`;
    const sign = value === undefined || isOptional ? "" : name.startsWith("--") ? "=" : "+";
    const text = brief(summary).replace(/[[\]\\:]/g, "\\$&");
    const action = isPath ? "_files" : words.length > 0 ? `(${words.join(" ")})` : " ";
    const argument = value === undefined ? "" : `${isOptional ? "::" : ":"}${value.replace(/[:=]/g, " ")}:${action}`;
    return quoted(`${excluded}${name}${sign}[${text}]${argument}`);
  });
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
