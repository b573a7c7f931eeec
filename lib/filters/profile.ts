// filters: which plugins are carried out, and how each of them is made. A new one is a line here.

import type { Context } from "../evaluate/context.js";
import { NodeAffinity } from "./node-affinity.js";
import { NodeName } from "./node-name.js";
import { NodeResourcesFit } from "./node-resources-fit/node-resources-fit.js";
import { NodeUnschedulable } from "./node-unschedulable.js";
import { NodeVolumeLimits } from "./node-volume-limits/node-volume-limits.js";
import type { FilterName, Plugin } from "./plugin.js";
import { FILTERS } from "./plugin.js";
import { TaintToleration } from "./taint-toleration.js";
import { VolumeBinding } from "./volume-binding/volume-binding.js";
import { VolumeRestrictions } from "./volume-restrictions/volume-restrictions.js";
import { VolumeZone } from "./volume-zone/volume-zone.js";

const PLUGINS: { readonly [Name in FilterName]?: new (context: Context) => Plugin } = {
  NodeName,
  NodeUnschedulable,
  TaintToleration,
  NodeAffinity,
  NodeResourcesFit,
  VolumeRestrictions,
  NodeVolumeLimits,
  VolumeBinding,
  VolumeZone,
};

/** The plugins that this version carries out, in the scheduler's order. */
export const FILTERS_CARRIED_OUT: readonly FilterName[] = FILTERS.filter((name) => name in PLUGINS);

/** The plugins of these names, in the scheduler's order. */
export function pluginsOf(context: Context, names: readonly FilterName[]): Plugin[] {
  return orderOf(context.behaviour.minor).flatMap((name) => {
    const plugin = PLUGINS[name];
    return plugin === undefined || !names.includes(name) ? [] : [new plugin(context)];
  });
}

function orderOf(minor: number): readonly FilterName[] {
  if (minor >= 37) return FILTERS;
  // kube: R-FW-1 up to 1.36 NodeUnschedulable comes before NodeName.
  return ["NodeUnschedulable", ...FILTERS.filter((name) => name !== "NodeUnschedulable")];
}
