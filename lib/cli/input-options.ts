// cli: the options that say what is read: files, or a cluster through kubectl, and how objects are understood.

import type { Command } from "commander";
import { Option } from "commander";
import type { InputArguments } from "./arguments.js";
import { MODES } from "./arguments.js";
import { add, choice, repeated, single } from "./describe-options.js";
import { UsageFailure } from "./failure.js";
import { contextIn, kubeconfigIn, namespaceIn, pathIn } from "./option-values.js";

/** -f, -R, -n and what says how objects are understood. */
export function addInputOptions(command: Command): void {
  add(command, "Input; without -f the cluster of kubectl's context:", [
    repeated(
      "-f, --filename <PATH>",
      "a file, a folder (its .yaml, .yml and .json files), or - for standard input; repeatable",
      pathIn,
    ),
    new Option("-R, --recursive", "read the subfolders of folders too"),
    single(
      "-n, --namespace <NS>",
      "namespace of a POD, and of objects, that name none (default: default, or that of kubectl's context)",
      namespaceIn,
    ),
    new Option("-A, --all-namespaces", "without -f: ask about every namespace, not only that of -n or of the context"),
    single("--context <NAME>", "without -f: the context of kubectl's configuration", contextIn),
    single("--kubeconfig <PATH>", "without -f: the file of kubectl's configuration", kubeconfigIn),
    choice(
      "--mode <MODE>",
      "live: objects as read from an API server (default); manifests: hand-written objects, whose defaults, workloads and static volumes are settled first",
      MODES,
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
  readonly allNamespaces?: boolean;
  readonly context?: string;
  readonly kubeconfig?: string;
  readonly mode?: InputArguments["mode"];
  readonly strict?: boolean;
  readonly assumeProvisioned?: boolean;
}

/** @throws UsageFailure for options that do not go together. */
export function inputArguments(command: Command): InputArguments {
  const values = command.opts<InputValues>();
  const { assumeProvisioned = false, filename: paths = [], mode = "live", recursive = false, strict = false } = values;
  if (paths.filter((path) => path === "-").length > 1) throw new UsageFailure("-f - can be given once");
  if (paths.length === 0) refuseForFiles(values);
  else refuseForCluster(values);
  if (assumeProvisioned && mode !== "manifests") throw new UsageFailure("--assume-provisioned needs --mode manifests");
  const { allNamespaces = false, context, kubeconfig } = values;
  const kubectl = paths.length === 0 ? { allNamespaces, context, kubeconfig } : undefined;
  const namespace = values.namespace ?? (kubectl === undefined ? "default" : undefined);
  return { paths, kubectl, recursive, namespace, mode, strict, assumeProvisioned };
}

function refuseForFiles({ mode, recursive }: InputValues): void {
  if (mode === "manifests") {
    throw new UsageFailure("--mode manifests needs -f PATH: a file, a folder, or - for standard input");
  }
  if (recursive) throw new UsageFailure("-R needs -f PATH: a file, a folder, or - for standard input");
}

function refuseForCluster({ allNamespaces, context, kubeconfig }: InputValues): void {
  const given = [
    ...(allNamespaces ? ["-A"] : []),
    ...(context === undefined ? [] : ["--context"]),
    ...(kubeconfig === undefined ? [] : ["--kubeconfig"]),
  ];
  if (given.length === 0) return;
  throw new UsageFailure(`${given.join(", ")}: for a cluster that kubectl reads, but -f reads files`);
}
