// What cases of VolumeRestrictions and NodeVolumeLimits share: pods on nodes, CSI volumes, limits, attachments.

import type { FilterName } from "../../lib/index.js";
import {
  claim,
  csiNode,
  type KubeObject,
  node,
  podOf,
  ref,
  storageClass,
  type VolumeOptions,
  volume,
} from "./build.js";
import { by, type ConformanceCase, type Expectation, type Rejection } from "./case.js";

export const DRIVER = "a.example.com";
export const OTHER = "b.example.com";
export const EBS = "ebs.csi.aws.com";

export const MAX: Rejection = rejection("NodeVolumeLimits", "node(s) exceed max volume count");
export const DISK: Rejection = rejection("VolumeRestrictions", "node(s) had no available disk");
export const RWOP: Rejection = rejection(
  "VolumeRestrictions",
  "node(s) unavailable due to PersistentVolumeClaim with ReadWriteOncePod access mode already in-use by another pod",
);

export const nodeA = node("nodeA");
export const nodeB = node("nodeB");

/** A class whose claims are counted under DRIVER. */
export const waiting = storageClass("waiting", { provisioner: DRIVER });

function rejection(plugin: string, ...reasons: string[]): Rejection {
  return { ...by(plugin, ...reasons), code: "Unschedulable" };
}

export function withoutDriver(driver: string): Rejection {
  return rejection("NodeVolumeLimits", `${driver} CSI driver is not installed on the node`);
}

export function limitError(detail: string): Expectation {
  return { error: `running "NodeVolumeLimits" filter plugin: ${detail}` };
}

/** Claims that are bound to CSI volumes pv-NAME with their own names as handles. */
export function disks(...names: string[]): KubeObject[] {
  return names.flatMap((name) => [claim(name, { boundTo: `pv-${name}` }), csiVolume(`pv-${name}`, name)]);
}

export function csiVolume(name: string, claimName: string, driver = DRIVER, volumeHandle = name): KubeObject {
  return sourced(name, { csi: { driver, volumeHandle } }, { claimRef: ref(claimName) });
}

export function sourced(name: string, spec: object, options: VolumeOptions = {}): KubeObject {
  return volume(name, { phase: "Bound", spec, ...options });
}

/** A pod on a node, with a volume for each claim name, or with volumes written out. */
export function on(nodeName: string, name: string, ...volumes: readonly (string | object)[]): KubeObject {
  return podOf({ nodeName, volumes: volumes.map(uses) }, "default", name);
}

export function uses(given: string | object, index: number): object {
  return typeof given === "string" ? { name: `vol-${index}`, persistentVolumeClaim: { claimName: given } } : given;
}

/** A CSINode with a limit of each driver; null for a driver without one. */
export function limits(nodeName: string, counts: Readonly<Record<string, number | null>>): KubeObject {
  const drivers = Object.entries(counts).map(([name, count]) => ({
    name,
    nodeID: nodeName,
    topologyKeys: [],
    ...(count !== null && { allocatable: { count } }),
  }));
  return csiNode(nodeName, drivers);
}

export function attachment(name: string, nodeName: string, volumeName: string, spec: object = {}): KubeObject {
  return {
    apiVersion: "storage.k8s.io/v1",
    kind: "VolumeAttachment",
    metadata: { name },
    spec: { nodeName, attacher: DRIVER, source: { persistentVolumeName: volumeName }, ...spec },
  };
}

export function placedCase(
  filter: FilterName,
  [id, title]: readonly [string, string],
  rules: readonly string[],
  objects: readonly KubeObject[],
  expect: Expectation,
  more: Partial<ConformanceCase> = {},
): ConformanceCase {
  return { id, title, rules, objects, expect, ...more, options: { filters: [filter], ...more.options } };
}
