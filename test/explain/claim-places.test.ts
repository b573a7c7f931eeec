// Where each claim of a pod could be alone, and which are never on one node: what VolumeZone rejects is no place.

import { test } from "uvu";
import * as assert from "uvu/assert";
import { explain } from "../../lib/explain.js";
import { createMatcherSync } from "../../lib/index.js";

const ZONE = "topology.kubernetes.io/zone";

function twoZones(filters?: readonly string[]) {
  const matcher = createMatcherSync(filters && { filters: filters as never });
  const volumes = [];
  for (const zone of ["a", "b"]) {
    matcher.nodes.upsert({ metadata: { name: `node-${zone}`, labels: { [ZONE]: zone } } });
    const uid = `uid-${zone}`;
    const of = { accessModes: ["ReadWriteOnce"], storageClassName: "disk" };
    matcher.persistentVolumes.upsert({
      metadata: { name: `pv-${zone}`, labels: { [ZONE]: zone } },
      spec: { ...of, capacity: { storage: "1Gi" }, claimRef: { namespace: "default", name: `claim-${zone}`, uid } },
      status: { phase: "Bound" },
    });
    const annotations = { "pv.kubernetes.io/bind-completed": "yes" };
    matcher.persistentVolumeClaims.upsert({
      metadata: { name: `claim-${zone}`, namespace: "default", uid, annotations },
      spec: { ...of, volumeName: `pv-${zone}`, resources: { requests: { storage: "1Gi" } } },
    });
    volumes.push({ name: zone, persistentVolumeClaim: { claimName: `claim-${zone}` } });
  }
  return explain(matcher, { metadata: { name: "pod", namespace: "default" }, spec: { volumes } });
}

test("R-ZON-7: the zone label of a claim's volume says where the claim could be, and which claims never meet", () => {
  const { claims, conflict } = twoZones();
  assert.equal(
    claims.map(({ claim, count, nodes, volume }) => [claim, volume, count, ...nodes]),
    [
      ["default/claim-a", "pv-a", 1, "node-a"],
      ["default/claim-b", "pv-b", 1, "node-b"],
    ],
  );
  assert.equal(conflict, [0, 1]);
});

test("where VolumeZone does not run its labels keep no claim from a node", () => {
  const { claims, conflict } = twoZones(["VolumeBinding"]);
  assert.equal(
    claims.map(({ count }) => count),
    [2, 2],
  );
  assert.is(conflict, undefined);
});

test.run();
