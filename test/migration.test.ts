// filters: VolumeBinding and VolumeZone while CSINodes, nodes and volumes come, change and go; in batches too.

import { test } from "uvu";
import * as assert from "uvu/assert";
import type { EngineName, TopologyMatcher } from "../lib/index.js";
import { createMatcherSync } from "../lib/index.js";
import { boundPair, movedPlugins, node, pod } from "./conformance/build.js";
import { evaluateCluster } from "./reference/evaluator/evaluate.js";
import { generateCluster } from "./reference/generator/generate.js";
import type { Knobs } from "./reference/generator/knobs.js";
import { Random } from "./reference/generator/random.js";
import type { KubeObject } from "./support/load.js";
import { matcherOf, reportOf, setOf } from "./support/load.js";

const FILTERS = ["VolumeBinding", "VolumeZone"] as const;
const KNOBS: Partial<Knobs> = {
  translationFaults: 0.15,
  claimKinds: { bound: 80, fixed: 10, provisioned: 5, limited: 5 },
  inTreeVolumes: 0.6,
  zoneLabels: 0.5,
  pods: 8,
};
const ENGINES: readonly EngineName[] = ["wasm", "javascript"];

const keyOf = ({ kind, metadata }: KubeObject): string => `${kind} ${metadata?.namespace}/${metadata?.name}`;

/** Fails unless a batch counts what evaluation counts. */
function checkCounts(matcher: TopologyMatcher, keys: readonly string[], hint: string): void {
  const pods = Uint32Array.from(keys, (key) => matcher.podId(key));
  const counts = new Uint32Array(pods.length);
  matcher.countFeasible(pods, counts);
  const expected = keys.map((key) => matcher.evaluatePod(key).nodes.size);
  assert.equal([...counts], expected, hint);
}

for (const engine of ENGINES) {
  test(`${engine}: reports of changing clusters are those of the reference evaluator, and batches agree`, () => {
    let fitting = 0;
    let errors = 0;
    for (let seed = 0; seed < 6; seed++) {
      const random = new Random(seed);
      const nodes = random.pick([5, 33, 70]);
      const live = new Map<string, KubeObject>();
      const matcher = createMatcherSync({ engine, filters: FILTERS });
      const versions = [0, 1, 2].map((i) => generateCluster(seed * 3 + i, { ...KNOBS, nodes }).objects as KubeObject[]);
      const put = (object: KubeObject): void => {
        setOf(matcher, object.kind).upsert(object);
        live.set(keyOf(object), object);
      };
      const changing = versions.map((objects) =>
        objects.filter(({ kind }) => ["CSINode", "Node", "PersistentVolume"].includes(kind ?? "")),
      );
      for (const object of versions[0]) put(object);
      for (let round = 0; round < 5; round++) {
        const hint = `seed ${seed}, round ${round}`;
        const keys = [...live.values()]
          .filter(({ kind }) => kind === "Pod")
          .map(({ metadata }) => `${metadata?.namespace ?? "default"}/${metadata?.name}`);
        const reports = evaluateCluster([...live.values()], { filters: [...FILTERS], plans: true, pods: keys });
        for (const report of reports.pods) {
          assert.equal(reportOf(matcher, report.pod), JSON.parse(JSON.stringify(report)), `${hint}, ${report.pod}`);
          fitting += report.feasible.length > 0 ? 1 : 0;
          errors += report.error === undefined ? 0 : 1;
        }
        checkCounts(matcher, keys, hint);
        for (let event = 0; event < 12; event++) {
          const object = random.pick(random.pick(changing));
          if (random.chance(0.6)) put(object);
          else if (live.delete(keyOf(object))) setOf(matcher, object.kind).delete(object);
          checkCounts(matcher, keys.slice(0, 1), hint);
        }
        if (round === 3) matcher.trim();
      }
    }
    assert.ok(fitting > 30 && errors > 3, `${fitting} pods that fit and ${errors} errors are too few to be evidence`);
  });

  test(`${engine}: a CSINode that comes, changes and goes is heeded at once`, () => {
    const terms = [[["topology.kubernetes.io/zone", "In", "a"]]] as const;
    const spec = { awsElasticBlockStore: { volumeID: "vol-1" } };
    const matcher = matcherOf(
      [node("n", { "topology.ebs.csi.aws.com/zone": "a" }), ...boundPair({ terms, spec }), pod("c")] as KubeObject[],
      { engine, filters: ["VolumeBinding"] },
    );
    const fits = (): boolean => matcher.evaluatePod("default/pod").schedulable;
    assert.not.ok(fits(), "without CSINode");
    matcher.csiNodes.upsert(movedPlugins("n", ["aws-ebs"]));
    assert.ok(fits(), "moved");
    matcher.csiNodes.delete("n");
    assert.not.ok(fits(), "gone");
    matcher.csiNodes.upsert(movedPlugins("n", ["gce-pd"]));
    assert.not.ok(fits(), "another plugin has moved");
    matcher.csiNodes.upsert(movedPlugins("n", ["gce-pd", "aws-ebs"]));
    assert.ok(fits(), "both have");
    matcher.nodes.delete("n");
    matcher.nodes.upsert(node("m", { "topology.ebs.csi.aws.com/zone": "a" }));
    assert.not.ok(fits(), "a node of another name has no CSINode");
  });
}

test.run();
