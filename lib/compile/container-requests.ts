// compile: a block of containers -> what they request together, where every amount is a whole number that a double holds.

import type { Cluster } from "../intern/cluster.js";
import { container, resources } from "../intern/kinds.js";
import { wholeAmount } from "../intern/numerals.js";

const RESOURCES = container.bit("resources");
const REQUESTS = resources.bit("requests");

/** Sums by the string id of the resource's name, in the order in which they are first named: read before the next call. */
export class ContainerRequests {
  readonly names: number[] = [];
  readonly amounts: number[] = [];

  constructor(readonly cluster: Cluster) {}

  /** Adds up a block of containers, thousandths of cpu; false where exact arithmetic has to. O(requests). */
  add(block: number): boolean {
    const { amounts, cluster, names } = this;
    names.length = amounts.length = 0;
    if (block === 0) return true;
    const cursor = cluster.blocks.cursor(block);
    const { tokens } = cursor;
    for (let count = tokens[cursor.at++]; count > 0; count--) {
      const item = { tokens, at: cursor.at };
      container.skip(cursor);
      if (!container.seek(item, RESOURCES) || !resources.seek(item, REQUESTS)) continue;
      let { at } = item;
      for (let requests = tokens[at++]; requests > 0; requests--, at += 2) {
        if (!this.#add(tokens[at], wholeAmount(tokens[at + 1], tokens[at] === cluster.ids.cpu))) return false;
      }
    }
    return true;
  }

  #add(name: number, amount: number): boolean {
    const { amounts, names } = this;
    const place = names.indexOf(name);
    if (place < 0) {
      names.push(name);
      amounts.push(amount);
    } else amounts[place] += amount;
    // What is not a number is not below it either.
    return amount <= Number.MAX_SAFE_INTEGER && (place < 0 || amounts[place] <= Number.MAX_SAFE_INTEGER);
  }
}
