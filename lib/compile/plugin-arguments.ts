// compile: what the arguments of plugins change in what pods ask of nodes.

import type { NodeSelectorLike } from "../objects/types.js";

export interface PluginArguments {
  /** NodeAffinity's: every node that a pod may go to matches it too. It parses. */
  readonly addedAffinity: NodeSelectorLike | undefined;
  /** NodeResourcesFit's: extended resources that are not looked at, by name, and by what stands before their slash. */
  readonly ignoredResources: readonly string[];
  readonly ignoredResourceGroups: readonly string[];
}

export const DEFAULT_ARGUMENTS: PluginArguments = {
  addedAffinity: undefined,
  ignoredResources: [],
  ignoredResourceGroups: [],
};
