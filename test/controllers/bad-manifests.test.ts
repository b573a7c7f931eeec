// Objects that cannot be settled: one sentence with the object and the field, and which of the given objects it is.

import { test } from "uvu";
import * as assert from "uvu/assert";
import type { ManifestLike } from "../../lib/manifests.js";
import {
  ManifestError,
  ofKind,
  runPersistentVolumeController,
  settleManifests,
  TopologyError,
} from "../../lib/manifests.js";
import type { Written } from "./objects.js";
import { claim } from "./objects.js";

const pod = (name: string, spec: object = {}): Written => ({ kind: "Pod", metadata: { name }, spec });

const BAD: readonly (readonly [objects: readonly unknown[], message: string, path: string])[] = [
  [[null], "objects[0] must be an object, but is null", ""],
  [[pod("p"), { metadata: { name: "x" } }], "objects[1]: kind is missing", "kind"],
  [[{ kind: "List", items: [7] }], "objects[0].items[0] must be an object, but is a number", ""],
  [[{ kind: "Pod", metadata: {} }], "Pod: metadata.name is missing", "metadata.name"],
  [
    [claim("c", { size: "much" })],
    "PersistentVolumeClaim default/c: spec.resources.requests.storage is no quantity",
    "spec.resources.requests.storage",
  ],
  [
    [{ kind: "Job", metadata: { name: "j" }, spec: { parallelism: 1.5 } }],
    "Job default/j: spec.parallelism must be a 32-bit integer, but is 1.5",
    "spec.parallelism",
  ],
  [
    [{ kind: "Deployment", metadata: { name: "d" }, spec: { template: { spec: { volumes: {} } } } }],
    "Deployment default/d: spec.template.spec.volumes must be a list, but is an object",
    "spec.template.spec.volumes",
  ],
  [
    [pod("p", { volumes: [{ name: "v", ephemeral: { volumeClaimTemplate: { spec: { selector: 7 } } } }] })],
    "Pod default/p: spec.volumes[0].ephemeral.volumeClaimTemplate.spec.selector must be an object, but is a number",
    "spec.volumes[0].ephemeral.volumeClaimTemplate.spec.selector",
  ],
  [
    [{ kind: "ReplicaSet", metadata: { name: "r" }, spec: { replicas: 150_001 } }],
    "ReplicaSet default/r: spec.replicas of 150001 makes more than 150,000 pods in all",
    "spec.replicas",
  ],
];

for (const [objects, message, path] of BAD) {
  test(`bad input is named: ${message}`, () => {
    try {
      settleManifests(objects as readonly ManifestLike[]);
    } catch (error) {
      assert.instance(error, ManifestError);
      assert.instance(error, TopologyError);
      const { index, message: found, path: at } = error as ManifestError;
      assert.ok(found.startsWith(message), found);
      assert.equal([at, index], [path, objects.length - 1]);
      return;
    }
    assert.unreachable("nothing was thrown");
  });
}

test("what is no list is named", () => {
  const bad = (path: string) => (error: unknown) =>
    error instanceof TopologyError && error.code === "BadArgument" && error.path === path;
  const nothing = undefined as never;
  assert.throws(() => settleManifests(nothing), bad("objects"));
  assert.throws(() => settleManifests(5 as never), bad("objects"));
  assert.throws(() => ofKind(nothing, "Pod"), bad("settled"));
  assert.throws(() => runPersistentVolumeController(nothing), bad("persistentVolumes"));
  const volumes = { persistentVolumes: [] } as never;
  assert.throws(() => runPersistentVolumeController(volumes), bad("persistentVolumeClaims"));
});

test("options are checked", () => {
  assert.throws(() => settleManifests([], { namespace: "" }), /namespace must not be empty/);
  assert.throws(() => settleManifests([], { kubernetes: "1.2" }), /kubernetes must be one of/);
  assert.throws(() => settleManifests([], { gates: { Nothing: true } }), /Nothing/);
});

test.run();
