// Makes a matcher sweep.

import type { TopologyMatcher } from "../../lib/index.js";

/** Drops more objects than a sweep waits for, all with one text, and asks something, so that the sweep is done. */
export function sweep(matcher: TopologyMatcher): void {
  const gone = { metadata: { name: "gone", namespace: "default" }, spec: {} };
  for (let i = 0; i < 70_000; i++) {
    matcher.pods.upsert(gone);
    matcher.pods.delete("default/gone");
  }
  matcher.evaluatePod({ metadata: { name: "asks", namespace: "default" } });
}
