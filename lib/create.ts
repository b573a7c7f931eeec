// create: options -> a matcher over the engine that they ask for.

import { TopologyError } from "./errors.js";
import { selectEngine, selectEngineSync } from "./evaluate/select-engine.js";
import type { MatcherOptions, TopologyMatcher } from "./matcher.js";
import { Matcher } from "./matcher.js";
import { DEFAULT_KUBERNETES, FILTERS, FILTERS_CARRIED_OUT, resolveGates } from "./options.js";

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
export function checkOptions({ filters = [], gates, kubernetes = DEFAULT_KUBERNETES }: MatcherOptions): void {
  resolveGates(kubernetes, gates);
  for (const filter of filters) {
    if (FILTERS_CARRIED_OUT.includes(filter)) continue;
    const known = (FILTERS as readonly string[]).includes(filter);
    throw new TopologyError("BadOption", `filter ${filter} is ${known ? "not carried out yet" : "unknown"}`, filter);
  }
}
