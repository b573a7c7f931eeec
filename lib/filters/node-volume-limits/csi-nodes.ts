// filters: what the CSINode of a node says: its drivers, their limits, and which plugins have migrated.

import type { Cluster } from "../../intern/cluster.js";
import { csiDriverRow, csiNodeAllocatable, csiNodeDriver, csiNodeRow } from "../../intern/kinds.js";
import { numeralText } from "../../intern/numerals.js";
import { EMPTY_TEXT } from "../../intern/strings.js";
import type { Cursor } from "../../intern/type.js";
import { PORTWORX } from "../migration/in-tree-plugins.js";

const ANNOTATIONS = csiNodeRow.column("metadata.annotations");
const DRIVERS = csiNodeRow.column("spec.drivers");
const NAME = csiNodeDriver.bit("name");
const ALLOCATABLE = csiNodeDriver.bit("allocatable");
const COUNT = csiNodeAllocatable.bit("count");
const PREVENTS_SCHEDULING = csiDriverRow.column("spec.preventPodSchedulingIfMissing");
const MIGRATED_PLUGINS = "storage.alpha.kubernetes.io/migrated-plugins";

/** Nodes by the string ids of their names; whether there is a Node of that name is not asked. */
export class CsiNodes {
  constructor(readonly cluster: Cluster) {}

  has(node: number): boolean {
    return this.#row(node) >= 0;
  }

  /** The limit of a driver on a node, or undefined where it has none. O(drivers of the node). */
  limitOf(node: number, driver: number): number | undefined {
    let limit: number | undefined;
    this.#visit(node, (at) => {
      // kube: R-LIM-10 of several entries of a driver the last with a count wins; 0 is a limit.
      if (nameOf(at) === driver) limit = this.#countOf(at) ?? limit;
    });
    return limit;
  }

  hasLimits(node: number): boolean {
    let found = false;
    this.#visit(node, (at) => {
      found ||= this.#countOf(at) !== undefined;
    });
    return found;
  }

  lists(node: number, driver: number): boolean {
    let found = false;
    this.#visit(node, (at) => {
      found ||= nameOf(at) === driver;
    });
    return found;
  }

  /** Whether the annotation of the node's CSINode names Portworx. */
  hasMigratedPortworx(node: number): boolean {
    const { blocks, csiNodes, strings } = this.cluster;
    const row = this.#row(node);
    if (row < 0) return false;
    const plugins = blocks.lookup(csiNodes.get(row, ANNOTATIONS), strings.find(MIGRATED_PLUGINS));
    // kube: R-MIG-3 the list is split at commas, and nothing is trimmed.
    return strings.get(plugins).split(",").includes(PORTWORX);
  }

  /** Whether there is a CSIDriver of that name. */
  hasDriver(driver: number): boolean {
    return this.cluster.csiDrivers.find(EMPTY_TEXT, driver) >= 0;
  }

  /** Whether no pod is to be scheduled to nodes that lack a driver. */
  isRequired(driver: number): boolean {
    const { csiDrivers } = this.cluster;
    const row = csiDrivers.find(EMPTY_TEXT, driver);
    return row >= 0 && csiDrivers.get(row, PREVENTS_SCHEDULING) === 2;
  }

  #row(node: number): number {
    return this.cluster.csiNodes.find(EMPTY_TEXT, node);
  }

  #visit(node: number, visit: (driver: Cursor) => void): void {
    const { blocks, csiNodes } = this.cluster;
    const row = this.#row(node);
    const drivers = row < 0 ? 0 : csiNodes.get(row, DRIVERS);
    if (drivers === 0) return;
    const cursor = blocks.cursor(drivers);
    for (let count = cursor.tokens[cursor.at++]; count > 0; count--) {
      visit({ ...cursor });
      csiNodeDriver.skip(cursor);
    }
  }

  #countOf({ at, tokens }: Cursor): number | undefined {
    const cursor = { at, tokens };
    if (!csiNodeDriver.seek(cursor, ALLOCATABLE) || !csiNodeAllocatable.seek(cursor, COUNT)) return undefined;
    return Number(numeralText(tokens[cursor.at], this.cluster.strings));
  }
}

function nameOf({ at, tokens }: Cursor): number {
  const cursor = { at, tokens };
  return csiNodeDriver.seek(cursor, NAME) ? tokens[cursor.at] : EMPTY_TEXT;
}
