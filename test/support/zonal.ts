// Clusters whose volumes' masks are rows of many nodes: what batches of pods are counted over.

import type { TopologyMatcher } from "../../lib/index.js";

const ZONES = 12;
const POOLS = 24;

/** One to three zones without one pool, by number: 12 x 3 x 24 distinct affinities. */
function affinity(mask: number) {
  const zones = Array.from({ length: 1 + (mask % 3) }, (_, i) => `z${(mask + i * 5) % ZONES}`);
  const matchExpressions = [
    { key: "zone", operator: "In", values: zones },
    { key: "pool", operator: "NotIn", values: [`p${Math.floor(mask / 36) % POOLS}`] },
  ];
  return { required: { nodeSelectorTerms: [{ matchExpressions }] } };
}

export function addNodes(matcher: TopologyMatcher, from: number, to: number): void {
  for (let node = from; node < to; node++) {
    const labels = { zone: `z${(node * 7) % ZONES}`, pool: `p${(node * 5 + (node >> 4)) % POOLS}` };
    matcher.nodes.upsert({ metadata: { name: `n${node}`, labels } });
  }
}

/** Pods of two bound claims each, and of one where the number is a multiple of 7. */
export function addPods(matcher: TopologyMatcher, from: number, to: number, salt = 0): void {
  for (let pod = from; pod < to; pod++) {
    const names = [`c${pod}-0`, `c${pod}-1`].slice(pod % 7 === 0 ? 1 : 0);
    names.forEach((name, i) => {
      const claim = { metadata: { namespace: "d", name, annotations: { "pv.kubernetes.io/bind-completed": "yes" } } };
      matcher.persistentVolumes.upsert({
        metadata: { name },
        spec: {
          nodeAffinity: affinity((i === 0 ? pod * 31 : pod * 17 + (pod >> 9) * 29 + salt) % 864),
          capacity: { storage: "1Gi" },
        },
      });
      matcher.persistentVolumeClaims.upsert({ ...claim, spec: { volumeName: name } });
    });
    const volumes = names.map((claimName) => ({ name: claimName, persistentVolumeClaim: { claimName } }));
    matcher.pods.upsert({ metadata: { namespace: "d", name: `p${pod}` }, spec: { volumes } });
  }
}

/** How many nodes each of the first pods fits, and each claim of the second of two. */
export function countsOf(matcher: TopologyMatcher, pods: number): number[][] {
  const ids = Uint32Array.from({ length: pods }, (_, pod) => matcher.podId(`d/p${pod}`));
  const claims = Uint32Array.from({ length: pods }, (_, pod) => matcher.claimId(`d/c${pod}-1`));
  const counts = new Uint32Array(pods);
  matcher.countFeasible(ids, counts);
  const claimCounts = new Uint32Array(pods);
  matcher.countFeasibleClaims(claims, claimCounts);
  return [Array.from(counts), Array.from(claimCounts)];
}
