// Families of knobs: each makes clusters that are rich in one kind of situation.

import { EDGE_NODE_COUNTS, type Knobs, WHOLE_PROFILE_KNOBS } from "../../reference/generator/knobs.js";
import { Random } from "../../reference/generator/random.js";

export interface Profile {
  /** How often it is chosen by a seed; 0: only where it is asked for. */
  readonly weight: number;
  readonly knobs: (random: Random) => Partial<Knobs>;
  /** What is run; VolumeBinding alone unless given. */
  readonly filters?: readonly string[];
  /** Compared and counted, but not a failure: the library does not carry it out yet. */
  readonly comesLater?: boolean;
}

const FILTERS = ["VolumeBinding"];
const NODE_FILTERS = ["NodeName", "NodeUnschedulable", "TaintToleration", "NodeAffinity"];
const RESOURCES = ["NodeResourcesFit"];
const LIMITS = ["VolumeRestrictions", "NodeVolumeLimits"];
const EVERY_FILTER = [
  "NodeName",
  "NodeUnschedulable",
  "TaintToleration",
  "NodeAffinity",
  "NodeResourcesFit",
  "VolumeRestrictions",
  "NodeVolumeLimits",
  "VolumeBinding",
  "VolumeZone",
];

const small = (random: Random): Partial<Knobs> => ({ nodes: random.int(3, 18), pods: random.int(5, 14) });

const nodeKnobs = (random: Random): Partial<Knobs> => ({
  ...small(random),
  taints: 0.5,
  unschedulable: 0.15,
  podAffinity: 0.6,
  matchFields: 0.35,
  emptyTerms: 0.1,
  invalidRequirements: 0.1,
});

/** Many pods on few nodes, which they fill. */
const filled = (random: Random): Partial<Knobs> => ({
  nodes: random.int(2, 9),
  pods: random.int(8, 24),
  placedPods: 0.55,
  podsWithoutClaims: 0.3,
  resources: 0.85,
});

/** Many pods on few nodes, whose volumes are limited, shared and attached. */
const crowded = (random: Random): Partial<Knobs> => ({
  nodes: random.int(2, 8),
  pods: random.int(10, 24),
  placedPods: 0.5,
  attachLimits: 0.7,
  volumeAttachments: 0.3,
  sharedClaims: 0.5,
  rawDisks: 0.25,
});

/** In-tree volumes that migrate to CSI, and labels of zones. */
const zoneKnobs = (random: Random): Partial<Knobs> => ({
  ...small(random),
  claimKinds: { bound: 70, fixed: 14, provisioned: 8, limited: 8 },
  inTreeVolumes: 0.6,
  zoneLabels: 0.6,
});

