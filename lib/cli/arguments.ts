// cli: the words behind `topomatch` -> what is wanted.

import { parseArgs } from "node:util";
import { DEFAULT_KUBERNETES, FILTERS } from "../options.js";
import { UsageFailure } from "./failure.js";

export type OutputFormat = "table" | "wide" | "json" | "yaml";
export type Mode = "live" | "manifests";

export interface CheckArguments {
  readonly command: "check";
  readonly paths: readonly string[];
  /** As they were named: `NAMESPACE/NAME` or `NAME`. */
  readonly pods: readonly string[];
  readonly namespace: string;
  readonly mode: Mode;
  readonly printObjects: boolean;
  /** Manifests mode: capacity and immediate provisioning are taken for granted. */
  readonly assumeProvisioned: boolean;
  /** In the scheduler's order; empty for all that are carried out. */
  readonly filters: readonly string[];
  readonly kubernetes: string;
  readonly gates: { readonly [name: string]: boolean };
  readonly plans: boolean;
  /** Whether doubtful fields are faults. */
  readonly strict: boolean;
  readonly output: OutputFormat;
}

export type Arguments = CheckArguments | { readonly command: "help" | "version" };

const OPTIONS = {
  filename: { type: "string", short: "f", multiple: true },
  namespace: { type: "string", short: "n" },
  output: { type: "string", short: "o" },
  mode: { type: "string" },
  "print-objects": { type: "boolean" },
  "assume-provisioned": { type: "boolean" },
  filters: { type: "string" },
  kubernetes: { type: "string" },
  gate: { type: "string", multiple: true },
  plans: { type: "boolean" },
  strict: { type: "boolean" },
  help: { type: "boolean", short: "h" },
  version: { type: "boolean" },
} as const;

const MODES = ["live", "manifests"] as const;
const OUTPUTS = ["table", "wide", "json", "yaml"] as const;

/** @throws UsageFailure for what cannot be meant. */
export function parseArguments(argv: readonly string[]): Arguments {
  const { positionals, values } = parsed(argv);
  if (values.help === true) return { command: "help" };
  if (values.version === true) return { command: "version" };
  const [command, ...pods] = positionals;
  if (command === undefined) throw new UsageFailure("a command is missing: topomatch check -f PATH");
  if (command !== "check") throw new UsageFailure(`there is no command ${command}`);
  const paths = values.filename ?? [];
  if (paths.length === 0) throw new UsageFailure("check needs -f PATH: a file, a folder, or - for standard input");
  if (values.namespace === "") throw new UsageFailure("-n needs a namespace");
  return {
    command,
    paths,
    pods,
    namespace: values.namespace ?? "default",
    mode: oneOf("--mode", values.mode ?? "live", MODES),
    printObjects: values["print-objects"] === true,
    assumeProvisioned: values["assume-provisioned"] === true,
    filters: filtersIn(values.filters ?? ""),
    kubernetes: values.kubernetes ?? DEFAULT_KUBERNETES,
    gates: Object.fromEntries((values.gate ?? []).map(gateIn)),
    plans: values.plans === true,
    strict: values.strict === true,
    output: oneOf("-o", values.output ?? "table", OUTPUTS),
  };
}

function parsed(argv: readonly string[]) {
  try {
    return parseArgs({ args: [...argv], options: OPTIONS, allowPositionals: true });
  } catch (error) {
    // The first sentence says it; the others advise on words that begin with a dash.
    const [sentence] = (error as Error).message.split(/\.\s/);
    throw new UsageFailure(sentence.replace(/^./, (first) => first.toLowerCase()));
  }
}

function oneOf<Value extends string>(option: string, value: string, offered: readonly Value[]): Value {
  const found = offered.find((candidate) => candidate === value);
  if (found === undefined) throw new UsageFailure(`${option} must be one of ${offered.join(", ")}, but is ${value}`);
  return found;
}

/** The named filters in the order in which they run; unknown ones are left for whoever checks them. */
function filtersIn(list: string): string[] {
  const named = new Set(list.split(",").map((name) => name.trim()));
  named.delete("");
  const known = FILTERS.filter((filter) => named.delete(filter));
  return [...known, ...named];
}

function gateIn(gate: string): readonly [string, boolean] {
  const [, name, value] = /^([^=]+)=(true|false)$/.exec(gate) ?? [];
  if (name === undefined) throw new UsageFailure(`--gate must be NAME=true or NAME=false, but is ${gate}`);
  return [name, value === "true"];
}
