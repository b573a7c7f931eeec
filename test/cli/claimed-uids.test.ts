// A claim without uid has the one that a volume knows it by, unless the volume's claim is gone.

import { test } from "uvu";
import * as assert from "uvu/assert";
import type { Written } from "./objects.js";
import { claim, delayed, list, node, onNode, pod, storageClass, volume } from "./objects.js";
import { Files } from "./program.js";

const files = new Files();
const UID = "1f0c5a52-0000-4000-8000-000000000001";

/** A volume of the claim `c`, in this phase. */
const kept = (name: string, phase: string, uid = UID): Written =>
  volume(
    name,
    { storageClassName: "s", claimRef: { namespace: "default", name: "c", uid }, ...onNode("a") },
    { status: { phase } },
  );

const cluster = (mode: Written, ...volumes: readonly Written[]): Written =>
  list(
    node("a"),
    node("b"),
    storageClass("s", mode),
    ...volumes,
    claim("c", { storageClassName: "s" }),
    pod("p", ["c"]),
  );

for (const mode of ["live", "manifests"]) {
  for (const phase of ["Released", "Failed"]) {
    test(`${mode}: a ${phase} volume is not revived by a claim of its claim's name`, async () => {
      const input = cluster(delayed, kept("pv", phase));
      const { pods } = await files.report("x.json", input, "--mode", mode);
      assert.equal(pods[0].feasible, []);
      assert.is(
        pods[0].message,
        "0/2 nodes are available: 2 node(s) didn't find available persistent volumes to bind.",
      );
      const settled = await files.settled("x.json", input, "--mode", mode);
      const uidOf = (kind: string) => settled.find((object) => object.kind === kind)?.metadata.uid;
      assert.is(uidOf("PersistentVolumeClaim"), "PersistentVolumeClaim/default/c");
      const [left] = settled.filter(({ kind }) => kind === "PersistentVolume");
      assert.equal([left.status.phase, left.spec.claimRef.uid], [phase, UID]);
    });
  }

  test(`${mode}: an immediate claim does not get it either`, async () => {
    const input = cluster({ volumeBindingMode: "Immediate" }, kept("pv", "Released"));
    const { pods } = await files.report("x.json", input, "--mode", mode);
    assert.equal(pods[0].preFilter?.reasons, ["pod has unbound immediate PersistentVolumeClaims"]);
  });

  test(`${mode}: a volume whose claim is gone does not stand between another volume and the claim`, async () => {
    const other = "1f0c5a52-0000-4000-8000-000000000002";
    const { pods } = await files.report(
      "x.json",
      cluster(delayed, kept("old", "Released", other), kept("pv", "Bound")),
      "--mode",
      mode,
    );
    assert.equal(pods[0].feasible, ["a"]);
  });

  test(`${mode}: a volume that names the claim without a uid does not count`, async () => {
    const byName = kept("by-name", "Available", "");
    const settled = await files.settled("x.json", cluster(delayed, byName, kept("pv", "Bound")), "--mode", mode);
    assert.is(settled.find(({ kind }) => kind === "PersistentVolumeClaim")?.metadata.uid, UID);
  });

  test(`${mode}: two volumes that may have the claim leave it without their uid`, async () => {
    const { pods } = await files.report(
      "x.json",
      cluster(delayed, kept("pv", "Bound"), kept("pv2", "")),
      "--mode",
      mode,
    );
    assert.equal(pods[0].feasible, []);
  });
}

for (const mode of ["live", "manifests"]) {
  test(`${mode}: a claim with a uid of its own keeps it, whatever a volume knows it by`, async () => {
    const own = "1f0c5a52-0000-4000-8000-000000000009";
    const named = claim("c", { storageClassName: "s" }) as { metadata: object };
    const input = list(node("a"), storageClass("s", delayed), kept("pv", "Bound"), {
      ...named,
      metadata: { ...named.metadata, uid: own },
    } as Written);
    const settled = await files.settled("x.json", input, "--mode", mode);
    assert.is(settled.find(({ kind }) => kind === "PersistentVolumeClaim")?.metadata.uid, own);
  });
}

test.after(() => files.remove());

test.run();
