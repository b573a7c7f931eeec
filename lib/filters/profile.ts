// filters: how each plugin is made. A new one has a line here and its name in plugin.ts.

import type { Context } from "../evaluate/context.js";
import { NodeAffinity } from "./node-affinity.js";
import { NodeName } from "./node-name.js";
import { NodeResourcesFit } from "./node-resources-fit/node-resources-fit.js";
import { NodeUnschedulable } from "./node-unschedulable.js";
import { NodeVolumeLimits } from "./node-volume-limits/node-volume-limits.js";
import type { FilterName, Plugin } from "./plugin.js";
import { OWN_FILTERS, orderOf } from "./plugin.js";
import { SnapshotTopology } from "./snapshot-topology/snapshot-topology.js";
import { StrictCapacity } from "./strict-capacity/strict-capacity.js";
import { TaintToleration } from "./taint-toleration.js";
import { VolumeBinding } from "./volume-binding/volume-binding.js";
import { VolumeRestrictions } from "./volume-restrictions/volume-restrictions.js";
import { VolumeZone } from "./volume-zone/volume-zone.js";

const PLUGINS: { readonly [Name in FilterName]: new (context: Context, before: readonly Plugin[]) => Plugin } = {
  NodeName,
  NodeUnschedulable,
  TaintToleration,
  NodeAffinity,
  NodeResourcesFit,
  VolumeRestrictions,
  NodeVolumeLimits,
  VolumeBinding,
  VolumeZone,
  SnapshotTopology,
  StrictCapacity,
};

/** The plugins of these names, in the scheduler's order; each is told of those before it. */
export function pluginsOf(context: Context, names: readonly FilterName[]): Plugin[] {
  const plugins: Plugin[] = [];
  for (const name of [...orderOf(context.behaviour.minor), ...OWN_FILTERS]) {
    if (names.includes(name)) plugins.push(new PLUGINS[name](context, plugins));
  }
  return plugins;
}
