// What an event costs while ever new selectors, labels, amounts and places come: what it looks at, counted, and that the
// answers stay those of a matcher built anew.

import { test } from "uvu";
import * as assert from "uvu/assert";
import { LabelMatching } from "../lib/evaluate/label-matching.js";
import { NodeSelectors } from "../lib/evaluate/node-selectors.js";
import type { LabelSelectorRequirementLike, PodLike, TopologyMatcher } from "../lib/index.js";
import { createMatcherSync } from "../lib/index.js";
import { Blocks } from "../lib/intern/blocks.js";
import { Cluster } from "../lib/intern/cluster.js";
import { LabelColumns } from "../lib/intern/label-columns.js";

const NODES = 60;

/** How often `work` calls a method. */
function callsOf<Name extends string>(prototype: { [N in Name]: unknown }, name: Name, work: () => void): number {
  const original = prototype[name] as (...given: unknown[]) => unknown;
  let calls = 0;
  (prototype as Record<string, unknown>)[name] = function (this: unknown, ...given: unknown[]) {
    calls++;
    return original.apply(this, given);
  };
  try {
    work();
  } finally {
    (prototype as Record<string, unknown>)[name] = original;
  }
  return calls;
}

const node = (i: number, labels: Record<string, string> = {}) => ({
  metadata: { name: `n${i}`, labels: { host: `n${i}`, ...labels } },
});

function podWhere(...matchExpressions: LabelSelectorRequirementLike[]): PodLike {
  const nodeAffinity = {
    requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: [{ matchExpressions }] },
  };
  return { metadata: { name: "p", namespace: "d" }, spec: { affinity: { nodeAffinity } } };
}

const not = (key: string, value: string) => podWhere({ key, operator: "NotIn", values: [value] });

function withNodes(): TopologyMatcher {
  const matcher = createMatcherSync({ filters: ["NodeAffinity", "VolumeBinding"] });
  matcher.nodes.replace(Array.from({ length: NODES }, (_, i) => node(i, { k0: "a" })));
  return matcher;
}

test("a node that changes asks only selectors that name a key of which it has another value", () => {
  const matcher = withNodes();
  for (let i = 0; i < 300; i++) matcher.evaluatePod(not(`k${i}`, "a"));
  const asked = (labels: Record<string, string>) =>
    callsOf(LabelMatching.prototype, "matchesNode", () => matcher.nodes.upsert(node(7, labels)));
  assert.is(asked({ k0: "a", other: "x" }), 0);
  assert.is(asked({ k0: "b", other: "y" }), 1);
  assert.is(asked({ k0: "b", k5: "a" }), 1);
  assert.is(asked({ k0: "a", k5: "b" }), 2);
  const size = (pod: PodLike) => matcher.evaluatePod(pod).nodes.size;
  assert.is(size(not("k0", "a")), 0);
  assert.is(size(not("k5", "a")), NODES);
  assert.is(size(not("k5", "b")), NODES - 1);
});

test("a selector sees each of its keys change, whichever of its terms names it", () => {
  const matcher = withNodes();
  const pod = (): PodLike => ({
    metadata: { name: "p", namespace: "d" },
    spec: {
      affinity: {
        nodeAffinity: {
          requiredDuringSchedulingIgnoredDuringExecution: {
            nodeSelectorTerms: [
              { matchExpressions: [{ key: "zone", operator: "In", values: ["z"] }] },
              {
                matchExpressions: [
                  { key: "disk", operator: "Exists" },
                  { key: "size", operator: "Gt", values: ["4"] },
                  { key: "old", operator: "DoesNotExist" },
                ],
              },
            ],
          },
        },
      },
    },
  });
  const fits = (labels: Record<string, string>): boolean => {
    matcher.nodes.upsert(node(3, labels));
    return matcher.evaluatePod(pod()).toReport().feasible.includes("n3");
  };
  assert.not(fits({}));
  assert.ok(fits({ disk: "ssd", size: "5" }));
  assert.not(fits({ disk: "ssd", size: "4" }));
  assert.ok(fits({ disk: "ssd", size: "40" }));
  assert.not(fits({ disk: "ssd", size: "40", old: "" }));
  assert.ok(fits({ zone: "z", old: "" }));
  assert.not(fits({ zone: "y", size: "40" }));
  assert.ok(fits({ zone: "y", size: "40", disk: "" }));
  assert.not(fits({ zone: "y", size: "40" }));
  matcher.nodes.delete("n3");
  assert.ok(fits({ size: "9", disk: "hdd" }));
});

