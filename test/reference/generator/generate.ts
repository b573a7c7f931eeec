// A random cluster for a seed: equal seeds and knobs give equal clusters.

import { addClasses } from "./classes.js";
import { addAttachedExtras } from "./extras-attached.js";
import { addFaults } from "./extras-faults.js";
import { addNodeExtras } from "./extras-nodes.js";
import { addResourceExtras } from "./extras-resources.js";
import { addVolumeExtras } from "./extras-volumes.js";
import { addFurnishings } from "./furnishings.js";
import { DEFAULT_KNOBS, type Knobs } from "./knobs.js";
import { addLocalCluster } from "./local.js";
import { addNodeObjects, addNodes } from "./nodes.js";
import { leaveOneFaultANode } from "./placed-faults.js";
import { addPods } from "./pods.js";
import { type KubeObject, World } from "./world.js";

export interface GeneratedCluster {
  objects: KubeObject[];
  /** Only where some differ from the defaults of the release. */
  gates?: Record<string, boolean>;
}

export function generateCluster(seed: number, knobs: Partial<Knobs> = {}): GeneratedCluster {
  const world = new World(seed, { ...DEFAULT_KNOBS, ...knobs });
  addNodes(world);
  addNodeObjects(world);
  addClasses(world);
  if (world.knobs.localVolumes) addLocalCluster(world);
  else addPods(world);
  addVolumeExtras(world);
  addAttachedExtras(world);
  addFaults(world);
  addNodeExtras(world);
  addResourceExtras(world);
  const gates = chooseGates(world);
  const objects = world.random.shuffle(world.objects);
  addFurnishings(world, objects);
  leaveOneFaultANode(objects);
  return gates ? { objects, gates } : { objects };
}

function chooseGates({ random, knobs }: World): Record<string, boolean> | undefined {
  const minor = Number(knobs.kubernetes.split(".")[1]);
  const newest = minor >= 37;
  const offered: Record<string, boolean> = { StorageCapacityScoring: !newest };
  if (minor >= 35) offered.VolumeLimitScaling = !newest;
  if (minor <= 35) offered.VolumeAttributesClass = minor < 34;
  if (!random.chance(knobs.gates)) return undefined;
  const gate = random.pick(Object.keys(offered));
  return { [gate]: offered[gate] };
}
