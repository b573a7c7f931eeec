// filters: on which nodes which in-tree plugins have moved to CSI, as columns of the nodes that selectors can ask for.

import type { Context } from "../../evaluate/context.js";
import type { Held } from "../../intern/derived.js";
import { csiNodeRow, MIGRATED_SOURCES } from "../../intern/kinds.js";
import { NODE_MIGRATED } from "../../intern/label-columns.js";
import { EMPTY_TEXT } from "../../intern/strings.js";
import type { TableListener } from "../../intern/table.js";
import { IN_TREE_PLUGINS } from "./in-tree-plugins.js";

const ANNOTATIONS = csiNodeRow.column("metadata.annotations");
/** By the place of the source in MIGRATED_SOURCES. */
const PLUGINS = MIGRATED_SOURCES.map((wanted) => IN_TREE_PLUGINS.find(({ source }) => source === wanted)?.name ?? "");

/** Kept true as CSINodes and nodes come and go. */
export class MigratedNodes implements TableListener {
  readonly cache = "migratedNodes";
  // The text of an annotation -> a bit for each of PLUGINS: it is mostly the same on all nodes.
  readonly #bits = new Map<number, number>();
  #leaving = -1;

  constructor(readonly context: Context) {
    PLUGINS.forEach((_, source) => {
      context.columns.derive(NODE_MIGRATED + source, (node) => (this.#bitsOf(node) >>> source) & 1);
    });
    context.cluster.csiNodes.listen(this);
    context.derivations.add(this);
  }

  leaving(csiNode: number, replaced: boolean): void {
    if (replaced) return;
    this.#leaving = csiNode;
    this.#refresh(csiNode);
    this.#leaving = -1;
  }

  entered(csiNode: number): void {
    this.#refresh(csiNode);
  }

  held(): Held {
    return { entries: this.#bits.size, bytes: this.#bits.size * 32 };
  }

  dropIds(): void {
    this.#bits.clear();
  }

  #refresh(csiNode: number): void {
    const { csiNodes, nodes } = this.context.cluster;
    const node = nodes.find(EMPTY_TEXT, csiNodes.get(csiNode, csiNodes.NAME));
    if (node >= 0) this.context.columns.refresh(node);
  }

  #bitsOf(node: number): number {
    const { blocks, csiNodes, ids, nodes, strings } = this.context.cluster;
    const csiNode = csiNodes.find(EMPTY_TEXT, nodes.get(node, nodes.NAME));
    // kube: R-BCL-5 a node without a CSINode has no plugin that has moved.
    if (csiNode < 0 || csiNode === this.#leaving) return 0;
    const text = blocks.lookup(csiNodes.get(csiNode, ANNOTATIONS), ids.migratedPlugins);
    let bits = this.#bits.get(text);
    if (bits === undefined) {
      // kube: R-MIG-3 the list is split at commas, and nothing is trimmed.
      const moved = new Set(strings.get(text).split(","));
      bits = PLUGINS.reduce((known, plugin, source) => known | (moved.has(plugin) ? 1 << source : 0), 0);
      this.#bits.set(text, bits);
    }
    return bits;
  }
}
