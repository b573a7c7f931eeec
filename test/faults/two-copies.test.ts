// Two copies of the library in one process, as a bundle and a package bring them, know nothing of each other.

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { build } from "esbuild";
import { test } from "uvu";
import * as assert from "uvu/assert";
import type * as Library from "../../lib/index.js";
import { generateCluster } from "../reference/generator/generate.js";
import type { KubeObject } from "../support/load.js";
import { load, matcherOf, reportOf } from "../support/load.js";

const folder = mkdtempSync(join(tmpdir(), "topomatch-copies-"));
test.after(() => rmSync(folder, { recursive: true }));

async function copy(name: string): Promise<typeof Library> {
  const outfile = join(folder, `${name}.mjs`);
  const entry = fileURLToPath(new URL("../../lib/index.ts", import.meta.url));
  await build({
    entryPoints: [entry],
    outfile,
    bundle: true,
    format: "esm",
    platform: "neutral",
    mainFields: ["module", "main"],
  });
  return import(pathToFileURL(outfile).href);
}

test("each answers for itself, whatever the other is asked between", async () => {
  const [one, other] = [await copy("one"), await copy("other")];
  assert.is.not(one.TopologyError, other.TopologyError);
  const objects = generateCluster(5, { nodes: 12, pods: 6 }).objects as KubeObject[];
  const fewer = objects.filter(({ kind }) => kind !== "PersistentVolume");
  for (const engine of ["wasm", "javascript"] as const) {
    const [a, b] = [one.createMatcherSync({ engine }), other.createMatcherSync({ engine })];
    load(a, objects);
    load(b, fewer);
    const [all, some] = [matcherOf(objects, { engine }), matcherOf(fewer, { engine })];
    let compared = 0;
    for (const key of all.pods.keys()) {
      assert.equal(reportOf(a, key), reportOf(all, key));
      assert.equal(reportOf(b, key), reportOf(some, key));
      compared++;
    }
    assert.ok(compared >= 4, `${compared} pods`);
  }
});

test("a set of the one is no set of the other, and errors are known by their code", async () => {
  const [one, other] = [await copy("one"), await copy("other")];
  const [a, b] = [one.createMatcherSync(), other.createMatcherSync()];
  for (const matcher of [a, b]) matcher.nodes.upsert({ metadata: { name: "n" } });
  const verdict = a.createVerdict().evaluatePod({ metadata: { name: "p" } });
  try {
    verdict.countWithin(b.createNodeMask(["n"]));
    assert.unreachable();
  } catch (error) {
    assert.instance(error, one.TopologyError);
    assert.is((error as Library.TopologyError).code, "BadArgument");
  }
  assert.is(verdict.countWithin(a.createNodeMask(["n"])), 1);
});

test.run();
