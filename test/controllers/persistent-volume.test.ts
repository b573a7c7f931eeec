// The PV controller over live objects, run until it rests. Expected values are worked out by hand from its rules.

import { test } from "uvu";
import * as assert from "uvu/assert";
import type { ControllerOptions } from "../../lib/manifests.js";
import { runPersistentVolumeController } from "../../lib/manifests.js";
import { NAMING } from "./naming-claims.js";
import type { Written } from "./objects.js";
import { BY_CONTROLLER, COMPLETED, claim, storageClass, volume } from "./objects.js";
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

for (const { events = [], expected, objects, options, title } of [...SEARCHING, ...NAMING, ...VOLUMES]) {
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
    const told = recorded.map(
      ({ message, object, reason }) => `${object.replace("default/", "")} ${reason}: ${message}`,
    );
    for (const event of events)
      assert.ok(
        told.some((text) => text.startsWith(event)),
        `${event}\n${told.join("\n")}`,
      );
  });
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

test.run();
