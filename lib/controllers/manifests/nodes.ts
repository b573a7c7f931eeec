// controllers: nodes that do not say what they hold -> nodes that do.

import { extendedResources, withCapacity, withPlenty } from "../defaults/node-allocatable.js";
import type { Item } from "./item.js";
import type { AllocatableAssumedNote } from "./notes.js";
import { allocatableAssumed } from "./notes.js";

export interface SizedNodes {
  readonly items: readonly Item[];
  readonly note: AllocatableAssumedNote | undefined;
}

/** Every node with allocatable: its capacity, or plenty of what pods ask for. */
export function sizeNodes(items: readonly Item[]): SizedNodes {
  const unsized: string[] = [];
  let extended: readonly string[] | undefined;
  const sized = items.map((item) => {
    if (item.kind.name !== "Node") return item;
    const object = withCapacity(item.object);
    if (object !== undefined) return object === item.object ? item : { ...item, object };
    unsized.push(item.key);
    extended ??= extendedResources(items.filter(({ kind }) => kind.name === "Pod").map((pod) => pod.object));
    return { ...item, object: withPlenty(item.object, extended) };
  });
  return { items: sized, note: unsized.length === 0 ? undefined : allocatableAssumed(unsized) };
}
