// What is found about classes, nodes and capacity objects: for each rule a cluster with exactly that fault, and clusters
// without.

import { test } from "uvu";
import * as assert from "uvu/assert";
import {
  affinity,
  capacity,
  csiDriver,
  csiNode,
  findings,
  found,
  HOSTNAME,
  lineOf,
  NODES,
  node,
  storageClass,
  volume,
  ZONE,
} from "./cluster.js";

const DRIVER = "disk.example.com";
const BETA_ZONE = "failure-domain.beta.kubernetes.io/zone";
type Expression = readonly [key: string, ...values: string[]];
const allowing = (...terms: readonly (readonly Expression[])[]) => ({
  allowedTopologies: terms.map((term) => ({
    matchLabelExpressions: term.map(([key, ...values]) => ({ key, values })),
  })),
});
const made = (more: object = {}) => storageClass("made", DRIVER, more);
const EVERYWHERE = NODES.map(({ metadata: { name } }) => csiNode(name, { [DRIVER]: [ZONE] }));

test("class-topology-no-node: no node at all, a dead value, an empty term", () => {
  assert.equal(found(...NODES, made(allowing([[ZONE, "c"]]))), [
    `error class-topology-no-node StorageClass made allowedTopologies[0].matchLabelExpressions[0]: volumes can be made nowhere: no node has ${ZONE} c; nodes have a and b`,
  ]);
  assert.equal(found(...NODES, made(allowing([[ZONE, "a", "c"]]))), [
    `warning class-topology-no-node StorageClass made allowedTopologies[0].matchLabelExpressions[0].values: no node has ${ZONE} c; nodes have a and b`,
  ]);
  assert.equal(found(...NODES, made(allowing([]))), [
    "error class-topology-no-node StorageClass made allowedTopologies[0]: an empty term matches no node: volumes can be made nowhere",
  ]);
  assert.equal(found(...NODES, made(allowing([], [[ZONE, "a"]]))), [
    "warning class-topology-no-node StorageClass made allowedTopologies[0]: an empty term matches no node: only the other terms count",
  ]);
});

test("class-topology-no-node is silent about what nodes have, about classes that make nothing, and without nodes", () => {
  assert.equal(found(...NODES, made(allowing([[ZONE, "a", "b"]]))), []);
  assert.equal(found(...NODES, made({ allowedTopologies: [] })), []);
  assert.equal(found(...NODES, storageClass("s", "kubernetes.io/no-provisioner", allowing([[ZONE, "c"]]))), []);
  assert.equal(found(made(allowing([[ZONE, "c"]]))), []);
});

test("topology-key-unknown: a key in one of several terms that nobody has", () => {
  assert.equal(found(...NODES, made(allowing([[ZONE, "a"]], [["rack", "r"]]))), [
    "warning topology-key-unknown StorageClass made allowedTopologies[1].matchLabelExpressions[0]: no node has the label rack, and no CSINode lists it",
  ]);
  assert.equal(found(...NODES, volume("v", affinity([["rack", "In", "r"]], [[ZONE, "In", "a"]]))), [
    "warning topology-key-unknown PersistentVolume v spec.nodeAffinity.required.nodeSelectorTerms[0].matchExpressions[0]: no node has the label rack, and no CSINode lists it",
  ]);
  const listed = csiNode("elsewhere", { [DRIVER]: ["rack"] });
  const nodes = [...NODES, ...NODES.map(({ metadata: { name } }) => csiNode(name, {})), listed];
  assert.equal(found(...nodes, volume("v", affinity([["rack", "In", "r"]], [[ZONE, "In", "a"]]))), []);
});

