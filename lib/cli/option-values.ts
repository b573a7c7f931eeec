// cli: the word behind an option -> its value, or one sentence that says what it could have been.

import { KUBERNETES_MINORS, LISTED_FILTERS, resolveGates, VOLUME_FILTERS } from "../options.js";
import { didYouMean } from "./did-you-mean.js";
import { UsageFailure } from "./failure.js";

/** kubectl takes `-o=json`, so hands write it. */
export function behindShortFlag(word: string): string {
  return word.startsWith("=") ? word.slice(1) : word;
}

export function oneOf<Value extends string>(option: string, word: string, offered: readonly Value[]): Value {
  const found = offered.find((candidate) => candidate === word);
  if (found !== undefined) return found;
  throw new UsageFailure(
    `${option} must be one of ${offered.join(", ")}, but is ${shown(word)}${didYouMean(word, offered)}`,
  );
}

export function namespaceIn(word: string): string {
  const namespace = behindShortFlag(word);
  if (/^[^-/][^/]*$/.test(namespace)) return namespace;
  throw new UsageFailure(`-n needs a namespace${namespace === "" ? "" : `, but is ${namespace}`}`);
}

export function contextIn(word: string): string {
  if (word === "") throw new UsageFailure("--context needs a name");
  return word;
}

export function kubeconfigIn(word: string): string {
  if (word === "") throw new UsageFailure("--kubeconfig needs a path");
  return word;
}

export function pathIn(word: string): string {
  const path = behindShortFlag(word);
  if (path === "") throw new UsageFailure("-f needs a path: a file, a folder, or - for standard input");
  return path;
}

// 1.35.2, v1.35.2, and what distributions put behind: v1.35.2-eks-1, v1.35.2+k3s1.
const PATCH = /^v?(\d+\.\d+)\.\d+(?:[-+][\w.+-]*)?$/;

/** The minor that is meant. */
export function kubernetesIn(word: string): string {
  const [, minor = word] = PATCH.exec(word) ?? [];
  if ((KUBERNETES_MINORS as readonly string[]).includes(minor)) return minor;
  const offered = KUBERNETES_MINORS.join(", ");
  // What is near to an old release is not what was meant by it.
  const near = /^\d+\.\d+$/.test(minor) ? "" : didYouMean(word, KUBERNETES_MINORS);
  throw new UsageFailure(
    `--kubernetes must be one of ${offered} or a patch release of one, but is ${shown(word)}${near}`,
  );
}

/** Stands for the plugins that look at volumes. */
const VOLUMES = "volumes";

/** The named plugins in the order in which they run; none for all. */
export function filtersIn(list: string): string[] {
  const words = list.split(",").map((word) => word.trim());
  const named = new Set<string>();
  for (const word of words.filter((candidate) => candidate !== "")) {
    for (const filter of word === VOLUMES ? VOLUME_FILTERS : [word]) {
      if (!(LISTED_FILTERS as readonly string[]).includes(filter)) {
        throw new UsageFailure(`filter ${filter} is unknown${didYouMean(filter, [...LISTED_FILTERS, VOLUMES])}`);
      }
      named.add(filter);
    }
  }
  return LISTED_FILTERS.filter((filter) => named.has(filter));
}

/** The ids of a list. */
export function rulesIn(list: string): string[] {
  return list
    .split(",")
    .map((word) => word.trim())
    .filter((word) => word !== "");
}

/** The gates of `NAME=true` and `NAME=false`; the last word on a gate counts. */
export function gatesIn(words: readonly string[], kubernetes: string): { readonly [name: string]: boolean } {
  const offered = [...resolveGates(kubernetes).values.keys()];
  const gates: [string, boolean][] = words.map((word) => {
    const [, name, value] = /^([^=]+)=(true|false)$/.exec(word) ?? [];
    if (name === undefined) throw new UsageFailure(`--gate must be NAME=true or NAME=false, but is ${shown(word)}`);
    if (offered.includes(name)) return [name, value === "true"];
    throw new UsageFailure(
      `Kubernetes ${kubernetes} has no feature gate ${name} that is offered here${didYouMean(name, offered)}`,
    );
  });
  return Object.fromEntries(gates);
}

function shown(word: string): string {
  return word === "" ? "empty" : word;
}
