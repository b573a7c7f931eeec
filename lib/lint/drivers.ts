// lint: CSINodes -> which driver is on which node, with which topology keys.

import type { Cluster } from "../intern/cluster.js";
import { csiNodeDriver, csiNodeRow } from "../intern/kinds.js";
import { EMPTY_TEXT } from "../intern/strings.js";
import { compareUtf8 } from "../objects/utf8.js";
import { eachRow } from "./reading.js";

const DRIVERS = csiNodeRow.column("spec.drivers");

/** What helps where a driver is not registered on a node as it should be. */
export const CSI_REMEDY =
  "see that the driver's node pod runs there: the kubelet writes CSINode and labels when it registers";

export interface NodeDriver {
  readonly name: string;
  readonly topologyKeys: readonly string[];
}

const NONE: readonly NodeDriver[] = [];

export class Drivers {
  // Block of a list of drivers -> the list: it is mostly the same on all nodes.
  readonly #lists = new Map<number, readonly NodeDriver[]>();
  #keys: ReadonlyMap<string, readonly string[]> | undefined;

  constructor(readonly cluster: Cluster) {}

  /** The drivers of a CSINode (a row). */
  of(csiNode: number): readonly NodeDriver[] {
    const { blocks, csiNodes, strings } = this.cluster;
    const block = csiNodes.get(csiNode, DRIVERS);
    if (block === 0) return NONE;
    let list = this.#lists.get(block);
    if (list === undefined) {
      const cursor = blocks.cursor(block);
      list = Array.from({ length: cursor.tokens[cursor.at++] }, () => {
        const { name = "", topologyKeys } = csiNodeDriver.read(cursor, strings) as Partial<NodeDriver>;
        return { name, topologyKeys: topologyKeys ?? [] };
      });
      this.#lists.set(block, list);
    }
    return list;
  }

  /** The drivers on a node (a row of a Node); undefined where it has no CSINode. */
  onNode(node: number): readonly NodeDriver[] | undefined {
    const { csiNodes, nodes } = this.cluster;
    const row = csiNodes.find(EMPTY_TEXT, nodes.get(node, nodes.NAME));
    return row < 0 ? undefined : this.of(row);
  }

  /** The topology keys that some CSINode lists for a driver, in order; undefined for a driver that none lists. */
  keysOf(driver: string): readonly string[] | undefined {
    return this.#allKeys.get(driver);
  }

  /** The first driver by name for which some CSINode lists a topology key; undefined where there is none. */
  driverWith(key: string): string | undefined {
    for (const [driver, keys] of this.#allKeys) if (keys.includes(key)) return driver;
    return undefined;
  }

  get #allKeys(): ReadonlyMap<string, readonly string[]> {
    if (this.#keys !== undefined) return this.#keys;
    const blocks = new Set<readonly NodeDriver[]>();
    eachRow(this.cluster.csiNodes, (row) => blocks.add(this.of(row)));
    const keys = new Map<string, Set<string>>();
    for (const list of blocks) {
      for (const { name, topologyKeys } of list) {
        const known = keys.get(name) ?? new Set();
        for (const key of topologyKeys) known.add(key);
        keys.set(name, known);
      }
    }
    const byName = [...keys].sort(([a], [b]) => compareUtf8(a, b));
    this.#keys = new Map(byName.map(([name, found]) => [name, [...found].sort(compareUtf8)]));
    return this.#keys;
  }
}
