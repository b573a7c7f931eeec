// index: the public surface.

export type * from "./assume/types.js";
export { createMatcher, createMatcherSync } from "./create.js";
export type { TopologyErrorCode } from "./errors.js";
export { TopologyError } from "./errors.js";
export type { EngineName } from "./evaluate/engine.js";
export type { Change, Wake } from "./hints/wake.js";
export type { MatcherOptions, Overlay, TopologyMatcher } from "./matcher.js";
export type { ObjectSet, ObjectSets } from "./object-set.js";
export type * from "./objects/sets.js";
export type * from "./objects/types.js";
export type {
  FilterChoice,
  FilterName,
  GateName,
  Gates,
  KubernetesMinor,
  ScoringOptions,
  Shape,
  ShapePoint,
} from "./options.js";
export {
  DEFAULT_FILTERS,
  DEFAULT_KUBERNETES,
  FILTERS,
  FILTERS_CARRIED_OUT,
  KUBERNETES_MINORS,
  resolveGates,
} from "./options.js";
export type {
  NodeAffinityArgs,
  NodeResourcesFitArgs,
  PluginConfig,
  VolumeBindingArgs,
} from "./plugin-config.js";
export type { CacheName, Held, Lookups, MatcherStats } from "./result/stats.js";
export type * from "./result/types.js";
export type { Verdict } from "./verdict.js";
