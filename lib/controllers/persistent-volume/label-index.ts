// controllers: a selector on volumes' labels -> the few volumes that it could select.

import { OP_IN } from "../../compile/programs.js";
import { VOLUME } from "../../intern/cluster.js";
import type { ControllerState } from "./state.js";

/** Volumes by their labels. The labels of volumes do not change while the controller runs. */
export class LabelIndex {
  /** Key -> value -> rows; all ids. Made when it is first asked for. */
  #rows: Map<number, Map<number, number[]>> | undefined;

  constructor(readonly state: ControllerState) {}

  /**
   * Rows among which are all volumes that a canonical selector of one term selects; undefined where it asks for no
   * value of any label, or where they are more than `most`. First call: O(labels of all volumes).
   */
  candidates(selector: number, most: number): readonly number[] | undefined {
    const { blocks } = this.state.compiler.programs;
    if (blocks.length(selector) !== 1) return undefined;
    const term = blocks.at(selector, 0);
    let fewest: readonly (readonly number[])[] | undefined;
    let count = Number.POSITIVE_INFINITY;
    for (let i = 0; i < blocks.length(term); i++) {
      const literal = blocks.at(term, i);
      if ((literal & 1) !== 0 || blocks.at(literal >>> 1, 0) !== OP_IN) continue;
      const lists = this.#listsOf(literal >>> 1);
      const rows = lists.reduce((sum, { length }) => sum + length, 0);
      if (rows < count) [fewest, count] = [lists, rows];
    }
    return fewest === undefined || count > most ? undefined : fewest.flat();
  }

  /** The volumes with each of the values of an In; each volume is in one list at the most. */
  #listsOf(requirement: number): number[][] {
    const { blocks } = this.state.compiler.programs;
    const values = this.#index().get(blocks.at(requirement, 1));
    const lists: number[][] = [];
    for (let i = 2; i < blocks.length(requirement); i++) lists.push(values?.get(blocks.at(requirement, i)) ?? []);
    return lists;
  }

  #index(): Map<number, Map<number, number[]>> {
    if (this.#rows !== undefined) return this.#rows;
    const { blocks, volumes } = this.state.cluster;
    const index = new Map<number, Map<number, number[]>>();
    for (let row = 0; row < volumes.limit; row++) {
      const labels = volumes.get(row, VOLUME.labels);
      const count = labels === 0 ? 0 : blocks.at(labels, 0);
      for (let i = 0; i < count; i++) {
        const [key, value] = [blocks.at(labels, 1 + 2 * i), blocks.at(labels, 2 + 2 * i)];
        const values = index.get(key) ?? new Map<number, number[]>();
        const rows = values.get(value);
        if (rows === undefined) values.set(value, [row]);
        else rows.push(row);
        index.set(key, values);
      }
    }
    this.#rows = index;
    return index;
  }
}
