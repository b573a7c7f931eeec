// A cluster for reports: two nodes in zone a, one in b, one without a zone, and pods whose places are known by hand.

import { explain } from "../../lib/explain.js";
import type { TopologyMatcher } from "../../lib/index.js";
import { createMatcherSync } from "../../lib/index.js";
import { ReportBuilder } from "../../lib/report/builder.js";
import type { ReportData } from "../../lib/report/types.js";

export const ZONE = "topology.kubernetes.io/zone";

const NODES: readonly (readonly [name: string, zone?: string])[] = [["b1", "b"], ["x1"], ["a10", "a"], ["a2", "a"]];

/**
 * db-0 and db-1 have disks in zone a, lost one in zone z, where no node is; free has no disk. `prefix` stands before
 * their names, and in the cause's text.
 */
export function zonalMatcher(prefix = ""): TopologyMatcher {
  const matcher = createMatcherSync();
  for (const [name, zone] of NODES) {
    const status = { allocatable: { pods: "110" } };
    matcher.nodes.upsert({ metadata: { name, labels: zone === undefined ? {} : { [ZONE]: zone } }, status });
  }
  for (const [name, zone] of [
    ["db-0", "a"],
    ["db-1", "a"],
    ["lost", "z"],
  ])
    disk(matcher, `${prefix}${name}`, zone);
  pod(matcher, `${prefix}free`, []);
  return matcher;
}

function disk(matcher: TopologyMatcher, name: string, zone: string): void {
  const metadata = { name, namespace: "default", uid: `uid-${name}` };
  const matchExpressions = [{ key: ZONE, operator: "In", values: [zone] }];
  matcher.persistentVolumes.upsert({
    metadata: { name: `pv-${name}` },
    spec: {
      capacity: { storage: "1Gi" },
      accessModes: ["ReadWriteOnce"],
      claimRef: metadata,
      nodeAffinity: { required: { nodeSelectorTerms: [{ matchExpressions }] } },
    },
    status: { phase: "Bound" },
  });
  matcher.persistentVolumeClaims.upsert({
    metadata: { ...metadata, annotations: { "pv.kubernetes.io/bind-completed": "yes" } },
    spec: { accessModes: ["ReadWriteOnce"], resources: { requests: { storage: "1Gi" } }, volumeName: `pv-${name}` },
    status: { phase: "Bound" },
  });
  pod(matcher, name, [name]);
}

function pod(matcher: TopologyMatcher, name: string, claims: readonly string[]): void {
  const volumes = claims.map((claimName, i) => ({ name: `v${i}`, persistentVolumeClaim: { claimName } }));
  matcher.pods.upsert({ metadata: { name, namespace: "default" }, spec: { volumes }, status: { phase: "Pending" } });
}

export function reportOf(matcher: TopologyMatcher, keys: readonly string[] = [ZONE]): ReportData {
  const nodes = Array.from(matcher.nodes.keys(), (name) => ({ name, labels: labelsOf(matcher, name) }));
  const builder = new ReportBuilder(nodes);
  for (const name of matcher.pods.keys()) builder.add(name, explain(matcher, name));
  return builder.build({ version: "1.2.3", kubernetes: "1.37", subject: "pods" }, keys, keys.length - 1, []);
}

function labelsOf(matcher: TopologyMatcher, name: string): { readonly [key: string]: string } {
  return (matcher.nodes.get(name) as { metadata: { labels?: { [key: string]: string } } }).metadata.labels ?? {};
}
