// What release, gates and options change in a verdict (R-GATE).

import type { NodeSelector, Opt } from "./kinds.js";
import { type Texts, textsOf } from "./requirements.js";

export interface Settings {
  minor: number;
  texts: Texts;
  volumeAttributesClass: boolean;
  /** Whether tolerations may compare numbers. */
  comparisons: boolean;
  podLevelResources: boolean;
  podLevelResize: boolean;
  /** Whether nodes that lack a required driver are rejected. */
  volumeLimitScaling: boolean;
  /** Of VolumeBinding's scorer; undefined where the gate is off. */
  shape: readonly Point[] | undefined;
  /** What NodeAffinity's arguments require of every node. */
  addedAffinity: NodeSelector | undefined;
  /** Of NodeResourcesFit. */
  ignoredResources: readonly string[];
  ignoredResourceGroups: readonly string[];
}

/** Of a profile's pluginConfig. */
export interface PluginConfig {
  readonly name: string;
  readonly args?: Opt<object>;
}

interface Args {
  readonly addedAffinity?: Opt<{ readonly requiredDuringSchedulingIgnoredDuringExecution?: Opt<NodeSelector> }>;
  readonly ignoredResources?: Opt<readonly string[]>;
  readonly ignoredResourceGroups?: Opt<readonly string[]>;
  readonly shape?: Opt<readonly Point[]>;
}

/** A utilization of 0 to 100, and its score of 0 to 10. */
export interface Point {
  readonly utilization: number;
  readonly score: number;
}

export interface SettingOptions {
  kubernetes?: string;
  gates?: Record<string, boolean>;
  /** The default shape of 1.33 and later unless given. */
  scoring?: { readonly shape: readonly Point[] };
  pluginConfig?: readonly PluginConfig[];
}

const DEFAULT_SHAPE: Point[] = [
  { utilization: 0, score: 10 },
  { utilization: 100, score: 0 },
];

export function settingsOf({ kubernetes = "1.37", gates = {}, scoring, pluginConfig = [] }: SettingOptions): Settings {
  const minor = Number(/^1\.(\d+)$/.exec(kubernetes)?.[1]);
  if (!(minor >= 33 && minor <= 37)) throw new Error(`kubernetes ${kubernetes} is not one of 1.33 to 1.37`);
  const argsOf = (plugin: string): Args => pluginConfig.find(({ name }) => name === plugin)?.args ?? {};
  const ownShape = argsOf("VolumeBinding").shape;
  const shape = ownShape?.length ? ownShape : scoring?.shape;
  return {
    minor,
    texts: textsOf(minor),
    volumeAttributesClass: gates.VolumeAttributesClass ?? minor >= 34,
    comparisons: gates.TaintTolerationComparisonOperators ?? false,
    podLevelResources: gates.PodLevelResources ?? minor >= 34,
    podLevelResize: gates.InPlacePodLevelResourcesVerticalScaling ?? minor >= 36,
    volumeLimitScaling: gates.VolumeLimitScaling ?? minor >= 37,
    shape: (gates.StorageCapacityScoring ?? minor >= 37) ? (shape ?? DEFAULT_SHAPE) : undefined,
    addedAffinity: argsOf("NodeAffinity").addedAffinity?.requiredDuringSchedulingIgnoredDuringExecution ?? undefined,
    ignoredResources: argsOf("NodeResourcesFit").ignoredResources ?? [],
    ignoredResourceGroups: argsOf("NodeResourcesFit").ignoredResourceGroups ?? [],
  };
}
