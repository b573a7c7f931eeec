// Situations: claims in a state, or under a name, with which no scheduler does anything.

import {
  claim,
  csiCapacity,
  csiNode,
  ephemeral,
  limitedClass,
  NO_PROVISIONER,
  node,
  owner,
  pod,
  podOf,
  ref,
  selector,
  storageClass,
  volume,
} from "../../conformance/build.js";
import type { Situation } from "../situation.js";

const BIND = "node(s) didn't find available persistent volumes to bind.";
const CLAIM = "PersistentVolumeClaim default/data";
const IMMEDIATE = "pod has unbound immediate PersistentVolumeClaims.";
const bound = { phase: "Bound", claimRef: ref("data", "uid-data") };
const local = storageClass("local", { provisioner: NO_PROVISIONER });
const owned = claim("pod-vol", { boundTo: "vol", owners: [owner] });
const ofPod = volume("vol", { phase: "Bound", claimRef: ref("pod-vol", "uid-pod-vol") });

export const CLAIMS: readonly Situation[] = [
  {
    name: "an ephemeral volume whose claim has not been made yet",
    objects: [node("n-1"), pod(ephemeral)],
    verdict: 'waiting for ephemeral volume controller to create the persistentvolumeclaim "pod-vol".',
    cause: {
      code: "ClaimNotCreated",
      object: "Pod default/pod",
      path: "spec.volumes[0].ephemeral",
      says: /claim default\/pod-vol of an ephemeral volume has not been created yet/,
    },
    byHand: [owned, ofPod],
  },
  {
    name: "a pod whose name and volume's name make up the name of somebody else's claim",
    objects: [node("n-1"), claim("pod-vol", { boundTo: "vol" }), ofPod, pod(ephemeral)],
    verdict: "PVC default/pod-vol was not created for pod default/pod (pod is not owner).",
    cause: {
      code: "ClaimNotOwned",
      object: "PersistentVolumeClaim default/pod-vol",
      path: "metadata.ownerReferences",
      says: /is not controlled by the pod, whose ephemeral volume it has the name of/,
    },
    byHand: [owned],
  },
  {
    name: "a claim that is being deleted while its StatefulSet makes the pod anew",
    objects: [node("n-1"), claim("data", { boundTo: "vol", deleting: true }), volume("vol", bound), pod("data")],
    verdict: 'persistentvolumeclaim "data" is being deleted.',
    cause: {
      code: "ClaimDeleting",
      object: CLAIM,
      path: "metadata.deletionTimestamp",
      says: /claim default\/data is being deleted/,
    },
    byHand: [claim("data", { boundTo: "vol" })],
  },
  {
    name: "a claim and a volume that fit, which the controller has yet to bind",
    objects: [node("n-1"), claim("data", { class: "" }), volume("vol", { class: "" }), pod("data")],
    verdict: IMMEDIATE,
    cause: {
      code: "BindingIncomplete",
      object: CLAIM,
      path: "spec.volumeName",
      says: /is not bound yet, though volume vol fits/,
    },
    byHand: [claim("data", { class: "", boundTo: "vol" }), volume("vol", { ...bound, class: "" })],
  },
  {
    name: "a class without a binding mode, which the API server would have filled in",
    objects: [node("n-1"), storageClass("slow", { mode: null }), claim("data", { class: "slow" }), pod("data")],
    verdict: 'running PreFilter plugin "VolumeBinding": VolumeBindingMode not set for StorageClass "slow"',
    cause: {
      code: "ClassWithoutMode",
      object: "StorageClass slow",
      path: "volumeBindingMode",
      says: /class slow of claim default\/data has no volumeBindingMode/,
    },
    byHand: [storageClass("slow")],
  },
  {
    name: "a claim that was made in another namespace than the pod",
    objects: [node("n-1"), claim("data", { namespace: "prod" }), storageClass("static"), pod("data")],
    verdict: 'persistentvolumeclaim "data" not found.',
    cause: {
      code: "ClaimMissing",
      object: "Pod default/pod",
      path: "spec.volumes[0].persistentVolumeClaim.claimName",
      says: /no claim default\/data; there is one of that name in prod/,
    },
    byHand: [claim("data")],
  },
  {
    name: "a selector that Kubernetes does not take, which ends the cycle",
    objects: [
      node("n-1"),
      local,
      volume("vol", { class: "local" }),
      claim("data", { class: "local", spec: { selector: selector(["tier", "In"]) } }),
      pod("data"),
    ],
    verdict: /error creating internal label selector for claim: default\/data/,
    cause: { code: "Fault", object: CLAIM, path: "spec.selector", says: /values set can't be empty/ },
    byHand: [claim("data", { class: "local" })],
  },
  {
    name: "a claim whose node was selected, and is full since",
    objects: [
      node("n-1", {}, { unschedulable: true }),
      node("n-2"),
      storageClass("disk"),
      claim("data", { class: "disk", selectedNode: "n-1" }),
      pod("data"),
    ],
    options: { filters: ["NodeUnschedulable", "VolumeBinding"] },
    verdict: "1 node(s) didn't find available persistent volumes to bind, 1 node(s) were unschedulable.",
    cause: { code: "Cordoned", object: "Node n-1", path: "spec.unschedulable", says: /cordoned/ },
    remedy: { says: /let claim default\/data forget its node/, opens: 1 },
  },
  {
    name: "allowedTopologies with a key that is not the driver's",
    objects: [
      node("n-1", { "topology.ebs.example.com/zone": "a" }),
      csiNode("n-1", [{ name: "ebs.example.com", nodeID: "1", topologyKeys: ["topology.ebs.example.com/zone"] }]),
      storageClass("ebs", { topologies: [[["failure-domain.beta.kubernetes.io/zone", "a"]]] }),
      claim("data", { class: "ebs" }),
      pod("data"),
    ],
    verdict: `1 ${BIND}`,
    cause: {
      code: "AllowedTopologies",
      object: "StorageClass ebs",
      path: "allowedTopologies[0].matchLabelExpressions[0]",
      says: /no node has that label; its driver ebs\.example\.com knows topology\.ebs\.example\.com\/zone/,
    },
    byHand: [storageClass("ebs", { topologies: [[["topology.ebs.example.com/zone", "a"]]] })],
  },
  {
    name: "allowedTopologies of a zone and a rack that are never on one node",
    objects: [
      node("n-1", { zone: "a", rack: "2" }),
      node("n-2", { zone: "b", rack: "1" }),
      storageClass("disk", {
        topologies: [
          [
            ["zone", "a"],
            ["rack", "1"],
          ],
        ],
      }),
      claim("data", { class: "disk" }),
      pod("data"),
    ],
    verdict: `2 ${BIND}`,
    cause: {
      code: "AllowedTopologies",
      object: "StorageClass disk",
      path: "allowedTopologies[0].matchLabelExpressions[0]",
      says: /allows only zone=a and rack=1: of zone, 1 node has b; of rack, 1 node has 2/,
    },
    byHand: [storageClass("disk", { topologies: [[["zone", "a"]], [["rack", "1"]]] })],
  },
  {
    name: "a pool with room for many small volumes and none for a large one",
    objects: [
      node("n-1", { zone: "1" }),
      ...limitedClass("limited"),
      csiCapacity("pool", { zone: "1", capacity: "10Ti", maximum: "500Gi" }),
      claim("data", { class: "limited", size: "1Ti" }),
      pod("data"),
    ],
    verdict: "1 node(s) did not have enough free storage.",
    cause: {
      code: "NotEnoughCapacity",
      object: "CSIStorageCapacity kube-system/pool",
      path: "maximumVolumeSize",
      says: /asks for 1Ti of class limited, and the most there is room for is 500Gi/,
    },
    remedy: { says: /ask for 500Gi, the most there is room for/, opens: 1 },
  },
  {
    name: "capacity that is reported of another class alone",
    objects: [
      node("n-1", { zone: "1" }),
      ...limitedClass("limited"),
      csiCapacity("pool", { zone: "1", capacity: "10Ti", class: "limited-ssd" }),
      claim("data", { class: "limited" }),
      pod("data"),
    ],
    verdict: "1 node(s) did not have enough free storage.",
    cause: {
      code: "NoCapacityObject",
      object: "CSIDriver limited.example.com",
      path: "spec.storageCapacity",
      says: /reports no CSIStorageCapacity of class limited here: there is none at all/,
    },
    byHand: [csiCapacity("mine", { zone: "1", capacity: "10Ti" })],
  },
  {
    name: "a volume that names no claim",
    objects: [node("n-1"), podOf({ volumes: [{ name: "v", persistentVolumeClaim: { claimName: "" } }] })],
    verdict: /had no name|not found/,
    cause: {
      code: "ClaimNameMissing",
      object: "Pod default/pod",
      path: "spec.volumes[0].persistentVolumeClaim.claimName",
      says: /uses a claim without naming one/,
    },
    byHand: [podOf({ volumes: [] })],
  },
];
