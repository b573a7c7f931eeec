// Objects that must not change a verdict: nodes beside a case's own, strangers' claims, volumes of other classes and
// volumes of the case's classes that belong to others.

import { Random } from "../reference/generator/random.js";
import { claim, csiCapacity, csiDriver, csiNode, type KubeObject, node, podOf, storageClass, volume } from "./build.js";

const ELSEWHERE = "elsewhere";
const CASE_CLASSES = ["wffc", "static", "limited", "topo", "imm"];

export function irrelevantObjects(seed: number, withNodes: boolean): KubeObject[] {
  const random = new Random(seed);
  const extraNodes = withNodes ? nodes(random) : [];
  const names = extraNodes.map(({ metadata }) => metadata.name);
  return [...extraNodes, ...strangers(random, names), ...volumes(random), ...otherClasses(random)];
}

/** The case's objects and the irrelevant ones in random order. */
export function mixed(seed: number, objects: readonly KubeObject[], extras: readonly KubeObject[]): KubeObject[] {
  return new Random(seed).shuffle([...objects, ...extras]);
}

function nodes(random: Random): KubeObject[] {
  const prefixes = ["0-extra", "extra", "n-extra", "zz-extra"];
  return random.some(prefixes, 2, 4).flatMap((prefix) =>
    Array.from({ length: random.int(1, 20) }, (_, index) =>
      node(`${prefix}-${index}`, {
        zone: random.pick(["a", "b", "c", "z", "extra"]),
        row: `extra-${index}`,
        "kubernetes.io/hostname": `${prefix}-${index}`,
      }),
    ),
  );
}

/** Pods and claims with the names that cases use, in another namespace, and placed pods in the same one. */
function strangers(random: Random, nodeNames: readonly string[]): KubeObject[] {
  const claims = ["c", "d", "pod-vol"].map((name) =>
    claim(name, { namespace: ELSEWHERE, uid: `uid-extra-${name}`, class: random.pick(CASE_CLASSES) }),
  );
  const placed = nodeNames
    .slice(0, 3)
    .map((nodeName, index) =>
      podOf(
        { nodeName, volumes: [{ name: "v", persistentVolumeClaim: { claimName: "extra" } }] },
        "default",
        `extra-${index}`,
      ),
    );
  const pending = podOf({ volumes: [{ name: "v", persistentVolumeClaim: { claimName: "c" } }] }, ELSEWHERE, "pod");
  return [...claims, ...placed, pending, claim("extra", { boundTo: "extra-bound" }), claim("extra-waiting")];
}

function volumes(random: Random): KubeObject[] {
  const size = () => random.pick(["1Mi", "1Gi", "2Gi", "5Gi", "1Ti"]);
  const zone = () => random.pick(["a", "b", "c", "z"]);
  const free = ["extra-wffc", "extra-static", "Static", ""].map((name, index) =>
    volume(`extra-free-${index}`, { class: name, size: size(), zone: zone(), labels: { disk: "ssd" } }),
  );
  const taken = CASE_CLASSES.map((name, index) =>
    volume(`0-extra-taken-${index}`, {
      class: name,
      size: size(),
      zone: zone(),
      claimRef: { namespace: ELSEWHERE, name: "c", uid: "uid-extra-c" },
    }),
  );
  const released = CASE_CLASSES.map((name, index) =>
    volume(`extra-released-${index}`, {
      class: name,
      size: size(),
      phase: random.pick(["Released", "Failed", "Pending"]),
    }),
  );
  const leaving = CASE_CLASSES.map((name, index) =>
    volume(`zz-extra-leaving-${index}`, { class: name, size: size(), deleting: true }),
  );
  return [...free, ...taken, ...released, ...leaving, volume("extra-bound", { zone: "z", phase: "Bound" })];
}

function otherClasses(random: Random): KubeObject[] {
  return [
    storageClass("extra-wffc"),
    storageClass("extra-static", { provisioner: "kubernetes.io/no-provisioner" }),
    storageClass("extra-immediate", { mode: "Immediate" }),
    storageClass("extra-without-mode", { mode: null }),
    csiDriver("extra-wffc.example.com", { storageCapacity: true }),
    csiDriver("extra.example.com", { storageCapacity: true }),
    csiCapacity("extra-room", { class: "extra-wffc", zone: random.pick(["a", "b"]), capacity: "1Pi" }),
    csiCapacity("extra-room-of-nobody", { class: "", capacity: "1Pi" }),
    csiNode("extra-gone", [{ name: "extra.example.com", topologyKeys: ["zone"] }]),
  ];
}
