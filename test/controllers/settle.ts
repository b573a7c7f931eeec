// Settles objects and looks things up in what came of it.

import * as assert from "uvu/assert";
import type { ManifestLike, SettleManifestsOptions } from "../../lib/manifests.js";
import { settleManifests } from "../../lib/manifests.js";
import type { Written } from "./objects.js";

/** `found` has the settled objects by name. The given ones must not change. */
export function settle(objects: readonly Written[], options?: SettleManifestsOptions) {
  const before = JSON.stringify(objects);
  const settlement = settleManifests(objects as readonly ManifestLike[], options);
  assert.is(JSON.stringify(objects), before, "given objects were changed");
  const found = new Map(settlement.objects.map((object) => [object.metadata.name, object as Written]));
  return { ...settlement, found, messages: settlement.notes.map(({ message }) => message) };
}

/** What lies at a path. */
export const at = (object: unknown, ...path: (string | number)[]): unknown =>
  path.reduce<unknown>((found, name) => (found as Written | undefined)?.[name], object);
