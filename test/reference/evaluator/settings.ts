// What release, gates and options change in a verdict (R-GATE).

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
}

export interface SettingOptions {
  kubernetes?: string;
  gates?: Record<string, boolean>;
}

export function settingsOf({ kubernetes = "1.37", gates = {} }: SettingOptions): Settings {
  const minor = Number(/^1\.(\d+)$/.exec(kubernetes)?.[1]);
  if (!(minor >= 33 && minor <= 37)) throw new Error(`kubernetes ${kubernetes} is not one of 1.33 to 1.37`);
  return {
    minor,
    texts: textsOf(minor),
    volumeAttributesClass: gates.VolumeAttributesClass ?? minor >= 34,
    comparisons: gates.TaintTolerationComparisonOperators ?? false,
    podLevelResources: gates.PodLevelResources ?? minor >= 34,
    podLevelResize: gates.InPlacePodLevelResourcesVerticalScaling ?? minor >= 36,
    volumeLimitScaling: gates.VolumeLimitScaling ?? minor >= 37,
  };
}
