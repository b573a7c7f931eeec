// After a sweep the numbers of freed texts are used again: nothing that was made from them may be left.

import { test } from "uvu";
import * as assert from "uvu/assert";
import type { TopologyMatcher } from "../lib/index.js";
import { createMatcherSync, TopologyError } from "../lib/index.js";
import * as build from "./conformance/build.js";
import { upsertAll } from "./conformance/library-judge.js";
import { nodeA, nodeB, twoZones } from "./conformance/world.js";
import { sweep } from "./support/sweep.js";
import { count, twoBound } from "./support/two-bound.js";

const { claim, node, pod, volume } = build;

const feasible = (matcher: TopologyMatcher, key = "default/pod") => matcher.evaluatePod(key).toReport().feasible;

const FRESH = Array.from({ length: 300 }, (_, i) => `fresh ${i}`);

/** Takes the numbers that a sweep freed for new texts. */
function takeFreed(matcher: TopologyMatcher): void {
  matcher.persistentVolumes.upsert(
    volume("new", { class: null, labels: Object.fromEntries(FRESH.map((text) => [text, text])) }),
  );
}

test("a result of earlier can name a node that is gone, though its text is swept by", () => {
  const matcher = createMatcherSync();
  upsertAll(matcher, [node("went-away"), nodeA, pod()]);
  const early = matcher.evaluatePod("default/pod");
  matcher.nodes.delete("went-away");
  sweep(matcher);
  takeFreed(matcher);
  assert.equal(early.toReport().feasible, ["nodeA", "went-away"]);
});

test("words of the rules that no object holds are not swept", () => {
  const matcher = createMatcherSync();
  upsertAll(matcher, [nodeA, nodeB]);
  sweep(matcher);
  takeFreed(matcher);
  const selector = build.selector(["disk", "NotIn", "slow"], ["disk", "Exists"]);
  const c = claim("c", { spec: { selector } });
  upsertAll(matcher, [...twoZones.slice(2), volume("pv", { zone: "a", labels: { disk: "fast" } }), c, pod("c")]);
  assert.equal(feasible(matcher), ["nodeA"]);
});

test("the namespace of objects that name none is not swept, though no object is in it", () => {
  const matcher = createMatcherSync();
  const elsewhere = { metadata: { name: "p", namespace: "elsewhere" } };
  matcher.nodes.upsert({ metadata: { name: "n" } });
  for (let i = 0; i < 70_000; i++) {
    matcher.pods.upsert(elsewhere);
    matcher.pods.delete(elsewhere);
  }
  matcher.evaluatePod(elsewhere);
  takeFreed(matcher);
  matcher.pods.upsert({ metadata: { name: "p" } });
  assert.equal([...matcher.pods.keys()], ["default/p"]);
  assert.ok(matcher.pods.has("default/p"));
  assert.is(matcher.evaluatePod({ metadata: { name: "q" } }).pod, "default/q");
});

test("a text that was a quantity before a sweep makes none of the text that follows it", () => {
  const matcher = createMatcherSync();
  for (let size = 20; size < 60; size++) matcher.persistentVolumes.upsert(volume("pv", { size: `${size}Gi` }));
  matcher.persistentVolumes.delete("pv");
  sweep(matcher);
  const malformed = (error: unknown) => error instanceof TopologyError && error.code === "Malformed";
  for (const size of FRESH) {
    assert.throws(() => matcher.persistentVolumes.upsert(volume("pv", { size })), malformed, size);
  }
});

test("what nodes have is read anew after a sweep, of each resource", () => {
  const matcher = createMatcherSync({ filters: ["NodeResourcesFit"] });
  const asks = (amount: string) => ({
    metadata: { name: "asks", namespace: "default" },
    spec: { containers: [{ name: "c", resources: { requests: { cpu: amount, memory: amount } } }] },
  });
  const put = (from: number, fraction: string): void => {
    for (let i = 0; i < 40; i++) {
      const allocatable = { cpu: `${from + i}.${fraction}`, memory: `${from + i}.${fraction}1`, pods: "9" };
      matcher.nodes.upsert({ metadata: { name: `n${i}` }, status: { allocatable } });
    }
  };
  put(0, "5");
  assert.is(matcher.evaluatePod(asks("20")).nodes.size, 20);
  for (let i = 0; i < 40; i++) matcher.nodes.delete(`n${i}`);
  sweep(matcher);
  put(100, "25");
  assert.is(matcher.evaluatePod(asks("120")).nodes.size, 20);
  assert.is(matcher.evaluatePod(asks("50")).nodes.size, 40);
});

test("numbers in labels are read anew after a sweep, whichever text takes the number of which", () => {
  // New values take the numbers of old values, or of old names: one text more or less turns the one into the other.
  for (const more of [0, 1, 2]) {
    const matcher = createMatcherSync({ filters: ["VolumeBinding"] });
    const put = (name: string, slots: number) => matcher.nodes.upsert(node(name, { slots: `${slots}` }));
    upsertAll(matcher, [
      node("keep", { slots: "2000" }),
      pod("c"),
      ...build.boundPair({ terms: [[["slots", "Gt", "1000"]]] }),
    ]);
    for (let i = 0; i < 200; i++) put(`many-${i}`, 5000 + i);
    assert.is(feasible(matcher).length, 201);
    for (let i = 0; i < 200; i++) matcher.nodes.delete(`many-${i}`);
    sweep(matcher);
    for (let i = 0; i < more; i++) matcher.pods.upsert(build.podOf({}, "default", `one-more-${i}`));
    feasible(matcher);
    for (let i = 0; i < 190; i++) put(`few-${i}`, 300 + i);
    assert.equal(feasible(matcher), ["keep"], `${more} texts more`);
  }
});

