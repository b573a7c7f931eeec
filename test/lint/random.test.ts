// Findings over the random clusters of the conformance generator: they never fail, do not depend on the order of the
// objects or the engine, and say of volumes what the verdicts say.

import { test } from "uvu";
import * as assert from "uvu/assert";
import type { MatcherOptions, TopologyMatcher } from "../../lib/index.js";
import type { Finding } from "../../lib/lint.js";
import { LINT_RULES, lint } from "../../lib/lint.js";
import { objectAt } from "../../lib/objects/fields.js";
import { generateCluster } from "../reference/generator/generate.js";
import type { Knobs } from "../reference/generator/knobs.js";
import { WHOLE_PROFILE_KNOBS } from "../reference/generator/knobs.js";
import type { KubeObject } from "../support/load.js";
import { matcherOf } from "../support/load.js";

const SEEDS = 60;
const KINDS: readonly Partial<Knobs>[] = [{}, WHOLE_PROFILE_KNOBS, { localVolumes: true }];

function* clusters(): Iterable<{
  readonly objects: KubeObject[];
  readonly options: MatcherOptions;
  readonly seed: number;
}> {
  for (let seed = 0; seed < SEEDS; seed++) {
    const { gates, objects } = generateCluster(seed, { ...KINDS[seed % KINDS.length], nodes: 3 + (seed % 12) });
    yield { objects: objects as KubeObject[], options: gates === undefined ? {} : { gates }, seed };
  }
}

test("no cluster makes it fail, and every rule but a few finds something", () => {
  const counts = new Map(LINT_RULES.map(({ id }) => [id, 0]));
  for (const { objects, options, seed } of clusters()) {
    const matcher = matcherOf(objects, options);
    const { findings } = lint(matcher);
    for (const { field, id, remedy, sentence } of findings) {
      counts.set(id, (counts.get(id) ?? 0) + 1);
      for (const text of [field, sentence, remedy])
        assert.not.match(text, /undefined|NaN|\[object|^$/, `${seed} ${id}: ${text}`);
    }
  }
  const silent = [...counts].filter(([, count]) => count === 0).map(([id]) => id);
  assert.equal(silent, SILENT);
});

/** What the generator never makes, or hardly ever. */
const SILENT = [
  "claim-class-empty",
  "claim-class-unknown",
  "claim-without-class",
  "class-default-several",
  "node-hostname-shared",
  "pod-bypasses-scheduler",
];

test("the order in which objects come and the engine change nothing, and a second look finds the same", () => {
  for (const { objects, options, seed } of clusters()) {
    const first = matcherOf(objects, options);
    const expected = JSON.stringify(lint(first).findings);
    const other = matcherOf([...objects].reverse(), { ...options, engine: "javascript" });
    for (const pod of objects.filter(({ kind }) => kind === "Pod").slice(0, 3)) other.evaluatePod(pod);
    assert.is(JSON.stringify(lint(other).findings), expected, `seed ${seed}`);
    assert.is(JSON.stringify(lint(first).findings), expected, `seed ${seed}, again`);
  }
});

/** The nodes that a claim bound to each volume would fit, by the volume's name, as far as one plugin goes. */
function reached(objects: readonly KubeObject[], options: MatcherOptions): Map<string, number> {
  const matcher: TopologyMatcher = matcherOf(objects, options);
  const counts = new Map<string, number>();
  for (const name of matcher.persistentVolumes.keys()) {
    const annotations = { "pv.kubernetes.io/bind-completed": "yes" };
    const claim = { metadata: { name: "asked", namespace: "asked", annotations }, spec: { volumeName: name } };
    const { error, nodes } = matcher.evaluateClaim(claim);
    if (error === undefined) counts.set(name, nodes.size);
  }
  return counts;
}

test("volumes whose affinity or zone labels are found to match no node are those that the plugins let go nowhere", () => {
  const byAffinity = /^volume-(affinity-no-node|hostname-is-name|affinity-invalid|affinity-match-fields)$/;
  let [found, checked] = [0, 0];
  for (const { objects, options, seed } of clusters()) {
    const { findings } = lint(matcherOf(objects, { ...options, filters: "all" }));
    const named = (wanted: RegExp) =>
      new Set(
        findings
          .filter(
            ({ id, object, severity }: Finding) =>
              object.kind === "PersistentVolume" && severity === "error" && wanted.test(id),
          )
          .map(({ object }) => object.name),
      );
    const nowhere = { VolumeBinding: named(byAffinity), VolumeZone: named(/^volume-zone-label-no-node$/) };
    for (const plugin of ["VolumeBinding", "VolumeZone"] as const) {
      for (const [name, count] of reached(objects, { ...options, filters: [plugin] })) {
        if (!isPlain(objects, name)) continue;
        checked++;
        if (count === 0) found++;
        assert.is(nowhere[plugin].has(name), count === 0, `seed ${seed}: ${plugin} of volume ${name}: ${count}`);
      }
    }
  }
  assert.ok(found > 100 && checked > 5 * found, `${found} of ${checked}`);
});

/** In-tree volumes that are nobody's are read as they are written. */
function isPlain(objects: readonly KubeObject[], name: string): boolean {
  const volume = objects.find(({ kind, metadata }) => kind === "PersistentVolume" && metadata?.name === name);
  const spec = objectAt(volume, "spec");
  const inTree = ["awsElasticBlockStore", "gcePersistentDisk", "cinder", "azureDisk"];
  return spec.claimRef !== undefined || !inTree.some((source) => spec[source] !== undefined);
}

test.run();