test("a column of a key that no node has is made without looking at nodes, also when one gets the key later", () => {
  const cluster = new Cluster(new Blocks());
  const columns = new LabelColumns(cluster.nodes);
  for (let i = 0; i < NODES; i++) cluster.nodes.upsert(node(i, { [`own-${i}`]: "yes" }));
  const keyOf = (key: string) => cluster.strings.intern(key);
  const reads = (key: string) => callsOf(cluster.nodes, "get", () => columns.column(keyOf(key)));
  const once = reads("host");
  assert.ok(once >= NODES);
  assert.is(reads("none"), once * 2);
  assert.is(reads("none-either"), 0);
  assert.is(reads("own-4"), once);
  cluster.nodes.upsert(node(5, { late: "yes" }));
  assert.is(reads("late"), once);
  const present = (key: string) => columns.column(keyOf(key)).present;
  assert.is(present("late"), 1);
  assert.is(present("own-4"), 1);
  assert.is(present("none-either"), 0);
  cluster.nodes.upsert(node(6, { "none-either": "now" }));
  assert.is(present("none-either"), 1);
  columns.dropIds();
  assert.is(reads("own-7"), once);
  assert.is(reads("never"), once * 2);
  assert.is(present("host"), NODES);
  assert.is(present("late"), 1);
});

/** A volume on the node `host`, and on one that is not there, which makes its place another one each time. */
const volume = (slot: number, host: number, serial: number, size = 1) => ({
  metadata: { name: `v${slot}` },
  spec: {
    storageClassName: "local",
    capacity: { storage: `${size}Gi` },
    nodeAffinity: {
      required: {
        nodeSelectorTerms: [
          { matchExpressions: [{ key: "host", operator: "In", values: [`n${host}`, `gone-${serial}`] }] },
        ],
      },
    },
  },
  status: { phase: "Available" },
});

const podOf = (claimName: string): PodLike => ({
  metadata: { name: "q", namespace: "d" },
  spec: { volumes: [{ persistentVolumeClaim: { claimName } }] },
});

function withVolumes(count: number): TopologyMatcher {
  const matcher = withNodes();
  const metadata = { name: "local" };
  matcher.storageClasses.upsert({
    metadata,
    provisioner: "kubernetes.io/no-provisioner",
    volumeBindingMode: "WaitForFirstConsumer",
  });
  for (const [name, storage] of [
    ["c", "1Gi"],
    ["large", "2Gi"],
  ]) {
    matcher.persistentVolumeClaims.upsert({
      metadata: { name, namespace: "d" },
      spec: { storageClassName: "local", resources: { requests: { storage } } },
    });
  }
  for (let i = 0; i < count; i++) matcher.persistentVolumes.upsert(volume(i, i, i));
  return matcher;
}

test("of volumes in ever new places a question looks at those that are new; places without volumes are forgotten", () => {
  const matcher = withVolumes(50);
  const feasible = () => matcher.evaluatePod(podOf("c")).nodes.size;
  assert.is(feasible(), 50);
  const { bytes } = matcher.stats().caches.freeVolumeLists;
  for (let serial = 100; serial < 400; serial++) {
    const slot = serial % 50;
    const host = (serial * 7) % NODES;
    const masks = callsOf(NodeSelectors.prototype, "mask", () => {
      matcher.persistentVolumes.upsert(volume(slot, host, serial));
      feasible();
    });
    assert.ok(masks <= 4, `${masks} masks`);
  }
  const after = matcher.stats().caches.freeVolumeLists.bytes;
  assert.is(after, bytes);
});

