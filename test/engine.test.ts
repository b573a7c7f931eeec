// Which engine runs, and that the answers really come out of it.

import { test } from "uvu";
import * as assert from "uvu/assert";
import { createWasmEngineSync } from "../lib/evaluate/wasm.js";
import { createMatcher, createMatcherSync, TopologyError } from "../lib/index.js";
import { evaluateCluster } from "./reference/evaluator/evaluate.js";
import { generateCluster } from "./reference/generator/generate.js";
import type { KubeObject } from "./support/load.js";
import { matcherOf, reportOf } from "./support/load.js";
import { zeroKernels } from "./support/zero-kernels.js";

test("WebAssembly runs where nothing else is asked for, and both engines can be insisted on", async () => {
  assert.is((await createMatcher()).engine, "wasm");
  assert.is(createMatcherSync().engine, "wasm");
  assert.is(createMatcherSync({ engine: "javascript" }).engine, "javascript");
  assert.is((await createMatcher({ engine: "wasm" })).engine, "wasm");
});

test("JavaScript takes over where the host has no WebAssembly", async () => {
  const host = globalThis as { WebAssembly?: unknown };
  const original = host.WebAssembly;
  try {
    delete host.WebAssembly;
    const matcher = createMatcherSync();
    assert.is(matcher.engine, "javascript");
    assert.is((await createMatcher()).engine, "javascript");
    assert.throws(
      () => createMatcherSync({ engine: "wasm" }),
      (error: unknown) => error instanceof TopologyError && error.code === "NoEngine",
    );
  } finally {
    host.WebAssembly = original;
  }
});

test("with kernels that return zeros the answers are wrong: the bits really come from WebAssembly", () => {
  const { name: _, ...kernels } = createWasmEngineSync().kernels;
  const module = zeroKernels(Object.entries(kernels).map(([name, kernel]) => [name, kernel.length]));
  let right = 0;
  let wrong = 0;
  for (let seed = 0; seed < 20; seed++) {
    const objects = generateCluster(seed, { nodes: 80, gates: 0 }).objects as KubeObject[];
    const real = matcherOf(objects, { engine: "wasm" });
    const zero = matcherOf(objects, { module });
    for (const expected of evaluateCluster(objects, { plans: true }).pods) {
      const wanted = JSON.stringify(expected.feasible);
      assert.is(JSON.stringify(reportOf(real, expected.pod).feasible), wanted);
      if (JSON.stringify(reportOf(zero, expected.pod).feasible) === wanted) right++;
      else wrong++;
    }
  }
  assert.ok(wrong > 20 && wrong > right / 3, `${wrong} of ${wrong + right} answers were wrong`);
});

test.run();