test("class-topology-key-foreign: a key that nodes have and the driver does not know", () => {
  const nodes = [node("n1", { [ZONE]: "a", rack: "r" }), node("n2", { [ZONE]: "b", rack: "r" })];
  assert.equal(found(...nodes, ...EVERYWHERE, made(allowing([["rack", "r"]]))), [
    `error class-topology-key-foreign StorageClass made allowedTopologies[0].matchLabelExpressions[0]: driver ${DRIVER} knows ${ZONE}, not rack: kube-scheduler finds nodes, but the provisioner refuses each as not among the allowed topologies`,
  ]);
  // Without a node the provisioner hands the driver what is allowed.
  const immediate = made({ ...allowing([["rack", "r"]]), volumeBindingMode: "Immediate" });
  assert.is(
    found(...nodes, ...EVERYWHERE, immediate).at(-1),
    `warning class-topology-key-foreign StorageClass made allowedTopologies[0].matchLabelExpressions[0]: driver ${DRIVER} knows ${ZONE}, not rack: it is asked for a volume in a topology that it may not understand`,
  );
  assert.equal(found(...nodes, ...EVERYWHERE, made(allowing([[ZONE, "a"]]))), []);
  const finer = nodes.map(({ metadata: { name } }) => csiNode(name, { [DRIVER]: [ZONE, "rack"] }));
  assert.equal(found(...nodes, ...finer, made(allowing([["rack", "r"]]))), []);
});

test("class-immediate-topology: bound before the pod is placed, though not every node reaches the volumes", () => {
  const immediate = { volumeBindingMode: "Immediate" };
  const local = storageClass("static", "kubernetes.io/no-provisioner", immediate);
  const why = ": a pod may find its volumes out of its reach, or each of them elsewhere";
  const head = "claims are bound before their pods are placed, but";
  assert.equal(found(...NODES, local, volume("w"), volume("v", affinity([[HOSTNAME, "In", "n1"]]))), [
    `warning class-immediate-topology StorageClass static volumeBindingMode: ${head} volume v is reached from 1 of 2 nodes${why}`,
  ]);
  assert.equal(found(...NODES, made({ ...immediate, ...allowing([[ZONE, "a"]]) })), [
    `warning class-immediate-topology StorageClass made volumeBindingMode: ${head} allowedTopologies allow 1 of 2 nodes${why}`,
  ]);
  assert.equal(found(...NODES, ...EVERYWHERE, made(immediate)), [
    `warning class-immediate-topology StorageClass made volumeBindingMode: ${head} driver ${DRIVER} makes them for one ${ZONE} of 2${why}`,
  ]);
  assert.equal(found(made({ ...immediate, ...allowing([[ZONE, "a", "b"]]) })), [
    `warning class-immediate-topology StorageClass made volumeBindingMode: ${head} allowedTopologies name 2 topologies${why}`,
  ]);
});

test("class-immediate-topology is silent about volumes that every node reaches, and about one node", () => {
  const immediate = { volumeBindingMode: "Immediate" };
  assert.equal(found(...NODES, made(immediate), volume("v", { storageClassName: "made" })), []);
  assert.equal(
    found(NODES[0], made(immediate), volume("v", { storageClassName: "made", ...affinity([[ZONE, "In", "a"]]) })),
    [],
  );
  assert.equal(found(...NODES, ...EVERYWHERE, made()), []);
});

test("class-binding-mode: none, or one that there is not", () => {
  const { volumeBindingMode: _, ...modeless } = made();
  assert.match(
    found(modeless).join(),
    /^error class-binding-mode StorageClass made volumeBindingMode: there is no mode: /,
  );
  assert.equal(found(made({ volumeBindingMode: "Later" })), [
    "warning class-binding-mode StorageClass made volumeBindingMode: Later is no mode: kube-scheduler takes it for Immediate",
  ]);
  assert.equal(found(made(), storageClass("b", DRIVER, { volumeBindingMode: "Immediate" })), []);
});

test("class-default-several: two default classes", () => {
  const standard = (name: string, key: string, value = "true") => {
    return storageClass(name, DRIVER, { metadata: { name, annotations: { [key]: value } } });
  };
  const [today, beta] = ["", "beta."].map((part) => `storageclass.${part}kubernetes.io/is-default-class`);
  assert.equal(found(standard("a", today), standard("b", beta)), [
    "info class-default-several StorageClass a metadata.annotations: it is the default class beside b: claims that name none get the newest of them",
    "info class-default-several StorageClass b metadata.annotations: it is the default class beside a: claims that name none get the newest of them",
  ]);
  assert.equal(found(standard("a", today), standard("b", today, "false")), []);
});

