// Two pods with a bound claim each, and how many nodes they fit.

import type { TopologyMatcher } from "../../lib/index.js";
import type { KubeObject } from "../conformance/build.js";
import { claim, node, podOf, ref, volume } from "../conformance/build.js";
import { nodeA, nodeB } from "../conformance/world.js";

export function count(matcher: TopologyMatcher, ...keys: string[]): number[] {
  const ids = Uint32Array.from(keys, (key) => matcher.podId(key));
  const counts = new Uint32Array(keys.length);
  matcher.countFeasible(ids, counts);
  return [...counts];
}

/** Claim c1 bound to pv1, which nodeA reaches, and c2 to pv2, which nodeB and nodeB2 reach. */
export const twoBound: readonly KubeObject[] = [
  ...[nodeA, nodeB, node("nodeB2", { zone: "b" })],
  ...["a", "b"].flatMap((zone, i) => [
    claim(`c${i + 1}`, { boundTo: `pv${i + 1}` }),
    volume(`pv${i + 1}`, { zone, claimRef: ref(`c${i + 1}`), phase: "Bound" }),
    podOf({ volumes: [{ name: "v", persistentVolumeClaim: { claimName: `c${i + 1}` } }] }, "default", `p${i + 1}`),
  ]),
];
