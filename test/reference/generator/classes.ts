// StorageClasses of every kind, their CSIDrivers, and the capacity that drivers publish.

import { homeOf } from "./nodes.js";
import { allowedTopologies, nodeTopology, SEGMENT_KEYS } from "./selectors.js";
import type { Json, World } from "./world.js";

export const DELAYED = "WaitForFirstConsumer";
const NO_PROVISIONER = "kubernetes.io/no-provisioner";
const STORAGE = "storage.k8s.io/v1";

/** Drivers that never publish capacity, so that their classes provision freely. */
const FREE_DRIVERS = ["ebs.csi.aws.com", "nfs.csi.k8s.io", "csi.example.com", "kubernetes.io/aws-ebs"];
const LIMITED_DRIVERS = ["topolvm.io", "pd.csi.storage.gke.io", "lvm.example.com"];

export function addClasses(world: World): void {
  const { random, classes } = world;
  for (let index = random.int(1, 2); index > 0; index--) {
    const provisioner = random.chance(0.92) ? NO_PROVISIONER : "";
    classes.fixed.push(addClass(world, "fixed", { provisioner, volumeBindingMode: DELAYED }));
  }
  for (let index = random.int(1, 3); index > 0; index--) {
    const provisioner = random.pick(FREE_DRIVERS);
    const topologies = allowedTopologies(world, homeOf(world));
    classes.provisioned.push(
      addClass(world, "provisioned", { provisioner, volumeBindingMode: DELAYED, ...topologies }),
    );
  }
  for (let index = random.int(1, 2); index > 0; index--) {
    const provisioner = random.pick(LIMITED_DRIVERS);
    const topologies = random.chance(0.15) ? allowedTopologies(world, homeOf(world)) : {};
    const name = addClass(world, "limited", { provisioner, volumeBindingMode: DELAYED, ...topologies });
    classes.limited.push(name);
    addCapacities(world, name);
  }
  const immediate = random.pick(["Immediate", "Immediate", "", "waitForFirstConsumer", "Later"]);
  classes.immediate.push(
    addClass(world, "immediate", { provisioner: "csi.example.com", volumeBindingMode: immediate }),
  );
  const modeless = random.pick<Json>([{}, { volumeBindingMode: null }]);
  classes.modeless = addClass(world, "modeless", { provisioner: "csi.example.com", ...modeless });
  addDrivers(world);
}

function addClass(world: World, kind: string, fields: Json): string {
  const name = world.nextName(kind);
  world.add(STORAGE, "StorageClass", { name }, fields);
  return name;
}

function addDrivers(world: World): void {
  const { random } = world;
  const add = (name: string, spec: Json) => world.add(STORAGE, "CSIDriver", { name }, { spec });
  for (const name of LIMITED_DRIVERS) {
    if (random.chance(0.05)) continue;
    add(name, random.chance(0.9) ? { storageCapacity: true } : random.pick<Json>([{}, { storageCapacity: false }]));
  }
  for (const name of FREE_DRIVERS) {
    if (random.chance(0.5)) add(name, random.pick<Json>([{}, { storageCapacity: false }, { storageCapacity: null }]));
  }
  if (random.chance(0.1)) add(NO_PROVISIONER, { storageCapacity: true });
}

function addCapacities(world: World, className: string): void {
  const { random, classes } = world;
  const key = random.pick(SEGMENT_KEYS);
  for (const value of world.nodeValues(key)) {
    if (random.chance(0.1)) continue;
    for (
      let count = random.weighted([
        [8, 1],
        [2, 2],
      ]);
      count > 0;
      count--
    ) {
      const storageClassName = random.weighted([
        [95, className],
        [2, random.pick([...classes.fixed, ...classes.provisioned])],
        [1, "missing-class"],
        [1, className.toUpperCase()],
      ]);
      const name = world.nextName("room");
      const namespace = random.pick(["kube-system", "csi"]);
      const topology = nodeTopology(world, key, value, homeOf(world));
      world.add(
        STORAGE,
        "CSIStorageCapacity",
        { name, namespace },
        { storageClassName, ...topology, ...limits(world) },
      );
    }
  }
}

/** How much there is, and how much of it one volume may take. */
function limits(world: World): Json {
  const { random, knobs } = world;
  const capacity = world.size() ?? null;
  if (!random.chance(knobs.capacityOddities)) return { capacity };
  const maximumVolumeSize = world.size() ?? null;
  return random.pick<Json>([
    { capacity, maximumVolumeSize },
    { capacity, maximumVolumeSize },
    { capacity: "1Ki", maximumVolumeSize },
    { capacity: "10Ti", maximumVolumeSize },
    { maximumVolumeSize },
    { capacity: null, maximumVolumeSize },
    { capacity: "0" },
    { capacity: null },
    {},
  ]);
}
