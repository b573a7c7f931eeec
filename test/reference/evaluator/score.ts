// VolumeBinding's score of a node (R-SCO), in the scheduler's own steps.

import { decided } from "./decided.js";
import type { Claim } from "./kinds.js";
import { type Binding, capacityOf, requestOf } from "./matching.js";
import type { Provisioned } from "./provisioning.js";
import { parseQuantity } from "./quantities.js";
import type { Point } from "./settings.js";

interface Sums {
  requested: bigint;
  capacity: bigint;
}

export function scoreOf(
  bindings: Binding[],
  provisions: Provisioned[],
  shape: readonly Point[] | undefined,
): number | "panic" {
  decided(shape ? "R-SCO-1" : "R-SCO-2");
  if (!shape) return 0;
  const classes = new Map<string, Sums>();
  const of = (name: string): Sums => {
    if (!classes.has(name)) classes.set(name, { requested: 0n, capacity: 0n });
    return classes.get(name)!;
  };
  if (bindings.length > 0) {
    decided(provisions.length > 0 ? "R-SCO-3 (both)" : "R-SCO-3 (static)");
    for (const { claim, volume } of bindings) {
      const sums = of(volume.spec?.storageClassName ?? "");
      sums.requested = int64(sums.requested + requestedBy(claim));
      sums.capacity = int64(sums.capacity + capacityOf(volume).value);
    }
  } else {
    for (const { claim, capacity } of provisions) {
      if (!capacity) continue;
      decided("R-SCO-3 (dynamic)");
      const name = claim.spec?.storageClassName ?? undefined;
      if (name === undefined || capacity.capacity == null) {
        decided(name === undefined ? "R-SCO-4 (class)" : "R-SCO-4 (capacity)");
        return "panic";
      }
      const sums = of(name);
      sums.capacity = parseQuantity(capacity.capacity).value;
      sums.requested = int64(sums.requested + requestedBy(claim));
    }
  }
  if (classes.size === 0) {
    decided("R-SCO-5");
    return 0;
  }
  let total = 0;
  for (const { requested, capacity } of classes.values()) {
    const full = capacity === 0n || requested > capacity;
    decided(full ? "R-SCO-6 (full)" : "R-SCO-6");
    total += Number(brokenLine(shape, full ? 100n : int64(int64(requested * 100n) / capacity)));
  }
  if (classes.size > 1) decided("R-SCO-8");
  const mean = total / classes.size;
  return Math.sign(mean) * Math.floor(Math.abs(mean) + 0.5);
}

function brokenLine(shape: readonly Point[], p: bigint): bigint {
  const points = shape.map(({ utilization, score }) => ({ at: BigInt(utilization), score: BigInt(score) * 10n }));
  decided("R-SCO-7");
  for (let i = 0; i < points.length; i++) {
    if (p > points[i].at) continue;
    if (i === 0) return points[0].score;
    const [a, b] = [points[i - 1], points[i]];
    return a.score + ((b.score - a.score) * (p - a.at)) / (b.at - a.at);
  }
  return points[points.length - 1].score;
}

function requestedBy(claim: Claim): bigint {
  return requestOf(claim).value;
}

function int64(value: bigint): bigint {
  return BigInt.asIntN(64, value);
}
