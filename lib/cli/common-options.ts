// cli: the options that several commands have, each described once: for the parser, for help, and for what is made of it.

import type { Command } from "commander";
import { Option } from "commander";
import { DEFAULT_KUBERNETES, FILTERS_CARRIED_OUT, KUBERNETES_MINORS, LISTED_FILTERS } from "../options.js";
import type { CheckArguments, OutputArguments, TellingArguments, VerdictArguments } from "./arguments.js";
import { COLOR_CHOICES, OUTPUT_FORMATS } from "./arguments.js";
import { checkPodWord } from "./asked-pods.js";
import { add, choice, completed, repeated, single } from "./describe-options.js";
import { inputArguments } from "./input-options.js";
import { filtersIn, gatesIn, kubernetesIn } from "./option-values.js";

const [OLDEST] = KUBERNETES_MINORS;
const NEWEST = KUBERNETES_MINORS.at(-1);

/** `[POD...]`, for the commands that ask about pods. */
export function addPodArguments(command: Command): void {
  command.argument("[POD...]", PODS, (word: string, before: readonly string[] = []) => {
    checkPodWord(word);
    return [...before, word];
  });
}

const PODS =
  "NAME, NAMESPACE/NAME or pod/NAME; without any: every pod that waits for a node, without -f those of the namespace";

/** Which scheduler is asked. */
export function addVerdictOptions(command: Command): void {
  add(command, "Scheduler:", [
    completed(
      single(
        "--filters <NAME,...>",
        `plugins that run; volumes stands for the four volume plugins (default: ${FILTERS_CARRIED_OUT.join(", ")})`,
        (word, before: string | undefined) => (before === undefined ? word : `${before},${word}`),
      ),
      [...LISTED_FILTERS, "volumes"],
    ),
  ]);
  addReleaseOptions(command);
}

/** Which release it is of. */
export function addReleaseOptions(command: Command): void {
  add(command, "Scheduler:", [
    completed(
      single(
        "--kubernetes <MINOR>",
        `release whose verdicts are wanted, ${OLDEST} to ${NEWEST}; a patch release means its minor (default: ${DEFAULT_KUBERNETES})`,
        kubernetesIn,
      ),
      KUBERNETES_MINORS,
    ),
    repeated("--gate <NAME=BOOL>", "feature gate that differs from the release's default; repeatable", (word) => word),
  ]);
}

interface VerdictValues {
  readonly filters?: string;
  readonly kubernetes?: string;
  readonly gate?: readonly string[];
}

/** @throws UsageFailure for a filter or a gate that is not offered. */
export function verdictArguments(command: Command): VerdictArguments {
  const { filters = "", gate = [], kubernetes = DEFAULT_KUBERNETES } = command.opts<VerdictValues>();
  return { filters: filtersIn(filters), kubernetes, gates: gatesIn(gate, kubernetes) };
}

/** How it is told. */
export function addOutputOptions(command: Command): void {
  add(command, "Output:", [
    choice("-o, --output <FORMAT>", "table (default), wide (also why nodes were rejected), json, yaml", OUTPUT_FORMATS),
    new Option("--no-headers", "table, wide: the rows alone, without headings and summary"),
  ]);
  addTellingOptions(command);
}

export function addTellingOptions(command: Command): void {
  add(command, "Output:", [
    choice(
      "--color <WHEN>",
      "auto (default: on a terminal, and as NO_COLOR and FORCE_COLOR say), always, never",
      COLOR_CHOICES,
    ),
    new Option("-q, --quiet", "no notes on standard error"),
  ]);
}

interface TellingValues {
  readonly color?: TellingArguments["color"];
  readonly quiet?: boolean;
}

export function tellingArguments(command: Command): TellingArguments {
  const { color = "auto", quiet = false } = command.opts<TellingValues>();
  return { color, quiet };
}

interface OutputValues {
  readonly output?: OutputArguments["output"];
  readonly headers: boolean;
}

export function outputArguments(command: Command): OutputArguments {
  const { headers, output = "table" } = command.opts<OutputValues>();
  return { output, headers, ...tellingArguments(command) };
}

/** What a command was asked for that tells verdicts on pods. */
export function podArguments(command: Command, pods: readonly string[]): CheckArguments {
  const asked = { ...inputArguments(command), ...verdictArguments(command), ...outputArguments(command) };
  return { ...asked, pods, plans: false, printObjects: false };
}
