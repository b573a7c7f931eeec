// What is found about volumes: for each rule a cluster with exactly that fault, and clusters without.

import { test } from "uvu";
import * as assert from "uvu/assert";
import { affinity, claim, found, HOSTNAME, NODES, node, volume, ZONE } from "./cluster.js";

const TERM = "spec.nodeAffinity.required.nodeSelectorTerms[0]";

test("volume-affinity-no-node: a value, a key, or a combination that no node has", () => {
  assert.equal(found(...NODES, volume("v", affinity([[ZONE, "In", "c"]]))), [
    `error volume-affinity-no-node PersistentVolume v ${TERM}.matchExpressions[0]: no node has ${ZONE} c; nodes have a and b`,
  ]);
  assert.equal(
    found(
      ...NODES,
      volume(
        "v",
        affinity([
          [ZONE, "In", "a"],
          ["rack", "In", ""],
        ]),
      ),
    ),
    [`error volume-affinity-no-node PersistentVolume v ${TERM}.matchExpressions[1]: no node has the label rack`],
  );
  assert.equal(
    found(
      ...NODES,
      volume(
        "v",
        affinity([
          [ZONE, "In", "a"],
          [HOSTNAME, "NotIn", "n1"],
        ]),
      ),
    ),
    [
      `error volume-affinity-no-node PersistentVolume v ${TERM}: no node meets all of ${ZONE} a, ${HOSTNAME} not in [n1] together`,
    ],
  );
  assert.equal(found(...NODES, volume("v", affinity([[ZONE, "In", ""]], [["x", "Exists"]]))), [
    `error volume-affinity-no-node PersistentVolume v ${TERM.slice(0, -3)}: no node meets any of its 2 terms; of the first, no node has ${ZONE} ""; nodes have a and b`,
  ]);
  const beta = "failure-domain.beta.kubernetes.io/zone";
  assert.equal(found(...NODES, volume("v", affinity([[beta, "In", "a"]]))), [
    `error volume-affinity-no-node PersistentVolume v ${TERM}.matchExpressions[0]: no node has the label ${beta}; ${ZONE} took its place`,
  ]);
});

test("volume-affinity-no-node is silent where one node meets one term, and where no node is known", () => {
  const faulty = volume("v", affinity([[ZONE, "In", "c"]], [[ZONE, "In", "b"]]));
  assert.equal(found(...NODES, faulty), []);
  assert.equal(found(volume("v", affinity([[ZONE, "In", "c"]]))), []);
  assert.equal(found(...NODES, volume("v"), volume("w", { nodeAffinity: {} })), []);
});

test("volume-affinity-no-node: a bound in-tree volume is read as its driver reads it where the plugin has moved", () => {
  const zone = "topology.ebs.csi.aws.com/zone";
  const moved = (name: string) => ({
    kind: "CSINode",
    metadata: { name, annotations: { "storage.alpha.kubernetes.io/migrated-plugins": "kubernetes.io/aws-ebs" } },
    spec: { drivers: [{ name: "ebs.csi.aws.com", topologyKeys: [ZONE] }] },
  });
  const disk = volume(
    "v",
    {
      ...affinity([[ZONE, "In", "a"]]),
      awsElasticBlockStore: { volumeID: "vol-1" },
      claimRef: { namespace: "d", name: "c", uid: "uid-c" },
    },
    {},
    "Bound",
  );
  const bound = claim("c", { volumeName: "v" }, { annotations: { "pv.kubernetes.io/bind-completed": "yes" } }, "Bound");
  const faults = found(...NODES, moved("n1"), moved("n2"), disk, bound);
  assert.is(faults.length, 1, faults.join("\n"));
  assert.match(
    faults[0],
    /^error volume-affinity-no-node PersistentVolume v spec\.nodeAffinity\.required: nodes meet it/,
  );
  const labelled = [node("n1", { [ZONE]: "a", [zone]: "a" }), node("n2", { [ZONE]: "b", [zone]: "b" })];
  assert.equal(found(...labelled, moved("n1"), moved("n2"), disk, bound), []);
});

test("volume-hostname-is-name: the name of a node stands where its hostname label belongs", () => {
  const other = { kind: "Node", metadata: { name: "vm-1", labels: { [HOSTNAME]: "10.0.0.1" } } };
  assert.equal(found(other, volume("v", affinity([[HOSTNAME, "In", "vm-1"]]))), [
    `error volume-hostname-is-name PersistentVolume v ${TERM}.matchExpressions[0]: no node has ${HOSTNAME} vm-1: that is the name of a node, which has the ${HOSTNAME} label 10.0.0.1`,
  ]);
  const unlabelled = { kind: "Node", metadata: { name: "vm-1" } };
  assert.match(
    found(unlabelled, volume("v", affinity([[HOSTNAME, "In", "vm-1"]]))).join(),
    /^error volume-hostname-is-name .*, which has no kubernetes\.io\/hostname label$/,
  );
  assert.equal(found(other, volume("v", affinity([[HOSTNAME, "In", "10.0.0.1"]]))), []);
  // Another node has that label: the volume is there.
  const named = { kind: "Node", metadata: { name: "vm-2", labels: { [HOSTNAME]: "vm-1" } } };
  assert.equal(found(other, named, volume("v", affinity([[HOSTNAME, "In", "vm-1"]]))), []);
});

