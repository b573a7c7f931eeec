// What is kept for all that are alike is kept by everything that it is made from.

import { test } from "uvu";
import * as assert from "uvu/assert";
import { createMatcherSync } from "../lib/index.js";
import * as build from "./conformance/build.js";
import { upsertAll } from "./conformance/library-judge.js";
import { nodeA } from "./conformance/world.js";

const { claim, podOf, volume } = build;

test("free volumes of one class for claims of other modes, classes of attributes and selectors", () => {
  const matcher = createMatcherSync({ filters: ["VolumeBinding"] });
  const wants = {
    plain: {},
    shared: { accessModes: ["ReadWriteMany"] },
    raw: { volumeMode: "Block" },
    gold: { volumeAttributesClassName: "gold" },
    marked: { selector: { matchLabels: { disk: "x" } } },
  };
  const local = build.storageClass("static", { provisioner: build.NO_PROVISIONER });
  upsertAll(matcher, [nodeA, local, volume("pv")]);
  for (const [name, spec] of Object.entries(wants)) {
    const uses = { volumes: [{ name: "v", persistentVolumeClaim: { claimName: name } }] };
    upsertAll(matcher, [claim(name, { spec }), podOf(uses, "default", name)]);
    assert.is(matcher.evaluatePod(`default/${name}`).schedulable, name === "plain", name);
  }
});

test("what a pod asks for, and what one of the same spec uses that was resized", () => {
  const matcher = createMatcherSync({ filters: ["NodeResourcesFit"] });
  const allocatable = { cpu: "5", memory: "1Gi", pods: "9" };
  matcher.nodes.upsert({ metadata: { name: "n" }, status: { allocatable } });
  const spec = {
    overhead: { cpu: "100m" },
    containers: [{ name: "c", resources: { requests: { cpu: "1" } } }],
  };
  const [running, asked] = ["running", "asked"].map((name) => ({
    metadata: { name, namespace: "default", uid: name },
  }));
  const big = { name: "c", allocatedResources: { cpu: "3" }, resources: { requests: { cpu: "3" } } };
  const upsert = () =>
    matcher.pods.upsert({ ...running, spec: { ...spec, nodeName: "n" }, status: { containerStatuses: [big] } });
  for (let i = 0; i < 3; i++) {
    upsert();
    // 3.1 and 1.1 of 5; twice 3.1 would be too much.
    assert.is(matcher.evaluatePod({ ...asked, spec }).nodes.size, 1);
  }
});

test.run();
