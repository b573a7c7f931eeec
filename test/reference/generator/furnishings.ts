// What objects of real clusters have beside the fields that decide: metadata of the API server, long lists, sources of
// data, statuses. And what hand-written ones lack.

import { HOSTNAME, homeOf, ZONE } from "./nodes.js";
import type { Json, KubeObject, World } from "./world.js";

const TIME = "2026-10-01T08:30:00Z";

/** Last of all, so that it leaves alone what else a seed gives. */
export function addFurnishings(world: World, objects: KubeObject[]): void {
  const { random, knobs } = world;
  if (random.chance(knobs.furnished)) {
    for (const object of objects) if (random.chance(0.6)) furnish(world, object);
  }
  if (world.hasLongNames) renameDrivers(world, objects);
  if (random.chance(knobs.unfinished)) {
    addCopies(world, objects);
    for (const { metadata } of objects) {
      if (random.chance(0.4)) delete (metadata as Json).uid;
      if (metadata.namespace === "default" && random.chance(0.5)) delete metadata.namespace;
    }
  }
}

function furnish(world: World, object: KubeObject): void {
  addServerMetadata(world, object);
  const { spec } = object;
  switch (object.kind) {
    case "Node":
      object.metadata.labels = { ...manyLabels(world), ...(object.metadata.labels as Json) };
      return;
    case "PersistentVolume":
      object.metadata.labels = { ...manyLabels(world), ...(object.metadata.labels as Json) };
      if (spec.capacity) spec.capacity = { ...otherAmounts(world), ...spec.capacity };
      if (spec.csi && world.random.chance(0.3)) {
        delete spec.csi;
        Object.assign(spec, volumeSource(world, object.metadata.name as string));
      }
      lengthen(world, spec.nodeAffinity?.required?.nodeSelectorTerms);
      return;
    case "PersistentVolumeClaim":
      furnishClaim(world, object);
      return;
    case "StorageClass":
      Object.assign(object, { reclaimPolicy: "Delete", allowVolumeExpansion: true, parameters: { type: "gp3" } });
      object.mountOptions = ["discard"];
      return;
    case "CSIStorageCapacity":
      if (object.nodeTopology?.matchLabels) addMatchLabels(world, object.nodeTopology, homeOf(world).labels);
      return;
    case "Pod":
      furnishPod(world, object);
  }
}

function addServerMetadata({ random }: World, { metadata }: KubeObject): void {
  const fields: Json = {
    creationTimestamp: random.pick([TIME, null]),
    resourceVersion: String(random.int(1, 99999)),
    generation: random.int(1, 9),
    selfLink: "",
    generateName: "made-",
    finalizers: random.pick([["kubernetes.io/pvc-protection"], [], null]),
    managedFields: [
      {
        manager: "kubectl-client-side-apply",
        operation: "Update",
        apiVersion: "v1",
        time: TIME,
        fieldsType: "FieldsV1",
        fieldsV1: { "f:metadata": { "f:annotations": { ".": {} } } },
      },
    ],
  };
  Object.assign(metadata, fields);
  const annotations = metadata.annotations ?? {};
  metadata.annotations = { "kubectl.kubernetes.io/last-applied-configuration": '{"kind":"x"}\n', ...annotations };
}

/** Up to 40, in front of those that selectors name. */
function manyLabels({ random }: World): Json {
  const labels: Json = {};
  for (let index = random.int(0, 40); index > 0; index--) labels[`feature.node.example.com/f-${index}`] = `${index}`;
  return labels;
}

/** Other keys than storage, which nothing reads. */
function otherAmounts({ random }: World): Json {
  return random.pick<Json>([{ cpu: "1" }, { "example.com/iops": "3000", "ephemeral-storage": "900Gi" }, {}]);
}

/** None that migrates to CSI. */
function volumeSource({ random }: World, name: string): Json {
  return random.pick<Json>([
    { nfs: { server: "10.0.0.1", path: `/${name}` } },
    { iscsi: { targetPortal: "10.0.0.1:3260", iqn: "iqn.2026-01.com.example:a", lun: random.int(0, 3) } },
    { fc: { targetWWNs: ["500a0982991b8dc5"], lun: 2 } },
    { hostPath: { path: `/mnt/${name}`, type: "" } },
    { cephfs: { monitors: ["10.0.0.1:6789"], path: "/" } },
    { rbd: { monitors: ["10.0.0.1:6789"], image: name, pool: "rbd" } },
    { flexVolume: { driver: "example.com/lvm", options: { volume: name } } },
  ]);
}

/** More terms, requirements and values, none of which changes what the selector matches. */
function lengthen({ random }: World, terms: Json): void {
  if (!Array.isArray(terms)) return;
  for (const term of terms) {
    if (!Array.isArray(term?.matchExpressions) || term.matchExpressions.length === 0) continue;
    for (const expression of term.matchExpressions) {
      if (expression.operator !== "In" || !Array.isArray(expression.values) || expression.values.length === 0) continue;
      for (let more = random.int(0, 30); more > 0; more--) expression.values.push(`elsewhere-${more}`);
    }
    for (let more = random.int(0, 5); more > 0; more--) {
      term.matchExpressions.push({ key: ZONE, operator: "NotIn", values: [`gone-${more}`, "nowhere"] });
    }
  }
  for (let more = random.int(0, 8); more > 0; more--) {
    const matchExpressions = [{ key: HOSTNAME, operator: "In", values: [`retired-${more}`] }];
    terms.splice(random.int(0, terms.length), 0, { matchExpressions });
  }
}

