// The PV controller over live objects, run until it rests. Expected values are worked out by hand from its rules.

import { test } from "uvu";
import * as assert from "uvu/assert";
import type { ControllerOptions } from "../../lib/manifests.js";
import { runPersistentVolumeController, TopologyError } from "../../lib/manifests.js";
import type { Case } from "./case.js";
import { MIGRATING } from "./migrating.js";
import { NAMING } from "./naming-claims.js";
import type { Written } from "./objects.js";
import { BY_CONTROLLER, COMPLETED, claim, storageClass, volume } from "./objects.js";
import { PROVISIONING } from "./provisioning-claims.js";
import { RECLAIMING } from "./reclaiming.js";
import { SEARCHING } from "./searching-claims.js";
import { VOLUMES } from "./volumes.js";

const CLASSES = [
  storageClass("now", "kubernetes.io/no-provisioner", "Immediate"),
  storageClass("later", "csi.example.com", "WaitForFirstConsumer"),
  storageClass("made", "csi.example.com", "Immediate"),
];

const COMPLETE = { [COMPLETED]: "yes" };

const field = (object: unknown, ...path: string[]): string =>
  path.reduce((at, name) => (at as Written | undefined)?.[name], object) as string;

const nameOf = (object: unknown): string => field(object, "metadata", "name");

const annotationsOf = (object: unknown): Record<string, string> =>
  (field(object, "metadata", "annotations") as unknown as Record<string, string> | undefined) ?? {};

function run(objects: readonly Written[], options: ControllerOptions = {}) {
  const of = (kind: string): Written[] => objects.filter((object) => object.kind === kind);
  return runPersistentVolumeController(
    {
      persistentVolumes: of("PersistentVolume"),
      persistentVolumeClaims: of("PersistentVolumeClaim"),
      storageClasses: [...CLASSES, ...of("StorageClass")] as Written[],
      pods: of("Pod"),
    },
    options,
  );
}

const TABLES: readonly Case[] = [...SEARCHING, ...NAMING, ...VOLUMES, ...PROVISIONING, ...RECLAIMING, ...MIGRATING];

for (const given of TABLES) {
  const { annotations = {}, events = [], expected, finalizers = {}, objects, options, silent = [], title } = given;
  test(title, () => {
    const before = JSON.stringify(objects);
    const { events: recorded, persistentVolumeClaims, persistentVolumes } = run(objects, options);
    assert.is(JSON.stringify(objects), before, "given objects were changed");
    const found: Record<string, string> = {};
    for (const object of [...persistentVolumes, ...persistentVolumeClaims]) {
      const bound = field(object, "spec", "volumeName") ?? field(object, "spec", "claimRef", "name");
      const by = field(object, "metadata", "annotations", BY_CONTROLLER) === undefined ? "" : " by controller";
      found[field(object, "metadata", "name")] =
        [field(object, "status", "phase"), bound].filter(Boolean).join(" ") + by;
    }
    assert.equal(Object.fromEntries(Object.keys(expected).map((name) => [name, found[name]])), expected);
    const after = new Map([...persistentVolumes, ...persistentVolumeClaims].map((object) => [nameOf(object), object]));
    for (const [name, of] of Object.entries(annotations)) {
      const { [BY_CONTROLLER]: _by, [COMPLETED]: _complete, ...others } = annotationsOf(after.get(name));
      assert.equal(others, of, name);
    }
    for (const [name, list] of Object.entries(finalizers)) {
      assert.equal(field(after.get(name), "metadata", "finalizers") ?? [], list, name);
    }
    const told = recorded.map(
      ({ message, object, reason }) => `${object.replace("default/", "")} ${reason}: ${message}`,
    );
    for (const name of silent)
      assert.not.ok(
        told.some((text) => text.startsWith(`${name} `)),
        name,
      );
    for (const event of events)
      assert.ok(
        told.some((text) => text.startsWith(event)),
        `${event}\n${told.join("\n")}`,
      );
  });
}

function thrownBy(act: () => unknown): TopologyError {
  try {
    act();
  } catch (error) {
    if (error instanceof TopologyError) return error;
    throw error;
  }
  throw new Error("nothing was thrown");
}

