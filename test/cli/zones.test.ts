// cli: what the table says where zones decide: keys of another time, and labels alone.

import { suite } from "uvu";
import * as assert from "uvu/assert";
import { claim, list, node, pod, volume } from "./objects.js";
import { Files, topomatch } from "./program.js";

const test = suite("zones");
const files = new Files();
test.after(() => files.remove());

const BETA_ZONE = "failure-domain.beta.kubernetes.io/zone";
const BETA_REGION = "failure-domain.beta.kubernetes.io/region";
const ZONE = "topology.kubernetes.io/zone";
const REGION = "topology.kubernetes.io/region";
const annotations = { "pv.kubernetes.io/bind-completed": "yes" };

/** Two workers of one region, and what says on them that EBS has moved to CSI. */
const workers = ["b", "c"].flatMap((zone) => {
  const labels = { [ZONE]: `eu-central-1${zone}`, [REGION]: "eu-central-1" };
  const migrated = { "storage.alpha.kubernetes.io/migrated-plugins": "kubernetes.io/aws-ebs,kubernetes.io/gce-pd" };
  return [
    node(`worker-${zone}`, { ...labels, "topology.ebs.csi.aws.com/zone": `eu-central-1${zone}` }),
    {
      apiVersion: "storage.k8s.io/v1",
      kind: "CSINode",
      metadata: { name: `worker-${zone}`, annotations: migrated },
      spec: { drivers: [{ name: "ebs.csi.aws.com", nodeID: `i-${zone}`, topologyKeys: [] }] },
    },
  ];
});

const labels = { [BETA_ZONE]: "eu-central-1c", [BETA_REGION]: "eu-central-1" };
const expression = (key: string, value: string) => ({ key, operator: "In", values: [value] });
const nodeAffinity = {
  required: {
    nodeSelectorTerms: [
      { matchExpressions: [expression(BETA_ZONE, "eu-central-1c"), expression(BETA_REGION, "eu-central-1")] },
    ],
  },
};
const bound = (spec: object) =>
  list(
    ...workers,
    volume("old", { ...spec, storageClassName: "gp2" }, { metadata: { name: "old", labels } }),
    claim("data", { volumeName: "old", storageClassName: "gp2" }, { annotations }),
    pod("db", ["data"]),
  );

async function table(objects: object): Promise<string> {
  return (await topomatch(["check", "-f", files.write("cluster.json", objects), "-o", "wide"])).stdout;
}

test("an EBS volume with the keys of an old release is found on nodes that know none of them", async () => {
  const written = await table(bound({ awsElasticBlockStore: { volumeID: "vol-1" }, nodeAffinity }));
  assert.match(written, /^default\/db +1\/2 +worker-c$/m);
  assert.match(written, /1 node +VolumeBinding: node\(s\) didn't match PersistentVolume's node affinity +worker-b/);
});

test("where no plugin has moved the same keys are on no node", async () => {
  const written = await table(bound({ csi: { driver: "ebs.csi.aws.com", volumeHandle: "vol-1" }, nodeAffinity }));
  assert.match(written, /2 nodes +VolumeBinding: node\(s\) didn't match PersistentVolume's node affinity/);
});

test("a volume whose labels alone tell its zone is kept from the other zone by VolumeZone", async () => {
  const written = await table(bound({ nfs: { server: "10.0.0.1", path: "/" } }));
  assert.match(written, /^default\/db +1\/2 +worker-c$/m);
  assert.match(written, /1 node +VolumeZone: node\(s\) had no available volume zone +worker-b/);
});

test.run();
