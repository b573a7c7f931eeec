// explain: nodes that a pod keeps off, or that keep it off -> what may be changed of the pod, the nodes, or other pods.

import { isObject, listAt, textAt } from "../../objects/fields.js";
import { amountText } from "../amount-text.js";
import type { Cause, FailedRequirement, ObjectReference } from "../causes.js";
import { amountOf } from "./amounts.js";
import type { Change, PatchOperation } from "./change.js";
import { kubectl, pointerOf, shell } from "./change.js";
import type { Proposal, Reader } from "./remedy.js";

/** So many nodes are changed by one remedy. */
const MOST_NODES = 5;
/** So many pods are tried. */
const MOST_PODS = 4;
/** What to know of a change of a pod. */
export const TEMPLATE = "in the template of its workload, where it has one";

/** `nodes`: the names of those that the cause is about, as far as they are known. */
export function forNodes(reader: Reader, pod: string, cause: Cause, nodes: readonly string[]): Proposal[] {
  const podObject = { kind: "Pod", name: pod };
  switch (cause.code) {
    case "Cordoned":
      return [uncordoned(nodes)];
    case "Taint":
      return [tolerating(reader, podObject, cause), untainted(reader, cause, nodes)];
    case "NodeSelector":
      return cause.enforced
        ? []
        : cause.terms.flatMap(({ requirements }) => forRequirements(podObject, requirements, nodes));
    case "InsufficientResource":
      return asking(reader, podObject, cause);
    case "ClaimInUse":
    case "DiskInUse":
      return [evicted(cause.pod, `which uses it on ${cause.node}`)];
    case "AttachLimit":
      return detaching(reader, pod, cause.nearest.node);
    case "ClaimMissing":
      return cause.near.map((name): Proposal => {
        const [, short = name] = name.split("/");
        const patch: PatchOperation[] = [{ op: "add", path: pointerOf(cause.path), value: short }];
        return {
          intrusion: "pod",
          message: `let the pod use claim ${short}`,
          caution: TEMPLATE,
          changes: [{ object: podObject, patch }],
        };
      });
    default:
      return [];
  }
}

function uncordoned(nodes: readonly string[]): Proposal {
  const names = nodes.slice(0, MOST_NODES);
  const changes = names.map((name) => {
    return { object: { kind: "Node", name }, patch: [{ op: "remove", path: "/spec/unschedulable" }] as const };
  });
  const message = `uncordon ${names.length === 1 ? `node ${names[0]}` : names.join(", ")}`;
  return { intrusion: "state", message, command: `kubectl uncordon ${names.map(shell).join(" ")}`, changes };
}

function tolerating(reader: Reader, object: ObjectReference, { taint }: Cause & { readonly code: "Taint" }): Proposal {
  const { effect, key, value } = taint;
  const toleration = { key, operator: "Equal", value, effect };
  const has = listAt(reader.get("Pod", object.name), "spec", "tolerations").length > 0;
  const patch: PatchOperation[] = [
    has
      ? { op: "add", path: "/spec/tolerations/-", value: toleration }
      : { op: "add", path: "/spec/tolerations", value: [toleration] },
  ];
  return {
    intrusion: "pod",
    message: `let the pod tolerate the taint ${key}${value === "" ? "" : `=${value}`}:${effect}`,
    caution: TEMPLATE,
    command: kubectl("patch", object, "--type=json", "-p", shell(JSON.stringify(patch))),
    changes: [{ object, patch }],
  };
}

function untainted(reader: Reader, { taint }: Cause & { readonly code: "Taint" }, nodes: readonly string[]): Proposal {
  const { effect, key, value } = taint;
  const names = nodes.slice(0, MOST_NODES);
  const changes = names.map((name) => {
    const place = listAt(reader.get("Node", name), "spec", "taints").findIndex((one) => {
      return textAt(one, "key") === key && textAt(one, "effect") === effect && textAt(one, "value") === value;
    });
    return { object: { kind: "Node", name }, patch: [{ op: "remove", path: `/spec/taints/${place}` }] as const };
  });
  return {
    intrusion: "node",
    message: `take that taint off ${names.join(", ")}`,
    caution: "it keeps other pods away too",
    command: `kubectl taint node ${[...names.map(shell), shell(`${key}:${effect}-`)].join(" ")}`,
    changes: changes.filter(({ patch }) => !patch[0].path.endsWith("/-1")),
  };
}

