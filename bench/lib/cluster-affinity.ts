// Node affinities as drivers and people write them.

import type { Affinity, Place } from "./cluster-objects.js";
import { INSTANCE_TYPES, regionOf, ZONES } from "./cluster-objects.js";

const ZONE = "topology.kubernetes.io/zone";
const REGION = "topology.kubernetes.io/region";
const RACK = "topology.example.com/rack";
const GENERATION = "example.com/generation";
const INSTANCE_TYPE = "node.kubernetes.io/instance-type";

type Requirement = { readonly key: string; readonly operator: string; readonly values?: readonly string[] };

const isIn = (key: string, ...values: string[]): Requirement => ({ key, operator: "In", values });
const anyOf = (...terms: Requirement[][]): Affinity => ({
  nodeSelectorTerms: terms.map((matchExpressions) => ({ matchExpressions })),
});

export function affinityOfNode({ name }: Place): Affinity {
  return anyOf([isIn("kubernetes.io/hostname", name)]);
}

/** One zone under the driver's own key, one zone and its region, or two zones of a region. */
export function affinityOfZones(zone: number, random: () => number): Affinity {
  const draw = random();
  if (draw < 0.5) return anyOf([isIn("topology.ebs.csi.aws.com/zone", ZONES[zone])]);
  if (draw < 0.8) return anyOf([isIn(ZONE, ZONES[zone]), isIn(REGION, regionOf(zone))]);
  const sibling = zone % 3 === 2 ? zone - 1 : zone + 1;
  return anyOf([isIn(ZONE, ZONES[zone], ZONES[sibling])]);
}

/** Several terms, complements and comparisons, all of which hold for the place that they start from. */
export function mixedAffinity({ generation, instanceType, rack, zone }: Place, random: () => number): Affinity {
  const racks = Array.from({ length: 3 }, () => `${ZONES[zone]}-r${1 + Math.floor(random() * 16)}`);
  const older = String(Math.floor(random() * Number(generation)));
  switch (Math.floor(random() * 5)) {
    case 0:
      return anyOf([isIn(RACK, rack, ...racks)]);
    case 1:
      return anyOf([
        isIn(ZONE, ZONES[zone]),
        {
          key: INSTANCE_TYPE,
          operator: "NotIn",
          values: INSTANCE_TYPES.filter((type) => type !== instanceType).slice(0, 2),
        },
      ]);
    case 2:
      return anyOf([isIn(RACK, rack)], [isIn(REGION, regionOf(zone)), isIn(INSTANCE_TYPE, instanceType)]);
    case 3:
      return anyOf([isIn(REGION, regionOf(zone)), { key: GENERATION, operator: "Gt", values: [older] }]);
    default:
      return anyOf([{ key: RACK, operator: "Exists" }, isIn(ZONE, ZONES[zone]), isIn(GENERATION, generation, older)]);
  }
}
