// examples/schedule-a-statefulset places its replicas as kube-scheduler v1.37.2 does, which reserved one after another on
// its best node by score, then by name: statefulset.jsonl is what it said before each Reserve.

import { readFileSync } from "node:fs";
import { test } from "uvu";
import * as assert from "uvu/assert";
import type { TopologyMatcher } from "../../lib/index.js";
import { createMatcherSync } from "../../lib/index.js";
import { ENGINES } from "./local-cluster.js";

interface Step {
  readonly pod: string;
  readonly node: string;
  readonly feasible: number;
  readonly staticBindings: readonly { readonly claim: string; readonly volume: string }[];
  readonly dynamicProvisions: readonly string[];
}

interface Patch {
  readonly kind: string;
  readonly name: string;
  readonly namespace?: string;
  readonly patch: { readonly spec?: { readonly claimRef?: { readonly namespace: string; readonly name: string } } };
}

interface Example {
  place(matcher: TopologyMatcher): {
    readonly placed: readonly { readonly pod: string; readonly node: string; readonly patches: readonly Patch[] }[];
    readonly left: readonly unknown[];
  };
}

const folder = new URL("../../examples/schedule-a-statefulset/", import.meta.url);
const recorded = readFileSync(new URL("statefulset.jsonl", import.meta.url), "utf8")
  .trim()
  .split("\n");
const steps: readonly Step[] = recorded.map((line) => JSON.parse(line));

for (const engine of ENGINES) {
  test(`${engine}: a hundred replicas of three claims each`, async () => {
    const { place }: Example = await import(new URL("schedule.mjs", folder).href);
    const { objects } = await import(new URL("cluster.mjs", folder).href);
    const matcher = createMatcherSync({ engine, filters: "all" });
    for (const [set, list] of Object.entries(objects())) matcher[set as "nodes"].replace(list as never);
    const sizes = () => [matcher.pods.size, matcher.persistentVolumeClaims.size, matcher.persistentVolumes.size];
    const before = sizes();
    const { left, placed } = place(matcher);
    assert.equal(left, []);
    assert.is(placed.length, steps.length);
    for (const [i, { node, patches, pod }] of placed.entries()) {
      const step = steps[i];
      assert.equal({ pod, node }, { pod: step.pod, node: step.node });
      const volumes = patches.filter(({ kind }) => kind === "PersistentVolume");
      const bindings = volumes.map(({ name, patch }) => {
        return { claim: `${patch.spec?.claimRef?.namespace}/${patch.spec?.claimRef?.name}`, volume: name };
      });
      assert.equal(bindings, step.staticBindings);
      const claims = patches.filter(({ kind }) => kind === "PersistentVolumeClaim");
      assert.equal(
        claims.map(({ name, namespace }) => `${namespace}/${name}`),
        step.dynamicProvisions,
      );
    }
    assert.is(new Set(placed.flatMap(({ patches }) => patches.map(({ kind, name }) => `${kind} ${name}`))).size, 300);
    assert.equal(sizes(), before);
  });
}

test.run();