test("volume-affinity-invalid: terms that match nothing", () => {
  assert.equal(found(...NODES, volume("v", affinity([]))), [
    `error volume-affinity-invalid PersistentVolume v ${TERM}: an empty term matches no node: so no node can reach the volume`,
  ]);
  assert.equal(found(...NODES, volume("v", affinity([], [[ZONE, "Exists"]]))), [
    `warning volume-affinity-invalid PersistentVolume v ${TERM}: an empty term matches no node: only the other terms count`,
  ]);
  assert.equal(found(...NODES, volume("v", affinity())), [
    "error volume-affinity-invalid PersistentVolume v spec.nodeAffinity.required.nodeSelectorTerms: there is no term, and so no node can reach the volume",
  ]);
  const [fault] = found(...NODES, volume("v", affinity([[ZONE, "In"]])));
  assert.match(
    fault,
    /^error volume-affinity-invalid PersistentVolume v .*matchExpressions\[0\]: values: Invalid value/,
  );
  assert.match(
    found(...NODES, volume("v", affinity([["cpus", "Gt", "many"]]))).join(),
    /Gt takes one whole number, but is given "many": so no node can reach the volume$/,
  );
  // What is no value of a label is told as such.
  assert.match(found(...NODES, volume("v", affinity([["cpus", "Gt", "a b"]]))).join(), /Invalid value: "a b": /);
  assert.equal(found(...NODES, volume("v", affinity([[ZONE, "Exists"]]))), []);
});

test("volume-affinity-match-fields: ignored where they parse, fatal for their term where not", () => {
  const fields = (operator: string, values: string[], more: object = {}) => {
    const term = { matchFields: [{ key: "metadata.name", operator, values }], ...more };
    return volume("v", { nodeAffinity: { required: { nodeSelectorTerms: [term] } } });
  };
  assert.equal(found(...NODES, fields("In", ["n1"])), [
    `warning volume-affinity-match-fields PersistentVolume v ${TERM}.matchFields[0]: kube-scheduler does not look at matchFields of a volume: the volume is taken to be reachable from every node`,
  ]);
  const beside = { matchExpressions: [{ key: ZONE, operator: "Exists" }] };
  assert.equal(found(...NODES, fields("In", ["n1"], beside)), [
    `warning volume-affinity-match-fields PersistentVolume v ${TERM}.matchFields[0]: kube-scheduler does not look at matchFields of a volume: only the labels beside it count`,
  ]);
  assert.equal(found(...NODES, fields("In", ["n1", "n2"])), [
    `error volume-affinity-match-fields PersistentVolume v ${TERM}.matchFields[0]: matchFields take In and NotIn with exactly one value, but this is In with 2: no node can reach the volume`,
  ]);
});

test("volume-zone-label-no-node: labels that VolumeZone compares and no node has", () => {
  assert.equal(found(...NODES, volume("v", {}, { labels: { [ZONE]: "c__d" } })), [
    `error volume-zone-label-no-node PersistentVolume v metadata.labels["${ZONE}"]: VolumeZone lets the volume go to nodes with ${ZONE} c__d alone; nodes have a and b`,
  ]);
  assert.equal(found(...NODES, volume("v", {}, { labels: { [ZONE]: "c__a" } })), []);
  // A node without any such label takes every volume.
  assert.equal(found(...NODES, node("n3"), volume("v", {}, { labels: { [ZONE]: "c" } })), []);
});

test("volume-claim-gone: a claim that is gone, that has another uid, or that was never there", () => {
  const claimRef = { namespace: "d", name: "c", uid: "uid-c" };
  const kept = volume("v", { claimRef }, {}, "Released");
  const other = claim("other", { volumeName: "w" }, { annotations: { "pv.kubernetes.io/bind-completed": "yes" } });
  const theirs = volume("w", { claimRef: { namespace: "d", name: "other", uid: "uid-other" } }, {}, "Bound");
  assert.equal(found(kept, theirs, other), [
    "warning volume-claim-gone PersistentVolume v spec.claimRef: the volume is Released: it is kept for claim d/c, which does not exist any more",
  ]);
  // Claims may not have been read, but the phase says it.
  assert.is(found(kept).length, 1);
  assert.equal(found(volume("v", { claimRef }, {}, "Bound")), []);
  // Of some namespaces alone: a volume whose claim is gone is Released at once.
  assert.equal(found(volume("v", { claimRef }, {}, "Bound"), theirs, other), []);
  const again = claim(
    "c",
    { volumeName: "v" },
    { uid: "uid-2", annotations: { "pv.kubernetes.io/bind-completed": "yes" } },
  );
  const [first] = found(kept, again).filter((line) => line.includes("volume-claim-gone"));
  assert.is(
    first,
    "error volume-claim-gone PersistentVolume v spec.claimRef.uid: the volume is Released: it is kept for an earlier claim d/c, and the claim of that name has another uid",
  );
  const reserved = volume("v", { claimRef: { namespace: "d", name: "c" } });
  // Where no claim was read its claim may be there; and what is being deleted is nobody's.
  assert.equal(found(reserved), []);
  const going = { deletionTimestamp: "2026-01-01T00:00:00Z" };
  assert.equal(found(volume("v", { claimRef }, going, "Released"), theirs, other), []);
  assert.equal(found(reserved, theirs, other), [
    "info volume-claim-gone PersistentVolume v spec.claimRef: it is reserved for claim d/c, which does not exist: no other claim can have it",
  ]);
});

test.run();
