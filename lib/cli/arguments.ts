// cli: the command line -> what is wanted, or one sentence about what is wrong with it.

import { parseArgs } from "node:util";
import { FILTERS, FILTERS_CARRIED_OUT, KUBERNETES_MINORS, resolveGates, TopologyError } from "../index.js";
import { UsageFailure } from "./failure.js";

export const OUTPUTS = ["table", "wide", "json", "yaml"] as const;
export type OutputFormat = (typeof OUTPUTS)[number];

export interface CheckArguments {
  readonly paths: readonly string[];
  /** `NAMESPACE/NAME` each, once; none: every pending pod. */
  readonly pods: readonly string[];
  readonly namespace: string;
  readonly mode: "live" | "manifests";
  readonly printObjects: boolean;
  readonly filters: readonly string[];
  readonly kubernetes: string;
  readonly gates: { readonly [name: string]: boolean };
  readonly plans: boolean;
  readonly output: OutputFormat;
}

export type Command = { readonly help: true } | { readonly version: true } | { readonly check: CheckArguments };

const OPTIONS = {
  file: { type: "string", short: "f", multiple: true },
  namespace: { type: "string", short: "n" },
  mode: { type: "string" },
  "print-objects": { type: "boolean" },
  filters: { type: "string" },
  kubernetes: { type: "string" },
  gate: { type: "string", multiple: true },
  plans: { type: "boolean" },
  output: { type: "string", short: "o" },
  help: { type: "boolean", short: "h" },
  version: { type: "boolean" },
} as const;

/** @throws UsageFailure */
export function parseCommand(argv: readonly string[]): Command {
  const { positionals, values } = parse(argv);
  if (values.help === true || (argv.length === 1 && argv[0] === "help")) return { help: true };
  if (values.version === true) return { version: true };
  const [command, ...names] = positionals;
  if (command === undefined) throw new UsageFailure("a command is missing");
  if (command !== "check") throw new UsageFailure(`${command} is no command; there is check`);
  const paths = values.file ?? [];
  if (paths.length === 0) throw new UsageFailure("nothing to read: give -f PATH");
  const namespace = values.namespace ?? "default";
  if (namespace === "") throw new UsageFailure("-n needs a name");
  const kubernetes = oneOf("--kubernetes", values.kubernetes ?? KUBERNETES_MINORS.at(-1)!, KUBERNETES_MINORS);
  const pods = names.map((name) => (name.includes("/") ? name : `${namespace}/${name}`));
  return {
    check: {
      paths,
      pods: [...new Set(pods)],
      namespace,
      mode: oneOf("--mode", values.mode ?? "live", ["live", "manifests"] as const),
      printObjects: values["print-objects"] === true,
      filters: filtersOf(values.filters ?? ""),
      kubernetes,
      gates: gatesOf(kubernetes, values.gate ?? []),
      plans: values.plans === true,
      output: oneOf("-o", values.output ?? "table", OUTPUTS),
    },
  };
}

function parse(argv: readonly string[]) {
  try {
    return parseArgs({ args: [...argv], options: OPTIONS, allowPositionals: true });
  } catch (error) {
    throw new UsageFailure((error as Error).message.split("\n")[0].replace(/\.? To specify.*$/, ""));
  }
}

function oneOf<T extends string>(option: string, value: string, offered: readonly T[]): T {
  const found = offered.find((candidate) => candidate === value);
  if (found === undefined) throw new UsageFailure(`${option} must be one of ${offered.join(", ")}, but is ${value}`);
  return found;
}

function filtersOf(text: string): readonly string[] {
  const names = text.split(",").filter((name) => name !== "");
  for (const name of names) {
    if (FILTERS_CARRIED_OUT.includes(name)) continue;
    const known = (FILTERS as readonly string[]).includes(name);
    throw new UsageFailure(`--filters: ${name} is ${known ? "not carried out yet" : "no filter"}`);
  }
  return names.length === 0 ? FILTERS_CARRIED_OUT : [...new Set(names)];
}

/** The gates that differ from the release's defaults. */
function gatesOf(kubernetes: string, given: readonly string[]): { readonly [name: string]: boolean } {
  const wanted: Record<string, boolean> = {};
  for (const text of given) {
    const [, name, value] = /^([A-Za-z0-9]+)=(true|false)$/.exec(text) ?? [];
    if (name === undefined) throw new UsageFailure(`--gate must be NAME=true or NAME=false, but is ${text}`);
    wanted[name] = value === "true";
  }
  try {
    return resolveGates(kubernetes, wanted).differing;
  } catch (error) {
    if (error instanceof TopologyError) throw new UsageFailure(`--gate: ${error.message}`);
    throw error;
  }
}

export const HELP = `topomatch: on which nodes can the volumes of a pod be satisfied, and if on none, why

Usage: topomatch check -f PATH [-f PATH ...] [POD ...]

  POD                    NAMESPACE/NAME, or NAME in the namespace of -n; none: every pending pod
  -f, --file PATH        a file, a folder of .yaml, .yml and .json files, or - for standard input
  -n, --namespace NS     namespace of what names none (default: default)
  --mode MODE            live: objects as an API server gives them (default); manifests: hand-written ones
  --print-objects        print the objects as they are read, as one List, and evaluate nothing
  --filters NAME,...     plugins that run (default: ${FILTERS_CARRIED_OUT.join(",")})
  --kubernetes MINOR     ${KUBERNETES_MINORS.join(", ")} (default: the newest)
  --gate NAME=BOOL       a feature gate of that release
  --plans                what would be bound and provisioned on each feasible node
  -o, --output FORMAT    ${OUTPUTS.join(", ")}
  -h, --help             this text
  --version              the version

Exit status: 0 every pod has a node, 1 some pod has none, 2 the command line or the input is at fault.
Example: kubectl get nodes,pods,pv,pvc,sc,csidrivers,csistoragecapacities -A -o json | topomatch check -f -
`;
