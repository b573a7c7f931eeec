// create: options -> a matcher over the engine that they ask for.

import { selectEngine, selectEngineSync } from "./evaluate/select-engine.js";
import type { MatcherOptions, TopologyMatcher } from "./matcher.js";
import { Matcher } from "./matcher.js";
import { DEFAULT_KUBERNETES, resolveFilters, resolveGates } from "./options.js";

/**
 * Makes a matcher without objects. About 1 ms the first time in a process.
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
  return new Matcher(await selectEngine(options.engine, options.module), options);
}

/** The same without waiting; some browsers bar it on their main thread. */
export function createMatcherSync(options: MatcherOptions = {}): TopologyMatcher {
  checkOptions(options);
  return new Matcher(selectEngineSync(options.engine, options.module), options);
}

/** @throws TopologyError `BadOption`. */
export function checkOptions({ filters, gates, kubernetes = DEFAULT_KUBERNETES }: MatcherOptions): void {
  resolveGates(kubernetes, gates);
  resolveFilters(filters);
}
