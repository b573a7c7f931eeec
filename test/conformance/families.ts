// Which families of the specification are tried where; a family that is tried nowhere says why.

export type Coverage = "table" | "properties" | { readonly excluded: string };

const assuming = { excluded: "assuming and reserving come later" };
const nominated = { excluded: "nominated pods: no report can express them" };
const whatIf = { excluded: "no report can express it; tried in test/node-name.test.ts" };
const handedIn = { excluded: "no report can express it; tried in test/external-rejections.test.ts" };
const postFilter = { excluded: "the texts of PostFilter come later" };

const table = (from: number, to: number) => range(from, to, "table");

function range(from: number, to: number, coverage: Coverage): [string, Coverage][] {
  return Array.from({ length: to - from + 1 }, (_, index) => [`T-${String(from + index).padStart(3, "0")}`, coverage]);
}

export const families: ReadonlyMap<string, Coverage> = new Map<string, Coverage>([
  // 18.1 Basics and PreFilter
  ...table(1, 30),
  ...table(256, 260),
  // 18.2 Bound claims and affinity; of T-062 without the narrowing of older releases
  ...table(31, 63),
  // 18.3 CSI migration
  ...table(64, 77),
  ...table(261, 263),
  // 18.4 Selected node
  ...table(78, 86),
  // 18.5 Static matching
  ...table(87, 120),
  ...range(121, 125, assuming),
  ...range(264, 267, assuming),
  ...range(360, 365, assuming),
  // 18.6 Provisioning; of T-138 the scheduler's half
  ...table(126, 138),
  ...table(268, 269),
  // 18.7 Capacity
  ...table(139, 160),
  ...table(270, 272),
  // 18.8 VolumeZone
  ...table(161, 169),
  ...table(273, 276),
  // 18.9 NodeVolumeLimits
  ...table(170, 184),
  ...table(277, 287),
  // 18.10 VolumeRestrictions; of T-193 and T-290 pods that have ended, for preemption is not simulated
  ...table(185, 193),
  ...range(288, 288, nominated),
  ...table(289, 289),
  ...table(290, 291),
  // 18.11 Scoring
  ...table(194, 204),
  ...table(292, 292),
  // 18.14 Composition, messages, robustness; of T-246 VolumeBinding's half, of T-252 all but assuming
  ...range(243, 243, handedIn),
  ...table(244, 247),
  ...range(248, 249, "properties"),
  ...table(250, 250),
  ...range(251, 252, "properties"),
  ...table(253, 254),
  ...range(255, 255, "properties"),
  ...range(298, 298, postFilter),
  ...range(299, 299, nominated),
  // 20.7 Node filters
  ...table(306, 308),
  ...range(309, 309, whatIf),
  ...table(310, 332),
  // NodeResourcesFit; of T-347 live mode
  ...table(333, 343),
  ...range(344, 344, { excluded: "needs a DeviceClass, which is not read" }),
  ...table(345, 347),
  // Of T-349 taints and volumes; of T-352 the plugins that are carried out
  ...table(348, 349),
  ...range(350, 350, nominated),
  ...range(351, 351, postFilter),
  ...table(352, 352),
]);