/** Labels that one object has, or that none has. */
function addMatchLabels({ random }: World, selector: Json, labels: Json = {}): void {
  if (random.chance(0.6)) return;
  const own = random.some(Object.entries(labels).filter(isPlain), 0, 6);
  const more = Array.from({ length: random.int(0, 4) }, (_, index) => [`example.com/l${index}`, "x"]);
  const added = own.length > 0 && random.chance(0.7) ? own : [...own, ...more];
  selector.matchLabels = { ...Object.fromEntries(added), ...selector.matchLabels };
}

/** A pair that a selector may name: which of several bad ones is told is random upstream (R-ND-4). */
function isPlain([, value]: [string, unknown]): boolean {
  return typeof value === "string" && /^[a-z0-9-]{1,63}$/.test(value) && /^[a-z0-9].*[a-z0-9]$|^[a-z0-9]$/.test(value);
}

function furnishClaim(world: World, claim: KubeObject): void {
  const { random } = world;
  const { spec, status } = claim;
  if (spec.resources?.requests) {
    spec.resources = { limits: { storage: "1Ti" }, requests: { ...otherAmounts(world), ...spec.resources.requests } };
  }
  if (random.chance(0.4)) {
    const apiGroup = random.pick(["snapshot.storage.k8s.io", ""]);
    const source = { apiGroup, kind: apiGroup === "" ? "PersistentVolumeClaim" : "VolumeSnapshot", name: "before" };
    Object.assign(spec, random.pick<Json>([{ dataSource: source }, { dataSource: source, dataSourceRef: source }]));
    if (random.chance(0.3)) spec.dataSourceRef = { ...source, namespace: "team-b" };
  }
  if (spec.selector?.matchLabels) {
    const volumes = world.ofKind("PersistentVolume");
    addMatchLabels(world, spec.selector, volumes.length > 0 ? random.pick(volumes).metadata.labels : {});
  }
  if (status) Object.assign(status, { accessModes: ["ReadWriteOnce"], capacity: { storage: "1Gi" }, conditions: [] });
}

function furnishPod(world: World, { spec, status = {} }: KubeObject): void {
  const { random } = world;
  if (random.chance(0.2)) spec.schedulingGates = [{ name: "example.com/quota" }];
  Object.assign(spec, {
    serviceAccountName: "default",
    priority: 0,
    enableServiceLinks: true,
    restartPolicy: "Always",
  });
  const resized = random.pick<Json>([
    { conditions: [{ type: "PodScheduled", status: "False", reason: "Unschedulable" }], qosClass: "BestEffort" },
    { resize: "Deferred", conditions: [{ type: "PodResizePending", status: "True", reason: "Deferred" }] },
    { containerStatuses: [{ name: "main", ready: false, image: "", imageID: "", allocatedResources: { cpu: "2" } }] },
  ]);
  Object.assign(status, resized);
  lengthen(world, spec.affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution?.nodeSelectorTerms);
  if (!Array.isArray(spec.volumes)) return;
  const count = random.chance(0.1) ? random.int(60, 90) : random.int(0, 3);
  for (let index = 0; index < count; index++) {
    spec.volumes.splice(random.int(0, spec.volumes.length), 0, { name: world.nextName("more"), ...podSource(world) });
  }
}

function podSource({ random }: World): Json {
  return random.pick<Json>([
    { secret: { secretName: "s" } },
    { projected: { sources: [{ serviceAccountToken: { path: "token", expirationSeconds: 3607 } }] } },
    { downwardAPI: { items: [{ path: "labels", fieldRef: { fieldPath: "metadata.labels" } }] } },
    { hostPath: { path: "/var/log" } },
    { nfs: { server: "10.0.0.1", path: "/" } },
    { image: { reference: "example.com/data:1" } },
  ]);
}

const DRIVERS = ["csi.example.com", "topolvm.io", "nfs.csi.k8s.io", "lvm.example.com"];

/** Wherever they are named. */
function renameDrivers(world: World, objects: KubeObject[]): void {
  const names = new Map(DRIVERS.map((name) => [name, world.decorated(name)]));
  const renamed = (value: Json): Json => {
    if (typeof value === "string") return names.get(value) ?? value;
    if (Array.isArray(value)) return value.map(renamed);
    if (value === null || typeof value !== "object") return value;
    return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, renamed(part)]));
  };
  for (const [index, object] of objects.entries()) objects[index] = renamed(object);
}

/** An object again, as it was or with other labels: the one that comes later counts. */
function addCopies({ random }: World, objects: KubeObject[]): void {
  for (let index = random.int(0, 3); index > 0; index--) {
    const object = random.pick(objects);
    const metadata = { ...object.metadata, ...(random.chance(0.5) ? { labels: { stale: "yes" } } : {}) };
    objects.splice(random.int(0, objects.length), 0, { ...object, metadata });
  }
}