test("counts are made anew after a sweep", () => {
  const matcher = createMatcherSync();
  upsertAll(matcher, twoBound);
  assert.equal(count(matcher, "default/p1", "default/p2"), [1, 2]);
  sweep(matcher);
  // In the other order, so that selectors get other numbers than before.
  assert.equal(feasible(matcher, "default/p2"), ["nodeB", "nodeB2"]);
  matcher.nodes.delete("nodeB2");
  assert.equal(count(matcher, "default/p1", "default/p2"), [1, 1]);
  upsertAll(matcher, [node("nodeA2", { zone: "a" }), node("nodeA3", { zone: "a" })]);
  assert.equal(count(matcher, "default/p1", "default/p2"), [3, 1]);
});

test("selectors are compiled anew after a sweep", () => {
  const matcher = createMatcherSync();
  const tens = Array.from({ length: 10 }, (_, i) => i);
  const reached = (zone: string) =>
    tens.map((i) => volume(`pv${i}`, { terms: [[["zone", "In", zone, `${zone}${i}`]]] }));
  const pods = tens.map((i) =>
    build.podOf({ volumes: [{ name: "v", persistentVolumeClaim: { claimName: `c${i}` } }] }, "default", `p${i}`),
  );
  upsertAll(matcher, [
    nodeA,
    nodeB,
    ...tens.map((i) => claim(`c${i}`, { boundTo: `pv${i}` })),
    ...pods,
    ...reached("a"),
  ]);
  const answers = () => tens.map((i) => `${feasible(matcher, `default/p${i}`)} `).join("");
  assert.is(answers(), "nodeA ".repeat(10));
  for (const i of tens) matcher.persistentVolumes.delete(`pv${i}`);
  sweep(matcher);
  upsertAll(matcher, reached("b"));
  assert.is(answers(), "nodeB ".repeat(10));
});

test("selectors of in-tree volumes and of zone labels are made anew after a sweep, in whichever order", () => {
  const KEY = "topology.kubernetes.io/zone";
  const DRIVER_KEY = "topology.ebs.csi.aws.com/zone";
  const zones = ["a", "b", "c"];
  const podOfClaim = (name: string) =>
    build.podOf({ volumes: [{ name: "v", persistentVolumeClaim: { claimName: name } }] }, "default", name);
  const matcher = createMatcherSync();
  upsertAll(
    matcher,
    zones.flatMap((zone) => [
      node(`node-${zone}`, { [KEY]: zone, [DRIVER_KEY]: zone }),
      build.movedPlugins(`node-${zone}`, ["aws-ebs"]),
      volume(`moved-${zone}`, {
        terms: [[[KEY, "In", zone]]],
        spec: { awsElasticBlockStore: { volumeID: `vol-${zone}` } },
      }),
      volume(`labelled-${zone}`, { labels: { [KEY]: zone } }),
      ...["moved", "labelled"].flatMap((kind) => {
        return [claim(`${kind}-${zone}`, { boundTo: `${kind}-${zone}` }), podOfClaim(`${kind}-${zone}`)];
      }),
    ]),
  );
  const check = (order: readonly string[]): void => {
    for (const zone of order) {
      for (const kind of ["moved", "labelled"]) {
        assert.equal(feasible(matcher, `default/${kind}-${zone}`), [`node-${zone}`], `${kind} ${zone}`);
      }
    }
  };
  check(zones);
  sweep(matcher);
  check([...zones].reverse());
});

test("what was assumed keeps its texts, though the objects are gone", () => {
  const matcher = createMatcherSync();
  const local = build.storageClass("static", { provisioner: build.NO_PROVISIONER });
  upsertAll(matcher, [nodeA, local, volume("its-volume", { zone: "a" }), claim("its-claim"), pod("its-claim")]);
  const assumption = matcher.assume("default/pod", "nodeA");
  const before = JSON.stringify([assumption.patches, assumption.staticBindings]);
  matcher.persistentVolumes.delete("its-volume");
  matcher.persistentVolumeClaims.delete("default/its-claim");
  matcher.pods.delete("default/pod");
  sweep(matcher);
  takeFreed(matcher);
  assert.is(JSON.stringify([assumption.patches, assumption.staticBindings]), before);
  assert.match(assumption.status().reason ?? "", /pod "pod" not found$/);
});

test("what an assumed claim had before has its texts again when the assumption is taken back", () => {
  const matcher = createMatcherSync();
  const made = build.storageClass("made", { provisioner: "csi.example.com" });
  const annotations = { [build.BETA_CLASS]: "made" };
  upsertAll(matcher, [nodeA, made, claim("its-claim", { class: "made", annotations }), pod("its-claim")]);
  const before = matcher.persistentVolumeClaims.get("default/its-claim");
  const assumption = matcher.assume("default/pod", "nodeA");
  sweep(matcher);
  takeFreed(matcher);
  assumption.revert();
  assert.equal(matcher.persistentVolumeClaims.get("default/its-claim"), before);
  assert.equal(before?.metadata?.annotations, annotations);
});

test("zone labels that no volume has any more are forgotten", () => {
  const matcher = createMatcherSync({ filters: ["VolumeZone"] });
  const zone = "topology.kubernetes.io/zone";
  upsertAll(matcher, [node("n", { [zone]: "a" }), claim("c", { boundTo: "pv" }), pod("c")]);
  upsertAll(matcher, [volume("pv", { labels: { [zone]: "a" } })]);
  assert.equal(feasible(matcher), ["n"]);
  assert.is(matcher.stats().caches.zoneSelectors.entries, 1);
  matcher.persistentVolumes.delete("pv");
  sweep(matcher);
  assert.is(matcher.stats().caches.zoneSelectors.entries, 0);
});

test.run();
