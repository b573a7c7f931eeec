// What a generated cluster contains and how often: shares between 0 and 1 unless said otherwise.

export interface Knobs {
  /** The exact number; 1 to 12 by the seed unless given. */
  nodes: number | undefined;
  /** The exact number of pods; by the seed, and fewer in large clusters, unless given. */
  pods: number | undefined;
  /** The release whose gates may be set. */
  kubernetes: string;
  /** Of clusters that set a gate of the release. */
  gates: number;
  /** Of clusters without a node. */
  noNodes: number;
  /** Of clusters whose node names are not ASCII. */
  unusualNames: number;
  /** Of node labels whose value no selector may name. */
  rawLabels: number;
  /** Of requirements in volumes, allowedTopologies and capacity objects. */
  invalidRequirements: number;
  /** Of delayed claims whose selector does not convert, which ends the cycle. */
  claimSelectorErrors: number;
  claimSelectors: number;
  /** Of node selectors without a usable term. */
  emptyTerms: number;
  matchFields: number;
  /** Of terms of node selectors with a second requirement, and of selectors with more than one term. */
  moreRequirements: number;
  moreTerms: number;
  betaClass: number;
  /** Of delayed claims that a volume is reserved for. */
  reserved: number;
  /** Of volumes reserved for a claim that does not exist. */
  foreignClaimRefs: number;
  ephemeral: number;
  exoticQuantities: number;
  capacityOddities: number;
  selectedNode: number;
  claimTwice: number;
  /** How many claims of each sort, as weights. */
  claimKinds: Readonly<Record<"bound" | "fixed" | "provisioned" | "limited", number>>;
  /** Of pods that PreFilter ends. */
  podFaults: number;
  podsWithoutClaims: number;
  /** Of pods that have one claim, beside those that have one by chance. */
  singleClaims: number;
  volumeModes: number;
  accessModes: number;
  attributesClasses: number;
  /** Of volumes in another phase than Available or being deleted. */
  unavailableVolumes: number;
  /** Of bound claims whose volume is missing. */
  missingVolumes: number;
  /** Of pods with more than 12 claims. */
  manyClaims: number;
  /** Of pods already on a node or ended. */
  placedPods: number;
  /** Whether there are many local volumes, and pods whose claims look for them, instead of a mixture. */
  localVolumes: boolean;
  /** Of clusters whose names are long or beyond ASCII, those of every kind. */
  longNames: number;
  /** Of clusters in which the objects have what a real API server and real users put into them. */
  furnished: number;
  /** Of clusters in which some objects lack uid and namespace, or come twice. */
  unfinished: number;
  /** Equal capacities and several volumes reserved for one claim: canonical order decides (R-ND-6). */
  ties: boolean;

  // For other plugins than VolumeBinding: off by default.
  taints: number;
  unschedulable: number;
  podAffinity: number;
  /** Of pods with requests, statuses of a resize and so on; nodes have allocatable where it is not 0. */
  resources: number;
  zoneLabels: number;
  attachLimits: number;
  /** Of volumes attached to some node by a VolumeAttachment. */
  volumeAttachments: number;
  /** Of pods on nodes that share a claim with a pending pod; such claims may be ReadWriteOncePod. */
  sharedClaims: number;
  /** Of volumes with an in-tree source that migrates to CSI. */
  inTreeVolumes: number;
  /** Of pods with an inline raw disk. */
  rawDisks: number;
  /** Of pods with an inline volume that migrates to CSI; and other oddities of attached volumes, less often. */
  attachOddities: number;
  /** Of pending pods with a claim that ends VolumeZone's PreFilter. */
  zoneFaults: number;
  /** Of volumes with an in-tree source that does not translate. */
  translationFaults: number;
  /** Of pending pods with an inline volume that does not translate, and half of the clusters have such a placed pod. */
  limitFaults: number;
}

export const DEFAULT_KNOBS: Readonly<Knobs> = {
  nodes: undefined,
  pods: undefined,
  kubernetes: "1.37",
  gates: 0.2,
  noNodes: 0.002,
  unusualNames: 0.05,
  rawLabels: 0.05,
  invalidRequirements: 0.04,
  claimSelectorErrors: 0.0153,
  claimSelectors: 0.2,
  emptyTerms: 0.03,
  matchFields: 0.06,
  moreRequirements: 0.25,
  moreTerms: 0.2,
  betaClass: 0.08,
  reserved: 0.12,
  foreignClaimRefs: 0.06,
  ephemeral: 0.15,
  exoticQuantities: 0.06,
  capacityOddities: 0.15,
  selectedNode: 0.07,
  claimTwice: 0.05,
  claimKinds: { bound: 36, fixed: 19, provisioned: 16, limited: 29 },
  podFaults: 0.021,
  podsWithoutClaims: 0.015,
  singleClaims: 0,
  volumeModes: 0.15,
  accessModes: 0.25,
  attributesClasses: 0.12,
  unavailableVolumes: 0.12,
  missingVolumes: 0.05,
  manyClaims: 0.015,
  placedPods: 0.1,
  localVolumes: false,
  longNames: 0.03,
  furnished: 0.1,
  unfinished: 0,
  ties: false,
  taints: 0,
  unschedulable: 0,
  podAffinity: 0,
  resources: 0,
  zoneLabels: 0,
  attachLimits: 0,
  volumeAttachments: 0,
  sharedClaims: 0,
  inTreeVolumes: 0,
  rawDisks: 0,
  attachOddities: 0,
  zoneFaults: 0,
  translationFaults: 0,
  limitFaults: 0,
};

/** Knobs for a comparison over the whole default profile. */
export const WHOLE_PROFILE_KNOBS: Readonly<Partial<Knobs>> = {
  taints: 0.12,
  unschedulable: 0.05,
  podAffinity: 0.25,
  resources: 0.5,
  zoneLabels: 0.3,
  attachLimits: 0.6,
  volumeAttachments: 0.15,
  sharedClaims: 0.3,
  inTreeVolumes: 0.2,
  rawDisks: 0.1,
};

/** Sizes around the word and block boundaries of node masks. */
export const EDGE_NODE_COUNTS: readonly number[] = [31, 32, 33, 63, 64, 65, 127, 128, 129, 511, 512, 513];