export const PROFILES: Readonly<Record<string, Profile>> = {
  default: { weight: 24, knobs: small },
  bound: {
    weight: 8,
    knobs: (random) => ({
      ...small(random),
      claimKinds: { bound: 70, fixed: 10, provisioned: 10, limited: 10 },
      missingVolumes: 0.3,
    }),
  },
  capacity: {
    weight: 13,
    knobs: (random) => ({
      ...small(random),
      claimKinds: { bound: 8, fixed: 8, provisioned: 24, limited: 60 },
      capacityOddities: 0.3,
    }),
  },
  quantities: { weight: 8, knobs: (random) => ({ ...small(random), exoticQuantities: 0.5 }) },
  selectors: {
    weight: 9,
    knobs: (random) => ({
      ...small(random),
      invalidRequirements: 0.2,
      claimSelectorErrors: 0.2,
      claimSelectors: 0.6,
      emptyTerms: 0.12,
      matchFields: 0.25,
    }),
  },
  names: { weight: 5, knobs: (random) => ({ ...small(random), unusualNames: 1, rawLabels: 0.25 }) },
  reserved: {
    weight: 8,
    knobs: (random) => ({
      ...small(random),
      claimKinds: { bound: 10, fixed: 50, provisioned: 25, limited: 15 },
      reserved: 0.45,
      foreignClaimRefs: 0.2,
      claimTwice: 0.25,
      selectedNode: 0.12,
      unavailableVolumes: 0.25,
    }),
  },
  matching: {
    weight: 8,
    knobs: (random) => ({
      ...small(random),
      claimKinds: { bound: 5, fixed: 80, provisioned: 10, limited: 5 },
      volumeModes: 0.4,
      accessModes: 0.6,
      attributesClasses: 0.4,
      betaClass: 0.3,
    }),
  },
  ties: { weight: 5, knobs: (random) => ({ nodes: random.int(2, 10), pods: random.int(4, 10), ties: true }) },
  claims: { weight: 2, knobs: (random) => ({ nodes: random.int(2, 10), pods: random.int(3, 6), manyClaims: 0.5 }) },
  faults: { weight: 5, knobs: (random) => ({ nodes: random.int(1, 8), pods: random.int(8, 16), podFaults: 0.3 }) },
  empty: { weight: 0.7, knobs: (random) => ({ nodes: 0, pods: random.int(6, 14), noNodes: 1 }) },
  middle: { weight: 4, knobs: (random) => ({ nodes: random.int(40, 150) }) },
  edges: { weight: 1.5, knobs: (random) => ({ nodes: random.pick(EDGE_NODE_COUNTS) }) },
  batch: {
    weight: 3,
    knobs: (random) => ({
      nodes: random.int(60, 140),
      pods: random.int(8, 13),
      claimKinds: { bound: 92, fixed: 2, provisioned: 3, limited: 3 },
      podsWithoutClaims: 0.01,
    }),
  },
  local: {
    weight: 3.2,
    knobs: (random) => ({
      nodes: random.chance(0.9) ? random.int(33, 130) : random.int(131, 600),
      localVolumes: true,
      noNodes: 0,
      betaClass: 0.01,
      volumeModes: 0.03,
      attributesClasses: 0.03,
    }),
  },
  large: { weight: 0.7, knobs: (random) => ({ nodes: random.int(200, 900) }) },
  nodes: { weight: 8, filters: NODE_FILTERS, knobs: nodeKnobs },
  "nodes-and-volumes": { weight: 8, filters: [...NODE_FILTERS, ...FILTERS], knobs: nodeKnobs },
  resources: { weight: 8, filters: RESOURCES, knobs: filled },
  "resources-and-volumes": { weight: 4, filters: [...RESOURCES, ...FILTERS], knobs: filled },
  // VolumeRestrictions and NodeVolumeLimits by themselves, and VolumeBinding behind them.
  limits: {
    weight: 0,
    filters: LIMITS,
    knobs: (random) => ({ ...crowded(random), inTreeVolumes: 0.3, attachOddities: 0.3 }),
  },
  "limits-binding": { weight: 0, filters: [...LIMITS, ...FILTERS], knobs: (random) => crowded(random) },
  migration: { weight: 6, knobs: zoneKnobs },
  zones: { weight: 3, filters: ["VolumeZone"], knobs: zoneKnobs },
  "zones-binding": { weight: 6, filters: ["VolumeBinding", "VolumeZone"], knobs: zoneKnobs },
  whole: {
    weight: 0,
    filters: EVERY_FILTER,
    knobs: (random) => ({ ...small(random), ...WHOLE_PROFILE_KNOBS }),
  },
};

export function filtersOf(profile: string): readonly string[] {
  return PROFILES[profile].filters ?? FILTERS;
}

export function profileOf(seed: number): string {
  const choices = Object.entries(PROFILES).map(([name, { weight }]) => [weight, name] as const);
  return new Random(seed ^ 0x2f6e2b1).weighted(choices.filter(([weight]) => weight > 0));
}

/** Equal for equal seeds. Gates are not the generator's here. */
export function knobsOf(profile: string, seed: number): Partial<Knobs> {
  return { ...PROFILES[profile].knobs(new Random(seed ^ 0x51ab37)), gates: 0, unfinished: 0.1 };
}
