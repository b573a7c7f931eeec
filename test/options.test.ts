// options: the gates of each release.

import { test } from "uvu";
import * as assert from "uvu/assert";
import { KUBERNETES_MINORS, resolveGates } from "../lib/options.js";

test("gates have the defaults of their releases", () => {
  // true and false: the default; undefined: the release has no such gate. 1.33 to 1.37.
  const defaults: Readonly<Record<string, readonly (boolean | undefined)[]>> = {
    StorageCapacityScoring: [false, false, false, false, true],
    VolumeLimitScaling: [undefined, undefined, false, false, true],
    VolumeAttributesClass: [false, true, true, true, true],
    TaintTolerationComparisonOperators: [undefined, undefined, false, false, false],
    PodLevelResources: [false, true, true, true, true],
    InPlacePodLevelResourcesVerticalScaling: [undefined, undefined, false, true, true],
  };
  KUBERNETES_MINORS.forEach((kubernetes, i) => {
    const { values } = resolveGates(kubernetes);
    for (const [gate, row] of Object.entries(defaults)) assert.is(values.get(gate), row[i], `${kubernetes} ${gate}`);
    assert.is(values.size, Object.values(defaults).filter((row) => row[i] !== undefined).length);
  });
});

test("a gate can be set until its release locks it", () => {
  const set = (kubernetes: "1.35" | "1.36" | "1.37") => resolveGates(kubernetes, { VolumeAttributesClass: false });
  assert.is(set("1.35").values.get("VolumeAttributesClass"), false);
  for (const kubernetes of ["1.36", "1.37"] as const) {
    assert.throws(() => set(kubernetes), new RegExp(`locked to true in Kubernetes ${kubernetes}`));
  }
});

test.run();
