// Families of knobs: each makes clusters that are rich in one kind of situation.

import { DEFAULT_KUBERNETES } from "../../../lib/options.js";
import { EDGE_NODE_COUNTS, type Knobs, WHOLE_PROFILE_KNOBS } from "../../reference/generator/knobs.js";
import { Random } from "../../reference/generator/random.js";

export interface Profile {
  /** How often it is chosen by a seed; 0: only where it is asked for. */
  readonly weight: number;
  /** The same for releases before the newest, where many clusters of it would cost the judge too much. */
  readonly weightInOlder?: number;
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

const small = (random: Random): Partial<Knobs> => ({ nodes: random.int(3, 18), pods: random.int(6, 16) });

/** Fewer claims for each of which the judge looks at all volumes on every node. */
const claimKinds = { bound: 48, fixed: 10, provisioned: 16, limited: 26 };

/** Small ones are rich in situations, large ones in verdicts; no cluster gives more than 3,000. */
const anySize = (random: Random): Partial<Knobs> =>
  random.branch<Partial<Knobs>>([
    [55, () => ({ nodes: random.int(3, 18), pods: random.int(8, 16) })],
    [35, () => ({ nodes: random.int(40, 115), pods: random.int(10, 16), placedPods: 0.25, claimKinds })],
    [10, () => ({ nodes: random.int(120, 230), pods: random.int(8, 12), placedPods: 0.2, claimKinds })],
  ]);

const nodeKnobs = (random: Random): Partial<Knobs> => ({
  nodes: random.int(3, 18),
  pods: random.int(14, 28),
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
  pods: random.int(16, 34),
  placedPods: 0.5,
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
  rawDisks: 0.5,
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
      claimSelectorErrors: 0.17,
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
  empty: { weight: 0.9, knobs: (random) => ({ nodes: 0, pods: random.int(6, 14), noNodes: 1 }) },
  middle: { weight: 2, knobs: (random) => ({ nodes: random.int(40, 150) }) },
  edges: { weight: 1.2, knobs: (random) => ({ nodes: random.pick(EDGE_NODE_COUNTS) }) },
  batch: {
    weight: 9,
    // Many pods with selectors of their own, some of several requirements, none of which has a mask yet.
    knobs: (random) => ({
      nodes: random.int(40, 70),
      pods: random.int(26, 34),
      claimKinds: { bound: 94, fixed: 2, provisioned: 2, limited: 2 },
      podsWithoutClaims: 0.01,
      moreRequirements: 0.7,
      moreTerms: 0.35,
      singleClaims: 0.2,
      missingVolumes: 0.08,
    }),
  },
  local: {
    weight: 3.3,
    weightInOlder: 0.6,
    knobs: (random) => ({
      nodes: random.branch([
        [2, () => random.int(33, 60)],
        [6, () => random.int(60, 90)],
        [1, () => random.int(86, 130)],
        [1, () => random.int(131, 600)],
      ]),
      localVolumes: true,
      noNodes: 0,
      betaClass: 0.01,
      volumeModes: 0.03,
      attributesClasses: 0.03,
    }),
  },
  large: { weight: 0.5, knobs: (random) => ({ nodes: random.int(200, 900) }) },
  nodes: { weight: 13, filters: NODE_FILTERS, knobs: nodeKnobs },
  "nodes-and-volumes": { weight: 8, filters: [...NODE_FILTERS, ...FILTERS], knobs: nodeKnobs },
  resources: { weight: 9, filters: RESOURCES, knobs: filled },
  "resources-and-volumes": { weight: 4, filters: [...RESOURCES, ...FILTERS], knobs: filled },
  // VolumeRestrictions and NodeVolumeLimits by themselves, and VolumeBinding behind them.
  limits: {
    weight: 8,
    filters: LIMITS,
    knobs: (random) => ({
      ...crowded(random),
      inTreeVolumes: 0.3,
      attachOddities: 0.3,
      limitFaults: random.pick([0.15, 0.42, 0.42]),
    }),
  },
  "limits-binding": { weight: 2, filters: [...LIMITS, ...FILTERS], knobs: (random) => crowded(random) },
  migration: { weight: 11, knobs: (random) => ({ ...zoneKnobs(random), translationFaults: random.pick([0.3, 0.42]) }) },
  zones: {
    weight: 8,
    filters: ["VolumeZone"],
    knobs: (random) => ({
      ...zoneKnobs(random),
      missingVolumes: 0.01,
      podFaults: 0.005,
      zoneFaults: random.pick([0.25, 0.6, 0.9]),
    }),
  },
  "zones-binding": { weight: 6, filters: ["VolumeBinding", "VolumeZone"], knobs: zoneKnobs },
  whole: {
    weight: 34,
    filters: EVERY_FILTER,
    knobs: (random) => ({ ...WHOLE_PROFILE_KNOBS, missingVolumes: 0.02, ...anySize(random) }),
  },
};

export function filtersOf(profile: string): readonly string[] {
  return PROFILES[profile].filters ?? FILTERS;
}

export function profileOf(seed: number, kubernetes: string = DEFAULT_KUBERNETES): string {
  const choices = Object.entries(PROFILES).map(([name, { weight, weightInOlder = weight }]) => {
    return [kubernetes === DEFAULT_KUBERNETES ? weight : weightInOlder, name] as const;
  });
  return new Random(seed ^ 0x2f6e2b1).weighted(choices.filter(([weight]) => weight > 0));
}

/** Equal for equal seeds. Gates are not the generator's here. */
export function knobsOf(profile: string, seed: number): Partial<Knobs> {
  return { ...PROFILES[profile].knobs(new Random(seed ^ 0x51ab37)), gates: 0, unfinished: 0.1 };
}