test("class-driver-not-everywhere: a node without the driver, to which the scheduler may send a pod", () => {
  const nodes = [...NODES, node("n3", { [ZONE]: "a" })];
  const csi = [...EVERYWHERE, csiNode("n3", {})];
  const [fault, ...rest] = found(...nodes, ...csi, made());
  assert.equal(rest, []);
  assert.match(
    fault,
    /^warning class-driver-not-everywhere StorageClass made provisioner: driver disk\.example\.com has no topology on 1 of 3 nodes that the class allows \(first: n3\)/,
  );
  // The class keeps it out, or a taint does, or the driver has no topology at all.
  assert.equal(found(...nodes, ...csi, made(allowing([[ZONE, "b"]]))), []);
  const tainted = node("n3", { [ZONE]: "a" }, { spec: { taints: [{ key: "k", effect: "NoSchedule" }] } });
  assert.equal(found(...NODES, tainted, ...csi, made()), []);
  const plain = ["n1", "n2"].map((name) => csiNode(name, { [DRIVER]: [] }));
  assert.equal(found(...nodes, ...plain, csiNode("n3", {}), made()), []);
});

test("node-hostname-shared: two nodes that local volumes cannot tell apart", () => {
  const twin = { kind: "Node", metadata: { name: "n0", labels: { [HOSTNAME]: "n1" } } };
  assert.equal(found(...NODES, twin), [
    `warning node-hostname-shared Node n0 metadata.labels["${HOSTNAME}"]: n1 has the hostname n1 too: a volume that is local to one is taken to be on each`,
  ]);
  assert.equal(found(...NODES), []);
});

test("node-without-csi-node: one node of several has none", () => {
  const [fault, ...rest] = found(...NODES, EVERYWHERE[0]);
  assert.equal(rest, []);
  assert.match(fault, /^warning node-without-csi-node Node n2 metadata\.name: there is no CSINode of this name/);
  assert.equal(found(...NODES, ...EVERYWHERE), []);
});

test("csi-node-key-without-label: a topology key that the node has not as a label", () => {
  const csi = [EVERYWHERE[0], csiNode("n2", { "other.example.com": [], [DRIVER]: [ZONE, "rack"] })];
  assert.equal(found(...NODES, ...csi), [
    `error csi-node-key-without-label CSINode n2 spec.drivers[1].topologyKeys: driver ${DRIVER} lists rack, which node n2 does not have as a label: its provisioner refuses the node, and the scheduler does not know`,
  ]);
  assert.equal(found(...NODES, ...EVERYWHERE, csiNode("gone", { [DRIVER]: ["rack"] })), []);
});

test("capacity-missing: no capacity object at all, or none for some nodes", () => {
  const tracking = csiDriver(DRIVER, true);
  assert.equal(found(...NODES, ...EVERYWHERE, tracking, made()), [
    `error capacity-missing StorageClass made provisioner: driver ${DRIVER} tracks capacity, but there is no CSIStorageCapacity of this class: no claim of it will be placed on any node`,
  ]);
  const inA = capacity("k", "made", { nodeTopology: { matchLabels: { [ZONE]: "a" } } });
  assert.equal(found(...NODES, ...EVERYWHERE, tracking, made(), inA), [
    `warning capacity-missing StorageClass made provisioner: no CSIStorageCapacity of this class reaches 1 of 2 nodes with driver ${DRIVER} (first: n2): no claim of it will be placed there`,
  ]);
  assert.equal(found(...NODES, ...EVERYWHERE, tracking, made(), capacity("k", "made")), []);
  assert.equal(found(...NODES, ...EVERYWHERE, csiDriver(DRIVER), made()), []);
  const immediate = made({ volumeBindingMode: "Immediate" });
  assert.equal(found(NODES[0], EVERYWHERE[0], tracking, immediate), []);
  // An object that says no size says nothing.
  const empty = capacity("k", "made", { capacity: undefined });
  assert.match(found(...NODES, ...EVERYWHERE, tracking, made(), empty).join(), /of this class reaches 2 of 2 nodes/);
  // Where the driver does not run there is no room, and that is right.
  const onOne = found(...NODES, EVERYWHERE[0], tracking, made(), inA);
  assert.equal(
    onOne.filter((line) => line.includes("capacity-missing")),
    [],
  );
});

