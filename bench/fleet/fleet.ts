// bench: a whole cluster, in pages of text such as an API server sends, and the way of such pages into a matcher.

import type { TopologyMatcher } from "../../lib/index.js";
import { fullClaim, fullPod, leanClaim, leanPod } from "./claims.js";
import * as layout from "./layout.js";
import { fullNode, leanNode, nodeName, ZONES, zoneName } from "./nodes.js";
import { fullLocal, fullZonal, leanLocal, leanZonal } from "./volumes.js";

export const PAGE = 10_000;

export const KINDS = ["nodes", "persistentVolumes", "persistentVolumeClaims", "pods"] as const;
export type FleetKind = (typeof KINDS)[number];

/** A cluster of the shape of `layout` with so many nodes, a multiple of 8. */
export class Fleet {
  readonly counts: { readonly [Kind in FleetKind]: number };

  /** `lean`: only the fields that rules read, where loading is not what is measured. */
  constructor(
    readonly nodes: number,
    readonly lean = false,
  ) {
    const each = nodes * layout.EACH;
    this.counts = { nodes, persistentVolumes: each, persistentVolumeClaims: each, pods: each };
  }

  /** One object's text. Volumes: the first half is local, the second zonal. */
  textOf(kind: FleetKind, index: number): string {
    const { lean } = this;
    const locals = this.counts.persistentVolumes / 2;
    switch (kind) {
      case "nodes":
        return lean ? leanNode(index) : fullNode(index);
      case "persistentVolumes":
        if (index < locals) return lean ? leanLocal(index) : fullLocal(index);
        return lean ? leanZonal(index - locals, locals) : fullZonal(index - locals, locals);
      case "persistentVolumeClaims":
        return lean ? leanClaim(index) : fullClaim(index);
      case "pods":
        return lean ? leanPod(index) : fullPod(index);
    }
  }

  /** The text of a page: the objects with these numbers. */
  page(kind: FleetKind, indexes: Iterable<number>): string {
    const items = Array.from(indexes, (index) => this.textOf(kind, index));
    // join leaves one flat string: a rope would have to be flattened while parsing is timed.
    return ['{"apiVersion":"v1","metadata":{"resourceVersion":"1"},"items":[', items.join(), "]}"].join("");
  }

  /** The numbers of each page. */
  *pages(kind: FleetKind): IterableIterator<number[]> {
    const count = this.counts[kind];
    for (let from = 0; from < count; from += PAGE) {
      yield Array.from({ length: Math.min(PAGE, count - from) }, (_, i) => from + i);
    }
  }
}

type Upsert = { upsert(object: object): void };

/** Puts objects with these numbers into a matcher. */
export function load(matcher: TopologyMatcher, fleet: Fleet, kind: FleetKind, indexes: Iterable<number>): void {
  const { items } = JSON.parse(fleet.page(kind, indexes)) as { items: object[] };
  const set = matcher[kind] as Upsert;
  for (const item of items) set.upsert(item);
}

/** Puts all objects of a kind into a matcher. */
export function loadAll(matcher: TopologyMatcher, fleet: Fleet, kind: FleetKind): void {
  for (const page of fleet.pages(kind)) load(matcher, fleet, kind, page);
}

/** The classes, drivers and capacity objects of a cluster of so many nodes. */
export function loadClasses(matcher: TopologyMatcher, nodes: number): void {
  const storageClass = (name: string, provisioner: string, volumeBindingMode: string) =>
    matcher.storageClasses.upsert({ metadata: { name }, provisioner, volumeBindingMode });
  storageClass(layout.LOCAL_CLASS, "kubernetes.io/no-provisioner", "WaitForFirstConsumer");
  storageClass(layout.ZONAL_CLASS, layout.EBS_DRIVER, "WaitForFirstConsumer");
  storageClass(layout.ZONED_CLASS, layout.TRACKED_DRIVER, "WaitForFirstConsumer");
  storageClass(layout.LVM_CLASS, layout.LVM_DRIVER, "WaitForFirstConsumer");
  for (const name of [layout.LVM_DRIVER, layout.TRACKED_DRIVER]) {
    matcher.csiDrivers.upsert({ metadata: { name }, spec: { storageCapacity: true } });
  }
  const capacity = (name: string, storageClassName: string, key: string, value: string, gi: number) =>
    matcher.csiStorageCapacities.upsert({
      metadata: { name, namespace: "kube-system" },
      storageClassName,
      nodeTopology: { matchLabels: { [key]: value } },
      capacity: `${gi}Gi`,
    });
  for (let zone = 0; zone < ZONES; zone++) {
    const name = zoneName(zone);
    capacity(`csisc-z${zone}`, layout.ZONED_CLASS, "topology.ebs.csi.aws.com/zone", name, layout.zoneGi(zone));
  }
  for (let node = 0; node < nodes; node++) {
    capacity(`csisc-n${node}`, layout.LVM_CLASS, "topology.lvm.example.com/node", nodeName(node), layout.lvmGi(node));
  }
}