test("R-PVC-4: what is written to both, and what is kept", () => {
  const annotations = { [BY_CONTROLLER]: "kept", other: "too" };
  const { persistentVolumeClaims, persistentVolumes } = run([
    volume("v", {
      annotations,
      spec: { volumeAttributesClassName: "gold", hostPath: { path: "/x" } },
      metadata: { uid: "u" },
    }),
    claim("c", {
      annotations: { [BY_CONTROLLER]: "mine" },
      spec: { volumeAttributesClassName: "gold" },
      status: { capacity: { storage: "1Gi" } },
    }),
  ]);
  assert.equal(persistentVolumes[0].metadata, { name: "v", annotations, uid: "u" });
  assert.equal(persistentVolumes[0].spec, {
    capacity: { storage: "10Gi" },
    accessModes: ["ReadWriteOnce"],
    storageClassName: "now",
    claimRef: { kind: "PersistentVolumeClaim", apiVersion: "v1", namespace: "default", name: "c", uid: "uid-c" },
    volumeAttributesClassName: "gold",
    hostPath: { path: "/x" },
  });
  const [bound] = persistentVolumeClaims;
  assert.equal(field(bound, "metadata", "annotations"), { [BY_CONTROLLER]: "mine", [COMPLETED]: "yes" });
  assert.equal(bound.status, {
    phase: "Bound",
    capacity: { storage: "10Gi" },
    accessModes: ["ReadWriteOnce"],
    currentVolumeAttributesClassName: "gold",
  });
});

test("R-PVC-4: the capacity of a claim that was bound is kept, and so is an equal one however it is written", () => {
  const bound = { capacity: { storage: "1Gi" } };
  const equal = { capacity: { storage: "10240Mi" } };
  const grown = { "volume.alpha.kubernetes.io/pre-resize-capacity": "7Gi" };
  const { persistentVolumeClaims } = run([
    volume("a", { ref: ["a", "uid-a"] }),
    volume("b", { ref: ["b"] }),
    volume("c", { ref: ["c"], annotations: grown }),
    claim("a", { annotations: COMPLETE, volumeName: "a", phase: "Bound", status: bound }),
    claim("b", { status: equal }),
    claim("c"),
  ]);
  const capacities = persistentVolumeClaims.map((object) => field(object, "status", "capacity", "storage"));
  assert.equal(capacities, ["1Gi", "10240Mi", "7Gi"]);
});

test("R-PVC-4: a volume without capacity leaves the claim's status as it is", () => {
  const { persistentVolumeClaims } = run([
    volume("v", { ref: ["c"], spec: { capacity: {} } }),
    claim("c", { volumeName: "v" }),
  ]);
  const [found] = persistentVolumeClaims;
  assert.equal(
    [field(found, "status", "phase"), field(found, "metadata", "annotations", COMPLETED)],
    ["Pending", "yes"],
  );
});

test("R-PVC-4: a claim that was Pending gets the attributes class of its volume, or loses its own", () => {
  const current = { currentVolumeAttributesClassName: "old" };
  const { persistentVolumeClaims } = run([
    volume("a", { ref: ["a"], spec: { volumeAttributesClassName: "gold" } }),
    volume("b", { ref: ["b"] }),
    volume("c", { ref: ["c"] }),
    claim("a", { volumeName: "a", status: current }),
    claim("b", { volumeName: "b", status: current }),
    claim("c", { volumeName: "c", status: current, phase: "Lost", annotations: COMPLETE }),
  ]);
  const classes = persistentVolumeClaims.map((object) => field(object, "status", "currentVolumeAttributesClassName"));
  // The reference to c has no uid, so that c stays Lost, and what is Lost is not written again.
  assert.equal(classes, ["gold", undefined, "old"]);
  const status = field(persistentVolumeClaims[1], "status");
  assert.not.ok(Object.hasOwn(Object(status), "currentVolumeAttributesClassName"));
});

test("R-PVC-4: what a volume held before it grew is read as it is written", () => {
  const before = (text: string) => ({ annotations: { "volume.alpha.kubernetes.io/pre-resize-capacity": text } });
  const { persistentVolumeClaims } = run([
    volume("a", { ref: ["a"], ...before("7Gi") }),
    volume("b", { ref: ["b"], ...before(" 7Gi") }),
    volume("c", { ref: ["c"], ...before("much") }),
    volume("d", { ref: ["d"], ...before("") }),
    ...["a", "b", "c", "d"].map((name) => claim(name, { status: { capacity: { storage: "1Gi" } } })),
  ]);
  const capacities = persistentVolumeClaims.map((object) => field(object, "status", "capacity", "storage"));
  assert.equal(capacities, ["7Gi", "10Gi", "10Gi", "10Gi"]);
});

