// Every setting of feature gates that a release offers, one by the seed.

import { Random } from "../../reference/generator/random.js";

interface Gate {
  /** First minor that has it, first minor in which it is on, first minor that refuses another value. */
  readonly since: number;
  readonly on: number;
  readonly locked?: number;
}

const NEVER = Number.POSITIVE_INFINITY;
const WHOLE = "PodLevelResources";
const RESIZED = "InPlacePodLevelResourcesVerticalScaling";

/** As Kubernetes documents them; the oracle refuses what the release does not have. */
const GATES: Readonly<Record<string, Gate>> = {
  StorageCapacityScoring: { since: 33, on: 37 },
  VolumeLimitScaling: { since: 35, on: 37 },
  VolumeAttributesClass: { since: 29, on: 34, locked: 36 },
  TaintTolerationComparisonOperators: { since: 35, on: NEVER },
  [WHOLE]: { since: 32, on: 34 },
  [RESIZED]: { since: 35, on: 36 },
};

export type GateSetting = Readonly<Record<string, boolean>>;

/** Of clusters that leave the release's defaults alone. */
const DEFAULTS_SHARE = 0.6;

/** Each gate by itself at its other value, then all of them together. */
export function gateSettings(kubernetes: string): GateSetting[] {
  const minor = Number(kubernetes.slice(2));
  const offered = Object.entries(GATES).filter(([, { since, locked = NEVER }]) => minor >= since && minor < locked);
  const other = new Map(offered.map(([name, { on }]) => [name, minor < on]));
  const settings: GateSetting[] = [...other].map(([name, value]) => {
    // Resizing in place needs resources of whole pods, so it goes off with them.
    const both = name === WHOLE && !value && other.get(RESIZED) === false;
    return both ? { [WHOLE]: false, [RESIZED]: false } : { [name]: value };
  });
  const all: Record<string, boolean> = Object.fromEntries(other);
  if (all[WHOLE] === false && all[RESIZED] === true) delete all[WHOLE];
  return [...settings, all];
}

export function gatesOf(kubernetes: string, seed: number): GateSetting {
  const random = new Random(seed ^ 0x7a11ce);
  if (random.chance(DEFAULTS_SHARE)) return {};
  return random.pick(gateSettings(kubernetes));
}

export function hasAttributesClasses(kubernetes: string, gates: GateSetting): boolean {
  return gates.VolumeAttributesClass ?? Number(kubernetes.slice(2)) >= GATES.VolumeAttributesClass.on;
}

export function gatesText(gates: GateSetting): string {
  const names = Object.keys(gates).sort();
  return names.length === 0 ? "defaults" : names.map((name) => `${name}=${gates[name]}`).join(",");
}
