// The provisioner as a library: what its answers are as JSON, and what is said of arguments that it cannot use.

import { test } from "uvu";
import * as assert from "uvu/assert";
import type { Provisioner } from "../../../lib/provisioner.js";
import { createProvisioner, TopologyError } from "../../../lib/provisioner.js";
import { claimOf, classOf, DRIVER, nodesOf, zonal } from "./objects.js";

const lists = { ...nodesOf([zonal("n1", "x")]), storageClasses: [classOf()] };
const asked = () => createProvisioner(lists).provisioning(claimOf({ size: "20Gi" }), { node: "n1" });

test("R-TOP-4: an answer is written as JSON, the bytes as decimal text, which a double need not hold", () => {
  const { claim, driver, accessibilityRequirements, requestedBytes } = asked();
  assert.is(requestedBytes, 21474836480n);
  const parsed = JSON.parse(JSON.stringify(asked()));
  assert.equal(parsed, { claim, driver, accessibilityRequirements, requestedBytes: "21474836480" });
  const refused = createProvisioner({}).provisioning(claimOf());
  assert.equal(JSON.parse(JSON.stringify(refused)).refusal, { ...refused.refusal });
});

const WRONG: readonly [title: string, path: string, call: (provisioner: Provisioner, wrong: never) => unknown][] = [
  ["a node that is no text", "node", (on, node) => on.provisioning(claimOf(), { node })],
  ["a memory that is no Map", "memory", (on, memory) => on.provisioning(claimOf(), { memory })],
  ["a node of sourceWarning", "node", (on, node) => on.sourceWarning(claimOf(), node)],
  ["no function of takes", "available", (on, available) => on.takes(claimOf(), available)],
  ["places that are no list", "accessibleTopology", (on, no) => on.provisioning(claimOf()).nodeAffinityOf(no)],
  ["an answer of a driver that is none", "created", (on, created) => on.provisioning(claimOf()).volumeFrom(created)],
  [
    "bytes that are no number",
    "capacityBytes",
    (on, no) => on.provisioning(claimOf()).volumeFrom({ capacityBytes: no }),
  ],
];

for (const [title, path, call] of WRONG) {
  test(`bad arguments of a provisioner: ${title}`, () => {
    for (const wrong of [null, true, Symbol("s"), "accessible" as unknown, () => 1]) {
      if (typeof wrong === "string" && path === "node") continue;
      if (typeof wrong === "function" && path === "available") continue;
      refuses(() => call(createProvisioner(lists), wrong as never), path);
    }
  });
}

test("bad arguments of a provisioner: a part of a byte, and a place that is no object", () => {
  refuses(() => asked().volumeFrom({ capacityBytes: 1.5 }), "capacityBytes");
  refuses(() => asked().volumeFrom({ accessibleTopology: [null as never] }), "accessibleTopology[0]");
  refuses(() => asked().nodeAffinityOf([{ segments: {} }, 5 as never]), "accessibleTopology[1]");
  const storage = { "volume.kubernetes.io/storage-provisioner": DRIVER };
  const own = createProvisioner(lists, { nodeDeployment: { node: "n1", segments: { zone: "x" } } });
  const claim = claimOf({ size: "1Gi", annotations: storage });
  refuses(() => own.takes(claim, () => Number.NaN), "available");
  refuses(() => own.takes(claim, () => "1Gi" as never), "available");
});

function refuses(call: () => unknown, path: string): void {
  try {
    call();
  } catch (error) {
    assert.instance(error, TopologyError);
    const { code, message, path: at } = error as TopologyError;
    assert.equal([code, at], ["BadArgument", path], message);
    return;
  }
  assert.unreachable(`nothing was said of ${path}`);
}

test.run();
