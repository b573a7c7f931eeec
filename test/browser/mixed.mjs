// The input of B3's mixed cluster: 5,000 nodes and 10,000 bound claims with affinities of three sorts.

import { writeFileSync } from "node:fs";
import { boundClaim, boundVolume, termsOf } from "../../bench/fleet/bound.js";
import { fullNode } from "../../bench/fleet/nodes.js";

export const NODES = 5_000;
export const CLAIMS = 10_000;

/** Writes the cluster as kubectl would list it. */
export function writeMixed(path) {
  const kind = (apiVersion, name, object) => JSON.stringify({ apiVersion, kind: name, ...object });
  const items = [];
  for (let i = 0; i < NODES; i++) items.push(kind("v1", "Node", JSON.parse(fullNode(i))));
  for (let i = 0; i < CLAIMS; i++) {
    items.push(kind("v1", "PersistentVolume", boundVolume(i, termsOf("mixed", i, NODES))));
    items.push(kind("v1", "PersistentVolumeClaim", boundClaim(i)));
  }
  const standard = {
    metadata: { name: "standard" },
    provisioner: "ebs.csi.aws.com",
    volumeBindingMode: "WaitForFirstConsumer",
  };
  items.push(kind("storage.k8s.io/v1", "StorageClass", standard));
  writeFileSync(path, `{"apiVersion":"v1","kind":"List","items":[\n${items.join(",\n")}\n]}\n`);
}
