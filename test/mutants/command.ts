// Mutants of what the command asks kubectl, of what shells complete, of the words of explain, and of progress.

import { changes, type Mutant } from "./mutant.js";

const KUBECTL = ["cli/kubectl", "cli/kubectl-faults"];

export const command: readonly Mutant[] = [
  ...changes("lib/cli/kubectl/sentences.ts", KUBECTL, [["if (isFault(line)) return undefined;", ""]]),
  ...changes("lib/cli/kubectl/reading.ts", KUBECTL, [
    ["refused.has(resource) || this.intake.holds(resource.kind.name)", "refused.has(resource)"],
    ["if (namespaced && name !== OF_DRIVERS)", "if (namespaced)"],
  ]),
  ...changes("lib/cli/kubectl/call.ts", KUBECTL, [["if (signal !== null)", "if (false)"]]),
  ...changes("lib/cli/kubectl/kubectl.ts", KUBECTL, [["if (!isFault(line))", "if (isFault(line))"]]),
  ...changes("lib/cli/cluster.ts", KUBECTL, [
    ["kubectl === undefined || kubectl.allNamespaces", "kubectl === undefined || !kubectl.allNamespaces"],
  ]),
  ...changes("lib/cli/lint/lint.ts", KUBECTL, [
    ["if (kubectl === undefined || kubectl.allNamespaces) return true;", "return true;"],
  ]),
  ...changes(
    "lib/cli/completion/bash.ts",
    ["cli/completion"],
    [["if (value === undefined || isOptional) return [];", "if (value === undefined) return [];"]],
  ),
  ...changes(
    "lib/cli/completion/candidates.ts",
    ["cli/completion"],
    [["!(option.isOptional && flag === undefined)", "true"]],
  ),
  ...changes(
    "lib/cli/explain/node.ts",
    ["cli/explain-words"],
    [["!verdict.nodes.has(node)", "verdict.nodes.has(node)"]],
  ),
  ...changes(
    "lib/cli/explain/claim.ts",
    ["cli/explain-words"],
    [['["Succeeded", "Failed"].includes', '[""].includes']],
  ),
  ...changes(
    "lib/cli/explain/explain.ts",
    ["cli/explain-words"],
    [
      ["wanted.filters.length === 0 ? VOLUME_FILTERS", "wanted.filters.length === 0 ? []"],
      ["named === undefined || loaded.matcher.pods.has(wanted.pod as string)", "named === undefined"],
    ],
  ),
  ...changes(
    "lib/cli/progress.ts",
    ["cli/progress"],
    [
      ["this.now() - this.#last < INTERVAL", "false"],
      ["(total - done) / rate", "total / rate"],
    ],
  ),
  ...changes("lib/cli/whatif.ts", ["cli/progress"], [["if (step !== at) course", "if (at === undefined) course"]]),
  ...changes(
    "lib/objects/near-keys.ts",
    ["whatif/bad-changes", "cli/asked-pods"],
    [['if (!key.includes("/"))', "if (false)"]],
  ),
];
