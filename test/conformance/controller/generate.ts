// Random inputs of the PV controller: a few volumes, claims, classes and pods that get in each other's way.

import { Random } from "../../reference/generator/random.js";
import { claimOf, completePair } from "./claims.js";
import { classesOf } from "./classes.js";
import { podOf } from "./pods.js";
import { volumeOf } from "./volumes.js";

export interface Written {
  readonly [field: string]: unknown;
}

/** What objects of one input have in common. */
export interface Setting {
  readonly random: Random;
  /** The class that most claims and volumes are of. */
  readonly mainClass: string;
  /** Names of the claims and volumes that there are. */
  readonly claims: readonly { readonly namespace: string; readonly name: string; readonly uid: string }[];
  readonly volumes: readonly string[];
  /** Few sizes, access modes and labels: many ties. */
  readonly plain: boolean;
}

export const CLASSES = [
  "now",
  "later",
  "none",
  "none-later",
  "tree",
  "host",
  "nfs",
  "odd",
  "missing",
  "modeless",
  "weird",
];

/** Everything follows from the seed. */
export function generateObjects(seed: number): Written[] {
  const random = new Random(seed);
  const most = random.weighted([
    [95, random.int(1, 7)],
    [4, 14],
    [1, 40],
  ]);
  const setting: Setting = {
    random,
    mainClass: random.weighted([
      [30, "now"],
      [20, "later"],
      [14, "none"],
      [8, "none-later"],
      [12, ""],
      [8, "host"],
      [16, random.pick(CLASSES)],
    ]),
    claims: Array.from({ length: random.int(random.chance(0.05) ? 0 : 1, most) }, (_, i) => {
      const namespace = random.chance(0.85) ? "default" : "other";
      // As an ephemeral volume of the first pod calls its claim.
      const name = i === 0 && random.chance(0.2) ? "p0-e0" : `c${i}`;
      return { namespace, name, uid: `uid-${namespace}-${name}` };
    }),
    volumes: random.shuffle(
      Array.from({ length: random.int(random.chance(0.05) ? 0 : 1, most) }, (_, i) =>
        // As the plugin of host paths would call the volume of a claim.
        i === 0 && random.chance(0.1) ? "pvc-uid-default-c1" : `v${i}`,
      ),
    ),
    plain: random.chance(0.3),
  };
  const volumes = setting.volumes.map((name) => volumeOf(setting, name));
  const claims = setting.claims.map((key) => claimOf(setting, key));
  for (const claim of claims) {
    if (volumes.length > 0 && random.chance(0.3)) completePair(setting, claim, random.pick(volumes));
  }
  const pods = Array.from({ length: random.chance(0.5) ? 0 : random.int(1, 4) }, (_, i) => podOf(setting, `p${i}`));
  return [...classesOf(setting), ...volumes, ...claims, ...pods];
}
