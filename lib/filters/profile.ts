// filters: which plugins are carried out, and how each of them is made. A new one is a line here.

import type { Context } from "../evaluate/context.js";
import type { FilterName, Plugin } from "./plugin.js";
import { FILTERS } from "./plugin.js";
import { VolumeBinding } from "./volume-binding/volume-binding.js";

const PLUGINS: { readonly [Name in FilterName]?: new (context: Context) => Plugin } = {
  VolumeBinding,
};

/** The plugins that this version carries out, in the scheduler's order. */
export const FILTERS_CARRIED_OUT: readonly FilterName[] = FILTERS.filter((name) => name in PLUGINS);

/** The plugins of these names, in the scheduler's order. */
export function pluginsOf(context: Context, names: readonly FilterName[]): Plugin[] {
  return FILTERS.flatMap((name) => {
    const plugin = PLUGINS[name];
    return plugin === undefined || !names.includes(name) ? [] : [new plugin(context)];
  });
}
