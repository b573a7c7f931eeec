// Random attempts to provision claims: nodes with the topology of drivers, classes, sources, and what drivers answer.

import { Random } from "../../reference/generator/random.js";
import { checkOf, deploymentOf } from "./checks.js";
import { type Place, placesOf } from "./places.js";
import type { Attempt, Flags, ProvisionerRequest, Response, Written } from "./request.js";
import { secretParameters, secretsOf } from "./secrets.js";
import { type Sourced, sourcedClaim } from "./sources.js";

const CAPABILITIES: Flags["capabilities"] = [
  "CONTROLLER_SERVICE",
  "VOLUME_ACCESSIBILITY_CONSTRAINTS",
  "CREATE_DELETE_VOLUME",
  "CREATE_DELETE_SNAPSHOT",
  "CLONE_VOLUME",
  "MODIFY_VOLUME",
];

interface Driver {
  readonly name: string;
  readonly plugin: string;
  readonly zone: string;
  readonly handle: string;
}

const PLAIN: Driver = { name: "csi.example.com", plugin: "", zone: "topology.kubernetes.io/zone", handle: "h" };
const MIGRATED: readonly Driver[] = [
  { name: "ebs.csi.aws.com", plugin: "kubernetes.io/aws-ebs", zone: "topology.ebs.csi.aws.com/zone", handle: "vol-1" },
  {
    name: "pd.csi.storage.gke.io",
    plugin: "kubernetes.io/gce-pd",
    zone: "topology.gke.io/zone",
    handle: "projects/p/zones/z/disks/d",
  },
  {
    name: "disk.csi.azure.com",
    plugin: "kubernetes.io/azure-disk",
    zone: "topology.disk.csi.azure.com/zone",
    handle: "/subscriptions/s/resourceGroups/g/providers/Microsoft.Compute/disks/d",
  },
  { name: "file.csi.azure.com", plugin: "kubernetes.io/azure-file", zone: "zone", handle: "g#account#share#" },
  {
    name: "cinder.csi.openstack.org",
    plugin: "kubernetes.io/cinder",
    zone: "topology.cinder.csi.openstack.org/zone",
    handle: "h",
  },
  {
    name: "csi.vsphere.vmware.com",
    plugin: "kubernetes.io/vsphere-volume",
    zone: "topology.csi.vmware.com/zone",
    handle: "h",
  },
  { name: "pxd.portworx.com", plugin: "kubernetes.io/portworx-volume", zone: "zone", handle: "h" },
];
const OTHER_KEYS = ["rack", "kubernetes.io/hostname", "topology.csi.vmware.com/region"];
const CODES = [
  "RESOURCE_EXHAUSTED",
  "CANCELLED",
  "DEADLINE_EXCEEDED",
  "UNAVAILABLE",
  "ABORTED",
  "INTERNAL",
  "INVALID_ARGUMENT",
];

export function generateRequest(seed: number): ProvisionerRequest {
  const random = new Random(seed);
  const driver = random.chance(0.7) ? PLAIN : random.pick(MIGRATED);
  const keys = [driver.zone, ...random.some(OTHER_KEYS, 0, 2), ...(random.chance(0.02) ? ["example.com/ü"] : [])];
  const options = flagsOf(random);
  const places = placesOf(random, driver.name, keys);
  if (random.chance(0.03)) return { options, attempts: [], segments: driver.name, objects: objectsOf(places) };
  if (random.chance(0.15)) {
    const asked = {
      driver: driver.name,
      plugin: driver.plugin,
      keys,
      isInTree: driver.plugin !== "" && random.chance(0.85),
    };
    const flags = random.chance(0.6) ? { ...options, nodeDeployment: deploymentOf(random, keys) } : options;
    return { options: flags, attempts: [], check: checkOf(random, asked, flags) };
  }
  const count = random.weighted<number>([
    [80, 1],
    [14, 2],
    [6, 3],
  ]);
  const isInTree = driver.plugin !== "" && random.chance(0.85);
  const sourced = sourcedClaim(random, driver.name);
  let [now, storageClass, claim] = [places, classOf(random, driver, isInTree, keys), sourced];
  const attempts = Array.from({ length: count }, (_, i) => {
    if (i > 0 && random.chance(0.4)) now = placesOf(random, driver.name, keys);
    if (i > 0 && random.chance(0.2)) storageClass = classOf(random, driver, isInTree, keys);
    if (i > 0 && random.chance(0.2)) claim = { ...claim, claim: withClass(claim.claim, random) };
    return attemptOf(random, driver, now, storageClass, claim, keys);
  });
  return { options, attempts };
}