test("R-PVC-2: both annotations name the provisioner, of an in-tree class its CSI driver", () => {
  const { persistentVolumeClaims } = run([
    storageClass("tree", "kubernetes.io/aws-ebs", "Immediate"),
    claim("c", { class: "tree" }),
    claim("d", { class: "later", annotations: { "volume.kubernetes.io/selected-node": "n" } }),
    claim("e", { class: "made", annotations: { "volume.kubernetes.io/storage-provisioner": "csi.example.com" } }),
  ]);
  const named = persistentVolumeClaims.map((object) =>
    field(object, "metadata", "annotations"),
  ) as unknown as Written[];
  const keys = ["volume.kubernetes.io/storage-provisioner", "volume.beta.kubernetes.io/storage-provisioner"];
  assert.equal(
    named.map((annotations) => keys.map((key) => annotations[key])),
    [
      ["ebs.csi.aws.com", "ebs.csi.aws.com"],
      ["csi.example.com", "csi.example.com"],
      ["csi.example.com", undefined],
    ],
  );
});

test("an object that does not change is the given one, and bad input is named", () => {
  const objects = [
    volume("v", { metadata: { uid: "u" } }),
    claim("c", {
      class: "made",
      size: "50Gi",
      annotations: { "volume.kubernetes.io/storage-provisioner": "csi.example.com" },
    }),
  ];
  const { persistentVolumeClaims, persistentVolumes } = run(objects);
  assert.is(persistentVolumes[0], objects[0]);
  assert.is(persistentVolumeClaims[0], objects[1]);
  assert.throws(() => run([claim("c"), claim("c")]), /PersistentVolumeClaim default\/c is there twice/);
  assert.throws(
    () => run([claim("c", { size: "much" })]),
    /PersistentVolumeClaim default\/c: spec.resources.requests.storage is no quantity/,
  );
  assert.throws(() => run([{ kind: "PersistentVolume", metadata: {} }]), /PersistentVolume: metadata.name is missing/);
});

test("what the controller reads off the objects themselves is checked, too", () => {
  const faults: readonly (readonly [object: Written, sentence: string])[] = [
    [volume("v", { metadata: { finalizers: "x" } }), "metadata.finalizers must be a list of strings, but is a string"],
    [volume("v", { metadata: { finalizers: [3] } }), "metadata.finalizers must be a list of strings, but has a number"],
    [volume("v", { spec: { hostPath: "/" } }), "spec.hostPath must be an object, but is a string"],
    [volume("v", { spec: { hostPath: { path: 1 } } }), "spec.hostPath.path must be a string, but is a number"],
    [claim("c", { status: { accessModes: {} } }), "status.accessModes must be a list of strings, but is an object"],
    [claim("c", { status: { capacity: [] } }), "status.capacity must be a map, but is a list"],
    [claim("c", { status: { capacity: { storage: true } } }), "status.capacity has a boolean for storage, which is no"],
    [claim("c", { status: { capacity: { storage: "x" } } }), "status.capacity has no quantity for storage: quantities"],
    [claim("c", { spec: { dataSource: "d" } }), "spec.dataSource must be an object, but is a string"],
    [{ ...storageClass("s", "p"), mountOptions: "ro" }, "mountOptions must be a list of strings, but is a string"],
    [
      { kind: "Pod", metadata: { name: "p" }, status: { initContainerStatuses: "x" } },
      "status.initContainerStatuses must be a list, but is a string",
    ],
  ];
  for (const [object, sentence] of faults) {
    const error = thrownBy(() => run([object]));
    assert.is(error.code, "Malformed", sentence);
    const namespace = object.kind === "Pod" || object.kind === "PersistentVolumeClaim" ? "default/" : "";
    assert.ok(error.message.startsWith(`${object.kind} ${namespace}${nameOf(object)}: ${sentence}`), error.message);
  }
});

test("what the controller does not take is refused", () => {
  const given = { persistentVolumes: [], persistentVolumeClaims: [], storageclasses: [] };
  const error = thrownBy(() => runPersistentVolumeController(given));
  assert.is(error.code, "BadArgument");
  assert.match(
    error.message,
    /^storageclasses is nothing that runPersistentVolumeController takes: persistentVolumes, /,
  );
});

test.run();
