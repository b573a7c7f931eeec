// filters: names of nodes to which PreFilter plugins narrow a pod -> the nodes that are left, and what the others are told.

import type { Context } from "../evaluate/context.js";
import type { Mask } from "../evaluate/mask.js";
import { ALL_NODES } from "../evaluate/mask.js";
import { EMPTY_TEXT } from "../intern/strings.js";
import type { PluginStatus } from "./plugin.js";
import { UNRESOLVABLE } from "./plugin.js";

export class Narrowing {
  readonly #plugins: string[] = [];
  #names: readonly number[] | undefined;

  /** Narrows to names (string ids). The status of a pod for which none is left. */
  add(plugin: string, names: readonly number[]): PluginStatus | undefined {
    this.#plugins.push(plugin);
    // kube: R-FW-3 the sets of several plugins are intersected; whether a node has the name is not asked yet.
    this.#names = this.#names === undefined ? names : this.#names.filter((name) => names.includes(name));
    if (this.#names.length > 0) return undefined;
    const [only, ...more] = this.#plugins;
    const who = more.length === 0 ? `plugin ${only}` : `plugin(s) [${this.#sorted.join(" ")}] simultaneously`;
    return { plugin: this.#sorted.join(","), code: UNRESOLVABLE, reasons: [`node(s) didn't satisfy ${who}`] };
  }

  /** The nodes with these names, ALL_NODES where no plugin has narrowed. */
  nodes({ cluster, masks }: Context): Mask {
    if (this.#names === undefined) return ALL_NODES;
    const rows = new Set(this.#names.map((name) => cluster.nodes.find(EMPTY_TEXT, name)));
    rows.delete(-1);
    return masks.scratchIds([...rows].sort((a, b) => a - b));
  }

  /** What the other nodes are told. */
  get status(): PluginStatus {
    // kube: R-NOD-44 the plugin that narrowed stands for the one that decided.
    const reasons = [`node(s) didn't satisfy plugin(s) [${this.#sorted.join(" ")}]`];
    return { plugin: this.#sorted.join(","), code: UNRESOLVABLE, reasons };
  }

  get #sorted(): string[] {
    return [...this.#plugins].sort();
  }
}
