// bench: how many nodes a pod of a `Fleet` fits, worked out from the layout, to check answers with.

import * as layout from "./layout.js";
import { ZONES, zoneName, zoneOf } from "./nodes.js";

const zones = new Map<number, Uint32Array>();

/** How many nodes each zone has. */
function nodesOfZones(nodes: number): Uint32Array {
  let counts = zones.get(nodes);
  if (counts === undefined) {
    const byName = new Map<string, number>();
    for (let node = 0; node < nodes; node++) byName.set(zoneOf(node), (byName.get(zoneOf(node)) ?? 0) + 1);
    counts = Uint32Array.from({ length: ZONES }, (_, zone) => byName.get(zoneName(zone)) ?? 0);
    zones.set(nodes, counts);
  }
  return counts;
}

const inZones = (nodes: number, has: (zone: number) => boolean): number =>
  nodesOfZones(nodes).reduce((sum, count, zone) => (has(zone) ? sum + count : sum), 0);

/** O(nodes). */
export function expectedCount(pod: number, nodes: number): number {
  const claims = layout.claimsOf(pod);
  const [first] = claims;
  const asked = claims.map(layout.requestMi);
  switch (layout.classOfClaim(first)) {
    case "bound local":
      return 1;
    case "bound zonal": {
      const zone = layout.zonalZone(layout.volumeOf(first));
      return inZones(nodes, (other) => zoneName(other) === zone);
    }
    case "delayed static":
      return countWhere(nodes, (node) => (node & 1) === 1 && holdsAll(node, asked));
    case "provisioned":
      return layout.storageClassOf(first) === layout.ZONED_CLASS
        ? inZones(nodes, (zone) => asked.every((request) => layout.zoneGi(zone) * 1024 >= request))
        : countWhere(nodes, (node) => asked.every((request) => layout.lvmGi(node) * 1024 >= request));
  }
}

function countWhere(nodes: number, holds: (node: number) => boolean): number {
  let count = 0;
  for (let node = 0; node < nodes; node++) if (holds(node)) count++;
  return count;
}

/** Served by size, every claim takes the smallest free volume that holds it. */
function holdsAll(node: number, asked: readonly number[]): boolean {
  const free = [0, 1, 2, 3].map((disk) => layout.localGi(node * 4 + disk) * 1024).sort((a, b) => a - b);
  for (const request of [...asked].sort((a, b) => a - b)) {
    const at = free.findIndex((size) => size >= request);
    if (at < 0) return false;
    free.splice(at, 1);
  }
  return true;
}