function attemptOf(
  random: Random,
  driver: Driver,
  places: readonly Place[],
  storageClass: Written,
  { claim, objects }: Sourced,
  keys: readonly string[],
): Attempt {
  const { name, namespace } = claim.metadata as { readonly name: string; readonly namespace: string };
  return {
    objects: [...objectsOf(places), storageClass, claim, ...objects, ...secretsOf(random)],
    claim: `${namespace}/${name}`,
    class: "fast",
    node: random.chance(0.6)
      ? random.pick([...places.map((place) => place.name), ...(random.chance(0.2) ? ["gone"] : [])])
      : "",
    driver: driver.name,
    response: responseOf(random, driver, keys),
  };
}

function flagsOf(random: Random): Flags {
  return {
    strictTopology: random.chance(0.3),
    immediateTopology: random.chance(0.8),
    preventVolumeModeConversion: random.chance(0.8),
    crossNamespaceDataSources: random.chance(0.5),
    capabilities: CAPABILITIES.filter(() => random.chance(0.985)),
  };
}

function objectsOf(places: readonly Place[]): Written[] {
  return places.flatMap(({ csiNode, node }) => [...(node ? [node] : []), ...(csiNode ? [csiNode] : [])]);
}

function classOf(random: Random, driver: Driver, isInTree: boolean, keys: readonly string[]): Written {
  const zones = ["topology.kubernetes.io/zone", "failure-domain.beta.kubernetes.io/zone"];
  const known = [...keys, ...(isInTree ? zones : [])];
  const values = ["a", "b", "us-west1-a", "eu-west-1b", "0", ""];
  const expression = () => ({ key: random.pick(known), values: random.some(values, 0, 3) });
  const term = () =>
    random.weighted<object>([
      [10, { matchLabelExpressions: Array.from({ length: random.int(1, 2) }, expression) }],
      [1, {}],
    ]);
  const allowedTopologies = random.chance(0.4) ? Array.from({ length: random.int(0, 3) }, term) : undefined;
  const parameters = Object.fromEntries(
    ["type", "fstype", "FSType", "csi.storage.k8s.io/fstype", "csi.storage.k8s.io/odd"]
      .filter((name) => random.chance(name === "type" ? 0.5 : 0.05))
      .map((name) => [name, "x"]),
  );
  const zoned =
    isInTree && random.chance(0.15)
      ? { [random.pick(["zone", "Zone", "zones"])]: random.pick(["a", "b,a", "1", ""]) }
      : {};
  return {
    kind: "StorageClass",
    metadata: { name: "fast" },
    provisioner: isInTree ? driver.plugin : driver.name,
    volumeBindingMode: "Immediate",
    parameters: { ...parameters, ...zoned, ...secretParameters(random) },
    ...(allowedTopologies && { allowedTopologies }),
  };
}

function withClass(claim: Written, random: Random): Written {
  const spec = claim.spec as object;
  return { ...claim, spec: { ...spec, volumeAttributesClassName: random.pick(["gold", "other", "gone", ""]) } };
}

function responseOf(random: Random, driver: Driver, keys: readonly string[]): Response {
  const values = [
    "a",
    "b",
    "us-west1-a",
    "us-east1-b",
    "eu-west-1b",
    "us-west-2-lax-1a",
    "us-east-1-wl1-bos-wlz-1",
    "",
  ];
  const more = [
    ...keys,
    "topology.kubernetes.io/region",
    "topology.kubernetes.io/zone",
    "failure-domain.beta.kubernetes.io/zone",
  ];
  const topology = () => {
    const chosen = random
      .some(random.chance(0.8) ? keys : more, 0, 2)
      .map((key) => [key, random.pick(values)] as const);
    // Of two zones in one term, which a migrated class gives the same key, Go takes either first.
    const hasZone = driver.plugin !== "" && chosen.some(([key]) => key === driver.zone);
    const told = chosen.filter(([key]) => !hasZone || key === driver.zone || !key.endsWith("/zone"));
    return { segments: Object.fromEntries(told) };
  };
  return {
    ...(random.chance(0.15) && { code: random.pick(CODES) }),
    capacityBytes: random.pick([0, 0, 0, 0, 1000, 2 ** 30, 5 * 2 ** 30, 5 * 2 ** 30, 2 ** 40 + 512]),
    accessibleTopology: Array.from({ length: random.int(0, 3) }, topology),
    hasContentSource: random.chance(0.85),
    volumeHandle: driver.handle,
  };
}
