// 18.1, first half: which volumes of a pod are looked at, and claims that end the cycle at once.

import { claim, ephemeral, owner, pod, podOf, volume } from "../build.js";
import { AFF, type ConformanceCase } from "../case.js";
import { nodeA, nodeB, nodeC, twoZones } from "../world.js";

const nothingToDo = {
  feasible: ["nodeA", "nodeB"],
  plans: { nodeA: { bind: [], provision: [] }, nodeB: { bind: [], provision: [] } },
};
const notOwner = "PVC default/pod-vol was not created for pod default/pod (pod is not owner)";
const stranger = { ...owner, name: "other", uid: "uid-other" };

export const cases: readonly ConformanceCase[] = [
  {
    id: "T-001",
    title: "a pod without volumes fits everywhere and plans nothing",
    rules: ["R-PRE-7"],
    objects: [...twoZones, pod()],
    expect: nothingToDo,
  },
  {
    id: "T-001",
    title: "a pod whose volumes are null is a pod without volumes",
    rules: ["R-PRE-7"],
    objects: [...twoZones, podOf({ volumes: null })],
    expect: nothingToDo,
  },
  {
    id: "T-001",
    title: "a pod without spec is a pod without volumes",
    rules: ["R-PRE-7"],
    objects: [...twoZones, podOf(null)],
    expect: nothingToDo,
  },
  {
    id: "T-002",
    title: "emptyDir, configMap, secret and projected volumes are not looked at",
    rules: ["R-PRE-1", "R-PRE-7"],
    objects: [
      ...twoZones,
      pod(
        { name: "scratch", emptyDir: {} },
        { name: "settings", configMap: { name: "c" } },
        { name: "key", secret: { secretName: "c" } },
        { name: "token", projected: { sources: [] } },
      ),
    ],
    expect: nothingToDo,
  },
  {
    id: "T-003",
    title: "an inline CSI volume is not looked at",
    rules: ["R-PRE-1", "R-PRE-7"],
    objects: [...twoZones, pod({ name: "inline", csi: { driver: "inline.example.com" } })],
    expect: nothingToDo,
  },
  {
    id: "T-004",
    title: "a missing claim rejects the pod for all nodes and the message counts no node",
    rules: ["R-PRE-2", "R-MSG-3", "R-MSG-7"],
    objects: [...twoZones, pod("c")],
    expect: {
      preFilter: 'persistentvolumeclaim "c" not found',
      message: '0/2 nodes are available: persistentvolumeclaim "c" not found.',
    },
  },
  {
    id: "T-005",
    title: "a claim of the same name in another namespace is missing all the same",
    rules: ["R-PRE-2"],
    objects: [...twoZones, claim("c", { namespace: "other", class: "wffc" }), pod("c")],
    expect: { preFilter: 'persistentvolumeclaim "c" not found' },
  },
  {
    id: "T-006",
    title: "the claim of an ephemeral volume is waited for until its controller has made it",
    rules: ["R-PRE-1", "R-PRE-2"],
    objects: [...twoZones, pod(ephemeral)],
    expect: { preFilter: 'waiting for ephemeral volume controller to create the persistentvolumeclaim "pod-vol"' },
  },
  {
    id: "T-007",
    title: "a claim with the name of an ephemeral one but without owner is not the pod's",
    rules: ["R-PRE-5"],
    objects: [...twoZones, claim("pod-vol", { class: "wffc" }), pod(ephemeral)],
    expect: { preFilter: notOwner },
  },
  {
    id: "T-007",
    title: "the text names the pod's namespace, unquoted",
    rules: ["R-PRE-5"],
    objects: [...twoZones, claim("pod-vol", { namespace: "ns" }), podOf({ volumes: [ephemeral] }, "ns")],
    expect: {
      pod: "ns/pod",
      preFilter: "PVC ns/pod-vol was not created for pod ns/pod (pod is not owner)",
    },
  },
  {
    id: "T-008",
    title: "an ephemeral claim whose owner has another uid is not the pod's, even if the names agree",
    rules: ["R-PRE-5"],
    objects: [...twoZones, claim("pod-vol", { owners: [{ ...owner, uid: "uid-earlier-pod" }] }), pod(ephemeral)],
    expect: { preFilter: notOwner },
  },
  {
    id: "T-009",
    title: "an owner that is not the controller does not count: controller false",
    rules: ["R-PRE-5"],
    objects: [...twoZones, claim("pod-vol", { owners: [{ ...owner, controller: false }] }), pod(ephemeral)],
    expect: { preFilter: notOwner },
  },
  {
    id: "T-009",
    title: "an owner that is not the controller does not count: controller absent",
    rules: ["R-PRE-5"],
    objects: [...twoZones, claim("pod-vol", { owners: [{ ...owner, controller: null }] }), pod(ephemeral)],
    expect: { preFilter: notOwner },
  },
  {
    id: "T-010",
    title: "of two controllers the first counts: a stranger",
    rules: ["R-PRE-5"],
    objects: [...twoZones, claim("pod-vol", { owners: [stranger, owner] }), pod(ephemeral)],
    expect: { preFilter: notOwner },
  },
  {
    id: "T-010",
    title: "of two controllers the first counts: the pod, behind an owner that controls nothing",
    rules: ["R-PRE-5"],
    objects: [
      ...twoZones,
      claim("pod-vol", { class: "wffc", owners: [{ ...stranger, controller: false }, owner, stranger] }),
      pod(ephemeral),
    ],
    expect: { feasible: ["nodeA", "nodeB"], plans: { nodeA: { provision: ["pod-vol"] } } },
  },
  {
    id: "T-011",
    title: "an ephemeral claim of the pod's own is judged like any other bound claim",
    rules: ["R-PRE-5", "R-BCL-3"],
    objects: [
      ...twoZones,
      claim("pod-vol", { boundTo: "pv1", owners: [owner] }),
      volume("pv1", { zone: "a" }),
      pod(ephemeral),
    ],
    expect: { feasible: ["nodeA"], infeasible: { nodeB: [AFF] } },
  },
  {
    id: "T-012",
    title: "a lost claim names the volume that is gone",
    rules: ["R-PRE-3"],
    objects: [...twoZones, claim("c", { boundTo: "pv1", phase: "Lost" }), pod("c")],
    expect: { preFilter: 'persistentvolumeclaim "c" bound to non-existent persistentvolume "pv1"' },
  },
  {
    id: "T-012",
    title: "a lost claim stays lost although its volume is there again",
    rules: ["R-PRE-3"],
    objects: [...twoZones, claim("c", { boundTo: "pv1", phase: "Lost" }), volume("pv1"), pod("c")],
    expect: { preFilter: 'persistentvolumeclaim "c" bound to non-existent persistentvolume "pv1"' },
  },
  {
    id: "T-013",
    title: "of a lost claim that is being deleted the loss is told",
    rules: ["R-PRE-6"],
    objects: [...twoZones, claim("c", { boundTo: "pv1", phase: "Lost", deleting: true }), pod("c")],
    expect: { preFilter: 'persistentvolumeclaim "c" bound to non-existent persistentvolume "pv1"' },
  },
  {
    id: "T-014",
    title: "a claim that is being deleted is refused although its volume fits",
    rules: ["R-PRE-4"],
    objects: [...twoZones, claim("c", { boundTo: "pv1", deleting: true }), volume("pv1"), pod("c")],
    expect: { preFilter: 'persistentvolumeclaim "c" is being deleted' },
  },
  {
    id: "T-014",
    title: "deletion comes before ownership",
    rules: ["R-PRE-6"],
    objects: [...twoZones, claim("pod-vol", { deleting: true }), pod(ephemeral)],
    expect: { preFilter: 'persistentvolumeclaim "pod-vol" is being deleted' },
  },
  {
    id: "T-015",
    title: "of two bad claims the first volume's decides: deleting, then missing",
    rules: ["R-PRE-6"],
    objects: [...twoZones, claim("c", { deleting: true }), pod("c", "d")],
    expect: { preFilter: 'persistentvolumeclaim "c" is being deleted' },
  },
  {
    id: "T-015",
    title: "of two bad claims the first volume's decides: missing, then deleting",
    rules: ["R-PRE-6"],
    objects: [...twoZones, claim("c", { deleting: true }), pod("d", "c")],
    expect: { preFilter: 'persistentvolumeclaim "d" not found' },
  },
  {
    id: "T-256",
    title: "only the missing claim of two is named",
    rules: ["R-PRE-2"],
    objects: [...twoZones, claim("c", { boundTo: "pv1" }), volume("pv1"), pod("c", "d")],
    expect: { preFilter: 'persistentvolumeclaim "d" not found' },
  },
  {
    id: "T-257",
    title: "an empty claim name is looked up like any other",
    rules: ["R-PRE-2"],
    objects: [...twoZones, pod("")],
    expect: { preFilter: 'persistentvolumeclaim "" not found' },
  },
  {
    id: "T-257",
    title: "a claim volume without claim name reads as the empty name",
    rules: ["R-PRE-2"],
    objects: [...twoZones, pod({ name: "vol", persistentVolumeClaim: {} })],
    expect: { preFilter: 'persistentvolumeclaim "" not found' },
  },
  {
    id: "T-260",
    title: "without nodes no plugin runs",
    rules: ["R-MSG-2"],
    objects: [claim("c", { boundTo: "pv1" }), volume("pv1"), pod("c")],
    expect: { error: "no nodes available to schedule pods" },
  },
  {
    id: "T-260",
    title: "without nodes a missing claim is not noticed",
    rules: ["R-MSG-2"],
    objects: [pod("c")],
    expect: { error: "no nodes available to schedule pods" },
  },
  {
    id: "T-260",
    title: "nodes that are added end it",
    rules: ["R-MSG-2", "R-PRE-2"],
    objects: [pod("c")],
    updates: [nodeA, nodeB, nodeC],
    expect: {
      preFilter: 'persistentvolumeclaim "c" not found',
      message: '0/3 nodes are available: persistentvolumeclaim "c" not found.',
    },
  },
];