test("volumes that come and go in places, and nodes that move, leave what a matcher built anew says", () => {
  const matcher = withVolumes(50);
  const held = new Map(Array.from({ length: 50 }, (_, i) => [i, volume(i, i, i)]));
  const labels = new Map<number, string>();
  let [large, seed] = [0, 5];
  const below = (limit: number): number => {
    seed = (Math.imul(seed, 1_103_515_245) + 12_345) >>> 0;
    return (seed >>> 8) % limit;
  };
  for (let round = 0; round < 400; round++) {
    const slot = below(50);
    if (below(4) === 0) {
      matcher.persistentVolumes.delete(`v${slot}`);
      held.delete(slot);
    } else {
      const moved = volume(slot, below(NODES), below(3), 1 + below(2));
      held.set(slot, moved);
      matcher.persistentVolumes.upsert(moved);
    }
    if (below(3) === 0) {
      const [which, host] = [below(NODES), `n${below(NODES)}`];
      labels.set(which, host);
      matcher.nodes.upsert(node(which, { host }));
    }
    if (below(3) === 0) continue;
    const hostOf = (i: number) => labels.get(i) ?? `n${i}`;
    for (const [claim, least] of [
      ["c", "1Gi"],
      ["large", "2Gi"],
    ]) {
      const expected = Array.from({ length: NODES }, (_, i) => i).filter((i) =>
        [...held.values()].some(({ spec }) => {
          const [{ matchExpressions }] = spec.nodeAffinity.required.nodeSelectorTerms;
          return spec.capacity.storage >= least && matchExpressions[0].values.includes(hostOf(i));
        }),
      );
      const { feasible } = matcher.evaluatePod(podOf(claim)).toReport();
      assert.equal([...feasible].sort(), expected.map((i) => `n${i}`).sort(), `round ${round}, ${claim}`);
      if (claim === "large") large += feasible.length;
    }
  }
  assert.ok(large > 0);
});

test("a node without labels is, while it is there, among those that lack a key", () => {
  const matcher = withNodes();
  const lacking = podWhere({ key: "k0", operator: "DoesNotExist" });
  assert.is(matcher.evaluatePod(lacking).nodes.size, 0);
  matcher.nodes.upsert({ metadata: { name: "bare" } });
  assert.is(matcher.evaluatePod(lacking).nodes.size, 1);
  matcher.nodes.delete("bare");
  assert.is(matcher.evaluatePod(lacking).nodes.size, 0);
});

test("a node that comes reaches a volume without an affinity, where others are on a node each", () => {
  const matcher = createMatcherSync({ filters: ["VolumeBinding"] });
  for (let i = 0; i < NODES; i++) matcher.nodes.upsert(node(i));
  const local = { provisioner: "kubernetes.io/no-provisioner", volumeBindingMode: "WaitForFirstConsumer" };
  matcher.storageClasses.upsert({ metadata: { name: "local" }, ...local });
  const asked = { storageClassName: "local", accessModes: ["ReadWriteOnce"] };
  const put = (name: string, host?: string) => {
    const on = { nodeSelectorTerms: [{ matchExpressions: [{ key: "host", operator: "In", values: [host ?? ""] }] }] };
    const spec = {
      ...asked,
      capacity: { storage: "1Gi" },
      ...(host !== undefined && { nodeAffinity: { required: on } }),
    };
    matcher.persistentVolumes.upsert({ metadata: { name }, spec, status: { phase: "Available" } });
  };
  for (let i = 0; i < NODES; i++) put(`v${i}`, `n${i}`);
  put("anywhere");
  const resources = { requests: { storage: "1Gi" } };
  matcher.persistentVolumeClaims.upsert({ metadata: { name: "c", namespace: "d" }, spec: { ...asked, resources } });
  const volumes = [{ name: "v", persistentVolumeClaim: { claimName: "c" } }];
  const size = () => matcher.evaluatePod({ metadata: { name: "p", namespace: "d" }, spec: { volumes } }).nodes.size;
  assert.is(size(), NODES);
  matcher.nodes.upsert({ metadata: { name: "new" } });
  assert.is(size(), NODES + 1);
  matcher.nodes.delete("new");
  assert.is(size(), NODES);
});

test.run();
