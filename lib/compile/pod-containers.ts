// compile: the containers of a pod and their statuses, read from its blocks.

import type { Cluster } from "../intern/cluster.js";
import { container, containerStatus, podCondition, resources } from "../intern/kinds.js";
import { EMPTY_TEXT } from "../intern/strings.js";
import type { ObjectType } from "../intern/structures.js";
import type { Cursor } from "../intern/type.js";
import type { ResourceList } from "./resource-lists.js";
import { readResources } from "./resource-lists.js";

const REQUESTS = resources.bit("requests");
const CONTAINER_NAME = container.bit("name");
const CONTAINER_RESOURCES = container.bit("resources");
const RESTART_POLICY = container.bit("restartPolicy");
const STATUS_NAME = containerStatus.bit("name");
const STATUS_RESOURCES = containerStatus.bit("resources");
const ALLOCATED_RESOURCES = containerStatus.bit("allocatedResources");
const CONDITION_TYPE = podCondition.bit("type");
const CONDITION_REASON = podCondition.bit("reason");

export interface Container {
  readonly name: number;
  /** Only an init container can be one. */
  readonly sidecar: boolean;
  readonly requests: ResourceList;
}

/** Lists are undefined where their key is missing. */
export interface ContainerStatus {
  readonly name: number;
  readonly allocated: ResourceList | undefined;
  /** Whether `resources` is there. */
  readonly reported: boolean;
  readonly actuated: ResourceList | undefined;
}

/** The containers of a block, in order; 0 is none. */
export function readContainers(cluster: Cluster, block: number): Container[] {
  return items(cluster, container, block, (at) => ({
    name: textAt(container, CONTAINER_NAME, at),
    sidecar: textAt(container, RESTART_POLICY, at) === cluster.ids.always,
    requests: requestsIn(cluster, fieldAt(container, CONTAINER_RESOURCES, at)) ?? new Map(),
  }));
}

export function readStatuses(cluster: Cluster, block: number): ContainerStatus[] {
  return items(cluster, containerStatus, block, (at) => {
    const allocated = fieldAt(containerStatus, ALLOCATED_RESOURCES, at);
    const reported = fieldAt(containerStatus, STATUS_RESOURCES, at);
    return {
      name: textAt(containerStatus, STATUS_NAME, at),
      allocated: allocated && readResources(allocated, cluster.strings),
      reported: reported !== undefined,
      actuated: requestsIn(cluster, reported),
    };
  });
}

/** The requests of a block of resources; undefined where it, or they, are missing. */
export function readRequests(cluster: Cluster, block: number): ResourceList | undefined {
  return requestsIn(cluster, block === 0 ? undefined : cluster.blocks.cursor(block));
}

/** Whether the block of conditions says that the resize that a pod waits for cannot be. */
export function isResizeInfeasible(cluster: Cluster, block: number): boolean {
  const { ids } = cluster;
  const reasons = items(cluster, podCondition, block, (at) =>
    textAt(podCondition, CONDITION_TYPE, at) === ids.podResizePending
      ? textAt(podCondition, CONDITION_REASON, at)
      : undefined,
  );
  // kube: R-NOD-30 the first condition of the type PodResizePending decides, whatever its status is.
  return reasons.find((reason) => reason !== undefined) === ids.infeasible;
}

function requestsIn({ strings }: Cluster, at: Cursor | undefined): ResourceList | undefined {
  const requests = at && fieldAt(resources, REQUESTS, at);
  return requests && readResources(requests, strings);
}

function items<T>({ blocks }: Cluster, type: ObjectType, block: number, read: (at: Cursor) => T): T[] {
  if (block === 0) return [];
  const cursor = blocks.cursor(block);
  return Array.from({ length: cursor.tokens[cursor.at++] }, () => {
    const item = read({ ...cursor });
    type.skip(cursor);
    return item;
  });
}

/** A cursor at a field of the object at another one, which stays; undefined where the object lacks it. */
function fieldAt(type: ObjectType, field: number, { at, tokens }: Cursor): Cursor | undefined {
  const cursor = { tokens, at };
  return type.seek(cursor, field) ? cursor : undefined;
}

function textAt(type: ObjectType, field: number, at: Cursor): number {
  const cursor = fieldAt(type, field, at);
  return cursor === undefined ? EMPTY_TEXT : cursor.tokens[cursor.at];
}