/** Against requirements of one term: nodes with these labels, or a pod that does not ask for them. */
function forRequirements(
  object: ObjectReference,
  requirements: readonly FailedRequirement[],
  nodes: readonly string[],
): Proposal[] {
  const proposals: Proposal[] = [];
  const removing = requirements.map(({ path }): PatchOperation => ({ op: "remove", path: pointerOf(path) })).reverse();
  const keys = [...new Set(requirements.map(({ key }) => key))].join(", ");
  if (removing.length > 0) {
    const patch = removing;
    const message = `let the pod not ask for ${keys}`;
    proposals.push({ intrusion: "pod", message, caution: TEMPLATE, changes: [{ object, patch }] });
  }
  const labels = requirements.filter(({ operator, path }) => operator === "In" && !path.includes("matchFields"));
  const [node] = nodes;
  if (labels.length < requirements.length || labels.length === 0 || node === undefined) return proposals;
  const patch = labels.map(({ key, values: [value] }): PatchOperation => {
    return { op: "add", path: pointerOf(`metadata.labels[${JSON.stringify(key)}]`), value };
  });
  const words = labels.map(({ key, values: [value] }) => shell(`${key}=${value}`));
  const labelled = { kind: "Node", name: node };
  proposals.push({
    intrusion: "node",
    message: `label node ${node} with ${words.join(", ")}`,
    command: kubectl("label", labelled, "--overwrite", ...words),
    changes: [{ object: labelled, patch }],
  });
  return proposals;
}

/** The container that asks for too much asks for what the roomiest node has free. */
function asking(reader: Reader, object: ObjectReference, cause: Cause & { readonly code: string }): Proposal[] {
  if (cause.code !== "InsufficientResource") return [];
  const { path, requested, resource, roomiest } = cause;
  const [, place] = /^spec\.containers\[(\d+)\]/.exec(path) ?? [];
  if (place === undefined) return [];
  const container = listAt(reader.get("Pod", object.name), "spec", "containers")[Number(place)];
  const own = (container as { resources?: { requests?: Record<string, unknown> } })?.resources?.requests?.[resource];
  const excess = amountOf(resource, requested) - amountOf(resource, roomiest.free);
  const left = amountOf(resource, String(own ?? "0")) - excess;
  if (left < 0n || excess <= 0n) return [];
  const value = amountText(resource, left);
  const patch: PatchOperation[] = [{ op: "add", path: pointerOf(path), value }];
  const message = `let container ${textAt(container, "name") || place} ask for ${value} of ${resource}, which ${roomiest.node} has left`;
  return [{ intrusion: "pod", message, caution: TEMPLATE, changes: [{ object, patch }] }];
}

function evicted(pod: string, why: string): Proposal {
  const object = { kind: "Pod", name: pod };
  const message = `end pod ${pod}, ${why}`;
  return { intrusion: "eviction", message, command: kubectl("delete", object), changes: [{ object, delete: true }] };
}

/** Other pods with claims on a node that end, so that their volumes are detached. */
function detaching(reader: Reader, self: string, node: string): Proposal[] {
  const pods: string[] = [];
  for (const key of reader.keys("Pod")) {
    if (pods.length >= MOST_PODS) break;
    const pod = reader.get("Pod", key);
    const volumes = listAt(pod, "spec", "volumes");
    const hasClaim = volumes.some((volume) => isObject(volume) && "persistentVolumeClaim" in volume);
    if (key !== self && textAt(pod, "spec", "nodeName") === node && hasClaim) pods.push(key);
  }
  return pods.map((key) => {
    const proposal = evicted(key, `whose volumes are attached to ${node}`);
    return { ...proposal, follows: detached(reader, key, node) };
  });
}

/** The VolumeAttachments of a pod's volumes on a node go. */
function detached(reader: Reader, pod: string, node: string): Change[] {
  const [namespace] = pod.split("/");
  const volumes = listAt(reader.get("Pod", pod), "spec", "volumes").map((volume) => {
    const claim = textAt(volume, "persistentVolumeClaim", "claimName");
    return textAt(reader.get("PersistentVolumeClaim", `${namespace}/${claim}`), "spec", "volumeName");
  });
  const changes: Change[] = [];
  for (const name of reader.keys("VolumeAttachment")) {
    const { spec } = (reader.get("VolumeAttachment", name) ?? {}) as { readonly spec?: unknown };
    if (textAt(spec, "nodeName") !== node || !volumes.includes(textAt(spec, "source", "persistentVolumeName")))
      continue;
    changes.push({ object: { kind: "VolumeAttachment", name }, delete: true });
  }
  return changes;
}
