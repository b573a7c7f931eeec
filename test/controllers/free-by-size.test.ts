// The PV controller's search by size, as volumes are taken and become free again.

import { test } from "uvu";
import * as assert from "uvu/assert";
import { AccessModes } from "../../lib/controllers/persistent-volume/access-modes.js";
import { FreeBySize } from "../../lib/controllers/persistent-volume/free-by-size.js";
import { ControllerState } from "../../lib/controllers/persistent-volume/state.js";
import { shapeOf } from "../../lib/filters/volume-binding/free-volumes.js";
import { CLAIM } from "../../lib/intern/cluster.js";
import { claim, volume } from "./objects.js";

test("a volume that becomes free, or comes, joins those that were looked through before", () => {
  const state = new ControllerState({ minor: 37, gates: new Map() });
  const { cluster } = state;
  const modes = new AccessModes(cluster.blocks, cluster.strings);
  const free = new FreeBySize(state, modes);
  const row = state.putClaim(claim("c"));
  const shape = shapeOf(cluster, row, state.compiler.programs.EVERYTHING);
  const group = modes.groupOf(cluster.claims.get(row, CLAIM.accessModes));
  const smallest = (): string | undefined => {
    const found = free.smallest(shape, group, 5n * 2n ** 30n * 10n ** 9n);
    return found < 0 ? undefined : cluster.volumes.keyOf(found);
  };
  assert.is(smallest(), undefined);
  state.putVolume(volume("large", { size: "20Gi" }));
  assert.is(smallest(), "large");
  state.putVolume(volume("small", { size: "6Gi" }));
  state.putVolume(volume("tiny", { size: "4Gi" }));
  assert.is(smallest(), "small");
  state.putVolume(volume("small", { size: "6Gi", ref: ["other"], phase: "Bound" }));
  assert.is(smallest(), "large");
  state.putVolume(volume("small", { size: "6Gi" }));
  assert.is(smallest(), "small");
});

test.run();
