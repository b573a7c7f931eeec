// Arguments of plugins for one cluster in eight, by the seed.

import type { PluginConfig } from "../../../lib/index.js";
import { pluginConfigOf } from "../../reference/generator/plugin-config.js";
import { Random } from "../../reference/generator/random.js";
import type { KubeObject } from "../../reference/generator/world.js";
import { gatesOf } from "./gates.js";
import { filtersOf } from "./profiles.js";
import type { Setting } from "./sides.js";

/** Of those that may have some; where nothing is drawn for its plugins, a cluster has none. */
const SHARE = 1 / 5;
/** The release in which the gate StorageCapacityScoring comes on. */
const SCORES_SINCE = 37;

/** All that a matcher is told about a cluster of a profile. Equal for equal seeds. */
export function settingOf(profile: string, seed: number, kubernetes: string, objects: readonly KubeObject[]): Setting {
  const gates = gatesOf(kubernetes, seed);
  const filters = filtersOf(profile);
  const random = new Random(seed ^ 0xa16c0);
  if (!random.chance(SHARE)) return { kubernetes, gates, filters };
  const scores = gates.StorageCapacityScoring ?? Number(kubernetes.slice(2)) >= SCORES_SINCE;
  const config = pluginConfigOf(random, objects, filters, scores) as readonly PluginConfig[];
  return config.length === 0 ? { kubernetes, gates, filters } : { kubernetes, gates, filters, pluginConfig: config };
}

/** The plugins that have arguments, for the tally. */
export function argumentsText({ pluginConfig = [] }: Setting): string {
  const names = pluginConfig.map(({ name }) => name).sort();
  return names.length === 0 ? "defaults" : names.join(", ");
}
