// Manifests mode: what the volume controller would make of written claims and volumes.

import { test } from "uvu";
import * as assert from "uvu/assert";
import { claim, ref, storageClass, volume } from "../conformance/build.js";
import { topomatch } from "./support.js";

test("classes, bindings and phases are those of the volume controller", async () => {
  const modes = (...accessModes: string[]) => ({ spec: { accessModes } });
  const made = (name: string, creationTimestamp: string) => {
    const annotations = { "storageclass.kubernetes.io/is-default-class": "true" };
    return { ...storageClass(name), metadata: { name, creationTimestamp, annotations } };
  };
  const items = [
    ...[
      made("new-b", "2024-01-01T00:00:00Z"),
      made("new-a", "2024-01-01T00:00:00Z"),
      made("old", "2020-01-01T00:00:00Z"),
    ],
    ...[
      volume("many", { class: "one", ...modes("ReadWriteOnce", "ReadWriteMany") }),
      volume("few", { class: "one", size: "5Gi" }),
    ],
    ...[claim("by-modes", { class: "one" }), claim("shared", { class: "two", ...modes("ReadWriteMany") })],
    ...[volume("single", { class: "two" }), claim("defaulted", { class: null })],
    ...[
      volume("taken", { class: "three", claimRef: ref("x") }),
      claim("takes", { class: "three", volumeName: "taken" }),
    ],
    ...[volume("tiny", { class: "four" }), claim("outgrows", { class: "four", size: "2Gi", volumeName: "tiny" })],
    ...[volume("named", { class: "five" }), claim("names", { class: "five", volumeName: "named" })],
    ...[volume("kept", { class: "six", claimRef: ref("keeps") }), claim("keeps", { class: "six" })],
    volume("left", { class: "seven", claimRef: ref("gone", "uid-gone"), phase: "Bound" }),
  ];
  const args = ["check", "-f", "-", "--mode", "manifests", "--print-objects", "-o", "json"];
  const { stderr, stdout } = await topomatch(args, {}, JSON.stringify({ kind: "List", apiVersion: "v1", items }));
  assert.not.equal(stdout, "", stderr);
  const found: Record<string, unknown[]> = {};
  for (const { kind, metadata, spec, status } of JSON.parse(stdout).items) {
    assert.is(metadata.namespace, kind === "PersistentVolumeClaim" ? "default" : undefined, metadata.name);
    const byController = "pv.kubernetes.io/bound-by-controller" in (metadata.annotations ?? {});
    found[metadata.name] = [status?.phase, spec?.volumeName || spec?.storageClassName, byController];
  }
  assert.equal(found["by-modes"], ["Bound", "few", true]);
  assert.equal(found.few, ["Bound", "one", true]);
  assert.equal(found.shared, ["Pending", "two", false]);
  assert.equal(found.defaulted, ["Pending", "new-a", false]);
  assert.equal([found.takes[0], found.outgrows[0]], ["Pending", "Pending"]);
  assert.equal(found.names, ["Bound", "named", false]);
  assert.equal([found.keeps[0], found.kept], ["Bound", ["Bound", "six", false]]);
  assert.equal(found.left[0], "Released");
});

test.run();
