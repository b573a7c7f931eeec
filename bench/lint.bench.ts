// Findings about the largest known cluster: all rules over its nodes, volumes, claims and capacity objects; as it is, and
// after a zone's nodes have gone, which leaves their volumes without a place.

import { createMatcher } from "../lib/index.js";
import type { LintResult } from "../lib/lint.js";
import { lint } from "../lib/lint.js";
import { Fleet, loadAll, loadClasses } from "./fleet/fleet.js";
import { EACH, EBS_DRIVER, LVM_DRIVER } from "./fleet/layout.js";
import { nodeName, zoneName, zoneOf } from "./fleet/nodes.js";
import type { Bench } from "./lib/bench.js";
import { clock } from "./lib/bench.js";
import { atMost } from "./lib/limits.js";
import type { BenchResult } from "./lib/result.js";

const NODES = 131_072;
const QUICK_SHARE = 16;
/** Seconds, at the full size. */
const MOST = 10;
const DRIVERS = [
  { name: EBS_DRIVER, topologyKeys: ["topology.ebs.csi.aws.com/zone"], allocatable: { count: 25 } },
  { name: LVM_DRIVER, topologyKeys: ["topology.lvm.example.com/node"] },
];

export const bench: Bench = async ({ quick }) => {
  const nodes = quick ? NODES / QUICK_SHARE : NODES;
  const fleet = new Fleet(nodes, true);
  const matcher = await createMatcher({ filters: "all" });
  loadClasses(matcher, nodes);
  for (const kind of ["nodes", "persistentVolumes", "persistentVolumeClaims"] as const) loadAll(matcher, fleet, kind);
  for (let node = 0; node < nodes; node++) {
    matcher.csiNodes.upsert({ metadata: { name: nodeName(node) }, spec: { drivers: DRIVERS } });
  }
  const size = `${nodes} nodes and CSINodes, ${nodes * EACH} volumes and claims each, ${nodes} capacity objects`;
  const measure = (id: string, what: string): BenchResult => {
    let result: LintResult | undefined;
    const seconds = clock(() => {
      result = lint(matcher);
    });
    const found = result?.findings.length ?? 0;
    return atMost(id, `${size}, ${what}: ${found} findings`, seconds / 1e9, "s", quick ? MOST / QUICK_SHARE : MOST);
  };
  const whole = measure("lint-whole", "first look");
  const again = measure("lint-again", "second look");
  for (let node = 0; node < nodes; node++) if (zoneOf(node) === zoneName(0)) matcher.nodes.delete(nodeName(node));
  return [whole, again, measure("lint-zone-gone", "a zone's nodes gone")];
};
