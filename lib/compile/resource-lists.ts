// compile: lists of resources, by name, and how they are added up and compared.

import { quantityText } from "../intern/numerals.js";
import type { Strings } from "../intern/strings.js";
import type { Cursor } from "../intern/type.js";
import type { Quantity } from "../objects/quantity.js";
import { addQuantities, maxQuantity, parseQuantity } from "../objects/quantity.js";

/** Amounts by the string id of the resource's name. */
export type ResourceList = Map<number, Quantity>;

/** The list at the cursor, which is that of a map. */
export function readResources({ at, tokens }: Cursor, strings: Strings): ResourceList {
  const list: ResourceList = new Map();
  for (let count = tokens[at++]; count > 0; count--) {
    const name = tokens[at++];
    list.set(name, parseQuantity(quantityText(tokens[at++], strings)));
  }
  return list;
}

/** Adds what the second list has to the first. */
export function addResources(list: ResourceList, more: ResourceList): void {
  for (const [name, amount] of more) {
    const known = list.get(name);
    list.set(name, known === undefined ? amount : addQuantities(known, amount));
  }
}

/** Raises the first list to what the second one has. */
export function raiseResources(list: ResourceList, other: ResourceList): void {
  for (const [name, amount] of other) {
    const known = list.get(name);
    list.set(name, known === undefined ? amount : maxQuantity(known, amount));
  }
}

/** The maximum of several lists by name. */
export function maxResources(...lists: readonly (ResourceList | undefined)[]): ResourceList {
  const most: ResourceList = new Map();
  for (const list of lists) if (list !== undefined) raiseResources(most, list);
  return most;
}
