// lint: a class -> the nodes to which the scheduler may send pods with its claims.

import { STORAGE_CLASS } from "../intern/cluster.js";
import { nodeRow, taint } from "../intern/kinds.js";
import { UNSCHEDULABLE } from "../intern/label-columns.js";
import { compareUtf8 } from "../objects/utf8.js";
import { eachRow } from "./reading.js";
import type { Survey } from "./survey.js";

const CORDON = nodeRow.column("spec.unschedulable");
const TAINTS = nodeRow.column("spec.taints");

/** Nodes that are cordoned, or tainted so that only some pods go there, do not count. */
export class OpenNodes {
  #all: readonly number[] | undefined;
  // Block of a list of taints -> whether it keeps pods away.
  readonly #barred = new Map<number, boolean>();
  readonly #drivers = new Map<string, Set<unknown>>();

  constructor(readonly survey: Survey) {}

  /** Rows of nodes that a class (a row) allows. O(nodes). */
  of(storageClass: number): readonly number[] {
    const { cluster, context } = this.survey;
    this.#all ??= this.#find();
    const topologies = cluster.storageClasses.get(storageClass, STORAGE_CLASS.allowedTopologies);
    const selector = context.compiler.topology(topologies);
    if (selector === context.compiler.programs.EVERYTHING) return this.#all;
    return this.#all.filter((node) => context.matching.matchesNode(selector, node));
  }

  /** Whether a driver is registered on a node with topology keys. */
  hasTopology(node: number, driver: string): boolean {
    const list = this.survey.drivers.onNode(node);
    if (list === undefined) return false;
    let known = this.#drivers.get(driver);
    if (known === undefined) {
      known = new Set();
      this.#drivers.set(driver, known);
    }
    // Lists are shared by most nodes.
    if (known.has(list)) return true;
    const has = list.some(({ name, topologyKeys }) => name === driver && topologyKeys.length > 0);
    if (has) known.add(list);
    return has;
  }

  /** Whether a driver is registered on a node. */
  hasDriver(node: number, driver: string): boolean {
    return this.survey.drivers.onNode(node)?.some(({ name }) => name === driver) === true;
  }

  /** The first name of some nodes. */
  firstName(rows: readonly number[]): string {
    const { nodes } = this.survey.cluster;
    const names = rows.map((row) => nodes.keyOf(row));
    return names.reduce((first, name) => (compareUtf8(name, first) < 0 ? name : first));
  }

  #find(): number[] {
    const { nodes } = this.survey.cluster;
    const found: number[] = [];
    eachRow(nodes, (node) => {
      if (nodes.get(node, CORDON) !== UNSCHEDULABLE && !this.#isBarred(nodes.get(node, TAINTS))) found.push(node);
    });
    return found;
  }

  #isBarred(block: number): boolean {
    if (block === 0) return false;
    let barred = this.#barred.get(block);
    if (barred === undefined) {
      const { blocks, strings } = this.survey.cluster;
      const cursor = blocks.cursor(block);
      barred = false;
      for (let count = cursor.tokens[cursor.at++]; count > 0; count--) {
        const { effect } = taint.read(cursor, strings) as { readonly effect?: string };
        barred ||= effect === "NoSchedule" || effect === "NoExecute";
      }
      this.#barred.set(block, barred);
    }
    return barred;
  }
}
