// Random events with sweeps among them: from one sweep to the next, labels, quantities and uids are other texts, which
// take the numbers of those that were freed.

import { test } from "uvu";
import * as assert from "uvu/assert";
import type { TopologyMatcher } from "../lib/index.js";
import { WHOLE_PROFILE_KNOBS } from "./reference/generator/knobs.js";
import type { KubeObject } from "./support/load.js";
import { randomEvents } from "./support/random-events.js";

/** Fields whose values are renamed, be they lists or maps; and those whose keys are, too. */
const VALUES = new Set(["labels", "matchLabels", "nodeSelector", "values", "uid", "taints", "tolerations"]);
const QUANTITIES = new Set(["capacity", "requests", "allocatable", "maximumVolumeSize", "storage"]);

/** The object as it would be written in another generation: texts differ, and what equals what does not. */
function renamed(object: KubeObject, generation: number): KubeObject {
  const walk = (value: unknown, inside: "values" | "quantities" | undefined): unknown => {
    if (typeof value === "string") return inside === undefined ? value : textOf(value, inside, generation);
    if (Array.isArray(value)) return value.map((item) => walk(item, inside));
    if (typeof value !== "object" || value === null) return value;
    // Names of nodes stay: other objects have them too.
    if ("key" in value && value.key === "metadata.name") return value;
    return Object.fromEntries(
      Object.entries(value).map(([field, item]) => {
        const next = VALUES.has(field) ? "values" : QUANTITIES.has(field) ? "quantities" : inside;
        const plain = ["key", "effect", "operator", "name"].includes(field);
        return [field, walk(item, plain ? undefined : next)];
      }),
    );
  };
  return walk(object, undefined) as KubeObject;
}

function textOf(text: string, kind: "values" | "quantities", generation: number): string {
  if (kind === "quantities") return text.replace(/^(\d+)([A-Z]i?)?$/, `$1.00${generation}$2`);
  return /^[-+]?\d*$/.test(text) ? text : `${text}-${generation}`;
}

/** Drops more objects than a sweep waits for, and asks something. */
function sweep(matcher: TopologyMatcher): void {
  const gone = { metadata: { name: "gone", namespace: "default" } };
  for (let i = 0; i < 67_000; i++) {
    matcher.pods.upsert(gone);
    matcher.pods.delete("default/gone");
  }
  matcher.evaluatePod({ metadata: { name: "asks", namespace: "default" } });
}

test("another generation has other texts of the same meaning", () => {
  const node = {
    kind: "Node",
    metadata: { name: "n", uid: "u", labels: { zone: "a", slots: "7" } },
    status: { allocatable: { cpu: "4", memory: "8Gi", "example.com/x": "-" } },
  };
  assert.equal(renamed(node as KubeObject, 3), {
    kind: "Node",
    metadata: { name: "n", uid: "u-3", labels: { zone: "a-3", slots: "7" } },
    status: { allocatable: { cpu: "4.003", memory: "8.003Gi", "example.com/x": "-" } },
  } as never);
});

test("answers, plans and batches of both engines", () => {
  let compared = 0;
  for (const [seed, nodes] of [
    [0, 6],
    [1, 33],
  ]) {
    compared += randomEvents({
      ...{ seed, nodes, filters: "all", batches: true, rounds: 3 },
      knobs: { ...WHOLE_PROFILE_KNOBS, exoticQuantities: 0.3, placedPods: 0.4 },
      // Texts of the first generation come back after they were freed.
      inRound: (object, round) => renamed(object, round % 2),
      between: sweep,
    });
  }
  assert.ok(compared > 100, `${compared} comparisons are too few to be evidence`);
});

test.run();
