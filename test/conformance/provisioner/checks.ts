// Random claims as they stand: whether the provisioner's loop makes an attempt for them, and whether the provisioner of a
// node takes them; what the library says of that.

import { driverOf } from "../../../lib/controllers/provisioner/class-translation.js";
import type { Topology } from "../../../lib/provisioner.js";
import { createProvisioner } from "../../../lib/provisioner.js";
import type { Random } from "../../reference/generator/random.js";
import { listsOf } from "./lists.js";
import type { Check, Checked, Flags, Written } from "./request.js";

const PROVISIONER = "volume.kubernetes.io/storage-provisioner";
const BETA_PROVISIONER = "volume.beta.kubernetes.io/storage-provisioner";
const MIGRATED_TO = "pv.kubernetes.io/migrated-to";
const NODES = ["n0", "n1"];
const VALUES = ["a", "b", ""];

interface Metadata {
  readonly annotations: { readonly [key: string]: string };
  readonly name: string;
  readonly namespace: string;
}

export interface Asked {
  readonly driver: string;
  readonly plugin: string;
  readonly keys: readonly string[];
  readonly isInTree: boolean;
}

export function checkOf(random: Random, asked: Asked, { nodeDeployment }: Flags): Check {
  const claim = claimOf(random, asked, nodeDeployment !== undefined);
  const volume = { kind: "PersistentVolume", metadata: { name: "pvc-uid" }, spec: {} };
  return {
    objects: [claim, ...(random.chance(0.95) ? [classOf(random, asked)] : []), ...(random.chance(0.1) ? [volume] : [])],
    driver: asked.driver,
    available: availableOf(random, asked.keys),
  };
}

/** The provisioner of node n0. */
export function deploymentOf(random: Random, keys: readonly string[]): NonNullable<Flags["nodeDeployment"]> {
  const segments = Object.fromEntries(
    keys.filter(() => random.chance(0.85)).map((key) => [key, random.pick(VALUES)] as const),
  );
  return { node: NODES[0], segments, immediateBinding: random.chance(0.9) };
}

function claimOf(random: Random, { driver, plugin }: Asked, onNode: boolean): Written {
  const names = [driver, driver, driver, driver, ...(plugin === "" ? [] : [plugin, plugin]), "other.example.com", ""];
  const some = (share: number, key: string, values: readonly string[]) =>
    random.chance(share) ? { [key]: random.pick(values) } : {};
  const isNamed = onNode || random.chance(0.9);
  return {
    kind: "PersistentVolumeClaim",
    metadata: {
      namespace: "ns",
      name: random.pick(["pvc", "data-web-1"]),
      uid: "uid",
      annotations: {
        ...some(0.85, PROVISIONER, names),
        ...some(0.25, BETA_PROVISIONER, names),
        ...some(plugin === "" ? 0.05 : 0.6, MIGRATED_TO, [driver, driver, driver, "other", ""]),
        ...some(0.35, "volume.kubernetes.io/selected-node", [...NODES, ""]),
        ...(onNode ? {} : some(0.1, "volume.alpha.kubernetes.io/selected-node", [...NODES, ""])),
        ...(onNode ? {} : some(0.08, "volume.beta.kubernetes.io/storage-class", ["fast", "gone"])),
      },
    },
    spec: {
      ...(isNamed && { storageClassName: random.chance(0.93) ? "fast" : "gone" }),
      ...(random.chance(0.05) && { volumeName: random.pick(["pv", ""]) }),
      accessModes: ["ReadWriteOnce"],
      resources: { requests: { storage: random.pick(["5Gi", "5Gi", "1Gi", "0", "1"]) } },
      ...(random.chance(0.2) && { volumeMode: "Block" }),
      ...(random.chance(0.08) && { selector: {} }),
    },
    status: { phase: "Pending" },
  };
}

function classOf(random: Random, { driver, isInTree, keys, plugin }: Asked): Written {
  const term = () => ({
    matchLabelExpressions: random.some(keys, 1, 2).map((key) => ({ key, values: random.some(VALUES, 1, 3) })),
  });
  const mode = random.weighted<string | undefined>([
    [50, "Immediate"],
    [40, "WaitForFirstConsumer"],
    [5, "Sometimes"],
    [5, undefined],
  ]);
  return {
    kind: "StorageClass",
    metadata: { name: "fast", uid: "class" },
    provisioner: isInTree ? plugin : driver,
    ...(mode !== undefined && { volumeBindingMode: mode }),
    ...(random.chance(0.4) && { allowedTopologies: Array.from({ length: random.int(0, 2) }, term) }),
  };
}

/** Some places are left out, for which the driver answers with an error. */
function availableOf(random: Random, keys: readonly string[]): Check["available"] {
  const alone = keys.flatMap((key) => VALUES.map((value) => [[key, value]] as const));
  const pairs = keys.flatMap((a, i) =>
    keys.slice(i + 1).flatMap((b) => VALUES.flatMap((v) => VALUES.map((w) => [[a, v] as const, [b, w] as const]))),
  );
  const all = VALUES.flatMap((value) => [keys.map((key) => [key, value] as const)]);
  const room = [0, 0, 2 ** 30, 2 ** 33, 2 ** 40];
  const places = [[], ...alone, ...pairs, ...all].filter(() => random.chance(0.92));
  return Object.fromEntries(
    places.map((place) => [placeName({ segments: Object.fromEntries(place) }), random.pick(room)]),
  );
}

function placeName(place: Topology | undefined): string {
  const pairs = Object.entries(place?.segments ?? {}).map(([key, value]) => `${key}=${value}`);
  return pairs.sort().join();
}

/** The library is asked of any driver: that a class is missing is told by the driver that the claim names. */
export function libraryCheck(options: Flags, { available, driver, objects }: Check): Checked {
  const provisioner = createProvisioner(listsOf(objects), options);
  const { annotations, name, namespace } = objects[0].metadata as Metadata;
  const asked = annotations[PROVISIONER] ?? annotations[BETA_PROVISIONER] ?? "";
  const isAsked = asked === driver || (driverOf(asked) === driver && annotations[MIGRATED_TO] === driver);
  const claim = `${namespace}/${name}`;
  const refusal = provisioner.attemptRefusal(claim);
  const ofDriver = provisioner.provisioning(claim).driver === driver;
  return {
    attempted: refusal === undefined && ofDriver,
    taken: provisioner.takes(claim, (place) => available[placeName(place)]),
    ...(refusal?.state === "NoChange" && isAsked && { error: refusal.reason }),
  };
}
