// create: options -> a matcher over the engine that they ask for.

import { TopologyError } from "./errors.js";
import { selectEngine, selectEngineSync } from "./evaluate/select-engine.js";
import type { MatcherOptions, TopologyMatcher } from "./matcher.js";
import { matcherOver } from "./matcher.js";
import { checkOptionNames, DEFAULT_KUBERNETES, resolveFilters, resolveGates, resolveShape } from "./options.js";
import { resolvePluginConfig } from "./plugin-config.js";

const OPTIONS = ["kubernetes", "gates", "filters", "pluginConfig", "scoring", "engine", "module"];
const ENGINES: readonly unknown[] = ["wasm", "javascript", undefined];

/**
 * Makes a matcher without objects. About 1 ms the first time in a process.
 * @throws TopologyError `BadOption`, or `NoEngine` where the engine that was asked for cannot run.
 *
 * @example
 * const matcher = await createMatcher();
 * matcher.nodes.replace(nodes);
 * matcher.persistentVolumes.replace(volumes);
 * matcher.persistentVolumeClaims.replace(claims);
 * matcher.storageClasses.replace(storageClasses);
 * const { nodes, message } = matcher.evaluatePod(pod);
 */
export async function createMatcher(options: MatcherOptions = {}): Promise<TopologyMatcher> {
  checkOptions(options);
  return matcherOver(await selectEngine(options.engine, options.module), options);
}

/** The same without waiting; some browsers bar it on their main thread. */
export function createMatcherSync(options: MatcherOptions = {}): TopologyMatcher {
  checkOptions(options);
  return matcherOver(selectEngineSync(options.engine, options.module), options);
}

/** `known`: the names of the options that are offered. @throws TopologyError `BadOption`. */
export function checkOptions(options: MatcherOptions, known: readonly string[] = OPTIONS): void {
  checkOptionNames(options, known);
  const { engine, filters, gates, kubernetes = DEFAULT_KUBERNETES, pluginConfig, scoring } = options;
  if (!ENGINES.includes(engine)) {
    throw new TopologyError("BadOption", `engine must be wasm or javascript, but is ${String(engine)}`, "engine");
  }
  const { values } = resolveGates(kubernetes, gates);
  resolveFilters(filters);
  resolveShape(scoring, values, resolvePluginConfig(pluginConfig).shape);
}
