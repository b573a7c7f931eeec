// bench: the clusters of cluster.ts with all that the nine plugins look at: running pods, taints, requests, limits.

import type { PodLike } from "../../lib/index.js";
import {
  ALLOCATABLE,
  candidate,
  candidateRequests,
  csiNode,
  diskClaimOf,
  diskOf,
  running,
  runningPod,
  taintsOf,
} from "../fleet/running.js";
import type { Item } from "./cluster.js";
import { PeerCluster, TRACKED_DRIVER, ZONAL_DRIVER } from "./cluster.js";

const RUNNING = 10;

export class WholeCluster extends PeerCluster {
  protected override *ofNode(node: number): Iterable<Item> {
    for (const [kind, object] of super.ofNode(node)) {
      const taints = taintsOf(node);
      yield [kind, { ...object, ...(taints && { spec: { taints } }), status: { allocatable: ALLOCATABLE } } as object];
    }
    yield ["CSINode", csiNode(node, [ZONAL_DRIVER, TRACKED_DRIVER])];
    for (let i = 0; i < RUNNING; i++) {
      const pod = runningPod(node, i);
      if (pod.disk >= 0) {
        yield ["PersistentVolume", diskOf(pod)];
        yield ["PersistentVolumeClaim", diskClaimOf(pod)];
      }
      yield ["Pod", running(pod)];
    }
  }

  protected override pod(pod: number, claims: readonly number[]): PodLike {
    return candidate(super.pod(pod, claims), pod, candidateRequests(pod));
  }
}