test("capacity-no-node: room that counts nowhere", () => {
  const nowhere = capacity("k", "made", { nodeTopology: { matchLabels: { [ZONE]: "c" } } });
  assert.equal(found(...NODES, nowhere), [
    "warning capacity-no-node CSIStorageCapacity d/k nodeTopology: no node has these labels: the room that it tells counts nowhere",
  ]);
  const none = capacity("k", "made", { nodeTopology: undefined });
  assert.match(found(...NODES, none).join(), /: there is no nodeTopology: the object says something of no node$/);
  const unsound = capacity("k", "made", { nodeTopology: { matchExpressions: [{ key: ZONE, operator: "Near" }] } });
  assert.match(found(...NODES, unsound).join(), /: it does not parse, and so counts for no node: /);
  assert.equal(found(...NODES, capacity("k", "made")), []);
});

test("scheduler-crash-capacity: a maximumVolumeSize without capacity, from 1.37 on", () => {
  const odd = capacity("k", "made", { capacity: undefined, maximumVolumeSize: "1Gi" });
  const tracked = [...NODES, csiDriver(DRIVER, true), made()];
  assert.match(
    found(...tracked, odd).join(),
    /^error scheduler-crash-capacity CSIStorageCapacity d\/k capacity: there is a maximumVolumeSize and no capacity: /,
  );
  assert.equal(findings([...tracked, odd], { kubernetes: "1.36" }).map(lineOf), []);
  assert.is(findings([...tracked, odd], { kubernetes: "1.36", gates: { StorageCapacityScoring: true } }).length, 1);
  assert.equal(found(...tracked, capacity("k", "made", { maximumVolumeSize: "1Gi" })), []);
});

test("legacy-topology-label: beta labels in affinities, classes and labels of volumes", () => {
  const nodes = [node("n1", { [ZONE]: "a", [BETA_ZONE]: "a" }), node("n2", { [ZONE]: "b" })];
  const still = `${ZONE} took the place of ${BETA_ZONE}; 1 of 2 nodes have it still`;
  assert.equal(found(...nodes, volume("v", affinity([[BETA_ZONE, "In", "a"]]), { labels: { [BETA_ZONE]: "a" } })), [
    `warning legacy-topology-label PersistentVolume v spec.nodeAffinity.required.nodeSelectorTerms[0].matchExpressions[0]: ${still}`,
    `info legacy-topology-label PersistentVolume v metadata.labels["${BETA_ZONE}"]: ${still}`,
  ]);
  assert.equal(found(...nodes, made(allowing([[BETA_ZONE, "a"]]))), [
    `warning legacy-topology-label StorageClass made allowedTopologies[0].matchLabelExpressions[0]: ${still}`,
  ]);
  const room = capacity("k", "made", { nodeTopology: { matchLabels: { [BETA_ZONE]: "a" } } });
  assert.equal(found(...nodes, room), [
    `warning legacy-topology-label CSIStorageCapacity d/k nodeTopology.matchLabels["${BETA_ZONE}"]: ${still}`,
  ]);
  assert.equal(found(...nodes, volume("v", affinity([[ZONE, "In", "a"]]), { labels: { [ZONE]: "a" } })), []);
  const unmade = storageClass("static", "kubernetes.io/no-provisioner", allowing([[BETA_ZONE, "a"]]));
  assert.equal(
    found(...nodes, unmade).filter((line) => line.includes("legacy")),
    [],
  );
  // Where no node matches, that is said alone.
  const nowhere = found(...nodes, volume("v", affinity([[BETA_ZONE, "In", "c"]])));
  assert.equal(nowhere.length, 1);
  assert.match(nowhere[0], /^error volume-affinity-no-node /);
});

test.run();
