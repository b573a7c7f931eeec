// cli: the options that several commands have, each described once: for the parser, for help, and for what is made of it.

import type { Command } from "commander";
import { Option } from "commander";
import { DEFAULT_KUBERNETES, FILTERS_CARRIED_OUT, KUBERNETES_MINORS } from "../options.js";
import type { InputArguments, OutputArguments, TellingArguments, VerdictArguments } from "./arguments.js";
import { COLOR_CHOICES, MODES, OUTPUT_FORMATS } from "./arguments.js";
import { UsageFailure } from "./failure.js";
import { behindShortFlag, filtersIn, gatesIn, kubernetesIn, namespaceIn, oneOf, pathIn } from "./option-values.js";

const [OLDEST] = KUBERNETES_MINORS;
const NEWEST = KUBERNETES_MINORS.at(-1);

/** -f, -R, -n and what says how objects are understood. */
export function addInputOptions(command: Command): void {
  add(command, "Input:", [
    repeated(
      "-f, --filename <PATH>",
      "a file, a folder (its .yaml, .yml and .json files), or - for standard input; repeatable",
      pathIn,
    ),
    new Option("-R, --recursive", "read the subfolders of folders too"),
    single(
      "-n, --namespace <NS>",
      "namespace of a POD, and of objects, that name none (default: default)",
      namespaceIn,
    ),
    single(
      "--mode <MODE>",
      "live: objects as read from an API server (default); manifests: hand-written objects, whose defaults, workloads and static volumes are settled first",
      (word) => oneOf("--mode", word, MODES),
    ),
    new Option(
      "--strict",
      "manifests mode: a field that the kind does not have is an input error (otherwise a note); both modes: one that is written twice in YAML",
    ),
    new Option(
      "--assume-provisioned",
      "manifests mode: classes with a provisioner are taken to have room, and immediate claims of such classes to have been provisioned where allowedTopologies allow",
    ),
  ]);
}

interface InputValues {
  readonly filename?: readonly string[];
  readonly recursive?: boolean;
  readonly namespace?: string;
  readonly mode?: InputArguments["mode"];
  readonly strict?: boolean;
  readonly assumeProvisioned?: boolean;
}

/** @throws UsageFailure where nothing is to be read, or where an option of one mode is used in the other. */
export function inputArguments(command: Command): InputArguments {
  const values = command.opts<InputValues>();
  const {
    assumeProvisioned = false,
    filename = [],
    mode = "live",
    namespace = "default",
    recursive = false,
    strict = false,
  } = values;
  if (filename.length === 0) {
    throw new UsageFailure(`${command.name()} needs -f PATH: a file, a folder, or - for standard input`);
  }
  if (filename.filter((path) => path === "-").length > 1) throw new UsageFailure("-f - can be given once");
  if (assumeProvisioned && mode !== "manifests") throw new UsageFailure("--assume-provisioned needs --mode manifests");
  return { paths: filename, recursive, namespace, mode, strict, assumeProvisioned };
}

/** Which scheduler is asked. */
export function addVerdictOptions(command: Command): void {
  add(command, "Scheduler:", [
    single(
      "--filters <NAME,...>",
      `plugins that run; volumes stands for the four volume plugins (default: ${FILTERS_CARRIED_OUT.join(", ")})`,
      (word, before: string | undefined) => (before === undefined ? word : `${before},${word}`),
    ),
  ]);
  addReleaseOptions(command);
}

/** Which release it is of. */
export function addReleaseOptions(command: Command): void {
  add(command, "Scheduler:", [
    single(
      "--kubernetes <MINOR>",
      `release whose verdicts are wanted, ${OLDEST} to ${NEWEST}; a patch release means its minor (default: ${DEFAULT_KUBERNETES})`,
      kubernetesIn,
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
    single("-o, --output <FORMAT>", "table (default), wide (also why nodes were rejected), json, yaml", (word) =>
      oneOf("-o", behindShortFlag(word), OUTPUT_FORMATS),
    ),
    new Option("--no-headers", "table, wide: the rows alone, without headings and summary"),
  ]);
  addTellingOptions(command);
}

export function addTellingOptions(command: Command): void {
  add(command, "Output:", [
    single(
      "--color <WHEN>",
      "auto (default: on a terminal, and as NO_COLOR and FORCE_COLOR say), always, never",
      (word) => oneOf("--color", word, COLOR_CHOICES),
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

/** The options of a command under one heading of its help. */
export function add(command: Command, heading: string, options: readonly Option[]): void {
  for (const option of options) command.addOption(option.helpGroup(heading));
}

function single<Value>(
  flags: string,
  text: string,
  valueIn: (word: string, before: Value | undefined) => Value,
): Option {
  return new Option(flags, text).argParser<Value>((word, before) => valueIn(word, before));
}

function repeated(flags: string, text: string, valueIn: (word: string) => string): Option {
  return new Option(flags, text).argParser<string[]>((word, before = []) => [...before, valueIn(word)]);
}
